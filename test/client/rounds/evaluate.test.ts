import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationRequest, proposeEvaluation } from '../../../client/rounds/evaluate.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { IssuePhase, ObligationKind } from '../../../prisma/generated/enums.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { at, type IsoDate } from '../../../workflows/rules/instants.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

const roundId = 'round';
let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  await ledger.round.create({ data: { id: roundId, name: '第三轮常规巡察', codePrefix: 'LN', state: 'launched' } });
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

let events = 0;
async function duty(
  id: string,
  kind: ObligationKind,
  dueOn: IsoDate,
  closed?: { on: IsoDate; type: string },
  scope?: { bodyId: string },
) {
  events += 1;
  if (closed) {
    const event = { roundId, sequence: events, at: at(closed.on, '10:00'), type: closed.type, detail: {} };
    await ledger.roundEvent.create({ data: event });
  }
  await ledger.roundObligation.create({
    data: {
      roundId,
      id,
      kind,
      role: 'office',
      title: id,
      openedAt: at('2024-01-08', '08:00'),
      dueOn: fromIsoDate(dueOn),
      ...(scope && { scope }),
      ...(closed && { closedAt: at(closed.on, '10:00'), closedBy: events }),
    },
  });
}

async function issue(number: number, phase: IssuePhase, progress: Prisma.InputJsonObject): Promise<string> {
  const id = `issue-${String(number)}`;
  await ledger.issue.create({
    data: {
      id,
      roundId,
      number,
      code: `LN-0${String(number)}`,
      title: '问题',
      text: '问题',
      kind: 'ordinary',
      firstDeadline: fromIsoDate('2024-03-29'),
      phase,
      progress,
    },
  });
  return id;
}

async function happened(issueId: string, sequence: number, type: string, detail: Prisma.InputJsonObject = {}) {
  await ledger.issueEvent.create({
    data: { issueId, sequence, at: at('2024-03-01', '10:00'), cycle: 1, type, detail },
  });
}

describe('a proposed evaluation', () => {
  it('counts what was owed and what was kept, from the ledger alone', async () => {
    await duty('rectification-plan-1-1', 'rectificationPlan', '2024-02-02', { on: '2024-02-05', type: 'dutyReported' });
    await duty('weekly-check-1-1', 'weeklyCheck', '2024-01-12', { on: '2024-01-12', type: 'dutyReported' });
    await duty('weekly-check-1-2', 'weeklyCheck', '2024-01-19', { on: '2024-01-24', type: 'obligationLapsed' });
    await duty('monthly-dispatch-1-1', 'monthlyDispatch', '2999-01-19');
    await ledger.evidenceFile.create({ data: { sha256: 'a', sizeBytes: 1, mediaType: 'text/plain' } });
    const measures = [
      { number: 1, deadline: '2024-02-29', evidence: [{ evidenceId: 'in-time', by: 'chen', state: 'accepted' }] },
      { number: 2, deadline: '2024-02-29', evidence: [{ evidenceId: 'late', by: 'chen', state: 'accepted' }] },
      { number: 3, deadline: '2024-02-29', evidence: [{ evidenceId: 'in-time', by: 'chen', state: 'returned' }] },
      { number: 4, deadline: '2999-02-28', evidence: [] },
    ];
    const done = await issue(1, 'lookBack', { closed: { outcome: 'done' }, measures, satisfaction: 'satisfied' });
    const file = { issueId: done, cycle: 1, sha256: 'a', fileName: 'a.txt' };
    await ledger.evidence.createMany({
      data: [
        { ...file, id: 'in-time', receivedAt: at('2024-02-29', '23:30') },
        { ...file, id: 'late', receivedAt: at('2024-03-01', '00:30') },
      ],
    });
    await issue(2, 'archived', { closed: { outcome: 'basicallyDone' }, measures: [] });
    await issue(3, 'longTerm', { closed: { outcome: 'longTerm' }, measures: [] });
    const open = await issue(4, 'rectification', { measures: [] });
    await issue(5, 'withdrawn', { measures: [{ number: 1, deadline: '2024-02-29', evidence: [] }] });
    const owed = {
      issueId: open,
      kind: 'acknowledgement',
      role: 'handler',
      openedAt: at('2024-01-08', '09:00'),
    } as const;
    await ledger.obligation.createMany({
      data: [
        {
          ...owed,
          cycle: 1,
          id: 'acknowledgement-1',
          dueOn: fromIsoDate('2024-01-11'),
          closedAt: at('2024-01-11', '20:00'),
        },
        {
          ...owed,
          cycle: 1,
          id: 'acknowledgement-2',
          dueOn: fromIsoDate('2024-01-11'),
          closedAt: at('2024-01-12', '09:00'),
        },
      ],
    });
    await happened(open, 1, 'commitmentKept');
    await happened(open, 2, 'commitmentBroken');
    await happened(open, 3, 'proposalRaised', { proposalId: 'p1', measure: 'talk' });
    await happened(open, 4, 'proposalDecided', { proposalId: 'p1', decision: 'accepted' });
    await happened(open, 5, 'proposalRaised', { proposalId: 'p2', measure: 'notice' });
    await happened(open, 6, 'proposalDecided', { proposalId: 'p2', decision: 'declined' });
    await happened(open, 7, 'closureReturned');

    const proposed = await proposeEvaluation(ledger, roundId);
    const { facts, evaluation } = proposed;
    expect(facts).toEqual({
      plan: 'late',
      weeklyChecks: { kept: 1, owed: 2 },
      monthlyDispatches: { kept: 0, owed: 0 },
      acknowledgements: { kept: 1, owed: 2 },
      commitments: { kept: 1, owed: 2 },
      punishments: { reminderTalk: 0, talk: 1, notice: 0, accountability: 0 },
      measures: { kept: 1, owed: 3 },
      issues: { total: 5, done: 1, basicallyDone: 1, longTerm: 1, open: 1, withdrawn: 1, merged: 0 },
      concentratedPeriod: 'over',
      completionRate: 'longTermCounted',
      returnedClosures: 1,
      rebounds: 0,
      satisfaction: { satisfied: 1, basicallySatisfied: 0, unsatisfied: 0 },
    });
    expect(evaluation.total).toBeGreaterThan(0);
    expect(evaluationRequest(proposed, '经办公会研究')).toMatchObject({
      grade: evaluation.grade,
      secondRectification: 'needed',
      note: '经办公会研究',
      scores: { total: evaluation.total, satisfaction: 10 },
    });
    const asked = { satisfied: 0, basicallySatisfied: 0, unsatisfied: 4 };
    expect((await proposeEvaluation(ledger, roundId, { satisfaction: asked })).evaluation.satisfaction.points).toBe(0);
  });

  it('of one body counts its own issues and the round’s duties, and is recorded as that body’s', async () => {
    await ledger.body.create({ data: { id: 'town', roundId, name: '石桥镇党委' } });
    await ledger.body.create({ data: { id: 'village', roundId, name: '大王村党总支' } });
    await ledger.issue.updateMany({ where: { number: { lte: 3 } }, data: { bodyId: 'town' } });
    await ledger.issue.updateMany({ where: { number: { gt: 3 } }, data: { bodyId: 'village' } });
    const town = await proposeEvaluation(ledger, roundId, { body: '石桥镇' });
    expect(town).toMatchObject({
      body: { id: 'town', name: '石桥镇党委' },
      facts: {
        ...{ plan: 'late', weeklyChecks: { kept: 1, owed: 2 }, measures: { kept: 1, owed: 3 } },
        ...{ acknowledgements: { kept: 0, owed: 0 }, punishments: { talk: 0 }, returnedClosures: 0 },
        issues: { total: 3, done: 1, basicallyDone: 1, longTerm: 1, open: 0 },
      },
    });
    const village = await proposeEvaluation(ledger, roundId, { body: '大王村' });
    expect(village.facts).toMatchObject({
      ...{ acknowledgements: { kept: 1, owed: 2 }, punishments: { talk: 1 }, returnedClosures: 1 },
      ...{ issues: { total: 2, open: 1, withdrawn: 1 }, satisfaction: { satisfied: 0 } },
    });
    expect(town.evaluation.total).toBeGreaterThan(village.evaluation.total ?? 100);
    expect(evaluationRequest(village)).toMatchObject({ bodyId: 'village', secondRectification: 'needed' });
    expect([town.plan, village.plan]).toEqual(['round', 'round']);
    await expect(proposeEvaluation(ledger, roundId, { body: '李村' })).rejects.toMatchObject({ code: 'UnknownBody' });
  });

  it('of one body counts the plan that it owed itself, and of the whole round the worst of them', async () => {
    await ledger.roundObligation.deleteMany({ where: { kind: 'rectificationPlan' } });
    const inTime = { on: '2024-02-01', type: 'dutyReported' };
    await duty('rectification-plan-b1-1-1', 'rectificationPlan', '2024-02-02', inTime, { bodyId: 'town' });
    await duty('rectification-plan-b2-1-1', 'rectificationPlan', '2024-02-02', undefined, { bodyId: 'village' });
    const town = await proposeEvaluation(ledger, roundId, { body: 'town' });
    const village = await proposeEvaluation(ledger, roundId, { body: 'village' });
    const whole = await proposeEvaluation(ledger, roundId);
    expect([town.facts.plan, village.facts.plan, whole.facts.plan]).toEqual(['onTime', 'missing', 'missing']);
    expect([town.plan, village.plan, whole.plan]).toEqual(['body', 'body', 'round']);
    expect(town.facts.weeklyChecks).toEqual({ kept: 1, owed: 2 });
  });
});
