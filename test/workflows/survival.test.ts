import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerActivities } from '../../activities/index.ts';
import { evidenceReceived, issueStatus, progressReported, issueUpdate } from '../../workflows/messages.ts';
import { addMonths } from '../../workflows/rules/instants.ts';
import { record } from '../../workflows/rules/record.ts';
import { openIssue, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';

/** A real clock takes no notice of it. */
const launchedLongAgo = '2024-01-08T00:00:00.000Z';
let requests = 0;
const by = (person: string) => ({
  requestId: `request-${String((requests += 1))}`,
  by: person,
  source: 'page',
  at: launchedLongAgo,
});

/** The ledger's events in order, without gaps, and the row they project to. */
async function expectSound(world: IssueWorld, issueId: string): Promise<IssueEvent[]> {
  const rows = await world.ledger.issueEvent.findMany({ where: { issueId }, orderBy: { sequence: 'asc' } });
  const issue = await world.ledger.issue.findUniqueOrThrow({ where: { id: issueId } });
  const events = rows.map(
    ({ sequence, at, by: person, source, requestId, type, detail }) =>
      ({ ...(detail as object), sequence, at: at.toISOString(), by: person, source, requestId, type }) as IssueEvent,
  );
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const terms = issue.terms as unknown as IssueTerms;
  const replayed = events.reduce<IssueProgress>(record, openIssue(terms, terms.launchedAt));
  expect(issue.progress).toEqual(replayed);
  return events;
}

async function launched(world: IssueWorld) {
  const deadline = addMonths(await world.today(), 3);
  return world.launch({ deadline, measures: [{ number: 1, deadline }] });
}

describe('a worker that dies between the commit of a step and its completion', () => {
  let world: IssueWorld;
  beforeAll(async () => {
    world = await IssueWorld.create();
  });
  afterAll(() => world.close());
  beforeEach(() => world.stopWorker());

  test('writes nothing twice, although a reply was waiting when it died', async () => {
    let dies = false;
    await world.startWorker((real): LedgerActivities => ({
      ...real,
      writeDown: async (step) => {
        await real.writeDown(step);
        if (!dies) return;
        dies = false;
        await issue.signal(progressReported, { ...by(cast.chen), noteId: 'n2' });
        throw new Error('the worker died after the commit');
      },
    }));
    const issue = await launched(world);
    dies = true;
    await issue.signal(progressReported, { ...by(cast.chen), noteId: 'n1' });
    await world.until(
      async () => (await world.types(issue.issueId)).filter((type) => type === 'progressReported').length === 2,
    );

    const events = await expectSound(world, issue.issueId);
    expect(events.filter(({ type }) => type === 'progressReported')).toMatchObject([
      { noteId: 'n1' },
      { noteId: 'n2' },
    ]);
    expect((await issue.query(issueStatus)).progress.sequence).toBe(events.length);
  });

  test('and whose step is still running when the next one has been written changes nothing when it comes to', async () => {
    const late: (() => Promise<void>)[] = [];
    let holds = false;
    await world.startWorker((real): LedgerActivities => ({
      ...real,
      writeDown: async (step) => {
        if (holds) {
          holds = false;
          late.push(() => real.writeDown(step)); // believed dead: it will write later
          throw new Error('no answer in time');
        }
        await real.writeDown(step);
      },
    }));
    const issue = await launched(world);
    holds = true;
    await issue.signal(progressReported, { ...by(cast.chen), noteId: 'n1' });
    await issue.signal(evidenceReceived, { ...by(cast.chen), evidence: [{ evidenceId: 'e1', measure: 1 }] });
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    const before = await expectSound(world, issue.issueId);
    const rowsBefore = await world.ledger.outboxRow.findMany({ orderBy: { key: 'asc' } });
    expect(late).toHaveLength(1);
    await late[0]?.();
    expect(await expectSound(world, issue.issueId)).toEqual(before);
    expect(await world.ledger.outboxRow.findMany({ orderBy: { key: 'asc' } })).toEqual(rowsBefore);
  });
});

describe('a worker that ends', () => {
  test('is followed by another that goes on with the same issue', async () => {
    const world = await IssueWorld.createWithShortHistories(4_000);
    try {
      await world.startWorker();
      const issue = await launched(world);
      await world.stopWorker();
      await issue.signal(evidenceReceived, { ...by(cast.chen), evidence: [{ evidenceId: 'e1', measure: 1 }] });
      await world.startWorker();
      await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
      await expectSound(world, issue.issueId);
    } finally {
      await world.close();
    }
  });
});

describe('a step that stands in the ledger with other content', () => {
  test('is refused loudly and changes nothing', async () => {
    const world = await IssueWorld.create();
    try {
      await world.startWorker();
      const issue = await launched(world);
      const before = await expectSound(world, issue.issueId);
      const forged = before.map((event) => ({ ...event, at: '2020-01-01T00:00:00.000Z' }));
      const step = {
        issueId: issue.issueId,
        number: 1,
        events: forged,
        linesAdded: [],
        linesCancelled: [],
        answers: [],
        lookAgainAt: null,
      };
      await expect(world.writeDown(step)).rejects.toThrow('stands in the ledger with other events');
      expect(await expectSound(world, issue.issueId)).toEqual(before);
    } finally {
      await world.close();
    }
  });
});

describe('a history that grows long', () => {
  test('goes on in fresh runs while reports and requests keep coming, and none is lost, doubled or left without an answer', async () => {
    const world = await IssueWorld.createWithShortHistories(40);
    try {
      await world.startWorker();
      const issue = await launched(world);
      const firstRun = (await issue.describe()).runId;
      const reports = Array.from({ length: 40 }, (_, index) => ({ ...by(cast.chen), noteId: `n${String(index)}` }));
      const repeated = [...reports, ...reports.filter((_, index) => index % 3 === 0)];
      const refused = Array.from({ length: 10 }, () => by(cast.chen));
      const current = () => world.client.workflow.getHandle(issue.workflowId);
      const outcomes = await Promise.all([
        ...repeated.map((report) => current().signal(progressReported, report)),
        ...refused.map((request) =>
          current()
            .executeUpdate(issueUpdate('proposeClosure'), { args: [request] })
            .catch((error: Error) => error.message),
        ),
      ]);
      expect(outcomes.slice(repeated.length)).toEqual(refused.map(() => 'Workflow Update failed'));
      await world.until(
        async () =>
          (await world.types(issue.issueId)).filter((type) => type === 'progressReported').length >= reports.length,
      );
      const events = await expectSound(world, issue.issueId);
      const noted = events.flatMap((event) => (event.type === 'progressReported' ? [event.noteId] : []));
      expect(noted.sort()).toEqual(reports.map(({ noteId }) => noteId).sort());

      await current().signal(evidenceReceived, { ...by(cast.chen), evidence: [{ evidenceId: 'e1', measure: 1 }] });
      await current().executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
      await expectSound(world, issue.issueId);
      expect((await current().describe()).runId).not.toBe(firstRun);
    } finally {
      await world.close();
    }
  });
});
