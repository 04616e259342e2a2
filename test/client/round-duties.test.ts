import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoundDuties } from '../../client/round-duties.ts';
import { drawRoundLookBacks, previewDraw, verifyDraw } from '../../client/rounds/draw-look-backs.ts';
import { whyRound } from '../../client/reading/index.ts';
import { listRoundDuties } from '../../client/rounds/round-duty-list.ts';
import { RefusedError } from '../../client/refused-error.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';
import { keptRound, standingAs } from '../support/kept-round.ts';
import { dutiesOfRound, roundPolicy } from '../support/round-terms.ts';

let world: IssueWorld;
let duties: RoundDuties;
let requests = 0;
const said = (by: string) => ({ requestId: `request-${String((requests += 1))}`, by, source: 'page' });

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker(standingAs(() => ({ unsettled: 3 })));
  duties = new RoundDuties({ temporal: world.client, ledger: world.ledger });
  const people = Object.values(cast);
  await world.ledger.person.createMany({ data: people.map((id) => ({ id, name: id, email: `${id}@unit.example` })) });
});
afterAll(() => world.close());

/** A round with 王 in the office, 李 at the head of the group, and so many issues: odd ones 一科 with 陈, even ones 二科. */
async function round(issues = 3): Promise<{ roundId: string; issueIds: string[] }> {
  const lookBack = { share: 0.5, drawWithinWorkdays: 10, againAfterMonths: 3 };
  const { roundId } = await keptRound(world, [], { policy: roundPolicy([dutiesOfRound.plan], { lookBack }) });
  const assign = (personId: string, role: Role, issueId: string | null = null) =>
    world.ledger.assignment.create({ data: { roundId, personId, role, issueId } });
  await assign(cast.wang, 'office');
  await assign(cast.li, 'groupHead');
  const issueIds: string[] = [];
  for (let number = 1; number <= issues; number += 1) {
    const id = `${roundId}-i0${String(number)}`;
    await world.ledger.issue.create({
      data: {
        id,
        roundId,
        number,
        code: `CS-0${String(number)}`,
        title: '问题',
        text: '问题',
        kind: 'ordinary',
        unit: number % 2 === 1 ? '一科' : '二科',
        firstDeadline: fromIsoDate('2027-03-31'),
      },
    });
    await assign(number % 2 === 1 ? cast.chen : cast.zhou, 'handler', id);
    issueIds.push(id);
  }
  return { roundId, issueIds };
}

async function codeOf(request: Promise<unknown>): Promise<string> {
  const error: unknown = await request.catch((caught: unknown) => caught);
  return error instanceof RefusedError ? error.code : 'none';
}

describe('what a round will owe', () => {
  it('is listed from the launch on with the day it opens, beside what it owes, and named by why', async () => {
    const { roundId } = await round(1);
    const ahead = await listRoundDuties(world.ledger, roundId, 'ahead');
    expect(ahead).toMatchObject([
      { code: '', state: 'coming', title: '报整改方案', people: [cast.wang], overdue: 'no', closedOn: null },
    ]);
    expect(ahead[0]!.openedOn < ahead[0]!.dueOn).toBe(true);
    expect(await listRoundDuties(world.ledger, roundId, 'open')).toEqual([]);
    const why = await whyRound(world.ledger, roundId);
    expect(why.ahead).toEqual([{ title: '报整改方案', opensOn: ahead[0]!.openedOn, dueOn: ahead[0]!.dueOn }]);
  });
});

describe('a supervision batch', () => {
  it('is issued by the office alone, is owed by each unit, and is answered by the handlers of its issues', async () => {
    const { roundId, issueIds } = await round();
    const order = { title: '制度执行', task: '逐项对照整改', issueIds };
    expect(await codeOf(duties.issueBatch(roundId, { ...said(cast.chen), ...order }))).toBe('NotYours');
    expect(await codeOf(duties.issueBatch(roundId, { ...said(cast.wang), ...order, title: '' }))).toBe('TitleMissing');
    expect(await codeOf(duties.issueBatch(roundId, { ...said(cast.wang), ...order, issueIds: ['other'] }))).toBe(
      'UnknownIssue',
    );
    const request = { ...said(cast.wang), ...order };
    await duties.issueBatch(roundId, request);
    await duties.issueBatch(roundId, request); // the same once more
    const owed = await world.ledger.roundObligation.findMany({ where: { roundId }, orderBy: { id: 'asc' } });
    expect(owed.map(({ id, scope }) => [id, scope])).toEqual([
      ['supervision-batch-1-1', { unit: '一科', issueIds: [issueIds[0], issueIds[2]] }],
      ['supervision-batch-1-2', { unit: '二科', issueIds: [issueIds[1]] }],
    ]);

    const report = { obligationId: 'supervision-batch-1-2', noteId: 'n1' };
    expect(await codeOf(duties.report(roundId, { ...said(cast.chen), ...report }))).toBe('NotYours');
    await duties.report(roundId, { ...said(cast.zhou), ...report });
    expect(await codeOf(duties.report(roundId, { ...said(cast.zhou), obligationId: 'weekly-check-1-1' }))).toBe(
      'UnknownDuty',
    );
    expect((await duties.status(roundId)).progress.obligations.map(({ id }) => id)).toEqual(['supervision-batch-1-1']);
    const recorded = { ...said(cast.chen), obligationId: 'supervision-batch-1-1', recordedBy: cast.wang };
    expect(await codeOf(duties.report(roundId, { ...recorded, recordedBy: cast.li }))).toBe('NotOffice');
    await duties.report(roundId, recorded);
    expect((await duties.status(roundId)).progress.obligations).toEqual([]);
  });

  it('is refused for an issue that is over, naming it, since nobody owes anything about it', async () => {
    const { roundId, issueIds } = await round();
    await world.ledger.issue.update({ where: { id: issueIds[1]! }, data: { phase: 'withdrawn' } });
    const order = { title: '制度执行', task: '逐项对照整改', issueIds };
    expect(await codeOf(duties.issueBatch(roundId, { ...said(cast.wang), ...order }))).toBe('IssueEnded');
    expect(await world.ledger.supervisionBatch.count({ where: { roundId } })).toBe(0);
  });

  it('that is delivered again after one of its issues has ended changes nothing', async () => {
    const { roundId, issueIds } = await round();
    const order = { ...said(cast.wang), title: '制度执行', task: '逐项对照整改', issueIds };
    await duties.issueBatch(roundId, order);
    await world.ledger.issue.update({ where: { id: issueIds[1]! }, data: { phase: 'withdrawn' } });
    await duties.issueBatch(roundId, order);
    expect(await world.ledger.supervisionBatch.count({ where: { roundId } })).toBe(1);
  });

  it('gives a measure’s own unit its own answer to owe, about the measure alone and from its handler', async () => {
    const { roundId, issueIds } = await round();
    const [first, second, third] = issueIds as [string, string, string];
    const firstDeadline = { text: '措施', deadline: fromIsoDate('2027-03-31') };
    await world.ledger.measure.createMany({
      data: [
        { ...firstDeadline, issueId: first, number: 1, unit: '二科' },
        { ...firstDeadline, issueId: first, number: 2, unit: '三科' },
        { ...firstDeadline, issueId: first, number: 3, unit: '一科' },
        { ...firstDeadline, issueId: third, number: 1, unit: '三科' },
      ],
    });
    const proven = { measures: [{ number: 1, evidence: [{ evidenceId: 'e', state: 'accepted' }] }] };
    await world.ledger.issue.update({ where: { id: third }, data: { progress: proven } });
    await world.ledger.assignment.create({
      data: { roundId, personId: cast.qian, role: 'handler', issueId: first, measure: 2 },
    });
    await duties.issueBatch(roundId, { ...said(cast.wang), title: '制度执行', task: '逐项对照整改', issueIds });
    const owed = await world.ledger.roundObligation.findMany({ where: { roundId }, orderBy: { id: 'asc' } });
    expect(owed.map(({ scope }) => scope)).toEqual([
      { unit: '一科', issueIds: [first, third] },
      { unit: '二科', issueIds: [second, first], measures: { [first]: [1] } },
      { unit: '三科', issueIds: [first], measures: { [first]: [2] } }, // of 问题3 it has proven all
    ]);
    const batch = await world.ledger.supervisionBatch.findFirstOrThrow({ where: { roundId } });
    expect(batch.issueIds).toEqual([first, third, second]);
    expect(await world.ledger.issuedLetter.count({ where: { roundId } })).toBe(3);
    const people = (await listRoundDuties(world.ledger, roundId, 'open')).map((duty) => duty.people);
    expect(people).toEqual([[cast.chen], [cast.zhou, cast.chen], [cast.qian]]);
    const third3 = { obligationId: 'supervision-batch-1-3', noteId: 'n3' };
    expect(await codeOf(duties.report(roundId, { ...said(cast.chen), ...third3 }))).toBe('NotYours');
    await duties.report(roundId, { ...said(cast.qian), ...third3 });
    const second2 = { obligationId: 'supervision-batch-1-2', noteId: 'n2' };
    expect(await codeOf(duties.report(roundId, { ...said(cast.qian), ...second2 }))).toBe('NotYours');
    await duties.report(roundId, { ...said(cast.chen), ...second2 }); // measure 1 has no handler of its own
    expect((await duties.status(roundId)).progress.obligations.map(({ id }) => id)).toEqual(['supervision-batch-1-1']);
  });

  it('may be answered by who stands in for the handler, and both names are kept', async () => {
    const { roundId, issueIds } = await round();
    await duties.issueBatch(roundId, { ...said(cast.wang), title: '一', task: '二', issueIds: issueIds.slice(0, 1) });
    const now = Date.now();
    await world.ledger.delegation.create({
      data: {
        fromPersonId: cast.chen,
        toPersonId: cast.qian,
        fromAt: new Date(now - 86_400_000),
        untilAt: new Date(now + 86_400_000),
      },
    });
    await duties.report(roundId, { ...said(cast.qian), obligationId: 'supervision-batch-1-1' });
    const event = await world.ledger.roundEvent.findFirstOrThrow({ where: { roundId, type: 'dutyReported' } });
    expect(event).toMatchObject({ by: cast.qian, detail: { onBehalfOf: cast.chen } });
  });
});

describe('a comment of the public', () => {
  it('is kept with its words and its answer', async () => {
    const { roundId } = await round(1);
    const comment = { ...said(cast.wang), text: '路灯仍然不亮' };
    const commentId = await duties.receiveComment(roundId, comment);
    expect(await duties.receiveComment(roundId, comment)).toBe(commentId);
    const owed = await world.ledger.roundObligation.findMany({ where: { roundId } });
    expect(owed).toMatchObject([{ id: 'public-comment-1', role: 'office', scope: { commentId }, closedAt: null }]);
    await duties.answerComment(roundId, { ...said(cast.wang), commentId, answer: '已于昨日修复' });
    expect(await world.ledger.publicComment.findUniqueOrThrow({ where: { id: commentId } })).toMatchObject({
      text: '路灯仍然不亮',
      answer: '已于昨日修复',
      answeredAt: expect.any(Date) as Date,
    });
    expect(await world.ledger.roundObligation.count({ where: { roundId, closedAt: null } })).toBe(0);
  });
});

describe('a draw of look-backs', () => {
  const closed = (outcome: object): { phase: 'lookBack'; phaseSince: Date; progress: Prisma.InputJsonObject } => ({
    phase: 'lookBack',
    phaseSince: new Date(),
    progress: { ...outcome },
  });

  it('that broke off is finished by the next call, with the same seed, and can be verified by anybody', async () => {
    const { roundId, issueIds } = await round(6);
    await world.ledger.issue.updateMany({ where: { roundId }, data: closed({}) });
    await world.ledger.issue.update({ where: { id: issueIds[5]! }, data: { phase: 'rectification' } });
    await world.ledger.issue.update({ where: { id: issueIds[4]! }, data: { weight: 'major' } });
    const told: string[] = [];
    let breaksOff = true;
    const issues = {
      ask: async (_name: string, issueId: string, request: object) => {
        if (breaksOff && told.length === 2) throw new Error('the connection broke');
        told.push(issueId);
        const { outcome } = request as { outcome: string };
        await world.ledger.issue.update({
          where: { id: issueId },
          data: closed({ lookBack: { state: outcome === 'leftOut' ? 'left' : 'drawn' } }),
        });
      },
    };
    const doors = { ledger: world.ledger, issues, duties };
    await expect(drawRoundLookBacks(doors, roundId, said(cast.wang))).rejects.toThrow('the connection broke');
    const [stored] = await world.ledger.lookBackDraw.findMany({ where: { roundId } });
    breaksOff = false;
    const outcome = await drawRoundLookBacks(doors, roundId, said(cast.wang));
    expect(outcome.seed).toBe(stored?.seed);
    expect(new Set(told)).toEqual(new Set(issueIds.slice(0, 5)));
    expect(outcome.drawn[0]).toEqual({ issueId: issueIds[4], because: 'major' });
    expect([outcome.drawn.length, outcome.left.length, outcome.refused]).toEqual([3, 2, []]);
    expect((await duties.status(roundId)).progress.draws).toEqual([outcome.drawId]);
    expect((await verifyDraw(world.ledger, outcome.drawId)).state).toBe('same');

    expect(await codeOf(drawRoundLookBacks(doors, roundId, said(cast.wang)))).toBe('NothingToDraw');
    const result = {
      drawn: outcome.drawn.slice(1),
      left: outcome.left,
      failedUnits: [],
    } as unknown as Prisma.InputJsonObject;
    await world.ledger.lookBackDraw.update({ where: { id: outcome.drawId }, data: { result } });
    expect((await verifyDraw(world.ledger, outcome.drawId)).state).toBe('different');
  });
});

describe('a preview of a draw', () => {
  it('says what is drawn from, who is looked at anyway and how many by lot, not who: and leaves nothing behind', async () => {
    const { roundId, issueIds } = await round(5);
    await world.ledger.issue.updateMany({
      where: { roundId },
      data: { phase: 'lookBack', phaseSince: new Date(), progress: {} },
    });
    await world.ledger.issue.update({ where: { id: issueIds[4]! }, data: { weight: 'major' } });
    const preview = await previewDraw(world.ledger, roundId);

    expect(preview).toMatchObject({ written: 'preview', unfinished: null, certain: [{ because: 'major' }] });
    expect(preview.population).toHaveLength(5);
    expect(preview.byLot.from).toBe(4);
    expect(JSON.stringify(preview)).not.toContain('"drawn":[');
    expect(await world.ledger.lookBackDraw.count({ where: { roundId } })).toBe(0);

    const issues = { ask: () => Promise.resolve() };
    const drawn = await drawRoundLookBacks({ ledger: world.ledger, issues, duties }, roundId, said(cast.wang));
    expect(drawn.drawn.filter(({ because }) => because === 'drawn')).toHaveLength(preview.byLot.drawn);
    expect(drawn.drawn.length + drawn.left.length).toBe(preview.population.length);
  });
});

describe('the rectification plan', () => {
  it('goes from report to approval by the head of the group, and is kept from who submitted it', async () => {
    const { roundId } = await round(1);
    await world.environment.sleep('30d');
    const plan = 'rectification-plan-1-1';
    await world.until(async () => (await world.ledger.roundObligation.count({ where: { roundId, id: plan } })) === 1);
    await duties.report(roundId, { ...said(cast.wang), obligationId: plan, noteId: 'n' });
    await world.ledger.assignment.create({ data: { roundId, personId: cast.wang, role: 'groupHead' } });
    const decision = { decision: 'approved', reason: '' } as const;
    expect(await codeOf(duties.decidePlan(roundId, { ...said(cast.wang), ...decision }))).toBe('SamePerson');
    await duties.decidePlan(roundId, { ...said(cast.li), ...decision });
    const obligations = await world.ledger.roundObligation.findMany({
      where: { roundId },
      orderBy: { openedAt: 'asc' },
    });
    expect(obligations.map(({ id, closedAt }) => [id, closedAt !== null])).toEqual([
      [plan, true],
      ['plan-approval-1', true],
    ]);
  });
});

describe('the plan of one of several bodies', () => {
  it('is handed in by its office or a handler of its issues, and decided by its own head', async () => {
    const town = { id: 'town', name: '乙镇党委' };
    const village = { id: 'village', name: '大王村党总支' };
    const policy = roundPolicy([dutiesOfRound.plan]);
    const { roundId } = await keptRound(world, [], { policy, bodies: [town, village] });
    await world.ledger.body.createMany({ data: [town, village].map((body) => ({ ...body, roundId })) });
    const assign = (personId: string, role: Role, to: { bodyId?: string; issueId?: string } = {}) =>
      world.ledger.assignment.create({ data: { roundId, personId, role, ...to } });
    for (const [number, bodyId] of [
      [1, town.id],
      [2, village.id],
    ] as const) {
      const issue = {
        number,
        bodyId,
        code: `CS-0${String(number)}`,
        title: '问题',
        text: '问题',
        kind: 'ordinary',
      } as const;
      const firstDeadline = fromIsoDate('2027-03-31');
      await world.ledger.issue.create({
        data: { id: `${roundId}-i${String(number)}`, roundId, firstDeadline, ...issue },
      });
    }
    await assign(cast.chen, 'handler', { issueId: `${roundId}-i1` });
    await assign(cast.zhou, 'handler', { issueId: `${roundId}-i2` });
    await assign(cast.wang, 'office');
    await assign(cast.li, 'groupHead', { bodyId: town.id });
    await assign(cast.qian, 'groupHead', { bodyId: village.id });
    await world.environment.sleep('30d');
    const own = 'rectification-plan-b2-1-1';
    await world.until(async () => (await world.ledger.roundObligation.count({ where: { roundId, id: own } })) === 1);
    expect(await codeOf(duties.report(roundId, { ...said(cast.chen), obligationId: own }))).toBe('NotYours');
    await duties.report(roundId, { ...said(cast.zhou), obligationId: own });
    const approved = { decision: 'approved', reason: '', bodyId: village.id } as const;
    expect(await codeOf(duties.decidePlan(roundId, { ...said(cast.li), ...approved }))).toBe('NotYours');
    expect(await codeOf(duties.decidePlan(roundId, { ...said(cast.qian), ...approved, bodyId: town.id }))).toBe(
      'NotYours',
    );
    expect(await codeOf(duties.decidePlan(roundId, { ...said(cast.qian), ...approved }))).toBe('none');
    const open = await world.ledger.roundObligation.findMany({ where: { roundId, closedAt: null } });
    expect(open).toMatchObject([{ id: 'rectification-plan-b1-1-1', scope: { bodyId: town.id } }]);
  });
});
