import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IssuePhase, Obligation } from '../../../workflows/rules/events.ts';
import { addDays, at, type IsoDate } from '../../../workflows/rules/instants.ts';
import { colourOn, lightDays, lightDaysOfMeasures, lightOf } from '../../../workflows/rules/lights.ts';
import { type IssueProgress, openIssue } from '../../../workflows/rules/progress.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import '../../support/fast-check.ts';

const terms = ordinaryTerms({ policy: { ...simplePolicy, yellowWithinWorkdays: 5 } });
const opened = openIssue(terms, terms.launchedAt);

function owed(kind: Obligation['kind'], dueOn: IsoDate, changes: Partial<Obligation> = {}): Obligation {
  return {
    ...{ id: `${kind}-1`, kind, role: 'handler', dueOn, openedAt: terms.launchedAt, overdue: 'no', proposedRungs: [] },
    ...changes,
  };
}

function owing(...obligations: Obligation[]): IssueProgress {
  return { ...opened, phase: 'rectification', obligations };
}

describe('the days of a light', () => {
  test.each([
    ['evidence due on a Friday', owed('evidence', '2024-03-29'), '2024-03-22', '2024-03-30'],
    ['a check-in, three workdays at the most', owed('checkIn', '2024-03-29'), '2024-03-26', '2024-03-30'],
    ['due on a Sunday, five workdays before it', owed('evidence', '2024-03-31'), '2024-03-22', '2024-04-01'],
    ['due in the week after 春节', owed('checkIn', '2024-02-20'), '2024-02-09', '2024-02-21'],
    ['due on a worked Sunday (调休)', owed('checkIn', '2024-02-18'), '2024-02-07', '2024-02-19'],
  ] as const)('%s', (_, obligation, yellowFrom, redFrom) => {
    expect(lightDays(terms, owing(obligation))).toEqual({ idle: 'green', yellowFrom, redFrom });
  });

  test('go by what is due first, whatever turns yellow first', () => {
    const progress = owing(owed('evidence', '2024-03-29'), owed('checkIn', '2024-03-28'));
    expect(lightDays(terms, progress)).toEqual({ idle: 'green', yellowFrom: '2024-03-25', redFrom: '2024-03-29' });
  });

  test('are none while nothing is owed, and the phase says whether that is a light', () => {
    expect(lightDays(terms, owing())).toEqual({ idle: 'green' });
    for (const phase of ['lookBack', 'archived', 'withdrawn', 'merged'] as const)
      expect(lightDays(terms, { ...owing(), phase })).toEqual({ idle: 'none' });
  });

  test('do not count the handler’s duties while a dispute is checked, and only the office’s question while it stands still', () => {
    const evidence = owed('evidence', '2024-03-29');
    const dispute = { by: null, at: terms.launchedAt };
    const suspension = { at: terms.launchedAt, kind: 'litigation', authority: '', reviewedOn: '2024-06-28' } as const;
    const review = owed('suspensionReview', '2024-06-28', { role: 'office' });
    expect(lightDays(terms, { ...owing(evidence), dispute })).toEqual({ idle: 'green' });
    expect(lightDays(terms, { ...owing(evidence), suspension })).toEqual({ idle: 'none' });
    expect(lightDays(terms, { ...owing(evidence, review), suspension })).toMatchObject({ redFrom: '2024-06-29' });
  });

  test('of a measure go by what is owed about it alone', () => {
    const progress = owing(owed('checkIn', '2024-01-31'), owed('evidence', '2024-03-29', { measure: 2 }));
    expect([...lightDaysOfMeasures(terms, progress)]).toEqual([
      [2, { idle: 'green', yellowFrom: '2024-03-22', redFrom: '2024-03-30' }],
    ]);
  });
});

const days = fc.integer({ min: 0, max: 400 }).map((count) => addDays('2024-01-01', count));
const phases: readonly IssuePhase[] = [
  ...(['assignment', 'rectification', 'closureReview', 'longTerm', 'lookBack'] as const),
  ...(['archived', 'withdrawn', 'merged'] as const),
];
const histories = fc.record({
  phase: fc.constantFrom(...phases),
  obligations: fc.array(
    fc.record({
      kind: fc.constantFrom('evidence', 'checkIn', 'closureDecision', 'suspensionReview'),
      role: fc.constantFrom('handler', 'office', 'responsibleLeader'),
      dueOn: days,
      measure: fc.constantFrom(1, 2, undefined),
    }),
    { maxLength: 4 },
  ),
  beside: fc.constantFrom<Partial<IssueProgress>>(
    {},
    { dispute: { by: null, at: terms.launchedAt } },
    { suspension: { at: terms.launchedAt, kind: 'litigation', authority: '', reviewedOn: '2024-06-28' } },
  ),
  yellowWithinWorkdays: fc.integer({ min: 0, max: 15 }),
});

test('the days of a light give the colour that is worked out for any day of a year', () => {
  fc.assert(
    fc.property(histories, ({ phase, obligations, beside, yellowWithinWorkdays }) => {
      const rules = { ...terms, policy: { ...simplePolicy, yellowWithinWorkdays } };
      const list = obligations.map(({ kind, dueOn, role, measure }) =>
        owed(kind, dueOn, { role, ...(measure !== undefined && { measure }) }),
      );
      const progress = { ...owing(...list), ...beside, phase };
      const worked = lightDays(rules, progress);
      for (let day = '2024-01-01'; day < '2025-03-01'; day = addDays(day, 1)) {
        expect(colourOn(worked, day), day).toBe(lightOf(rules, progress, at(day, '10:00')).colour);
      }
    }),
    { numRuns: 150 },
  );
});
