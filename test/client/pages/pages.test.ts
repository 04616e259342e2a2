import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError } from '../../../client/refused-error.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import type { ToldRound } from '../reading/builder.ts';
import { opened } from './browser.ts';
import { bureauInMarch, pagesOver } from './told-world.ts';

let database: TestDatabase;
let ledger: Ledger;
let round: ToldRound;
let mailPath: string;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  round = await bureauInMarch(ledger);
  const mail = await ledger.mail.findFirstOrThrow({ orderBy: { preparedAt: 'desc' } });
  mailPath = `/mailbox/${encodeURIComponent(mail.messageId)}`;
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('what is got', () => {
  test('answers 200, is a page of 回头看 and runs only its own script', async () => {
    const { app } = pagesOver(ledger);
    for (const path of [
      '/',
      '/issues',
      '/issues?light=red',
      '/rounds/round-d1',
      '/issues/LN-01',
      '/mailbox',
      mailPath,
      '/drills/d1',
    ]) {
      const { page, text } = await opened(app, path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(text).toMatch(/^<!doctype html>/);
      expect(text).toContain('回头看');
      expect(text).not.toMatch(/ style="| on[a-z]+="|<script>/);
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
  });

  test('changes nothing in the ledger and asks nothing of the workflows', async () => {
    const { app, asked } = pagesOver(ledger);
    const count = async () => [
      await ledger.issueEvent.count(),
      await ledger.outboxRow.count(),
      await ledger.round.count(),
    ];
    const before = await count();
    for (const path of [
      '/',
      '/rounds/round-d1',
      '/rounds/round-d1/launch',
      '/issues/LN-02',
      '/issues/LN-02/closure-decision',
      '/drills',
      `${mailPath}/replies`,
    ]) {
      await app.request(path);
    }
    expect(await count()).toEqual(before);
    expect(asked).toEqual([]);
  });

  test('says how many mails wait for the sending rate and when the last of them leaves, and nothing when none does', async () => {
    const { app } = pagesOver(ledger);
    const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: 'round-d1' } });
    expect((await opened(app, '/')).text).not.toContain('限速中');
    const seen = { held: 12, heldUntil: '2024-03-04T01:12:05.000Z' };
    await ledger.postOffice.upsert({ where: { clockId }, create: { clockId, ...seen }, update: seen });
    const { text } = await opened(app, '/');
    await ledger.postOffice.update({ where: { clockId }, data: { held: 0, heldUntil: null } });
    expect(text).toMatch(/限速中，余 12 封，预计 (3月4日\(周一\) )?09:12 发完/);
  });

  test('of an empty ledger offers a drill with the sample and the way to a real round', async () => {
    const empty = await testDatabase();
    const nothing = openLedger(empty.url);
    const { text } = await opened(pagesOver(nothing).app, '/');
    expect(text).toContain('开始一次演练');
    expect(text).toMatch(/value="qinghe-2024.txt" checked/);
    expect(text).toContain('建一个真实轮次');
    await nothing.$disconnect();
    await empty.drop();
  });

  test('tells in a sentence that something does not exist', async () => {
    const { app } = pagesOver(ledger);
    for (const path of [
      '/issues/LN-99',
      '/rounds/none',
      '/drills/none',
      '/mailbox/none',
      '/evidence/none',
      '/nothing',
    ]) {
      const { page, text } = await opened(app, path);
      expect([path, page.status]).toEqual([path, 404]);
      expect(text).toMatch(/没有/);
    }
  });

  test('escapes what people wrote', async () => {
    const { app } = pagesOver(ledger);
    const { text } = await opened(app, `/issues?text=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(text).not.toContain('<script>alert');
  });
});

describe('evidence and mails', () => {
  test('evidence is handed out as a file to keep, never as a page', async () => {
    const { id } = await ledger.evidence.findFirstOrThrow({ where: { fileName: { contains: '检查台账' } } });
    const file = await pagesOver(ledger).app.request(`/evidence/${id}`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''2024%E5/);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a mail is shown in a frame that can run no script and ask for nothing outside', async () => {
    const { app } = pagesOver(ledger);
    const { text } = await opened(app, mailPath);
    expect(text).toMatch(/<iframe[^>]+sandbox="(?![^"]*allow-scripts)[^"]*"/);
    const body = await app.request(`${mailPath}/body`);
    const policy = body.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox (?!.*allow-scripts)/);
    expect(policy).toContain("default-src 'none'");
    expect(await (await app.request(`${mailPath}?view=text`)).text()).toContain('直接回复本邮件就行');
  });

  test('a reply goes out with its words and files', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, mailPath);
    const file = new File(['表'], '措施1 核实表.txt', { type: 'text/plain' });
    const answer = await post(`${mailPath}/replies`, { text: '已完成', style: 'qq', files: file });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${mailPath}?done=replied`);
    expect(asked).toMatchObject([
      { what: 'replyAs', with: [{ text: '已完成', style: 'qq', files: [{ fileName: '措施1 核实表.txt' }] }] },
    ]);
  });

  test('an empty reply is not sent', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, mailPath);
    const answer = await post(`${mailPath}/replies`, { text: ' ' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('请写几句话');
    expect(asked).toEqual([]);
  });
});

describe('a decision on an issue', () => {
  const decision = () => `/issues/${round.idOf('LN-02')}/closure-decision`;

  test('is asked for with the ticked evidence, as the person chosen, and leads back to the page', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post, text } = await opened(app, '/issues/LN-02');
    expect(text).toContain('同意销号');
    const by = round.personId('督办专责');
    const answer = await post(decision(), { decision: 'approved', by, stateHash: 'h', acceptedEvidence: ['e1', 'e2'] });
    expect(answer.status).toBe(303);
    // What is asked is only noted here, so the review goes on as after one of several levels.
    expect(answer.headers.get('location')).toBe(`/issues/${round.idOf('LN-02')}?done=levelApproved`);
    const [request] = asked;
    expect(request).toMatchObject({
      what: 'decideClosure',
      with: [
        round.idOf('LN-02'),
        { by, source: 'page', decision: { kind: 'approved', stateHash: 'h', acceptedEvidence: ['e1', 'e2'] } },
      ],
    });
  });

  test('shows beside each file what is to be looked at before it is ticked, and nothing beside the others', async () => {
    const { app } = pagesOver(ledger);
    const where = { issueId: round.idOf('LN-02') };
    const { id, sha256, fileName } = await ledger.evidence.findFirstOrThrow({ where });
    const without = await opened(app, '/issues/LN-02');
    await ledger.evidenceFile.update({ where: { sha256 }, data: { concerns: ['macros'] } });
    const { text } = await opened(app, '/issues/LN-02');
    await ledger.evidenceFile.update({ where: { sha256 }, data: { concerns: [] } });
    expect(without.text).not.toContain('请留意');
    const choice = text.slice(text.indexOf(`accept-${id}`)).split('</label>')[0];
    expect(choice).toContain(fileName);
    expect(choice).toContain('请留意：带宏，打开时不要启用');
  });

  test('that is refused shows the sentence on the page and leaves the form there', async () => {
    const { app } = pagesOver(ledger, new RefusedError('SamePerson', '申请人不能审核自己的申请,请由另一人审核'));
    const { post } = await opened(app, '/issues/LN-02');
    const answer = await post(decision(), { decision: 'approved', by: 'p', stateHash: 'h', acceptedEvidence: 'e1' });
    expect(answer.status).toBe(409);
    const text = await answer.text();
    expect(text).toContain('申请人不能审核自己的申请');
    expect(text).toContain('同意销号');
  });

  test('without a reason is not returned', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, '/issues/LN-02');
    const answer = await post(decision(), { decision: 'returned', by: 'p', reason: '', measures: '1' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('退回须写明理由');
    expect(asked).toEqual([]);
  });

  test('does nothing when the form is not from a page of ours', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, '/issues/LN-02');
    const fields = { decision: 'approved', by: 'p', stateHash: 'h', acceptedEvidence: 'e1' };
    const answers = [
      await post(decision(), { ...fields, seal: 'x'.repeat(32) }),
      await post(decision(), fields, { origin: 'http://elsewhere.example' }),
      await post(decision(), fields, { cookie: '' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(asked).toEqual([]);
  });

  test('on a look-back carries the finding and, for a rebound, the new day', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, '/issues/LN-04');
    const path = `/issues/${round.idOf('LN-04')}/look-back`;
    const by = round.personId('巡察办专责');
    expect((await post(path, { outcome: 'rebound', by, finding: '又犯了', deadline: '' })).status).toBe(409);
    expect((await post(path, { outcome: 'rebound', by, finding: '又犯了', deadline: '2024-09-30' })).status).toBe(303);
    expect((await post(path, { outcome: 'holds', by, finding: '抽查无异常' })).status).toBe(303);
    expect(asked.map(({ with: [, request] }) => request)).toMatchObject([
      { finding: '又犯了', rebound: { deadline: '2024-09-30' } },
      { finding: '抽查无异常' },
    ]);
    expect(asked[1]?.with[1]).not.toHaveProperty('rebound');
  });
});

describe('the way to a round', () => {
  const notice = () =>
    new File(
      [
        '中共岭南市水务局党组关于巡察整改进展情况的通报\n\n2024年3月1日，市委巡察组向市水务局党组反馈了巡察意见。\n\n一、整改情况\n\n（一）聚焦履职方面\n\n1.关于河道管护不力的问题。一是开展排查，建立台账。二是修订管护办法。\n\n2.关于会议记录不规范的问题。一是组织培训1次。\n',
      ],
      'shuiwu-2024.txt',
    );

  test('reads the notice, shows it, makes a draft, and says what is missing before the launch', async () => {
    const { app, asked } = pagesOver(ledger);
    const start = await opened(app, '/');
    const read = await start.post('/notices', { notice: notice() });
    expect(read.status).toBe(303);
    const shown = await opened(app, read.headers.get('location') ?? '');
    expect(shown.text).toContain('关于河道管护不力的问题'.slice(2, 8));
    const created = await shown.post('/rounds', {
      sha256: 'f'.repeat(64),
      fileName: 'shuiwu-2024.txt',
      name: '水务局巡察整改',
      feedbackOn: '2024-03-01',
      codePrefix: 'SW',
    });
    expect(created.status).toBe(303);
    const path = (created.headers.get('location') ?? '').replace(/\/set-up.*/, '');
    expect((await opened(app, path)).text).toContain('补齐后才能交办');
    const draft = await opened(app, `${path}/set-up/people`);
    expect(draft.text).toContain('还没有责任人');
    const people = new File(['姓名,邮箱,单位,职务\n甲,jia@example.org,办公室,经办人\n'], '名单.csv');
    expect((await draft.post(`${path}/people`, { file: people })).status).toBe(303);
    const wrong = await draft.post(`${path}/assignments`, { file: new File(['编号,责任人\nSW-01,乙\n'], '分工.csv') });
    expect(wrong.status).toBe(409);
    expect(await wrong.text()).toContain('乙');
    const file = new File(['编号,责任人\nSW-01,甲\n'], '分工.csv');
    const previewed = await draft.post(`${path}/assignments`, { file, mode: 'preview' });
    expect(previewed.status).toBe(200);
    const page = await previewed.text();
    expect(page).toContain('SW-01 责任人：无 → 甲');
    const roundId = path.split('/').at(-1)!;
    expect(await ledger.assignment.count({ where: { roundId } })).toBe(0);
    const sha256 = /name="sha256" value="([0-9a-f]{64})"/u.exec(page)?.[1] ?? '';
    const confirmed = await draft.post(`${path}/assignments`, { sha256, fileName: '分工.csv' });
    expect(confirmed.headers.get('location')).toBe(`${path}/set-up/people?done=assigned`);
    expect(await ledger.assignment.findMany({ where: { roundId }, select: { role: true } })).toEqual([
      { role: 'handler' },
    ]);
    expect(asked).toEqual([]);
  });

  test('imports people in the name of somebody of the office, once somebody is, and says who did so last', async () => {
    const { app } = pagesOver(ledger);
    const roundId = 'in-draft';
    await ledger.round.create({ data: { id: roundId, name: '筹备中', codePrefix: 'CB' } });
    const list = (name: string) => new File([`姓名,邮箱\n${name},${name}@example.org\n`], `${name}.csv`);
    const path = `/rounds/${roundId}/set-up/people`;
    const first = await opened(app, path);
    expect(first.text).not.toContain('id="people-by"');
    expect((await first.post(`/rounds/${roundId}/people`, { file: list('督办乙') })).status).toBe(303);
    const { id: personId } = await ledger.person.findFirstOrThrow({ where: { name: '督办乙' } });
    await ledger.assignment.create({ data: { roundId, role: 'office', personId } });
    const page = await opened(app, path);
    expect(page.text).toContain(`<option value="${personId}">督办乙（督办办公室）</option>`);
    expect(page.text).toContain('上次导入：督办乙.csv，');
    const refused = await page.post(`/rounds/${roundId}/people`, { file: list('丙') });
    expect([refused.status, await ledger.person.count({ where: { name: '丙' } })]).toEqual([409, 0]);
    expect((await page.post(`/rounds/${roundId}/people`, { file: list('丙'), by: personId })).status).toBe(303);
    expect((await opened(app, path)).text).toContain('上次导入：丙.csv，督办乙，');
    await ledger.assignment.deleteMany({ where: { roundId } });
    await ledger.round.delete({ where: { id: roundId } });
  });

  test('starts a drill from the sample that is preselected', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, '/');
    const answer = await post('/drills', { sample: 'qinghe-2024.txt', staff: 'mixed', secondsPerDay: '0.5' });
    expect(answer.headers.get('location')).toBe('/drills/d1?done=started');
    expect(asked).toEqual([{ what: 'startDrill', with: ['qinghe-2024.txt', 'mixed', 0.5] }]);
  });

  test('says why a file is no notice, and makes nothing of it', async () => {
    const { app } = pagesOver(ledger);
    const { post } = await opened(app, '/');
    const answer = await post('/notices', { notice: new File([new Uint8Array([0, 1, 2, 3])], 'x.bin') });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('没有办成');
    expect((await post('/notices', {})).status).toBe(409);
  });
});
