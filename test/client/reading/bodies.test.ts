import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readIssue, readIssueList, readOverview, readRoundStatus, whyIssue } from '../../../client/reading/index.ts';
import { findBodyIds } from '../../../client/rounds/body-names.ts';
import { drawRoundLookBacks } from '../../../client/rounds/draw-look-backs.ts';
import { rehearse } from '../../../client/rehearsal/rehearse.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import { ToldRound } from './builder.ts';

/** A town with two issues and a village with two, one of the village's from another feedback; each has closed one. */
let database: TestDatabase;
let ledger: Ledger;
let round: ToldRound;
const village = '大王村党总支';
const bureau = '岭南市城管和执法局党组';

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const told = ['甲', '乙', '丙', '丁'].map((title) => ({ title, unit: '村委会', measures: ['做。'] }));
  round = await ToldRound.launched(ledger, told);
  const { roundId } = round;
  await ledger.body.create({ data: { id: `${roundId}-b02`, roundId, name: village } });
  await ledger.issue.updateMany({ where: { number: { gt: 2 } }, data: { bodyId: `${roundId}-b02` } });
  await ledger.issue.updateMany({ data: { source: '巡察反馈' } });
  await ledger.issue.updateMany({ where: { number: 4 }, data: { source: '选人用人专项检查' } });
  for (const code of ['LN-01', 'LN-03']) {
    await round.tell(code, '村委会经办人', { type: 'acknowledged' });
    await round.submit(code, '村委会经办人', 1, `${code}.pdf`);
    await round.proposeClosure(code, '村委会经办人');
    await round.approve(code, '督办专责');
  }
  await ledger.assignment.create({
    data: {
      ...{ roundId, bodyId: `${roundId}-b02`, role: 'groupHead' },
      personId: await round.person('王支书', village),
    },
  });
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('a round of two bodies and two feedbacks', () => {
  test('is summed up by each, with both completion rates and the name of the one its policy shows', async () => {
    const status = await readRoundStatus(ledger, round.roundId);
    expect(status.bodies).toEqual([bureau, village]);
    const figures = (parts: typeof status.byBody) =>
      parts.map(({ name, issues, closed, completionPercent }) => [name, issues, closed, completionPercent]);
    expect(figures(status.byBody)).toEqual([
      [bureau, 2, 1, 50],
      [village, 2, 1, 50],
    ]);
    expect(figures(status.bySource)).toEqual([
      ['巡察反馈', 3, 2, 66.7],
      ['选人用人专项检查', 1, 0, 0],
    ]);
    expect(status).toMatchObject({
      completionPercent: 50,
      completion: {
        shown: 'countingLongTerm',
        countingLongTerm: { done: 2, of: 4, percent: 50, words: expect.stringContaining('长期坚持计入完成') as string },
        longTermApart: { done: 2, of: 4, percent: 50, words: expect.stringContaining('长期坚持单列') as string },
      },
    });
    expect(status.byBody[1]?.completion).toMatchObject({ shown: 'countingLongTerm', longTermApart: { of: 2 } });
    const overview = await readOverview(ledger);
    expect(figures(overview.rounds[0]!.byBody)).toEqual(figures(status.byBody));
  });

  test('tells accountability in figures, by which nobody is known, and the phases as they stand', async () => {
    const { roundId } = round;
    const outcome = { issueId: round.idOf('LN-01'), decidedBy: '县纪委监委', recordedAt: round.now };
    await ledger.accountabilityOutcome.createMany({
      data: [
        { ...outcome, outcome: 'dealtWith', persons: 2 },
        { ...outcome, outcome: 'notPursued' },
        { ...outcome, issueId: round.idOf('LN-03'), outcome: 'dealtWith', persons: 1 },
      ],
    });
    const key = { roundId, version: 1 };
    const { body } = await ledger.policyVersion.findUniqueOrThrow({ where: { roundId_version: key } });
    const phases = [
      { id: 'a', title: '立行立改', from: '2023-12-29', to: '2024-01-02' },
      { id: 'b', title: '挖根治本', from: '2024-01-02', to: '2024-06-30' },
      { id: 'c', title: '巩固提升', from: '2024-06-01', to: '2024-12-31' },
    ];
    const withPhases = { ...(body as object), phases };
    await ledger.policyVersion.update({ where: { roundId_version: key }, data: { body: withPhases } });
    const status = await readRoundStatus(ledger, roundId);
    expect(status.accountability).toEqual({ issues: 2, persons: 3, notPursued: 1 });
    expect(status.stages.map(({ title, state }) => [title, state])).toEqual([
      ['立行立改', 'running'],
      ['挖根治本', 'running'],
      ['巩固提升', 'coming'],
    ]);
    const { outcomes } = await readIssue(ledger, 'LN-01');
    expect(outcomes.map(({ words }) => words).sort()).toEqual([
      '经县纪委监委决定，不予问责',
      '经县纪委监委决定，处理2人',
    ]);
  });

  test('says who holds what for a body', async () => {
    const { people } = await readRoundStatus(ledger, round.roundId);
    expect(people.find(({ name }) => name === '王支书')?.roles).toEqual([
      { role: 'groupHead', roleName: '组长', issues: 0, bodies: [village] },
    ]);
    expect(people.find(({ name }) => name === '整改组长')?.roles).toMatchObject([{ issues: null, bodies: [] }]);
  });

  test('lists the issues of one body or one source; a part of the name is enough where only one has it', async () => {
    const codes = async (words: string) => {
      const bodyIds = await findBodyIds(ledger, words, { roundId: round.roundId });
      return (await readIssueList(ledger, { bodyIds })).map(({ code }) => code);
    };
    expect([await codes('大王村'), await codes(bureau)]).toEqual([
      ['LN-03', 'LN-04'],
      ['LN-01', 'LN-02'],
    ]);
    await expect(codes('党')).rejects.toMatchObject({ code: 'AmbiguousBody' });
    await expect(findBodyIds(ledger, '李村', { roundId: undefined })).rejects.toMatchObject({ code: 'UnknownBody' });
    expect(await readIssueList(ledger, { source: '选人用人专项检查' })).toMatchObject([
      { code: 'LN-04', body: village, source: '选人用人专项检查' },
    ]);
    expect(await readIssue(ledger, 'LN-04')).toMatchObject({ body: village, source: '选人用人专项检查' });
  });

  test('says in a why that a reader holds the role for the body', async () => {
    const { body, lines } = await whyIssue(ledger, 'LN-04');
    expect(body).toBe(village);
    const climbing = lines.filter(({ role }) => role === '组长');
    expect(climbing.length).toBeGreaterThan(0);
    for (const line of climbing) {
      expect(line).toMatchObject({ body: village, persons: ['王支书'] });
      expect(line.toWhom[0]?.why).toBe(`以组长身份（${village}）`);
    }
    const { lines: others } = await whyIssue(ledger, 'LN-02');
    expect(others.find(({ role }) => role === '组长')?.toWhom[0]).toMatchObject({
      person: '整改组长',
      why: '以组长身份',
    });
  });

  test('is rehearsed by body: what climbs is named with whose issues it is about', async () => {
    const { escalations, bodies } = await rehearse(ledger, round.roundId);
    const heads = escalations.filter(({ role }) => role === 'groupHead').map((one) => [one.name, one.bodies]);
    expect(heads).toEqual(
      expect.arrayContaining([
        ['整改组长', [bureau]],
        ['王支书', [village]],
      ]),
    );
    expect(bodies.map(({ name, issues }) => [name, issues])).toEqual([
      [bureau, 2],
      [village, 2],
    ]);
    expect(bodies.every(({ lines }) => lines > 0)).toBe(true);
  });

  test('is drawn from as one; a failed look-back in one body does not count against a unit of the same name in another', async () => {
    const { roundId } = round;
    const rebounded = { issueId: round.idOf('LN-02'), sequence: 999, cycle: 1, at: round.now, detail: {} };
    await ledger.issueEvent.create({ data: { ...rebounded, type: 'rebounded' } });
    const { terms } = await ledger.issue.findUniqueOrThrow({ where: { id: round.idOf('LN-01') } });
    const { policy } = terms as { policy: Prisma.InputJsonObject };
    const withShare = { ...policy, lookBack: { share: 0, drawWithinWorkdays: 10, againAfterMonths: 3 } };
    await ledger.round.update({ where: { id: roundId }, data: { terms: { policy: withShare } } });
    await ledger.obligation.updateMany({ where: { kind: 'lookBack' }, data: { closedAt: round.now } });
    const nobodyElse = { ask: () => Promise.resolve() };
    const said = { by: round.personId('督办专责'), source: 'page', requestId: 'r' };
    const drawn = await drawRoundLookBacks({ ledger, issues: nobodyElse, duties: nobodyElse }, roundId, said);
    expect(drawn.drawn).toEqual([{ issueId: round.idOf('LN-01'), because: 'failedUnit' }]);
    expect(drawn.left).toEqual([round.idOf('LN-03')]);
    const stored = await ledger.lookBackDraw.findUniqueOrThrow({ where: { id: drawn.drawId } });
    expect(stored.population).toMatchObject([{ unit: `${bureau} 村委会` }, { unit: `${village} 村委会` }]);
    expect(stored.population).not.toMatchObject([{ measureUnits: expect.anything() as unknown }]);

    // Nor does it spare who answers for a measure of what failed, and for a measure of another issue of the same body.
    await ledger.lookBackDraw.deleteMany();
    await ledger.issue.update({ where: { id: round.idOf('LN-01') }, data: { unit: '财务股' } });
    const measured = ['LN-01', 'LN-02', 'LN-03'].map((code) => round.idOf(code));
    await ledger.measure.updateMany({ where: { issueId: { in: measured } }, data: { unit: '法规科' } });
    const again = await drawRoundLookBacks({ ledger, issues: nobodyElse, duties: nobodyElse }, roundId, said);
    expect(again.drawn).toEqual([{ issueId: round.idOf('LN-01'), because: 'failedUnit' }]);
    expect(again.left).toEqual([round.idOf('LN-03')]);
    const other = await ledger.lookBackDraw.findUniqueOrThrow({ where: { id: again.drawId } });
    expect(other.population).toMatchObject([
      { unit: `${bureau} 财务股`, measureUnits: [`${bureau} 法规科`] },
      { unit: `${village} 村委会`, measureUnits: [`${village} 法规科`] },
    ]);
  });
});
