import { describe, expect, it } from 'vitest';
import { fateOf } from '../../../activities/mail/fate.ts';
import type { Hours } from '../../../activities/mail/hours.ts';
import { addDays, at } from '../../../workflows/rules/instants.ts';
import type { Missed, Policy } from '../../../workflows/rules/policy.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const hours = ordinaryTerms();
const reminder = (on: string, missed: Missed) =>
  ({
    kind: 'reminder',
    letter: 'reminder',
    state: 'planned',
    plannedOn: on,
    latestAt: at(on, '18:00'),
    missed,
  }) as const;

describe('a row whose moment has come', () => {
  it.each(['sendLate', 'collapse', 'skip'] as const)('goes within its window, whatever its rule (%s)', (missed) => {
    expect(fateOf(reminder('2024-03-29', missed), hours, at('2024-03-29', '17:59'), undefined)).toEqual({
      kind: 'go',
      reason: null,
    });
  });

  it.each([
    ['sendLate', '2024-04-01', '09:00', 'go'],
    ['sendLate', '2024-04-01', '17:59', 'go'],
    ['sendLate', '2024-03-29', '18:00', 'wait'],
    ['sendLate', '2024-03-30', '10:00', 'wait'],
    ['sendLate', '2024-04-01', '08:59', 'wait'],
    ['collapse', '2024-04-01', '09:00', 'go'],
    ['skip', '2024-03-29', '18:00', 'skipped'],
    ['skip', '2024-04-01', '09:00', 'skipped'],
  ] as const)('of 29 March, %s, on %s at %s: %s', (missed, day, time, kind) => {
    expect(fateOf(reminder('2024-03-29', missed), hours, at(day, time), undefined).kind).toBe(kind);
  });

  it('is collapsed when its rule says so and a later line is there, and only then', () => {
    const now = at('2024-04-01', '09:00');
    expect(fateOf(reminder('2024-03-29', 'collapse'), hours, now, '2024-04-01')).toEqual({
      kind: 'collapsed',
      reason: '错过2024-03-29发送时间，并入2024-04-01的提醒',
    });
    expect(fateOf(reminder('2024-03-29', 'sendLate'), hours, now, '2024-04-01').kind).toBe('go');
  });

  it('is not collapsed or skipped once somebody has his copy', () => {
    const claimed = { ...reminder('2024-03-29', 'skip'), state: 'claimed' } as const;
    expect(fateOf(claimed, hours, at('2024-04-01', '09:00'), '2024-04-01').kind).toBe('go');
  });

  it('waits while a quiet day lasts that was adopted after the row had been written, even within its window', () => {
    const quiet = { ...hours, policy: { ...hours.policy, quietDays: [{ from: '2024-03-29', to: '2024-04-01' }] } };
    const now = at('2024-03-29', '10:00');
    for (const [kind, opens] of [
      ['reminder', '09:00'],
      ['answer', '08:30'],
    ] as const) {
      expect(fateOf({ ...reminder('2024-03-29', 'skip'), kind }, quiet, now, undefined)).toEqual({
        kind: 'wait',
        earliestAt: at('2024-04-02', opens),
        latestAt: at('2024-04-02', '18:00'),
        reason: '2024-03-29是静默日，等到2024-04-02发出',
      });
    }
  });

  it('waits over 清明节 and the weekend worked for it counts: Sunday 7 April 2024 is a workday', () => {
    expect(fateOf(reminder('2024-04-03', 'sendLate'), hours, at('2024-04-03', '19:00'), undefined)).toMatchObject({
      kind: 'wait',
      earliestAt: at('2024-04-07', '09:00'),
    });
  });

  const adopted = (daysOff: readonly string[], quietDays: Policy['quietDays'] = []): Hours => ({
    calendar: { ...hours.calendar, daysOff: [...hours.calendar.daysOff, ...daysOff] },
    policy: { ...hours.policy, quietDays },
  });
  const moved = { ...reminder('2024-03-29', 'sendLate'), latestAt: at('2024-04-01', '18:00') }; // to Monday
  const monday = '2024-04-01';

  it.each([
    ['on a day that is worked', adopted([]), '09:00', 'go', undefined],
    ['on a day that has become a day off', adopted([monday]), '09:00', 'wait', '2024-04-02'],
    ['over all days that have become days off', adopted([monday, '2024-04-02']), '09:00', 'wait', '2024-04-03'],
    [
      'on a day that has become a quiet day',
      adopted([], [{ from: monday, to: monday }]),
      '09:00',
      'wait',
      '2024-04-02',
    ],
    ['before the hours', adopted([]), '08:29', 'wait', monday],
  ] as const)('that was moved to Monday, %s', (_, then, time, kind, day) => {
    for (const missed of ['sendLate', 'collapse', 'skip'] as const) {
      for (const state of ['planned', 'claimed'] as const) {
        const fate = fateOf({ ...moved, missed, state }, then, at(monday, time), undefined);
        expect(fate).toMatchObject(
          day === undefined ? { kind } : { kind, earliestAt: at(day, '09:00'), latestAt: at(day, '18:00') },
        );
      }
    }
  });

  it('that answers somebody waits for the hours of the next day on which mail leaves', () => {
    const answer = { ...moved, kind: 'answer' } as const;
    expect(fateOf(answer, adopted([monday]), at(monday, '08:30'), undefined)).toMatchObject({
      kind: 'wait',
      earliestAt: at('2024-04-02', '08:30'),
    });
  });

  it.each([
    ['a day off', '2024-03-30', adopted([]), 'go'],
    ['a quiet weekend', '2024-03-30', adopted([], [{ from: '2024-03-30', to: '2024-03-31' }]), 'wait'],
    ['a quiet workday', monday, adopted([], [{ from: monday, to: monday }]), 'wait'],
  ] as const)('that was told to leave now, on %s', (_, day, then, kind) => {
    const told = { ...moved, letter: 'assignment', plannedOn: day, latestAt: at(addDays(day, 1), '00:00') };
    expect(fateOf(told, then, at(day, '22:00'), undefined).kind).toBe(kind);
  });
});
