import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayMs,
  dayNumbered,
  keptAtMost,
  monthsAfter,
  numberAtStart,
  numberOf,
} from '../../../workflows/rules/day-numbers.ts';

const first = Date.UTC(1000, 0, 1) / dayMs;
const last = Date.UTC(9999, 11, 31) / dayMs;
const anyNumber = fc.integer({ min: first, max: last });

describe('days as numbers', () => {
  it('are counted as the platform counts them, over all years', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const day = new Date(number * dayMs).toISOString().slice(0, 10);
        expect(numberOf(day)).toBe(number);
        expect(dayNumbered(number)).toBe(day);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keep their text when more of them are asked for than are kept in mind', () => {
    const numbers = Array.from({ length: 3 * keptAtMost }, (_, index) => 19_000 + index);
    const texts = numbers.map(dayNumbered);
    expect(texts.map(numberOf)).toEqual(numbers);
    expect(numbers.map(dayNumbered)).toEqual(texts);
  });

  it('go on by months as the platform does, and end with a shorter month', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: -240, max: 240 }), (number, months) => {
        const date = new Date(number * dayMs);
        const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
        const expected = Math.min(Date.UTC(year, month, date.getUTCDate()), Date.UTC(year, month + 1, 0)) / dayMs;
        expect(monthsAfter(dayNumbered(number), months)).toBe(expected);
      }),
    );
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-04-31',
    '2024-00-01',
    '2024-1-001',
    '2024/01/01',
    '２０２４-01-01',
    ' 024-01-01',
  ])('“%s” begins with no day', (text) => {
    expect(numberAtStart(text)).toBeUndefined();
    expect(() => numberOf(text)).toThrow(RangeError);
  });

  it('end with the years of four digits', () => {
    expect(dayNumbered(last)).toBe('9999-12-31');
    for (const number of [first - 1, last + 1, 0.5, NaN]) expect(() => dayNumbered(number)).toThrow(RangeError);
  });
});
