import { describe, expect, test } from 'vitest';
import { comingOfRound } from '../../../client/adoption/coming-duties.ts';
import { comingOfIssue } from '../../../client/adoption/coming-lines.ts';
import { changesBetween } from '../../../client/adoption/line-changes.ts';
import type { RunningRound } from '../../../client/adoption/running.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import type { Policy, Rung } from '../../../workflows/rules/policy.ts';
import { presetPolicy } from '../../../workflows/rules/presets/index.ts';
import { due } from '../../../workflows/rules/presets/ladders.ts';
import { type IssueProgress, openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import { roundPlanned } from '../../../workflows/rules/round/planner.ts';
import { newRound, type RoundProgress } from '../../../workflows/rules/round/progress.ts';
import { recordRound } from '../../../workflows/rules/round/record.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import type { RoundTerms } from '../../../workflows/rules/terms.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const terms = ordinaryTerms();
const now = at('2024-02-20', '10:00');

/** The issue when nobody has said a word. */
function silentUntil(moment: string): IssueProgress {
  let progress = openIssue(terms, terms.launchedAt);
  for (let at = terms.launchedAt; at <= moment;) {
    const { facts, lookAgainAt } = planned(terms, progress, at);
    for (const fact of facts) {
      progress = record(progress, {
        ...fact,
        sequence: progress.sequence + 1,
        at,
        by: null,
        source: null,
        requestId: null,
      });
    }
    if (lookAgainAt === undefined) break;
    at = lookAgainAt;
  }
  return progress;
}

function roundWith(settled: readonly string[] = []): RunningRound {
  return {
    id: 'round-1',
    name: '测试轮次',
    codePrefix: 'CS',
    now,
    issues: [{ id: 'issue-1', code: 'CS-01', terms, progress: silentUntil(now) }],
    duties: null,
    settled: new Set(settled),
  };
}

function changesUnder(policy: Policy, round = roundWith()) {
  const { before, after, state } = comingOfIssue(round, round.issues[0]!, { kind: 'policy', policy });
  return { state, before, after, ...changesBetween(before, after) };
}

const withEvidence = (evidence: readonly Rung[], more: Partial<Policy> = {}): Policy => ({
  ...simplePolicy,
  ...more,
  version: 2,
  ladders: { ...simplePolicy.ladders, evidence },
});
const today = simplePolicy.ladders.evidence!;

describe('an issue under another policy', () => {
  test('loses nothing and gains nothing where the policy says the same', () => {
    expect(changesUnder({ ...simplePolicy, version: 2 })).toMatchObject({
      state: 'running',
      vanish: [],
      move: [],
      appear: [],
      alter: [],
      later: [],
    });
  });

  test('goes on as it does where it goes by the version already', () => {
    expect(changesUnder({ ...withEvidence([]), version: 1 })).toMatchObject({ state: 'already', vanish: [] });
  });

  test('a rung that is taken out takes its lines along, one that is put in brings them, to each reader', () => {
    const { vanish, appear, move } = changesUnder(
      withEvidence([...today.filter(({ id }) => id !== 'after-3'), due(4, 'escalation', ['handler', 'groupHead'])]),
    );
    expect(vanish.map(({ rungId, role, measure }) => [rungId, role, measure])).toEqual([
      ['after-3', 'handler', 1],
      ['after-3', 'responsibleLeader', 1],
      ['after-3', 'handler', 2],
      ['after-3', 'responsibleLeader', 2],
    ]);
    expect(appear.map(({ rungId, role, plannedOn }) => [rungId, role, plannedOn])).toEqual([
      ['after-4', 'handler', '2024-03-06'],
      ['after-4', 'groupHead', '2024-03-06'],
      ['after-4', 'handler', '2024-04-07'], // a Sunday that is worked
      ['after-4', 'groupHead', '2024-04-07'],
    ]);
    expect(move).toEqual([]);
  });

  test('lines that repeat at another interval move place by place, and what leaves the written months is written later', () => {
    const slower = today.map((rung) => (rung.id === 'after-11' ? { ...rung, repeatEveryWorkdays: 10 } : rung));
    const { move, later, vanish, appear } = changesUnder(withEvidence(slower));
    const handler = move.filter(({ from }) => from.measure === 1 && from.role === 'handler');
    expect(handler.slice(0, 2).map(({ from, to }) => [from.ordinal, from.plannedOn, to.plannedOn])).toEqual([
      [2, '2024-03-22', '2024-03-29'],
      [3, '2024-03-29', '2024-04-15'],
    ]);
    expect(later.length).toBeGreaterThan(0);
    expect([vanish, appear]).toEqual([[], []]);
  });

  test('quiet days move what falls on them, and an earlier sending hour alters the rest', () => {
    const quiet = { quietDays: [{ from: '2024-02-29', to: '2024-03-01' }], sendAt: '08:30' };
    const { move, alter, before } = changesUnder(withEvidence(today, quiet));
    expect(move.map(({ from, to }) => [from.words, from.plannedOn, to.plannedOn])).toContainEqual([
      '措施1佐证到期当日，提醒',
      '2024-02-29',
      '2024-03-04',
    ]);
    expect(alter.length).toBeGreaterThan(0);
    expect(alter.length + move.length).toBe(before.length);
  });

  test('a reminder that left yesterday is not announced for the day after the quiet days that are adopted over it', () => {
    const [today, later] = [at('2024-02-27', '10:00'), { from: '2024-02-26', to: '2024-02-28' }];
    const { issues, ...round } = roundWith();
    const running = { ...round, now: today, issues: [{ ...issues[0]!, progress: silentUntil(today) }] };
    const { move, appear } = changesUnder({ ...simplePolicy, version: 2, quietDays: [later] }, running);
    const ofMeasure = [...appear, ...move.map(({ to }) => to)].filter(
      ({ obligationId }) => obligationId === 'evidence-1-1',
    );
    expect(ofMeasure.map(({ rungId, plannedOn }) => `${rungId} ${plannedOn}`)).toEqual([]);
  });

  test('a line that has left today is neither taken back nor brought again', () => {
    const { before } = changesUnder({ ...simplePolicy, version: 2 });
    const [first] = before;
    const { before: without, vanish } = changesUnder(withEvidence([]), roundWith([first!.key]));
    expect(without.map(({ key }) => key)).not.toContain(first!.key);
    expect(vanish.map(({ key }) => key)).not.toContain(first!.key);
  });
});

test('a duty of the round that another policy does not know is owed no longer, and its lines go', () => {
  const { duties = [], ...weeklyMonthly } = presetPolicy('周检查·月调度·定期评估', { feedbackOn: '2024-01-05' });
  const weekly = duties.filter(({ kind }) => kind === 'weeklyCheck');
  const round: RoundTerms = {
    roundId: 'round-1',
    concentratedEndsOn: '2024-07-05',
    clock: { kind: 'real' },
    launchedAt: at('2024-01-08', '08:00'),
    feedbackOn: '2024-01-05',
    policy: { ...weeklyMonthly, duties: weekly },
    calendar: terms.calendar,
  };
  let progress: RoundProgress = newRound;
  for (let moment: string | undefined = round.launchedAt; moment !== undefined && moment <= now;) {
    const plan = roundPlanned(round, progress, moment, { unsettled: 1 });
    for (const fact of plan.facts) {
      const by = { at: moment, by: null, source: null, requestId: null };
      progress = recordRound(progress, { ...fact, ...by, sequence: progress.sequence + 1 });
    }
    moment = plan.lookAgainAt;
  }
  const running = { ...roundWith(), duties: { terms: round, progress } };
  const policy = { ...weeklyMonthly, duties: [], version: 2 };

  const { before, after, state } = comingOfRound(running, { kind: 'policy', policy });

  expect(state).toBe('running');
  expect(new Set(before.map(({ kind }) => kind))).toEqual(new Set(['weeklyCheck']));
  expect(before.every(({ code, issueId }) => code.startsWith('CS-周检') && issueId === null)).toBe(true);
  expect(after).toEqual([]);
  expect(changesBetween(before, after).vanish).toEqual(before);
  expect(comingOfRound({ ...running, duties: null }, { kind: 'policy', policy })).toMatchObject({
    before: [],
    after: [],
  });
});
