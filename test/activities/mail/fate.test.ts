import { describe, expect, it } from 'vitest';
import { fateOf } from '../../../activities/mail/fate.ts';
import { at } from '../../../workflows/rules/instants.ts';
import type { Missed } from '../../../workflows/rules/policy.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const hours = ordinaryTerms();
const reminder = (on: string, missed: Missed) =>
  ({ kind: 'reminder', state: 'planned', plannedOn: on, latestAt: at(on, '18:00'), missed }) as const;

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
        reason: '2024-03-29是静默日，等到2024-04-02补发',
      });
    }
  });

  it('waits over 清明节 and the weekend worked for it counts: Sunday 7 April 2024 is a workday', () => {
    expect(fateOf(reminder('2024-04-03', 'sendLate'), hours, at('2024-04-03', '19:00'), undefined)).toMatchObject({
      kind: 'wait',
      earliestAt: at('2024-04-07', '09:00'),
    });
  });
});
