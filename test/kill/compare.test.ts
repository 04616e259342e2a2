import { expect, it } from 'vitest';
import { acceptedTooOften, differences, resultDifferences } from './compare.ts';
import type { DrillEnd, Recorded } from './recorded.ts';

const mail = { to: 'a@practice.invalid', kind: 'reminder', lines: ['i01/1/check-in-1/on-day/handler/2024-03-01'] };

function recorded(changes: Partial<Recorded> = {}): Recorded {
  const at = new Date('2024-03-01T01:00:00Z');
  return {
    events: new Map([['QH-01 #1', { type: 'obligationOpened', at, detail: { kind: 'checkIn', role: 'handler' } }]]),
    mails: new Map([['m1', mail]]),
    lines: new Map(),
    replies: new Map(),
    answers: new Map(),
    ...changes,
  };
}

it('two runs that recorded the same do not differ, whatever the order of fields', () => {
  const at = new Date('2024-03-01T01:00:00Z');
  const events = new Map([
    ['QH-01 #1', { at, detail: { role: 'handler', kind: 'checkIn' }, type: 'obligationOpened' }],
  ]);
  expect(differences(recorded(), recorded({ events }))).toEqual([]);
});

it('an event at another moment is named with both moments', () => {
  const at = new Date('2024-03-04T01:00:00Z');
  const events = new Map([
    ['QH-01 #1', { type: 'obligationOpened', at, detail: { kind: 'checkIn', role: 'handler' } }],
  ]);
  expect(differences(recorded(), recorded({ events }))).toEqual([
    { what: 'event QH-01 #1', undisturbed: { at: new Date('2024-03-01T01:00:00Z') }, killed: { at } },
  ]);
});

it('a mail that one run lacks, and one that it has too many, are named', () => {
  const mails = new Map([['m2', mail]]);
  expect(differences(recorded(), recorded({ mails })).map(({ what }) => what)).toEqual(['mail m1', 'mail m2']);
});

it('a mail that came twice is explained by an unknown outcome, and by nothing else', () => {
  const accepted = new Map([
    ['once', 1],
    ['explained', 2],
    ['unexplained', 2],
  ]);
  const uncertain = new Map([
    ['once', 1],
    ['explained', 1],
    ['unexplained', 0],
  ]);
  const found = acceptedTooOften({ accepted, uncertain });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ undisturbed: 1, killed: 2 });
  expect(found[0]?.what).toContain('unexplained');
});

function ended(duties: DrillEnd['result']['structure']['duties']): DrillEnd {
  const counts = { issues: 8, archived: 8, longTerm: 0, cycles: 2, days: 400, mails: 600, replies: 160 };
  const structure: DrillEnd['result']['structure'] = {
    ...{ policy: '简明', sources: 1, phases: [], duties, supervisionBatches: 0, subLedgers: [] },
    ...{ accountabilityOutcomes: 0, obligations: 258, reminders: 468, extensions: 1, disputes: 0, suspensions: 0 },
    ...{ promises: { kept: 1, broken: 0 }, lookBacks: 8, rebounds: 2 },
  };
  const faults = { escalations: 0, proposals: 0, lost: 0, doubled: 0, unowed: 0, uncertain: 0 };
  return {
    recorded: recorded(),
    traffic: { accepted: new Map(), uncertain: new Map() },
    result: { round: '清河', ...counts, ...faults, seconds: 100, structure },
    verification: {
      ...{ issues: 8, events: 455, obligations: 258, rounds: 1, roundEvents: 90, roundObligations: 50 },
      ...{ evidence: 40, notes: 60, files: 30, deliveries: 600, letters: 0 },
      differences: [],
    },
  };
}

it('two results of the same structure do not differ, and one with a duty met less often is named', () => {
  const once = () => ended([{ title: '月调度', times: 16, met: 16 }]);
  expect(resultDifferences(once(), once())).toEqual([]);
  const less = ended([{ title: '月调度', times: 16, met: 15 }]);
  expect(resultDifferences(once(), less).map(({ what }) => what)).toEqual(['result structure']);
});
