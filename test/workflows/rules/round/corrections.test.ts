import { describe, expect, test } from 'vitest';
import { at } from '../../../../workflows/rules/instants.ts';
import { PlayedRound } from '../../../support/played-round.ts';
import { roundTerms } from '../../../support/round-terms.ts';

const units = [
  { unit: '一科', issueIds: ['i1', 'i2'] },
  { unit: '二科', issueIds: ['i3'] },
];
const batch = { title: '制度执行', task: '逐项对照整改', dueOn: '2024-03-29', units };
const reason = '录错';
const issued = (day = '2024-03-01') => {
  const round = new PlayedRound(roundTerms([])).until(at(day, '10:00'));
  round.asks('issueBatch', 'wang', batch);
  return round;
};
const report = (obligationId: string) => ({ type: 'dutyReported', obligationId }) as const;
const owed = ({ progress }: PlayedRound) =>
  progress.obligations.map(({ id, dueOn, scope }) => [id, dueOn, scope?.issueIds?.join('、')]);

describe('a supervision batch that was told wrongly', () => {
  test('is owed anew by the right day, and what was owed by the wrong one ends with the correction', () => {
    const round = issued();
    expect(round.asks('correctBatch', 'wang', { number: 1, dueOn: '2024-04-12', reason })).toEqual([]);
    expect(owed(round)).toEqual([
      ['supervision-batch-1-3', '2024-04-12', 'i1、i2'],
      ['supervision-batch-1-4', '2024-04-12', 'i3'],
    ]);
    expect(round.progress.obligations.map(({ title }) => title)).toEqual([
      '第1批督办“制度执行”（一科）（更正）',
      '第1批督办“制度执行”（二科）（更正）',
    ]);
    expect(round.plan.lines.map(({ obligationId }) => obligationId)).not.toContain('supervision-batch-1-1');
    expect(round.events.find(({ type }) => type === 'batchIssued')).toMatchObject(batch);
  });

  test.each([
    {
      what: 'a forgotten issue is asked of its unit, and of no other',
      corrected: [units[0]!, { unit: '二科', issueIds: ['i3', 'i4'] }],
      then: ['supervision-batch-1-1：i1、i2', 'supervision-batch-1-3：i3、i4'],
    },
    {
      what: 'a unit none of whose issues belongs to it owes nothing',
      corrected: [units[0]!],
      then: ['supervision-batch-1-1：i1、i2'],
    },
    {
      what: 'a unit that was forgotten is asked',
      corrected: [...units, { unit: '三科', issueIds: ['i5'] }],
      then: ['supervision-batch-1-1：i1、i2', 'supervision-batch-1-2：i3', 'supervision-batch-1-3：i5'],
    },
    {
      what: 'a measure that alone is the unit’s is another matter than the whole issue',
      corrected: [units[0]!, { unit: '二科', issueIds: ['i3'], measures: { i3: [2] } }],
      then: ['supervision-batch-1-1：i1、i2', 'supervision-batch-1-3：i3'],
    },
  ])('is put right where it was wrong: $what', ({ corrected, then }) => {
    const round = issued();
    expect(round.asks('correctBatch', 'wang', { number: 1, units: corrected, reason })).toEqual([]);
    expect(owed(round).map(([id, , issues]) => `${String(id)}：${String(issues)}`)).toEqual(then);
  });

  test.each(['answered', 'open'])('asks a unit nothing anew because a measure has been proven since: %s', (state) => {
    const parts = [{ unit: '一科', issueIds: ['i1'], measures: { i1: [1, 2] } }, units[1]!];
    const round = new PlayedRound(roundTerms([])).until(at('2024-03-01', '10:00'));
    round.asks('issueBatch', 'wang', { ...batch, units: parts });
    if (state === 'answered') round.happens(report('supervision-batch-1-1'), 'chen');
    const left = { unit: '一科', issueIds: ['i1'], measures: { i1: [2] } };
    const forgotten = { unit: '二科', issueIds: ['i3', 'i4'] };
    expect(round.asks('correctBatch', 'wang', { number: 1, units: [left, forgotten], reason })).toEqual([]);
    expect(owed(round).map(([id]) => id)).toEqual([
      ...(state === 'open' ? ['supervision-batch-1-1'] : []),
      'supervision-batch-1-3',
    ]);
  });

  test('is not asked again of a unit that has answered, but for what was forgotten', () => {
    const round = issued().happens(report('supervision-batch-1-1'), 'chen');
    round.asks('correctBatch', 'wang', { number: 1, task: '逐项对照整改，附台账', reason });
    expect(owed(round)).toEqual([['supervision-batch-1-3', '2024-03-29', 'i3']]);
    const more = [{ unit: '一科', issueIds: ['i1', 'i2', 'i4'] }, units[1]!];
    expect(round.asks('correctBatch', 'wang', { number: 1, units: more, reason })).toEqual([]);
    expect(owed(round)).toEqual([
      ['supervision-batch-1-3', '2024-03-29', 'i3'],
      ['supervision-batch-1-4', '2024-03-29', 'i4'],
    ]);
  });

  test('may be corrected once more, back to what it was', () => {
    const round = issued();
    round.asks('correctBatch', 'wang', { number: 1, units: [units[0]!], reason });
    expect(round.asks('correctBatch', 'wang', { number: 1, units, reason: '原来没错' })).toEqual([]);
    expect(owed(round).map(([id]) => id)).toEqual(['supervision-batch-1-1', 'supervision-batch-1-3']);
  });

  test.each([
    { asked: { number: 2, dueOn: '2024-04-12', reason }, codes: ['NoSuchBatch'] },
    { asked: { number: 1, dueOn: '2024-04-12', reason: ' ' }, codes: ['ReasonMissing'] },
    { asked: { number: 1, dueOn: '2024-03-29', reason }, codes: ['NothingCorrected'] },
    { asked: { number: 1, units, reason }, codes: ['NothingCorrected'] },
    { asked: { number: 1, dueOn: '2024-02-01', reason }, codes: ['DueDayPassed'] },
    { asked: { number: 1, task: ' ', units: [], reason }, codes: ['TaskMissing', 'IssuesMissing'] },
  ])('is refused with $codes', ({ asked, codes }) => {
    expect(issued().asks('correctBatch', 'wang', asked)).toEqual(codes);
  });

  test('asks for a day to come where its own has passed, unless nobody is asked anew', () => {
    const round = issued().until(at('2024-04-10', '10:00'));
    expect(round.asks('correctBatch', 'wang', { number: 1, task: '另附台账', reason })).toEqual(['DueDayPassed']);
    expect(round.asks('correctBatch', 'wang', { number: 1, units: [units[0]!], reason })).toEqual([]);
    expect(owed(round)).toEqual([['supervision-batch-1-1', '2024-03-29', 'i1、i2']]);
  });
});

describe('a comment of the public that was registered wrongly', () => {
  const commented = () => {
    const round = new PlayedRound(roundTerms([])).until(at('2024-03-01', '10:00'));
    round.asks('receiveComment', 'wang', { commentId: 'c1', issueId: 'i1' });
    return round;
  };

  test('is owed its answer about the right issue by the same day', () => {
    const round = commented();
    const [before] = round.progress.obligations;
    expect(round.asks('correctComment', 'wang', { commentId: 'c1', issueId: 'i2', reason })).toEqual([]);
    expect(round.progress.obligations).toMatchObject([
      { id: 'public-comment-2', dueOn: before?.dueOn, title: '答复第1件群众意见（更正）', scope: { issueIds: ['i2'] } },
    ]);
    expect(round.asks('correctComment', 'wang', { commentId: 'c1', issueId: null, reason })).toEqual([]);
    expect(round.progress.obligations).toMatchObject([
      { title: '答复第1件群众意见（更正）', scope: { commentId: 'c1' } },
    ]);
    expect(round.asks('answerComment', 'wang', { commentId: 'c1', answer: '已办' })).toEqual([]);
    expect(round.open).toEqual([]);
  });

  test('is owed as before where only its words were wrong', () => {
    const round = commented();
    const before = round.progress.obligations;
    expect(round.asks('correctComment', 'wang', { commentId: 'c1', wordingId: 'c1a', reason })).toEqual([]);
    expect(round.progress.obligations).toEqual(before);
  });

  test.each([
    { asked: { commentId: 'c2', wordingId: 'w', reason }, codes: ['NoSuchComment'] },
    { asked: { commentId: 'c1', issueId: 'i1', reason }, codes: ['NothingCorrected'] },
    { asked: { commentId: 'c1', wordingId: 'w', reason: '' }, codes: ['ReasonMissing'] },
  ])('is refused with $codes', ({ asked, codes }) => {
    expect(commented().asks('correctComment', 'wang', asked)).toEqual(codes);
  });
});
