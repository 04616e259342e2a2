import { describe, expect, test } from 'vitest';
import { validatePolicy } from '../../../../client/policy/validate-policy.ts';
import type { ObligationKind, Policy, Role, Rung } from '../../../../workflows/rules/policy.ts';
import { presetNames, presetPolicy } from '../../../../workflows/rules/presets/index.ts';
import { simplePolicy } from '../../../../workflows/rules/simple-policy.ts';

const feedbackOn = '2018-06-08';
const presets = presetNames.map((name) => [name, presetPolicy(name, { feedbackOn })] as const);
const ladders = presets.flatMap(([name, { ladders: all }]) =>
  Object.entries(all).map(([kind, ladder]) => [name, kind as ObligationKind, ladder] as const),
);

/** The next of these takes the place of one that was not answered. */
const lapsing: readonly ObligationKind[] = ['checkIn', 'attestation', 'itemReport'];
const above: readonly Role[] = ['responsibleLeader', 'groupHead'];

describe.each(presets)('%s', (name, policy) => {
  test('bears its name, is the first version, and leaves nothing open', () => {
    expect(policy).toMatchObject({ name, version: 1 });
    expect(validatePolicy(policy)).toEqual({ policy, warnings: [] });
  });

  test('names a rung by its day, so that who reads the id knows how high it stands', () => {
    for (const { id, from, workdays } of rungsOf(policy)) {
      const day = workdays === 0 ? 'on-day' : `${workdays < 0 ? 'before' : 'after'}-${String(Math.abs(workdays))}`;
      if (from === 'due') expect(id).toBe(day);
      else expect(id).toMatch(/^[a-z]+$/u);
    }
  });

  test('only proposes what punishes, and asks the office', () => {
    for (const rung of rungsOf(policy).filter(({ proposal }) => proposal !== undefined)) {
      expect(rung).toMatchObject({ to: ['office'], from: 'due' });
      expect(rung.workdays).toBeGreaterThan(0);
    }
  });
});

test.each(ladders)('%s leaves no %s unanswered for ever', (_name, kind, ladder) => {
  const goesOn = ladder.some(({ repeatEveryWorkdays }) => repeatEveryWorkdays !== undefined);
  const asks = ladder.some(({ proposal }) => proposal !== undefined);
  expect(goesOn || asks || lapsing.includes(kind)).toBe(true);
});

test.each(ladders)('%s begins the ladder of %s with one reader, whose duty it is', (_name, _kind, ladder) => {
  expect(ladder[0]?.to).toHaveLength(1);
});

test('nobody above the handler is written to before the due day, except by the yellow light of 三色预警', () => {
  const early = ladders.flatMap(([name, kind, ladder]) =>
    ladder
      .filter(({ to }) => to.some((role) => above.includes(role)) && !ownerIsAbove(ladder))
      .filter(({ from, workdays }) => from === 'opened' || workdays < 0)
      .map(({ id, to }) => [name, kind, id, to]),
  );
  expect(early).toEqual([['三色预警', 'evidence', 'before-10', ['handler', 'responsibleLeader']]]);
});

test('周检查·月调度·定期评估 checks on Fridays, dispatches monthly, evaluates after the period, and writes four letters in turn', () => {
  const { duties, closure, attestation, ladders: all } = presetPolicy('周检查·月调度·定期评估', { feedbackOn });
  expect(duties?.map(({ kind, cadence }) => [kind, cadence])).toEqual([
    ['rectificationPlan', { every: 'once', after: 'feedback', months: 1 }],
    ['weeklyCheck', { every: 'week', weekday: 5 }],
    ['monthlyDispatch', { every: 'month', dayOfMonth: 25 }],
    ['progressReport', { every: 'once', after: 'concentratedPeriod', months: 0 }],
    ['evaluation', { every: 'once', after: 'concentratedPeriod', months: 1 }],
  ]);
  expect(closure?.levels).toEqual([
    { role: 'office', of: 'all' },
    { role: 'responsibleLeader', of: 'all' },
    { role: 'reviewer', of: 'major' },
  ]);
  expect(attestation?.endorsedBy).toBe('responsibleLeader');
  const papers = all.evidence?.flatMap(({ paper, repeatEveryWorkdays }) => (repeatEveryWorkdays ? [] : (paper ?? [])));
  expect(papers).toEqual(['workPrompt', 'supervisionLetter', 'urgeLetter', 'warningLetter']);
});

test('三色预警 tells the handler at twenty workdays, the leader at ten, the head once it is overdue', () => {
  const { ladders: all, yellowWithinWorkdays } = presetPolicy('三色预警', { feedbackOn });
  const first = all.evidence?.filter(({ id }) => ['before-20', 'before-10', 'after-1'].includes(id));
  expect(first?.map(({ to }) => to)).toEqual([
    ['handler'],
    ['handler', 'responsibleLeader'],
    ['handler', 'responsibleLeader', 'groupHead'],
  ]);
  expect(yellowWithinWorkdays).toBe(10);
});

test.each([
  ['2018-06-08', ['2018-06-01', '2018-08-31'], ['2018-08-01', '2018-12-31'], ['2019-01-01', '2019-12-31']],
  ['2024-08-31', ['2024-08-01', '2024-10-31'], ['2024-10-01', '2025-02-28'], ['2025-03-01', '2026-02-28']],
])('三阶段 after feedback on %s has phases in whole months that overlap in one', (on, ...spans) => {
  const { phases } = presetPolicy('三阶段', { feedbackOn: on });
  expect(phases?.map(({ from, to }) => [from, to])).toEqual(spans);
});

test('黑点月报 reports its sub-ledger monthly, has the office re-check it, talks before it names, and evaluates', () => {
  const { subLedger, duties, ladders: all, completionRate } = presetPolicy('黑点月报', { feedbackOn });
  expect(subLedger).toMatchObject({ reportEveryMonths: 1, recheckedBy: 'office' });
  expect(duties?.map(({ kind }) => kind)).toContain('evaluation');
  expect(all.evidence?.flatMap(({ proposal, workdays }) => (proposal ? [[workdays, proposal]] : []))).toEqual([
    [4, 'reminderTalk'],
    [6, 'talk'],
    [15, 'notice'],
  ]);
  expect(completionRate).toBe('longTermApart');
});

test('简明 keeps the days and the rungs that rounds of the first version were launched with', () => {
  const kept = Object.entries(simplePolicy.ladders).map(([kind, ladder]) => [kind, ladder.map(({ id }) => id)]);
  expect(Object.fromEntries(kept)).toMatchObject({
    acknowledgement: ['assigned', 'on-day', 'after-1', 'after-3', 'after-5'],
    checkIn: ['before-1', 'after-1', 'after-5'],
    evidence: ['before-10', 'before-3', 'on-day', 'after-1', 'after-3', 'after-5', 'after-10', 'after-11'],
    closureProposal: ['complete', 'on-day', 'after-3'],
    closureDecision: ['proposed', 'on-day', 'after-3'],
    proposalDecision: ['raised', 'on-day', 'after-3'],
    attestation: ['asked', 'on-day', 'after-3', 'after-10'],
    lookBack: ['asked', 'on-day', 'after-3', 'after-5'],
  });
  expect(simplePolicy).toMatchObject({ concentratedMonths: 6, attestEveryMonths: 3, lookBackAfterMonths: 3 });
});

function rungsOf({ ladders: all }: Policy): Rung[] {
  return Object.values(all).flat();
}

/** A leader's own duty is told to the leader. */
function ownerIsAbove(ladder: readonly Rung[]): boolean {
  return ladder[0]?.to.some((role) => above.includes(role)) ?? false;
}
