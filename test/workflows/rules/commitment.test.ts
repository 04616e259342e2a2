import { expect, test } from 'vitest';
import { commitmentTo } from '../../../workflows/rules/commitment.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const issue = () => new PlayedIssue(ordinaryTerms()).until(at('2024-01-10', '10:30'));

/** Evidence is due on 29 February for measure 1, and on 29 March for measure 2. */
test.each([
  {
    covers: 'the evidence of the measure it names',
    promise: { until: '2024-03-20', measure: 2 },
    ids: ['evidence-2-1'],
  },
  { covers: 'what is due by its day', promise: { until: '2024-03-01' }, ids: ['evidence-1-1'] },
  {
    covers: 'all evidence that is owed, where nothing is due by then',
    promise: { until: '2024-02-01' },
    ids: ['evidence-1-1', 'evidence-2-1'],
  },
  {
    covers: 'what is due by its day, where the measure it names owes nothing',
    promise: { until: '2024-03-01', measure: 9 },
    ids: ['evidence-1-1'],
  },
])('a promise covers $covers', ({ promise, ids }) => {
  expect(commitmentTo(issue().progress, promise, '2024-01-10').obligations).toEqual(ids);
});

test('a promise covers the application for closure once all evidence is in', () => {
  const complete = issue().happens(
    { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
    cast.chen,
  );
  expect(commitmentTo(complete.progress, { until: '2024-03-01' }, '2024-01-10').obligations).toEqual([
    'closure-proposal-1',
  ]);
});

test('a second promise is kept on record, and the first goes on counting', () => {
  const promised = issue();
  promised.happens(commitmentTo(promised.progress, { until: '2024-02-01' }, '2024-01-10'), cast.chen);
  promised.happens(commitmentTo(promised.progress, { until: '2024-02-20' }, '2024-01-10'), cast.chen);
  expect(promised.progress.commitment?.until).toBe('2024-02-01');
});

test('a promise counts as kept as soon as what it covers is in, and as broken the day after', () => {
  const kept = issue();
  kept.happens(commitmentTo(kept.progress, { until: '2024-02-01', measure: 1 }, '2024-01-10'), cast.chen);
  kept.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e1', measure: 1 }] }, cast.chen);
  expect(kept.progress.promises).toEqual({ kept: 1, broken: 0 });
  const broken = issue();
  broken.happens(commitmentTo(broken.progress, { until: '2024-02-01', measure: 1 }, '2024-01-10'), cast.chen);
  broken.until(at('2024-02-01', '23:59'));
  expect(broken.progress.promises).toBeUndefined();
  broken.until(at('2024-02-02', '00:00'));
  expect(broken.progress.promises).toEqual({ kept: 0, broken: 1 });
});

test('whoever has promised a day is asked for no check-in before it, and none is counted as missed afterwards', () => {
  const promised = issue();
  promised.happens(commitmentTo(promised.progress, { until: '2024-02-20', measure: 1 }, '2024-01-10'), cast.chen);
  promised.until(at('2024-02-21', '12:00'));
  const opened = promised.events.flatMap((event) =>
    event.type === 'obligationOpened' && event.kind === 'checkIn' && event.at >= at('2024-01-10', '10:30')
      ? [event]
      : [],
  );
  expect(opened.filter(({ dueOn }) => dueOn <= '2024-02-20')).toEqual([]);
  expect(opened.filter(({ dueOn, at: openedAt }) => dueOn < openedAt.slice(0, 10))).toEqual([]);
});

test.each([
  ['a day that has passed', '2024-01-09', []],
  ['a day whose year must be mistyped', '2029-11-01', []],
  ['a day some time after all of it is due', '2024-04-30', ['evidence-1-1', 'evidence-2-1']],
])('a promise for %s covers what it can', (_, until, covers) => {
  const fact = commitmentTo(issue().progress, { until }, '2024-01-10');
  expect(fact).toMatchObject({ until, obligations: covers });
});

test('a promise whose day comes while the clock stands still is not broken, and moves with the other days', () => {
  const promised = issue();
  promised.happens(commitmentTo(promised.progress, { until: '2024-01-24', measure: 1 }, '2024-01-10'), cast.chen);
  promised.until(at('2024-01-15', '10:00'));
  promised.happens({ type: 'suspended', kind: 'litigation', authority: '', reason: '诉讼' }, cast.wang);
  promised.until(at('2024-02-05', '10:00'));
  const standing = { terms: promised.terms, progress: promised.progress, now: promised.now };
  promised.happens(requestRules.resumeIssue.fact(standing, { by: cast.wang, reason: '结案' }), cast.wang);
  expect(promised.progress.promises).toBeUndefined();
  expect(promised.progress.commitment?.until).toBe('2024-02-20');
});

test('whoever disputes the finding is released from his promise: it is neither kept nor broken', () => {
  const promised = issue();
  promised.happens(commitmentTo(promised.progress, { until: '2024-01-24', measure: 1 }, '2024-01-10'), cast.chen);
  promised.happens({ type: 'disputed', reason: '不属实' }, cast.chen).until(at('2024-02-05', '10:00'));
  expect(promised.progress.commitment).toBeUndefined();
  expect(promised.progress.promises).toBeUndefined();
});

test.each([
  { why: 'about one measure leaves the reports about the others', measure: 1, rests: 'covered', next: '2024-01-24' },
  { why: 'about all that is missing rests them', measure: undefined, rests: 'covered', next: '2024-03-14' },
  { why: 'of old, about one measure, rested them all', measure: 1, rests: undefined, next: '2024-03-14' },
] as const)('a promise $why', ({ measure, rests, next }) => {
  const promised = issue().until(at('2024-01-10', '10:00'));
  const given = {
    until: '2024-02-29',
    ...(measure !== undefined && { measure }),
    ...(rests !== undefined && { rests }),
  };
  const fact = commitmentTo(promised.progress, given, '2024-01-10');
  // Without a measure it covers what is due by its day: here all.
  const all = ['evidence-1-1', 'evidence-2-1'];
  promised.happens(measure === undefined ? { ...fact, obligations: all } : fact, cast.chen);
  expect(promised.progress.obligations.find(({ kind }) => kind === 'checkIn')?.dueOn).toBe(next);
});
