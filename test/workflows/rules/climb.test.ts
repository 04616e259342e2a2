import { describe, expect, test } from 'vitest';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { liftOf } from '../../../workflows/rules/climb.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const promise = (until: string, ...obligations: string[]): IssueFact => ({ type: 'committed', until, obligations });

/** On 10 January at half past ten, with the evidence of measure 1 due on 29 February. */
const early = () => new PlayedIssue(ordinaryTerms()).until(at('2024-01-10', '10:30'));
const late = (issue: PlayedIssue, obligation: string) =>
  issue.plan.lines.filter(({ obligationId }) => obligationId === obligation).map(({ plannedOn }) => plannedOn);

describe('a ladder starts higher', () => {
  const { progress } = early();
  test.each([
    { why: 'at first, nowhere', changes: {}, lift: 0 },
    { why: 'by one rung in the second cycle', changes: { cycle: 2 }, lift: 1 },
    { why: 'by one rung where the issue repeats an earlier one', changes: { recurrenceOf: 'issue-0' }, lift: 1 },
    { why: 'by one rung for a broken promise', changes: { promises: { kept: 3, broken: 1 } }, lift: 1 },
    { why: 'not for promises that were kept', changes: { promises: { kept: 3, broken: 0 } }, lift: 0 },
    { why: 'by one rung for attestations missed in a row, however many', changes: { missedAttestations: 4 }, lift: 1 },
    { why: 'by two rungs at most', changes: { cycle: 3, recurrenceOf: 'issue-0', missedAttestations: 1 }, lift: 2 },
  ])('$why', ({ changes, lift }) => {
    expect(liftOf({ ...progress, ...changes })).toBe(lift);
  });
});

describe('a promise rests the ladder', () => {
  test('until its day, and not that of what it does not cover', () => {
    const issue = early().happens(promise('2024-02-20', 'evidence-1-1'), cast.chen);
    expect(late(issue, 'evidence-1-1')[0]).toBe('2024-02-26'); // three workdays before the 29th; ten before lies in the promise
    expect(late(issue, 'evidence-2-1')[0]).toBe('2024-03-15');
  });

  test('never past the due day', () => {
    const issue = early().happens(promise('2024-12-31', 'evidence-1-1'), cast.chen);
    expect(late(issue, 'evidence-1-1')[0]).toBe('2024-03-01');
  });

  test('also where a line had its time before the promise, and had not left yet', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-02-26', '10:30'));
    expect(late(issue, 'evidence-1-1')).toContain('2024-02-26');
    issue.happens(promise('2024-02-28', 'evidence-1-1'), cast.chen);
    expect(late(issue, 'evidence-1-1')).not.toContain('2024-02-26');
  });

  test('no more after two that were broken', () => {
    const issue = early();
    issue.happens(promise('2024-01-11', 'evidence-1-1'), cast.chen).until(at('2024-01-15', '10:30'));
    issue.happens(promise('2024-01-16', 'evidence-1-1'), cast.chen).until(at('2024-01-18', '10:30'));
    expect(issue.progress.promises).toEqual({ kept: 0, broken: 2 });
    issue.happens(promise('2024-02-20', 'evidence-1-1'), cast.chen);
    expect(late(issue, 'evidence-1-1')[0]).toBe('2024-02-09');
    expect(issue.progress.commitment).toBeDefined();
  });
});

describe('nobody is reminded', () => {
  test('of what a disputed finding asks of the handler, while the office is reminded of the dispute', () => {
    const issue = early().happens({ type: 'disputed', reason: '不属实' }, cast.chen);
    expect(new Set(issue.plan.lines.map(({ obligationId }) => obligationId))).toEqual(new Set(['dispute-decision-1']));
    issue.happens({ type: 'disputeRejected', reason: '属实' }, cast.wang);
    expect(late(issue, 'evidence-1-1')[0]).toBe('2024-02-09');
  });

  test('of anything while the clock stands still, but the office of asking how things are', () => {
    const issue = early().happens(
      { type: 'suspended', kind: 'litigation', authority: '法院', reason: '诉讼' },
      cast.wang,
    );
    expect(issue.plan.lines).toEqual([]);
    issue.until(at('2024-02-08', '12:00'));
    expect(new Set(issue.plan.lines.map(({ obligationId }) => obligationId))).toEqual(new Set(['suspension-review-1']));
  });
});
