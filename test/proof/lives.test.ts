import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { rectifyIssue } from '../../workflows/issue.ts';
import {
  acknowledged,
  committed,
  evidenceReceived,
  issueUpdate,
  momentOpened,
  progressReported,
  type SaidAt,
} from '../../workflows/messages.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { IssueWorld } from '../support/issue-world.ts';
import { type Script, scripts } from './arbitraries/script.ts';
import type { Arrival, History } from './history.ts';
import { play } from './simulator.ts';

/** `npm run test:long` lives two hundred. */
const lives = Number(process.env['PROOF_LIVES'] ?? 25);
const stepsAtMost = 14;
const atOnce = 5;
/** So many events make Temporal ask for a fresh run: every life of some length has several. */
const eventsInARun = 60;

let world: IssueWorld;
beforeAll(async () => {
  world = await IssueWorld.createWithShortHistories(eventsInARun);
  await world.startWorker();
});
afterAll(async () => {
  await world.close();
});

type Issue = WorkflowHandle<typeof rectifyIssue> & { issueId: string };

test(
  'the workflow records the same events as the rules alone, over as many runs as it takes',
  { timeout: 900_000 },
  async () => {
    const waiting = fc.sample(scripts(stepsAtMost), { numRuns: lives, seed: 1 }).map(inOrder);
    let wentOn = 0;
    const live = async (): Promise<void> => {
      for (let script = waiting.pop(); script !== undefined; script = waiting.pop())
        if ((await lived(script)) === 'several runs') wentOn += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, live));
    expect(wentOn).toBeGreaterThan(lives / 5);
  },
);

/** What is said arrives at once, on a clock that the script sets; there is no other issue to be merged into. */
function inOrder(script: Script): Script {
  const steps = script.steps.map((step) => ({ ...step, late: 0 }));
  return { ...script, steps, terms: { ...script.terms, clock: { kind: 'drill', drillId: 'proof' } } };
}

/** Lives a script twice, and says how many runs it took. */
async function lived(script: Script): Promise<'one run' | 'several runs'> {
  const { issueId: _i, roundId: _r, ...terms } = script.terms;
  const issue = await world.launch(terms);
  const history = play({ ...script, terms: { ...script.terms, issueId: issue.issueId } });
  const merged = history.arrivals.find(({ message }) => message.name === 'mergeInto')?.at;
  const isLived = (moment: IsoInstant) => merged === undefined || moment < merged;
  for (const moment of momentsOf(history).filter(isLived)) await repeat(issue, history, moment);

  const expected = history.folded.map(({ event }) => event).filter(({ at }) => isLived(at));
  expect(await eventsOf(issue.issueId)).toEqual(expected.map(plain));
  const { runId, raw } = await world.client.workflow.getHandle(issue.workflowId).describe();
  await issue.terminate().catch(() => undefined); // it may have ended
  return runId === raw.workflowExecutionInfo?.firstRunId ? 'one run' : 'several runs';
}

function momentsOf({ looks, arrivals }: History): IsoInstant[] {
  return [...new Set([...looks, ...arrivals].map(({ at }) => at))].toSorted();
}

/** Opens a moment, and says what was said at it. */
async function repeat(issue: Issue, history: History, moment: IsoInstant): Promise<void> {
  await issue.executeUpdate(momentOpened, { args: [moment] }).catch(ignoredAfterTheEnd);
  const arrivals = history.arrivals.filter(({ at }) => at === moment);
  for (const arrival of arrivals) await say(issue, arrival);
  const sequence = history.folded.filter(({ event }) => event.at <= moment).length;
  await world.until(async () => (await row(issue.issueId)).sequence >= sequence);
}

async function say(issue: Issue, { at, message }: Arrival): Promise<void> {
  const { name, body, requestId, by, recordedBy } = message;
  const said: SaidAt = { requestId, by, source: 'page', at, ...(recordedBy !== undefined && { recordedBy }) };
  try {
    switch (name) {
      case 'acknowledged':
        return await issue.signal(acknowledged, said);
      case 'progressReported':
        return await issue.signal(progressReported, { ...said, ...body });
      case 'committed':
        return await issue.signal(committed, { ...said, ...body });
      case 'evidenceReceived':
        return await issue.signal(evidenceReceived, { ...said, ...body });
      default:
        await issue.executeUpdate(issueUpdate(name), { args: [{ ...said, ...body } as never] });
    }
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) ignoredAfterTheEnd(error);
  }
}

/** Whoever comes after the end finds no workflow any more. */
function ignoredAfterTheEnd(error: unknown): void {
  if (!String(error).includes('already completed') && !String(error).includes('not found')) throw error;
}

function row(issueId: string) {
  return world.ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { sequence: true } });
}

async function eventsOf(issueId: string) {
  const events = await world.ledger.issueEvent.findMany({ where: { issueId }, orderBy: { sequence: 'asc' } });
  return events.map(({ sequence, type, by, at, requestId, recordedBy, detail }) => ({
    sequence,
    type,
    by,
    at: at.toISOString(),
    requestId,
    recordedBy,
    detail,
  }));
}

function plain({ sequence, type, by, at, requestId, recordedBy, source: _s, ...detail }: IssueEvent) {
  return { sequence, type, by, at, requestId, recordedBy: recordedBy ?? null, detail };
}
