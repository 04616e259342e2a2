import { beforeAll, describe, expect, test } from 'vitest';
import {
  readIssue,
  readIssueList,
  readOverview,
  readRoundStatus,
  whyIssue,
  whyPerson,
} from '../../../client/reading/index.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { openLedger } from '../../../prisma/client.ts';
import { testDatabase, testLedger } from '../../support/servers.ts';
import { afterRebound, bureauInMarch } from '../pages/told-world.ts';
import { ToldRound } from './builder.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await bureauInMarch(ledger);
});

describe('an issue', () => {
  test('tells its measures, who is responsible, what is owed and why its light is red', async () => {
    const issue = await readIssue(ledger, 'ln-01');
    expect(issue).toMatchObject({ code: 'LN-01', phaseName: '整改中', cycle: 1, unit: '办公室', today: '2024-03-29' });
    expect(issue.measures.map(({ number, state, colour }) => [number, state, colour])).toEqual([
      [1, 'missing', 'red'],
      [2, 'received', 'green'],
      [3, 'missing', 'yellow'],
    ]);
    expect(issue.measures[1]?.evidence).toMatchObject([
      { fileName: '2024年3月公务用车检查台账.xlsx', person: '办公室经办人', state: 'received' },
    ]);
    expect(issue.light).toMatchObject({
      colour: 'red',
      reason: '措施1佐证逾期21个工作日',
      sentence: '责任人应于2024年2月29日(周四)前交措施1佐证，已逾期21个工作日。',
    });
    expect(issue.obligations[0]).toMatchObject({ words: '措施1佐证', persons: ['办公室经办人'], workdaysLeft: -21 });
    expect(issue.people.find(({ role }) => role === 'office')?.persons.map(({ name }) => name)).toEqual(['督办专责']);
  });

  test('says what happens next, when, to whom and what cancels it', async () => {
    const { next } = await readIssue(ledger, 'LN-03');
    expect(next).toMatchObject({
      what: '发提醒：销号审核',
      when: '2024年4月1日(周一) 09:00，还有1个工作日',
      to: ['督办专责'],
      cancelledBy: '届时仍未办结销号审核；办结即撤销',
      turn: '督办专责审核销号',
    });
  });

  test('tells its course in the order of time, with words, files and the reminders an answer made needless', async () => {
    const { timeline } = await readIssue(ledger, 'LN-01');
    const [present] = timeline?.cycles ?? [];
    const moments = present?.entries.map(({ at }) => at) ?? [];
    expect(moments).toEqual([...moments].sort());
    const events = present?.entries.flatMap((entry) => (entry.kind === 'event' ? entry : [])) ?? [];
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.find(({ type }) => type === 'progressReported')?.said).toMatch(/^已补登4条/);
    const given = events.find(({ type }) => type === 'evidenceReceived');
    expect(given).toMatchObject({ by: '办公室经办人', source: '页面', files: [{ measure: 2, sizeBytes: 88_064 }] });
    expect(given?.cancelled.length).toBeGreaterThan(0);
    expect(given?.cancelled.flatMap(({ lines }) => lines.map(({ owed }) => owed))).toContain('措施2佐证');
    expect(timeline?.coming.every(({ at }) => at > round.now)).toBe(true);
    expect(timeline?.coming[0]?.kind).toBe('line');
  });

  test('is found by code whatever the case, and is refused where there is none', async () => {
    expect((await readIssue(ledger, ' ln-02 ')).code).toBe('LN-02');
    await expect(readIssue(ledger, 'LN-99')).rejects.toMatchObject({ code: 'UnknownIssue' });
  });
});

describe('why', () => {
  test('names rule, policy version, calendar day, role, person and mail of every line that was sent', async () => {
    const { lines } = await whyIssue(ledger, 'LN-01');
    const third = lines.find(({ key }) => key.endsWith('/evidence-1-1/after-3/responsibleLeader/2024-03-05'));
    expect(third).toMatchObject({
      state: 'sent',
      rule: '措施1佐证到期后第3个工作日，升级提醒',
      policyVersion: 1,
      calendarDay: '2024年3月5日(周二)，应于2月29日(周四)，其后第3个工作日；日历第1版',
      role: '责任领导',
      persons: ['分管副局长'],
      sentAt: '2024-03-05T01:00:00.000Z',
      stateReason: null,
    });
    const sent = lines.filter(({ state }) => state === 'sent');
    expect(sent.every(({ mail, persons, rule }) => mail !== null && persons.length === 1 && rule !== '')).toBe(true);
  });

  test('says of a line that was not sent after which event nobody owed it any more', async () => {
    const { lines } = await whyIssue(ledger, 'LN-01');
    const urge = lines.find(({ key }) => key.endsWith('/acknowledgement-1/after-1/handler/2024-01-08'));
    expect(urge).toMatchObject({ state: 'cancelled', mail: null, persons: [] });
    expect(urge?.stateReason).toMatch(/^1月3日\(周三\) 10:12“认领”（事件\d+）之后不再需要$/);
  });

  test('says of a planned line who would get it today and on what it depends', async () => {
    const { lines } = await whyIssue(ledger, 'LN-03');
    const due = lines.find(({ state }) => state === 'planned');
    expect(due).toMatchObject({ persons: ['督办专责'], stateReason: '届时事项仍未办结才发；办结即撤销', sentAt: null });
  });

  test('tells of a person what he got and what is coming to him, and nothing of others', async () => {
    const { person, lines } = await whyPerson(ledger, '分管副局长');
    expect(person.name).toBe('分管副局长');
    expect(new Set(lines.flatMap(({ persons }) => persons))).toEqual(new Set(['分管副局长']));
    expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(['sent', 'planned']));
    await expect(whyPerson(ledger, '外人')).rejects.toBeInstanceOf(RefusedError);
  });
});

describe('the overview', () => {
  test('lists what the office owes in the order of its days, with what is overdue', async () => {
    const { duties, dutyCount, today, clockId } = await readOverview(ledger);
    expect({ today, clockId }).toEqual({ today: '2024-03-29', clockId: 'd1' });
    expect(duties.closures.map(({ code, workdaysLeft }) => [code, workdaysLeft])).toEqual([
      ['LN-02', 1],
      ['LN-03', 1],
    ]);
    expect(duties.proposals.map(({ code, isOverdue }) => [code, isOverdue])).toEqual([
      ['LN-05', 'yes'],
      ['LN-01', 'yes'],
    ]);
    expect(dutyCount).toBe(4);
  });

  test('counts a mail a person and day, however many lines it will carry', async () => {
    const { coming } = await readOverview(ledger);
    const rows = await ledger.outboxRow.findMany({ where: { state: 'planned', plannedOn: new Date('2024-04-08') } });
    const day = coming.find((one) => one.day === '2024-04-08');
    expect(day?.lines).toBe(rows.length);
    expect(day?.mails).toBeLessThan(rows.length);
    expect(day?.byRole.find(({ role }) => role === '责任领导')?.persons).toBe(1);
  });

  test('counts the phases and lights of a round', async () => {
    const { rounds, units } = await readOverview(ledger);
    expect(rounds).toHaveLength(1);
    expect(rounds[0]).toMatchObject({ issues: 7, closed: 1, completionPercent: 14.3, state: 'launched' });
    expect(rounds[0]?.completion).toMatchObject({
      shown: 'countingLongTerm',
      longTermApart: { done: 1, of: 7 },
      countingLongTerm: { words: expect.stringContaining('长期坚持计入完成') as string },
    });
    expect(rounds[0]?.phases).toEqual({
      assignment: 2,
      rectification: 2,
      closureReview: 2,
      longTerm: 0,
      lookBack: 1,
      archived: 0,
      withdrawn: 0,
      merged: 0,
    });
    expect(units[0]).toMatchObject({ unit: '园林绿化科', lights: { red: 1, yellow: 1 } });
  });

  test('is that of the real clock when there is nothing at all', async () => {
    const empty = await testDatabase();
    const nothing = openLedger(empty.url);
    expect(await readOverview(nothing)).toMatchObject({ clockId: 'real', rounds: [], dutyCount: 0, drills: [] });
    await nothing.$disconnect();
    await empty.drop();
  });
});

describe('lists', () => {
  test('filter by light, phase and text', async () => {
    const codes = async (filter: Parameters<typeof readIssueList>[1]) =>
      (await readIssueList(ledger, filter)).map(({ code }) => code);
    expect(await codes({ light: 'red' })).toEqual(['LN-01', 'LN-05', 'LN-07']);
    expect(await codes({ phase: 'closureReview' })).toEqual(['LN-02', 'LN-03']);
    expect(await codes({ text: '公务用车' })).toEqual(['LN-01']);
    expect(await codes({ text: '没有的' })).toEqual([]);
  });

  test('tell of a round its people and what will leave', async () => {
    const status = await readRoundStatus(ledger, round.roundId);
    expect(status.people.find(({ name }) => name === '督办专责')?.roles).toEqual([
      { role: 'office', roleName: '督办办公室', issues: null, bodies: [] },
    ]);
    expect(status.people.find(({ name }) => name === '园林绿化科经办人')?.roles).toMatchObject([{ issues: 2 }]);
    expect(status.coming.length).toBeGreaterThan(5);
    await expect(readRoundStatus(ledger, 'none')).rejects.toMatchObject({ code: 'UnknownRound' });
  });

  test('name who is responsible now, not who was before the handover', async () => {
    const issueId = round.idOf('LN-06');
    const former = { issueId, role: 'handler' as const };
    await ledger.assignment.updateMany({ where: former, data: { untilAt: round.now } });
    await ledger.assignment.create({
      data: { ...former, roundId: round.roundId, personId: await round.person('接手人'), fromAt: round.now },
    });
    const [row] = await readIssueList(ledger, { text: 'LN-06' });
    expect(row?.handlers).toEqual(['接手人']);
    const { people } = await readRoundStatus(ledger, round.roundId);
    expect(people.map(({ name }) => name)).toContain('接手人');
    expect(people.map(({ name }) => name)).not.toContain('计划财务科经办人');
    const { lines } = await whyPerson(ledger, '计划财务科经办人');
    expect(lines.some(({ state }) => state === 'planned')).toBe(false);
  });

  test('give plain JSON', async () => {
    const issue = await readIssue(ledger, 'LN-01');
    expect(JSON.parse(JSON.stringify(issue))).toEqual(issue);
  });
});

describe('later', () => {
  test('a code that stands in two rounds is refused with both of them named', async () => {
    const other = await ToldRound.draft(ledger, [{ title: '另一轮的问题' }], { id: 'd2', prefix: 'LN' });
    await expect(readIssue(ledger, 'LN-01')).rejects.toMatchObject({
      code: 'AmbiguousIssue',
      message: expect.stringMatching(new RegExp(`${round.idOf('LN-01')}.*${other.idOf('LN-01')}`)) as string,
    });
    const draft = await readIssue(ledger, other.idOf('LN-01'));
    expect(draft).toMatchObject({ timeline: null, next: null, light: { colour: 'none', reason: '尚未交办' } });
  });

  test('a rebound opens the second cycle and seals the first', async () => {
    await afterRebound(round);
    const { timeline, cycle, measures } = await readIssue(ledger, round.idOf('LN-04'));
    expect(cycle).toBe(2);
    expect(timeline?.cycles.map(({ cycle: number, state }) => [number, state])).toEqual([
      [2, 'present'],
      [1, 'closed'],
    ]);
    const [, first] = timeline?.cycles ?? [];
    expect(first?.to).toBe('2024-01-18');
    expect(measures[0]).toMatchObject({ state: 'missing', deadline: '2024-06-28', evidence: [] });
    expect(first?.entries.some((entry) => entry.kind === 'event' && entry.type === 'closureApproved')).toBe(true);
  });
});
