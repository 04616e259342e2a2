import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acknowledged, evidenceReceived, issueStatus, issueUpdate } from '../../workflows/messages.ts';
import { addDays, addMonths } from '../../workflows/rules/instants.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';

let world: IssueWorld;
beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
});
afterAll(async () => {
  await world.close();
});

/** A real clock takes no notice of it. */
const launchedLongAgo = '2024-01-08T00:00:00.000Z';
let requests = 0;
const by = (person: string) => ({
  requestId: `request-${String((requests += 1))}`,
  by: person,
  source: 'page',
  at: launchedLongAgo,
});

async function launched() {
  const today = await world.today();
  const deadline = addMonths(today, 3);
  return world.launch({ deadline, measures: [{ number: 1, deadline }] });
}

type Launched = Awaited<ReturnType<typeof launched>>;

/** On a busy machine the time-skipping server has been seen to hand on an update ahead of the signal sent before it. */
async function withEvidence(issue: Launched, evidenceId = 'e1'): Promise<Launched> {
  const said = { ...by(cast.chen), evidence: [{ evidenceId, measure: 1 }] };
  await issue.signal(evidenceReceived, said);
  const recorded = { issueId: issue.issueId, requestId: said.requestId };
  await world.until(async () => (await world.ledger.issueEvent.count({ where: recorded })) > 0);
  return issue;
}

async function approve(issue: Launched, evidenceIds: string[]): Promise<void> {
  const { progress } = await issue.query(issueStatus);
  const decision = { kind: 'approved' as const, stateHash: progress.closure!.stateHash, acceptedEvidence: evidenceIds };
  await issue.executeUpdate(issueUpdate('decideClosure'), { args: [{ ...by(cast.wang), decision }] });
}

const row = (issueId: string) => world.ledger.issue.findUniqueOrThrow({ where: { id: issueId } });

describe('the life of one issue', () => {
  test('from assignment over a returned closure to a look-back that fails, a second cycle, and a look-back that holds', async () => {
    const issue = await launched();
    await issue.signal(acknowledged, by(cast.chen));
    await withEvidence(issue);
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    await issue.executeUpdate(issueUpdate('decideClosure'), {
      args: [{ ...by(cast.wang), decision: { kind: 'returned', reason: '缺签字', measures: [1] } }],
    });
    await withEvidence(issue, 'e2');
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    await approve(issue, ['e2']);
    expect(await row(issue.issueId)).toMatchObject({ phase: 'lookBack', cycle: 1 });

    await world.environment.sleep('95 days');
    await issue.executeUpdate(issueUpdate('recordLookBack'), {
      args: [{ ...by(cast.zhao), finding: '又发生', rebound: { deadline: addDays(await world.today(), 60) } }],
    });
    expect(await row(issue.issueId)).toMatchObject({ phase: 'rectification', cycle: 2 });
    await withEvidence(issue, 'e3');
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    await approve(issue, ['e3']);
    await world.environment.sleep('95 days');
    await issue.executeUpdate(issueUpdate('recordLookBack'), { args: [{ ...by(cast.zhao), finding: '保持' }] });
    await issue.result();

    expect((await world.types(issue.issueId)).filter((type) => !type.startsWith('obligation'))).toEqual([
      'acknowledged',
      'evidenceReceived',
      'closureProposed',
      'closureReturned',
      'evidenceReceived',
      'closureProposed',
      'closureApproved',
      'rebounded',
      'evidenceReceived',
      'closureProposed',
      'closureApproved',
      'lookBackHeld',
    ]);
    expect(await row(issue.issueId)).toMatchObject({ phase: 'archived', cycle: 2, lookAgainAt: null });
    expect(
      await world.ledger.outboxRow.count({ where: { issueId: issue.issueId, state: 'planned', kind: 'reminder' } }),
    ).toBe(0);
  });

  test('a page shown after an update shows what the update did', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    expect(await row(issue.issueId)).toMatchObject({ phase: 'closureReview' });
    const owed = await world.ledger.obligation.findMany({ where: { issueId: issue.issueId, closedAt: null } });
    expect(owed).toMatchObject([{ kind: 'closureDecision', role: 'office' }]);
  });

  test('the projected row is what replaying the events gives, and the workflow says the same', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    const { progress } = await issue.query(issueStatus);
    expect((await row(issue.issueId)).progress).toEqual(progress);
  });
});

describe('what is refused', () => {
  const refusal = async (request: Promise<unknown>) => {
    const error = await request.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    return (error as WorkflowUpdateFailedError).cause;
  };

  test('closure without evidence, naming what is missing, and nothing is recorded', async () => {
    const issue = await launched();
    const before = await world.types(issue.issueId);
    expect(await refusal(issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] }))).toMatchObject({
      type: 'EvidenceMissing',
      message: '措施1还没有佐证材料',
    });
    expect(await world.types(issue.issueId)).toEqual(before);
  });

  test('an approval by the person who proposed, of another state, or without accepting the evidence', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    const { stateHash } = (await issue.query(issueStatus)).progress.closure!;
    const approval = (person: string, hash: string, acceptedEvidence: string[]) =>
      refusal(
        issue.executeUpdate(issueUpdate('decideClosure'), {
          args: [{ ...by(person), decision: { kind: 'approved', stateHash: hash, acceptedEvidence } }],
        }),
      );
    expect(await approval(cast.chen, stateHash, ['e1'])).toMatchObject({ type: 'SamePerson' });
    expect(await approval(cast.wang, 'another', ['e1'])).toMatchObject({ type: 'StateChanged' });
    expect(await approval(cast.wang, stateHash, [])).toMatchObject({ type: 'EvidenceNotAccepted' });
    expect(await row(issue.issueId)).toMatchObject({ phase: 'closureReview' });
  });

  test('an approval of a state to which evidence has been added since, which nobody has seen', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    const { stateHash } = (await issue.query(issueStatus)).progress.closure!;
    await withEvidence(issue, 'e2');
    await world.until(
      async () => (await world.types(issue.issueId)).filter((type) => type === 'evidenceReceived').length === 2,
    );
    const approval = (hash: string) =>
      issue.executeUpdate(issueUpdate('decideClosure'), {
        args: [{ ...by(cast.wang), decision: { kind: 'approved', stateHash: hash, acceptedEvidence: ['e1'] } }],
      });
    expect(await refusal(approval(stateHash))).toMatchObject({ type: 'StateChanged' });
    const { progress } = await issue.query(issueStatus);
    await approval(closureStateOf(issue.issueId, progress)!);
    expect(await row(issue.issueId)).toMatchObject({ phase: 'lookBack' });
  });

  test('a look-back by whoever approved the closure, proposed it or proved it', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.li)] });
    await approve(issue, ['e1']);
    for (const person of [cast.wang, cast.li, cast.chen]) {
      const lookBack = issue.executeUpdate(issueUpdate('recordLookBack'), { args: [{ ...by(person), finding: '' }] });
      expect(await refusal(lookBack)).toMatchObject({ type: 'SamePerson' });
    }
  });

  test('a rebound whose new deadline has passed, or lies beyond all sense', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    await approve(issue, ['e1']);
    const today = await world.today();
    for (const deadline of [today, addDays(today, -300), '9999-12-31']) {
      const lookBack = { ...by(cast.zhao), finding: '又发生', rebound: { deadline } };
      expect(await refusal(issue.executeUpdate(issueUpdate('recordLookBack'), { args: [lookBack] }))).toMatchObject({
        type: 'DeadlineUnfit',
      });
    }
    expect(await row(issue.issueId)).toMatchObject({ phase: 'lookBack', cycle: 1 });
  });
});

describe('what comes twice or late', () => {
  test('the same request delivered again changes nothing and is not refused', async () => {
    const issue = await withEvidence(await launched());
    const request = by(cast.chen);
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [request], updateId: 'first' });
    const before = await world.types(issue.issueId);
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [request], updateId: 'second' });
    expect(await world.types(issue.issueId)).toEqual(before);
  });

  test('evidence delivered three times counts once', async () => {
    const issue = await launched();
    const signal = { ...by(cast.chen), evidence: [{ evidenceId: 'e1', measure: 1 }] };
    for (const _ of [1, 2, 3]) await issue.signal(evidenceReceived, signal);
    await world.until(async () => (await world.types(issue.issueId)).includes('evidenceReceived'));
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    const { progress } = await row(issue.issueId);
    expect((progress as unknown as IssueProgress).measures[0]?.evidence).toHaveLength(1);
    expect((await world.types(issue.issueId)).filter((type) => type === 'evidenceReceived')).toHaveLength(1);
  });

  test('a closure returned and the same lines planned again revives no row that was sent', async () => {
    const issue = await withEvidence(await launched());
    await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [by(cast.chen)] });
    await issue.executeUpdate(issueUpdate('decideClosure'), {
      args: [{ ...by(cast.wang), decision: { kind: 'returned', reason: '缺签字', measures: [1] } }],
    });
    const rows = await world.ledger.outboxRow.findMany({ where: { issueId: issue.issueId, kind: 'reminder' } });
    const stateOf = (obligation: string) =>
      new Set(rows.filter(({ obligationId }) => obligationId === obligation).map(({ state }) => state));
    expect(stateOf('evidence-1-1')).toEqual(new Set(['cancelled']));
    expect(stateOf('evidence-1-2')).toEqual(new Set(['planned']));
  });
});
