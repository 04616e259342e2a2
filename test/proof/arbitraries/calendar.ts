import fc from 'fast-check';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { dayNumbered, numberOf } from '../calendar-by-hand.ts';

const firstDay = '2024-01-01';
const lastDay = '2026-12-31';
const firstNumber = numberOf(firstDay);
const days = numberOf(lastDay) - firstNumber;

const isWeekend = (number: number) => (number + 3) % 7 > 4;

/** Public holidays of up to nine days anywhere, weekends worked anywhere, and years that are not published yet. */
export const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    holidays: fc.array(fc.tuple(fc.nat(days), fc.integer({ min: 1, max: 9 })), { maxLength: 12 }),
    makeUps: fc.array(fc.nat(days), { maxLength: 10 }),
    from: fc.constantFrom(firstDay, '2023-01-01', '2025-01-01'),
    to: fc.constantFrom(lastDay, '2025-12-31', '2024-12-31'),
  })
  .map(({ holidays, makeUps, from, to }) => {
    const off = new Set(
      holidays.flatMap(([start, length]) => Array.from({ length }, (_, index) => firstNumber + start + index)),
    );
    const madeUp = makeUps
      .map((day) => firstNumber + day)
      .map((number) => (isWeekend(number) ? number : number + (5 - ((number + 3) % 7))));
    return {
      version: 1,
      from,
      to: to < from ? lastDay : to,
      daysOff: [...off]
        .filter((number) => !isWeekend(number))
        .sort((one, other) => one - other)
        .map(dayNumbered),
      makeUpDays: [...new Set(madeUp)].sort((one, other) => one - other).map(dayNumbered),
      festivals: [],
    };
  });
