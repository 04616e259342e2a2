import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { workflowIds } from '../../workflows/ids.ts';
import { dutyReported, roundStatus, roundUpdate } from '../../workflows/round-messages.ts';
import { addDays } from '../../workflows/rules/instants.ts';
import type { RoundEvent } from '../../workflows/rules/round/events.ts';
import { newRound } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import type { RoundStep } from '../../workflows/rules/step.ts';
import { createLedgerActivities } from '../../activities/ledger.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';
import { keptRound, standingAs } from '../support/kept-round.ts';
import { dutiesOfRound } from '../support/round-terms.ts';

/** A real clock takes no notice of it. */
const launchedLongAgo = '2024-01-08T00:00:00.000Z';
let requests = 0;
const by = (person: string) => ({
  requestId: `request-${String((requests += 1))}`,
  by: person,
  source: 'page',
  at: launchedLongAgo,
});
const units = [
  { unit: '一科', issueIds: ['i1', 'i2'] },
  { unit: '二科', issueIds: ['i3'] },
];
const batch = { title: '制度执行', task: '逐项对照整改', units };

/** The ledger's events in order, without gaps, and the row they project to. */
async function expectSound(world: IssueWorld, roundId: string): Promise<RoundEvent[]> {
  const rows = await world.ledger.roundEvent.findMany({ where: { roundId }, orderBy: { sequence: 'asc' } });
  const round = await world.ledger.round.findUniqueOrThrow({ where: { id: roundId } });
  const events = rows.map(
    ({ sequence, at, by: person, source, requestId, type, detail }) =>
      ({ ...(detail as object), sequence, at: at.toISOString(), by: person, source, requestId, type }) as RoundEvent,
  );
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const replayed = events.reduce(recordRound, newRound);
  expect(round.progress).toEqual(replayed);
  expect(round.sequence).toBe(events.length);
  const open = await world.ledger.roundObligation.findMany({ where: { roundId, closedAt: null } });
  expect(open.map(({ id }) => id).sort()).toEqual(replayed.obligations.map(({ id }) => id).sort());
  const owed = new Set(open.map(({ id }) => id));
  const planned = await world.ledger.outboxRow.findMany({ where: { roundId, state: 'planned' } });
  expect(planned.filter(({ obligationId }) => !owed.has(obligationId ?? ''))).toEqual([]);
  return events;
}

async function snapshot(world: IssueWorld, roundId: string) {
  return {
    round: await world.ledger.round.findUniqueOrThrow({ where: { id: roundId } }),
    rows: await world.ledger.outboxRow.findMany({ where: { roundId }, orderBy: { key: 'asc' } }),
    obligations: await world.ledger.roundObligation.findMany({ where: { roundId }, orderBy: { id: 'asc' } }),
  };
}

describe('a round under way', () => {
  let world: IssueWorld;
  let unsettled = 3;
  beforeAll(async () => {
    world = await IssueWorld.create();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    unsettled = 3;
    await world.stopWorker();
    // Time does not go on while a round of an earlier test waits for its worker.
    const rounds = await world.ledger.round.findMany({ where: { step: { gt: 0 } }, select: { id: true } });
    const ends = rounds.map(({ id }) => world.client.workflow.getHandle(workflowIds.round(id)).terminate());
    await Promise.allSettled(ends); // one that has ended already is none to end
  });

  test('chases a weekly check week after week, until somebody reports it', async () => {
    await world.startWorker(standingAs(() => ({ unsettled })));
    const round = await keptRound(world, [dutiesOfRound.weeklyCheck]);
    await world.environment.sleep('22d');
    await world.until(
      async () => (await world.ledger.roundObligation.count({ where: { roundId: round.roundId } })) >= 3,
    );
    const { progress } = await round.query(roundStatus);
    const [open] = progress.obligations;
    expect(open?.title).toMatch(/^第[34]次周检查$/);
    const lines = () =>
      world.ledger.outboxRow.findMany({ where: { roundId: round.roundId, state: 'planned', issueId: null } });
    expect((await lines()).map(({ obligationId }) => obligationId)).toEqual([open?.id, open?.id, open?.id]);
    await round.signal(dutyReported, { ...by(cast.wang), obligationId: open!.id, noteId: 'n1' });
    await world.until(async () => (await lines()).length === 0);
    const events = await expectSound(world, round.roundId);
    expect(events.at(-1)).toMatchObject({ type: 'dutyReported', by: cast.wang, obligationId: open!.id, noteId: 'n1' });
  });

  test('answers a request when all it caused stands in the ledger, and refuses with the rule’s code', async () => {
    await world.startWorker(standingAs(() => ({ unsettled })));
    const round = await keptRound(world, []);
    await round.executeUpdate(roundUpdate('issueBatch'), { args: [{ ...by(cast.wang), ...batch }] });
    const { rows, obligations } = await snapshot(world, round.roundId);
    expect(obligations).toMatchObject([
      { id: 'supervision-batch-1-1', role: 'handler', scope: units[0], closedAt: null },
      { id: 'supervision-batch-1-2', role: 'handler', scope: units[1], closedAt: null },
    ]);
    expect(rows.map(({ rungId, issueId, cycle }) => [rungId, issueId, cycle])).toContainEqual(['issued', null, 1]);
    expect(await world.ledger.supervisionBatch.findMany({ where: { roundId: round.roundId } })).toMatchObject([
      { number: 1, title: '制度执行', issueIds: ['i1', 'i2', 'i3'], issuedBy: cast.wang },
    ]);
    const refused = round.executeUpdate(roundUpdate('decidePlan'), {
      args: [{ ...by(cast.li), decision: 'approved', reason: '' }],
    });
    await expect(refused).rejects.toSatisfy(
      (error: unknown) =>
        error instanceof WorkflowUpdateFailedError &&
        error.cause instanceof ApplicationFailure &&
        error.cause.type === 'NoPlan',
    );
    await expectSound(world, round.roundId);
  });

  test('ends only when nothing is unsettled and nothing is owed', async () => {
    await world.startWorker(standingAs(() => ({ unsettled })));
    const round = await keptRound(world, []);
    await round.executeUpdate(roundUpdate('issueBatch'), { args: [{ ...by(cast.wang), ...batch }] });
    unsettled = 0;
    await world.environment.sleep('130d');
    expect((await round.query(roundStatus)).progress.stage).toBe('afterwards');
    for (const n of [1, 2]) {
      await round.signal(dutyReported, { ...by(cast.chen), obligationId: `supervision-batch-1-${String(n)}` });
    }
    const stored = () => world.ledger.round.findUniqueOrThrow({ where: { id: round.roundId } });
    await world.until(async () => (await stored()).state === 'ended');
    expect((await stored()).lookAgainAt).toBeNull();
    await expectSound(world, round.roundId);
  });

  test('whose step is still being written when the next one has been changes nothing when that one comes to', async () => {
    const late: (() => Promise<void>)[] = [];
    let holds = false;
    await world.startWorker(
      standingAs(
        () => ({ unsettled }),
        (real) => ({
          ...real,
          writeRoundDown: async (step) => {
            if (holds) {
              holds = false;
              late.push(() => real.writeRoundDown(step)); // believed dead: it will write later
              throw new Error('no answer in time');
            }
            await real.writeRoundDown(step);
          },
        }),
      ),
    );
    const round = await keptRound(world, [dutiesOfRound.weeklyCheck]);
    holds = true;
    await round.executeUpdate(roundUpdate('issueBatch'), { args: [{ ...by(cast.wang), ...batch }] });
    await world.environment.sleep('10d'); // the next look has been written since
    await world.until(
      async () => (await world.ledger.roundObligation.count({ where: { roundId: round.roundId } })) > 2,
    );
    const before = await snapshot(world, round.roundId);
    expect(late).toHaveLength(1);
    await late[0]?.();
    expect(await snapshot(world, round.roundId)).toEqual(before);
    await expectSound(world, round.roundId);
  });

  test('whose step stands in the ledger with other content is refused loudly and changes nothing', async () => {
    await world.startWorker(standingAs(() => ({ unsettled })));
    const round = await keptRound(world, []);
    const before = await snapshot(world, round.roundId);
    const events = await expectSound(world, round.roundId);
    const step: RoundStep = {
      roundId: round.roundId,
      number: 1,
      events: events.map((event) => ({ ...event, at: '2020-01-01T00:00:00.000Z' })),
      linesAdded: [],
      linesCancelled: [],
      lookAgainAt: null,
    };
    const ledgerActivities = createLedgerActivities({ ledger: world.ledger, rowsPlanned: async () => {} });
    await expect(ledgerActivities.writeRoundDown(step)).rejects.toThrow('stands in the ledger with other events');
    await expect(ledgerActivities.writeRoundDown({ ...step, number: 9 })).rejects.toThrow('came after step');
    expect(await snapshot(world, round.roundId)).toEqual(before);
  });

  test('of an earlier form goes on with the numbers its events have in the ledger', async () => {
    const roundId = 'round-of-earlier-form';
    await world.ledger.round.create({ data: { id: roundId, name: '早先的轮次', codePrefix: 'ZX', state: 'launched' } });
    await world.ledger.roundEvent.create({
      data: { roundId, sequence: 1, at: launchedLongAgo, type: 'launched', detail: {} },
    });
    const byRule = { by: null, source: null, requestId: null };
    await createLedgerActivities({ ledger: world.ledger, rowsPlanned: async () => {} }).writeRoundDown({
      roundId,
      number: 7,
      events: [
        { type: 'concentratedPeriodEnded', sequence: 2, at: addDays('2024-07-01', 0) + 'T00:00:00.000Z', ...byRule },
      ],
      linesAdded: [],
      linesCancelled: [],
      lookAgainAt: null,
    });
    expect(await world.ledger.round.findUniqueOrThrow({ where: { id: roundId } })).toMatchObject({
      step: 7,
      sequence: 2,
      progress: { stage: 'afterwards', sequence: 2 },
    });
  });

  test('of an earlier form whose step was in flight when the program was renewed has it written, once, and goes on', async () => {
    const roundId = 'round-in-flight';
    await world.ledger.round.create({ data: { id: roundId, name: '早先的轮次', codePrefix: 'ZX' } });
    const activities = createLedgerActivities({ ledger: world.ledger, rowsPlanned: async () => {} });
    /** As it stands in the histories of 0.1.0: no number, no lines, nobody who said it. */
    const earlier = (step: object) => activities.writeRoundDown({ roundId, ...step } as RoundStep);
    const launched = {
      events: [{ type: 'launched', at: launchedLongAgo, sequence: 1 }],
      lookAgainAt: '2024-07-01T00:00:00.000Z',
    };
    await earlier(launched);
    await earlier(launched);
    expect((await snapshot(world, roundId)).round).toMatchObject({ state: 'launched', step: 0, sequence: 1 });
    const quiet = { events: [], lookAgainAt: '2024-08-01T00:00:00.000Z' };
    await earlier(quiet);
    expect((await snapshot(world, roundId)).round.lookAgainAt?.toISOString()).toBe(quiet.lookAgainAt);

    const next = { ...quiet, number: 3, linesAdded: [], linesCancelled: [], lookAgainAt: '2024-09-01T00:00:00.000Z' };
    await activities.writeRoundDown({ roundId, ...next });
    const before = await snapshot(world, roundId);
    expect(before.round).toMatchObject({ step: 3, sequence: 1 });
    for (const late of [launched, quiet]) await earlier(late); // frozen since before the upgrade
    expect(await snapshot(world, roundId)).toEqual(before);
    await expectSound(world, roundId);
  });
});

describe('a round whose history grows long', () => {
  test('goes on in fresh runs while reports and requests keep coming, and none is lost, doubled or left without an answer', async () => {
    const world = await IssueWorld.createWithShortHistories(40);
    try {
      await world.startWorker(standingAs(() => ({ unsettled: 3 })));
      const round = await keptRound(world, [dutiesOfRound.weeklyCheck]);
      const firstRun = (await round.describe()).runId;
      const current = () => world.client.workflow.getHandle(round.workflowId);
      const reports = Array.from({ length: 30 }, (_, index) => ({
        ...by(cast.chen),
        obligationId: 'supervision-batch-1-1',
        noteId: `n${String(index)}`,
      }));
      const batches = Array.from({ length: 5 }, () => ({ ...by(cast.wang), ...batch }));
      const refused = Array.from({ length: 5 }, () => ({ ...by(cast.li), decision: 'approved' as const, reason: '' }));
      const outcomes = await Promise.all([
        ...[...reports, ...reports.slice(0, 10)].map((report) => current().signal(dutyReported, report)),
        ...batches.map((one) => current().executeUpdate(roundUpdate('issueBatch'), { args: [one] })),
        ...refused.map((one) =>
          current()
            .executeUpdate(roundUpdate('decidePlan'), { args: [one] })
            .catch((error: Error) => error.message),
        ),
      ]);
      expect(outcomes.slice(-refused.length)).toEqual(refused.map(() => 'Workflow Update failed'));
      await world.until(
        async () =>
          (await world.ledger.roundEvent.count({ where: { roundId: round.roundId, type: 'dutyReported' } })) >= 30,
      );
      const events = await expectSound(world, round.roundId);
      const noted = events.flatMap((event) => (event.type === 'dutyReported' ? [event.noteId] : []));
      expect(noted.sort()).toEqual(reports.map(({ noteId }) => noteId).sort());
      expect(events.filter(({ type }) => type === 'batchIssued')).toHaveLength(batches.length);
      expect((await current().describe()).runId).not.toBe(firstRun);
    } finally {
      await world.close();
    }
  });
});
