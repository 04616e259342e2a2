import { readFile } from 'node:fs/promises';
import { DefaultLogger, type ReplayResult, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledWorkflows } from '../../worker/bundle.ts';
import { addMonths, dayOf } from '../../workflows/rules/instants.ts';
import type { IssueTerms, RoundTerms } from '../../workflows/rules/terms.ts';
import { type StoredHistory, storedHistories } from '../histories/stored.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

const stored = storedHistories();

let code: string;
beforeAll(async () => {
  code = await readFile((await bundledWorkflows()).codePath, 'utf8');
});

describe('running issues survive a change of the workflows', () => {
  it('every kind of workflow has stored histories, some of a second run', () => {
    const types = new Set(stored.map(({ history }) => started(history)?.workflowType?.name));
    expect(types).toEqual(new Set(['rectifyIssue', 'keepRound', 'keepPostOffice', 'conductDrill']));
    expect(stored.some(({ history }) => started(history)?.continuedExecutionRunId)).toBe(true);
  });

  it('what can happen to a round or an issue has stored histories of its own', () => {
    const [late, bodies, none, items] = [
      'round-launched-late',
      'round-of-several-bodies',
      'round-that-names-no-bodies',
      'issue-with-items-and-own-measures',
    ].map((name) => termsOf(historyOf(`0.1.0/${name}-1`)));
    expect(late!.feedbackOn! < addMonths(dayOf(late!.launchedAt), -1)).toBe(true); // the plan was due before the launch
    expect(late).toHaveProperty('lateDutiesDueOn');
    expect(bodies!.bodies).toHaveLength(2);
    expect(none).not.toHaveProperty('bodies');
    expect(items!.itemIds).toHaveLength(2);
    expect(new Set(items!.measures?.map(({ kind }) => kind))).toEqual(new Set(['once', 'rule', 'accountability']));
  });

  it.each(stored.map(({ name }) => name))('the stored history %s replays with the present workflows', async (name) => {
    const [result] = await replayed(code, [historyOf(name)]);
    expect(result?.error).toBeUndefined();
  });
});

describe('a change that would break running issues is noticed', () => {
  it('an issue that records before it looks does not replay', async () => {
    const changed = code.replace(
      'await issue.writeDown(plan);',
      "await issue.changedBefore('2100-01-01T00:00:00.000Z'); await issue.writeDown(plan);",
    );
    expect(changed).not.toBe(code);
    const results = await replayed(changed, ofType('rectifyIssue').filter(isFirstRun));
    expect(results.length).toBeGreaterThan(0);
    for (const { error } of results) expect(error?.name).toBe('DeterminismViolationError');
  });

  it('a conductor that pauses where it did not does not replay', async () => {
    const changed = code.replace('if (pauseMs > 0)', 'if (pauseMs >= 0)');
    expect(changed).not.toBe(code);
    const results = await replayed(changed, ofType('conductDrill'));
    expect(results.length).toBeGreaterThan(0);
    for (const { error } of results) expect(error?.name).toBe('DeterminismViolationError');
  });

  it('a history that asks for another activity does not replay', async () => {
    const [one] = ofType('keepPostOffice');
    const history = structuredClone(one!.history);
    const asked = history.events?.find((event) => event.activityTaskScheduledEventAttributes);
    asked!.activityTaskScheduledEventAttributes!.activityType = { name: 'deliverEverything' };
    const [result] = await replayed(code, [{ name: one!.name, history }]);
    expect(result?.error?.name).toBe('DeterminismViolationError');
  });
});

async function replayed(workflowCode: string, histories: readonly StoredHistory[]): Promise<ReplayResult[]> {
  const options = { workflowBundle: { code: workflowCode } };
  const entries = histories.map(({ name, history }) => ({ workflowId: name, history }));
  const results: ReplayResult[] = [];
  for await (const result of Worker.runReplayHistories(options, entries)) results.push(result);
  return results;
}

function historyOf(name: string): StoredHistory {
  return stored.find((one) => one.name === name)!;
}

function ofType(type: string): StoredHistory[] {
  return stored.filter(({ history }) => started(history)?.workflowType?.name === type);
}

function isFirstRun({ history }: StoredHistory): boolean {
  return !started(history)?.continuedExecutionRunId;
}

/** What the workflow was started with. */
function termsOf({ history }: StoredHistory): Partial<RoundTerms & IssueTerms> & { readonly launchedAt: string } {
  const [payload] = started(history)?.input?.payloads ?? [];
  return JSON.parse(new TextDecoder().decode(payload!.data)) as ReturnType<typeof termsOf>;
}

function started({ events }: StoredHistory['history']) {
  return events?.[0]?.workflowExecutionStartedEventAttributes;
}
