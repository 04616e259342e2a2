import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recorded } from '../../../client/acting/record-for.ts';
import { issueRecord, type RecordOptions } from '../../../client/commands/beside.ts';
import type { Instance } from '../../../client/commands/instance.ts';
import { verify } from '../../../client/verify.ts';
import { addMonths, inChinese } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { IssueWorld } from '../../support/issue-world.ts';

let world: IssueWorld;
let today: string;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  today = await world.today();
}, 60_000);
afterAll(() => world.close());

async function launched(): Promise<AskedIssue> {
  const deadline = addMonths(today, 3);
  return AskedIssue.launch(world, { deadline, measures: [1, 2].map((number) => ({ number, deadline })) });
}

describe('what the office enters for a handler', () => {
  test('is kept with both names, proves the measure, and promises a day', async () => {
    const issue = await launched();
    const until = addMonths(today, 1);
    const said = {
      for: '陈某',
      by: '王某',
      channel: 'phone',
      text: '制度已印发，下月前办完',
      files: [{ fileName: '制度.pdf', content: Buffer.from('制度').toString('base64') }],
      measure: 1,
      acknowledge: 'yes',
      promise: until,
      requestId: 'call-1',
    };
    const path = `/issues/${issue.issueId}/records`;
    expect(await issue.call('POST', path, said)).toMatchObject({
      status: 200,
      body: { recorded: { counted: 'handler' }, issue: { phaseName: '整改中' } },
    });
    await issue.call('POST', path, said);
    const events = await world.ledger.issueEvent.findMany({
      where: { issueId: issue.issueId, by: { not: null } },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ type, by, recordedBy }) => [type, by, recordedBy])).toEqual([
      ['acknowledged', 'p-chen', 'p-wang'],
      ['evidenceReceived', 'p-chen', 'p-wang'],
      ['committed', 'p-chen', 'p-wang'],
    ]);
    expect(await world.ledger.progressNote.findMany({ where: { issueId: issue.issueId } })).toMatchObject([
      { personId: 'p-chen', recordedBy: 'p-wang', channel: 'phone' },
    ]);
  });

  test('is refused with the reason when a file cannot be evidence, and nothing is kept', async () => {
    const issue = await launched();
    const page = { fileName: '制度.pdf', content: Buffer.from('<html><p>制度').toString('base64') };
    const said = { for: '陈某', by: '王某', channel: 'chat', text: '见附件', files: [page], measure: 1 };
    expect(await issue.call('POST', `/issues/${issue.issueId}/records`, said)).toMatchObject({
      status: 409,
      body: { code: 'NotEvidence', message: expect.stringContaining('“制度.pdf”是网页文件，不能作为佐证') as string },
    });
    const where = { issueId: issue.issueId };
    expect(await world.ledger.progressNote.count({ where })).toBe(0);
    expect(await world.ledger.evidence.count({ where })).toBe(0);
  });

  test('is refused of who is not of the office, and of a leader only kept', async () => {
    const issue = await launched();
    const path = `/issues/${issue.issueId}/records`;
    const words = { channel: 'meeting', text: '要抓紧' };
    expect(await issue.call('POST', path, { ...words, for: '陈某', by: '李某' })).toMatchObject({
      body: { code: 'NotOffice' },
    });
    expect(await issue.call('POST', path, { ...words, for: '李某', by: '王某' })).toMatchObject({
      body: { recorded: { counted: 'keptOnly' } },
    });
    expect(await world.types(issue.issueId)).not.toContain('progressReported');
  });
});

describe('words that promise a day, entered without a promise', () => {
  /** What the command answers and says. */
  const recorded = async (issue: AskedIssue, text: string, more: Partial<RecordOptions> = {}) => {
    const answered: { value?: unknown; words?: string } = {};
    const output = {
      format: 'text' as const,
      answer: (value: unknown, words: () => string) => Object.assign(answered, { value, words: words() }),
      refused: () => undefined,
      raw: () => undefined,
      note: () => undefined,
    };
    const post = async (path: readonly string[], { json }: { json?: object }) =>
      (await issue.call('POST', `/${path.join('/')}`, json)).body;
    const said = { for: '陈某', by: '王某', channel: 'phone', text, ...more };
    await issueRecord(output, { post } as unknown as Instance, issue.issueId, said);
    return { ...(answered.value as { recorded: Recorded }).recorded, words: answered.words?.split('\n') };
  };

  test('stay progress, and the answer names the day and how to enter it as a promise', async () => {
    const issue = await launched();
    const day = addMonths(today, 1);
    const { dayNamed, words } = await recorded(issue, `正在整改，${inChinese(day)}前完成`);
    expect(dayNamed).toEqual({ day, promise: 'fits' });
    expect(words).toHaveLength(2);
    expect(words![1]).toContain(`--promise ${day}`);
    const types = await world.types(issue.issueId);
    expect(types).toContain('progressReported');
    expect(types).not.toContain('committed');

    const promised = await recorded(issue, `${inChinese(day)}前完成`, { promise: day });
    expect(promised).toMatchObject({ dayNamed: null, words: [expect.stringContaining('已代录')] });
    expect(await world.types(issue.issueId)).toContain('committed');
  });

  test('beyond the deadline are answered with how to ask for more time', async () => {
    const issue = await launched();
    const day = addMonths(today, 4);
    const { dayNamed, words } = await recorded(issue, `${inChinese(day)}前完成`);
    expect(dayNamed).toEqual({ day, promise: 'afterDeadline' });
    expect(words![1]).toContain('申请延期');
    expect(words![1]).not.toContain('--promise');
  });

  test('are not guessed at: a wish, a question, a request for an extension and a leader’s words name none', async () => {
    const issue = await launched();
    const day = inChinese(addMonths(today, 1));
    for (const text of [
      `争取${day}前完成`,
      `${day}前完成行不行？`,
      `申请延期至${day}，理由是流标，进展过半`,
      '已报材料',
    ])
      expect(await recorded(issue, text)).toMatchObject({ counted: 'handler', dayNamed: null });
    const leader = await recorded(issue, `${day}前完成`, { for: '李某' });
    expect(leader).toMatchObject({ counted: 'keptOnly', dayNamed: null });
  });
});

describe('a recording under the wrong name', () => {
  const record = {
    for: '陈某',
    by: '钱某',
    channel: 'paper',
    text: '材料交齐，下月办完',
    files: [{ fileName: '验收.pdf', content: Buffer.from('验收').toString('base64') }],
    measure: 1,
    acknowledge: 'yes',
  };
  const twoHandlers = async () => {
    const issue = await launched();
    const { issueId, roundId } = issue;
    await world.ledger.assignment.create({ data: { roundId, issueId, role: 'handler', personId: cast.zhou } });
    return issue;
  };
  const shown = async (issue: AskedIssue) => {
    const { body } = await issue.call('GET', `/issues/${issue.issueId}`);
    const timeline = body['timeline'] as { cycles: { entries: Record<string, unknown>[] }[] };
    const events = timeline.cycles[0]!.entries.filter(({ kind }) => kind === 'event');
    return { body, recorded: events.filter(({ recordedBy }) => recordedBy !== null), last: events.at(-1) };
  };

  test('is corrected as a whole by a file of it; the old name stays, and the piece is the other’s', async () => {
    const issue = await twoHandlers();
    const kept = await issue.call('POST', `/issues/${issue.issueId}/records`, record);
    const { evidenceIds } = kept.body['recorded'] as { evidenceIds: string[] };
    const correction = { by: '王某', what: evidenceIds[0], person: '周某', reason: '周某交的，写错了人' };
    expect(await issue.ask('correctPerson', correction)).toMatchObject({ status: 200 });
    const { body, recorded, last } = await shown(issue);
    expect(recorded.map(({ type, by, correctedTo }) => [type, by, (correctedTo as { person: string }).person])).toEqual(
      [
        ['acknowledged', '陈某', '周某'],
        ['evidenceReceived', '陈某', '周某'],
      ],
    );
    expect(last).toMatchObject({ type: 'personCorrected' });
    expect(String(last!['title'])).toMatch(/^更正署名（事件\d+、事件\d+）：陈某更正为周某$/u);
    expect(body['measures']).toMatchObject([{ evidence: [{ person: '周某', state: 'received' }] }, {}]);
    expect((await verify(world.ledger)).differences).toEqual([]);
    expect(await issue.ask('correctPerson', correction)).toMatchObject({ body: { code: 'NothingToCorrect' } });
    for (const by of ['王某', '钱某'])
      expect(await issue.ask('judgeEvidence', { by, accepted: evidenceIds })).toMatchObject({
        status: 409,
        body: { code: 'SamePerson' },
      });
  });

  test('and a file of it that counted for nothing yet is the right person’s when it is placed', async () => {
    const issue = await twoHandlers();
    const { files, ...words } = record;
    await issue.call('POST', `/issues/${issue.issueId}/records`, { ...words, files });
    const { evidenceId, sequence } = await looseOf(issue);
    await issue.ask('correctPerson', {
      by: '王某',
      what: `事件${String(sequence)}`,
      person: '周某',
      reason: '写错了人',
    });
    await issue.ask('correctEvidence', { by: '王某', evidenceId, measure: 2, reason: '属于措施2' });
    const { progress } = await world.ledger.issue.findUniqueOrThrow({ where: { id: issue.issueId } });
    const piece = { evidenceId, by: cast.zhou, recordedBy: cast.qian, correctedBy: [cast.wang] };
    expect(progress).toMatchObject({ measures: [{ evidence: [] }, { evidence: [piece] }] });
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test('is corrected neither by a handler, nor to an outsider, nor where a person acted himself', async () => {
    const issue = await launched();
    await issue.call('POST', `/issues/${issue.issueId}/records`, record);
    const { recorded } = await shown(issue);
    const what = String(recorded[0]!['sequence']);
    const correction = { by: '王某', what, person: '周某', reason: '写错了人' };
    expect(await issue.ask('correctPerson', correction)).toMatchObject({ body: { code: 'NotHandler' } });
    expect(await issue.ask('correctPerson', { ...correction, by: '陈某' })).toMatchObject({ status: 409 });
    expect(await issue.ask('correctPerson', { ...correction, what: '999' })).toMatchObject({
      body: { code: 'UnknownEvent' },
    });
    await issue.ask('suspendIssue', { by: '王某', kind: 'disaster', reason: '洪水' });
    const { last } = await shown(issue);
    expect(await issue.ask('correctPerson', { ...correction, what: String(last!['sequence']) })).toMatchObject({
      body: { code: 'NotRecorded' },
    });
  });

  /** Takes the file from its measure, as it stands when nobody has said what it proves. */
  async function looseOf(issue: AskedIssue) {
    const event = await world.ledger.issueEvent.findFirstOrThrow({
      where: { issueId: issue.issueId, type: 'evidenceReceived' },
    });
    const [piece] = (event.detail as { evidence: { evidenceId: string }[] }).evidence;
    const { evidenceId } = piece!;
    await issue.ask('correctEvidence', { by: '王某', evidenceId, measure: null, reason: '归错了' });
    return { evidenceId, sequence: event.sequence };
  }
});

describe('what the office enters for who stands in for the handler', () => {
  const awayUntil = async (days: number, from: string, to: string) => {
    const now = Date.now();
    const window = { fromAt: new Date(now - 3_600_000), untilAt: new Date(now + days * 86_400_000) };
    await world.ledger.delegation.create({ data: { fromPersonId: from, toPersonId: to, ...window } });
  };
  const said = {
    for: '周某',
    by: '钱某',
    channel: 'phone',
    text: '材料已报',
    files: [{ fileName: '台账.pdf', content: Buffer.from('台账').toString('base64') }],
    measure: 1,
  };

  test('counts as the handler’s with all three names, and none of the three judges it', async () => {
    const issue = await launched();
    await awayUntil(1, cast.chen, cast.zhou);
    expect(await issue.call('POST', `/issues/${issue.issueId}/records`, said)).toMatchObject({
      status: 200,
      body: { recorded: { counted: 'handler' }, issue: { phaseName: '整改中' } },
    });
    const names = { by: cast.zhou, recordedBy: cast.qian, onBehalfOf: cast.chen };
    const received = { issueId: issue.issueId, type: 'evidenceReceived' };
    expect(await world.ledger.issueEvent.findFirstOrThrow({ where: received })).toMatchObject(names);
    const { progress } = await world.ledger.issue.findUniqueOrThrow({ where: { id: issue.issueId } });
    expect(progress).toMatchObject({ measures: [{ evidence: [names] }, {}] });
    expect((await verify(world.ledger)).differences).toEqual([]);
    await world.ledger.delegation.deleteMany();
  });

  test('is only kept where he stands in for a leader, and refused once nobody is away', async () => {
    const issue = await launched();
    const path = `/issues/${issue.issueId}/records`;
    expect(await issue.call('POST', path, said)).toMatchObject({ status: 409, body: { code: 'NobodyOfIssue' } });
    await awayUntil(1, cast.li, cast.zhou);
    expect(await issue.call('POST', path, said)).toMatchObject({ body: { recorded: { counted: 'keptOnly' } } });
    expect(await world.types(issue.issueId)).not.toContain('evidenceReceived');
    expect(await world.ledger.evidence.count({ where: { issueId: issue.issueId } })).toBe(1);
    expect((await verify(world.ledger)).differences).toEqual([]);
    await world.ledger.delegation.deleteMany();
  });
});
