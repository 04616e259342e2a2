import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkday } from '../../../../workflows/rules/calendar.ts';
import { addDays } from '../../../../workflows/rules/instants.ts';
import { nextDueOn, opensOn } from '../../../../workflows/rules/round/cadence.ts';
import { bundledCalendar as calendar } from '../../../../workflows/rules/state-council-2018-2026.ts';

const fridays = { every: 'week', weekday: 5 } as const;
const monthEnds = { every: 'month', dayOfMonth: 31 } as const;

describe('the next day of a recurring duty', () => {
  test.each([
    ['the next Friday', fridays, '2024-01-08', '2024-01-12'],
    ['a week later when asked on the day itself', fridays, '2024-01-12', '2024-01-19'],
    ['the last workday before a Friday that is a holiday', fridays, '2024-09-30', '2024-10-11'],
    ['清明节 on a Friday: the Wednesday before', fridays, '2024-03-29', '2024-04-03'],
    ['the last day of a short month', monthEnds, '2024-01-31', '2024-02-29'],
    ['a month end on a Sunday: the Friday before', monthEnds, '2024-02-29', '2024-03-29'],
    ['the last month of the quarter', { every: 'quarter', dayOfMonth: 25 } as const, '2024-01-08', '2024-03-25'],
    ['December for a year', { every: 'year', dayOfMonth: 20 } as const, '2024-12-20', '2025-12-19'],
  ])('is %s', (_name, cadence, after, expected) => {
    expect(nextDueOn(calendar, cadence, after)).toBe(expected);
  });

  test('is always a later workday, and opens on a workday after the one before it and not after its own', () => {
    const cadences = fc.constantFrom(fridays, monthEnds, { every: 'quarter', dayOfMonth: 5 } as const);
    fc.assert(
      fc.property(
        cadences,
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 10 }),
        (cadence, n, ahead) => {
          const before = nextDueOn(calendar, cadence, addDays('2019-01-01', n));
          const next = nextDueOn(calendar, cadence, before);
          const opens = opensOn(calendar, before, next, ahead);
          expect(next > before && isWorkday(calendar, next)).toBe(true);
          expect(opens > before && opens <= next && isWorkday(calendar, opens)).toBe(true);
        },
      ),
    );
  });
});
