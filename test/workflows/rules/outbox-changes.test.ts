import { describe, expect, test } from 'vitest';
import { at, type IsoDate, type IsoInstant } from '../../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../../workflows/rules/ladder.ts';
import {
  hadTheirMoment,
  outboxChanges,
  type OutboxKeys,
  outboxRewritten,
} from '../../../workflows/rules/outbox-changes.ts';

const line = (rungId: string, plannedOn: IsoDate, wallTime = '09:00'): PlannedLine => ({
  key: `issue-1/1/evidence-1-1/${rungId}/handler/${plannedOn}`,
  ...{ obligationId: 'evidence-1-1', rungId, role: 'handler', letter: 'reminder', plannedOn, missed: 'sendLate' },
  ...{ earliestAt: at(plannedOn, wallTime), latestAt: at(plannedOn, '18:00') },
});
const days = (lines: readonly PlannedLine[]) => lines.map(({ rungId, plannedOn }) => `${rungId} ${plannedOn}`);
const nothing: OutboxKeys = { written: new Set(), had: new Set() };
const written = (...lines: PlannedLine[]) => outboxChanges(nothing, lines, at('2024-01-01', '00:00')).keys;
const adopted = (before: OutboxKeys, lines: PlannedLine[], now: IsoInstant) =>
  outboxRewritten(before, lines, now, '09:00');

/** The reminder three days before, on 26 March; by the rules that are adopted it would leave on the 28th. */
const old = line('before-3', '2024-03-26');
const moved = line('before-3', '2024-03-28');

describe('a line that adopted rules bring on another day', () => {
  test.each([
    ['the day before, leaves on its new day', at('2024-03-25', '17:00'), ['before-3 2024-03-28'], [old.key]],
    [
      'on its day before the mail leaves, leaves on its new day',
      at('2024-03-26', '08:59'),
      ['before-3 2024-03-28'],
      [old.key],
    ],
    ['at the moment of the mail, is not asked for again', at('2024-03-26', '09:00'), [], []],
    ['on its day after the mail has left, is not asked for again', at('2024-03-26', '10:00'), [], []],
    ['the day after, is not asked for again', at('2024-03-27', '10:00'), [], []],
  ])('%s', (_, now, added, cancelled) => {
    const changes = adopted(written(old), [moved], now);
    expect(days(changes.added)).toEqual(added);
    expect(changes.cancelled).toEqual(cancelled);
  });

  test('still leaves when an outage or an earlier mail of the day has held it back: its row is not cancelled', () => {
    expect(adopted(written(old), [moved], at('2024-03-27', '08:00')).cancelled).not.toContain(old.key);
  });

  test('is not asked for again by the next look, nor when rules are adopted once more', () => {
    const first = adopted(written(old), [moved], at('2024-03-26', '10:00'));
    const look = outboxChanges(first.keys, [moved], at('2024-03-26', '12:00'));
    expect(look).toMatchObject({ added: [], cancelled: [] });
    const same = adopted(look.keys, [moved], at('2024-03-27', '10:00'));
    expect(days(same.added)).toEqual([]);
    const third = adopted(same.keys, [line('before-3', '2024-03-29')], at('2024-03-27', '11:00'));
    expect(days(third.added)).toEqual([]);
  });

  test('is asked for when a deadline that was moved brings yet another day', () => {
    const { keys } = adopted(written(old), [moved], at('2024-03-26', '10:00'));
    const later = line('before-3', '2024-04-26');
    expect(days(outboxChanges(keys, [later], at('2024-03-27', '10:00')).added)).toEqual(['before-3 2024-04-26']);
  });

  test('leaves on all its days when it repeats', () => {
    const repeats = [line('after-11', '2024-03-28'), line('after-11', '2024-04-02')];
    const { added } = adopted(written(line('after-11', '2024-03-26')), repeats, at('2024-03-27', '10:00'));
    expect(days(added)).toEqual(['after-11 2024-03-28', 'after-11 2024-04-02']);
  });
});

test('a line that stays on its day is written anew, for its hour may differ; one whose window is over is not', () => {
  const [today, past] = [line('on-day', '2024-03-29', '08:30'), line('before-3', '2024-03-26')];
  const { added, cancelled } = adopted(written(today, past), [today, past], at('2024-03-28', '10:00'));
  expect([days(added), cancelled]).toEqual([['on-day 2024-03-29'], []]);
});

test('what is written is not added again, and what is planned no more is cancelled', () => {
  const [kept, gone, come] = [
    line('before-3', '2024-03-26'),
    line('on-day', '2024-03-29'),
    line('after-1', '2024-04-01'),
  ];
  const { added, cancelled } = outboxChanges(written(kept, gone), [kept, come], at('2024-03-25', '10:00'));
  expect([days(added), cancelled]).toEqual([['after-1 2024-04-01'], [gone.key]]);
});

test('a preview knows which lines have had their moment', () => {
  const had = (now: IsoInstant) => [...hadTheirMoment(written(old), [moved], now, '09:00')];
  expect(had(at('2024-03-26', '08:00'))).toEqual([]);
  expect(had(at('2024-03-26', '10:00'))).toEqual([moved.key]);
});
