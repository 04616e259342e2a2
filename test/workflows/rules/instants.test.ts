import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addMs,
  at,
  dayOf,
  daysBetween,
  daysInMonth,
  earliest,
  endOfDay,
  inChinese,
  isIsoDate,
  latest,
  startOfDay,
  weekdayOf,
} from '../../../workflows/rules/instants.ts';

const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((n) => addDays('2000-01-01', n));

describe('days', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2026-02-30', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-3-31', false],
    ['2024-03-31T00:00:00.000Z', false],
    ['0000-01-01', false],
    ['', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isIsoDate(text)).toBe(expected);
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2023-09-22', 2, '2023-11-22'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-03-31', -13, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-05-15', 0, '2024-05-15'],
  ])('%s and %i months is %s', (day, n, expected) => {
    expect(addMonths(day, n)).toBe(expected);
  });

  it('a day is written for people with its weekday', () => {
    expect(inChinese('2024-03-29')).toBe('2024年3月29日(周五)');
    expect(inChinese('2024-03-31')).toBe('2024年3月31日(周日)');
  });

  it('weekdays run from Sunday 0 to Saturday 6, before 1970 too', () => {
    expect(weekdayOf('2024-03-31')).toBe(0);
    expect(weekdayOf('2024-04-06')).toBe(6);
    expect(weekdayOf('1949-10-01')).toBe(6);
  });

  it('the months of a year have as many days as its calendar', () => {
    const days = Array.from({ length: 12 }, (_, month) => daysInMonth(2024, month + 1));
    expect(days).toEqual([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect(daysInMonth(1900, 2)).toBe(28);
    expect(daysInMonth(2000, 2)).toBe(29);
  });

  it('adding days is undone by counting them, and later days sort later', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9_000, max: 9_000 }), (day, n) => {
        const other = addDays(day, n);
        expect(daysBetween(day, other)).toBe(n);
        expect(Math.sign(n)).toBe(other > day ? 1 : other < day ? -1 : 0);
        expect(weekdayOf(other)).toBe((((weekdayOf(day) + n) % 7) + 7) % 7);
      }),
    );
  });

  it('adding months keeps the day or ends with the month', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -240, max: 240 }), (day, n) => {
        const other = addMonths(day, n);
        const kept = other.slice(8) === day.slice(8);
        expect(kept || addDays(other, 1).endsWith('-01')).toBe(true);
      }),
    );
  });

  it('text that is no day is a defect', () => {
    expect(() => addDays('2024-3-1', 1)).toThrow(RangeError);
    expect(() => inChinese('2023-02-29')).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('moments', () => {
  it('nine in Beijing is one in UTC', () => {
    expect(at('2024-03-29', '09:00')).toBe('2024-03-29T01:00:00.000Z');
    expect(at('2024-01-01', '07:59')).toBe('2023-12-31T23:59:00.000Z');
  });

  it.each(['9:00', '24:00', '09:60', '09:00:00', ''])('“%s” is no time of day', (wallTime) => {
    expect(() => at('2024-03-29', wallTime)).toThrow(RangeError);
  });

  it('a moment of the evening in UTC lies on the next day in Beijing', () => {
    expect(dayOf('2024-03-29T15:59:59.999Z')).toBe('2024-03-29');
    expect(dayOf('2024-03-29T16:00:00.000Z')).toBe('2024-03-30');
  });

  it('a day lasts from its start to its end and not a millisecond longer', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(startOfDay(day)).toBe(at(day, '00:00'));
        expect(dayOf(startOfDay(day))).toBe(day);
        expect(dayOf(endOfDay(day))).toBe(day);
        expect(addMs(endOfDay(day), 1)).toBe(startOfDay(addDays(day, 1)));
        expect(addMs(startOfDay(day), -1)).toBe(endOfDay(addDays(day, -1)));
      }),
    );
  });

  it('the earliest and the latest leave out what is not known', () => {
    const [one, two] = [at('2024-03-29', '09:00'), at('2024-03-29', '10:00')];
    expect(earliest(two, undefined, one)).toBe(one);
    expect(latest(undefined, two, one)).toBe(two);
    expect(earliest()).toBeUndefined();
    expect(latest(undefined)).toBeUndefined();
  });

  it.each([
    '2024-03-29',
    '2024-03-29T01:00:00Z',
    '2024-02-30T01:00:00.000Z',
    '2024-03-29T01:00:00.000+08:00',
    '2024-03-29T24:00:00.000Z',
    '2024-03-29T01:60:00.000Z',
    '2024-03-29T01:00:60.000Z',
    '2024-03-29T01:00:00.00xZ',
    '2024-03-29 01:00:00.000Z',
  ])('%s is no moment', (text) => {
    expect(() => dayOf(text)).toThrow(RangeError);
    expect(() => addMs(text, 1)).toThrow(RangeError);
  });
});
