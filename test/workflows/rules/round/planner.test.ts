import { describe, expect, test } from 'vitest';
import { at } from '../../../../workflows/rules/instants.ts';
import { lateDutiesDueOn } from '../../../../workflows/rules/round/duties.ts';
import { roundPlanned } from '../../../../workflows/rules/round/planner.ts';
import { newRound } from '../../../../workflows/rules/round/progress.ts';
import { PlayedRound } from '../../../support/played-round.ts';
import { dutiesOfRound, roundPolicy, roundTerms } from '../../../support/round-terms.ts';

const { weeklyCheck, monthlyDispatch, plan, evaluation } = dutiesOfRound;
const report = (obligationId: string) => ({ type: 'dutyReported', obligationId, noteId: 'n' }) as const;

describe('a recurring duty of the round', () => {
  test('opens half-way to its day, and one that nobody answers is chased until the next takes its place', () => {
    const round = new PlayedRound(roundTerms([weeklyCheck])).until(at('2024-01-18', '12:00'));
    expect(round.duties).toEqual([
      '2024-01-09 obligationOpened weekly-check-1-1', // moments are UTC: the 10th, 00:00 in Beijing
      '2024-01-12 obligationOverdue weekly-check-1-1',
      '2024-01-16 obligationLapsed weekly-check-1-1',
      '2024-01-16 obligationOpened weekly-check-1-2',
    ]);
    expect(round.progress.obligations[0]).toMatchObject({ title: '第2次周检查', dueOn: '2024-01-19', role: 'office' });
    expect(round.plan.lines.map(({ key }) => key)).toEqual([
      'round-1/1/weekly-check-1-2/on-day/office/2024-01-19',
      'round-1/1/weekly-check-1-2/after-1/office/2024-01-22',
      'round-1/1/weekly-check-1-2/after-1/groupHead/2024-01-22',
    ]);
  });

  test('is met by a report, which takes its lines away and leaves the next one where it was', () => {
    const round = new PlayedRound(roundTerms([weeklyCheck])).until(at('2024-01-11', '12:00'));
    round.happens(report('weekly-check-1-1'), 'office');
    expect(round.open).toEqual([]);
    expect(round.plan.lines).toEqual([]);
    expect(round.until(at('2024-01-18', '12:00')).open).toEqual(['weekly-check-1-2']);
  });

  test('that is reported twice, or after it lapsed, changes nothing the second time', () => {
    const round = new PlayedRound(roundTerms([weeklyCheck])).until(at('2024-01-18', '12:00'));
    round.happens(report('weekly-check-1-1'), 'office');
    expect(round.open).toEqual(['weekly-check-1-2']);
  });

  test('ends with the concentrated period where it says so, and otherwise with the last closure', () => {
    const round = new PlayedRound(roundTerms([weeklyCheck, monthlyDispatch])).until(at('2024-08-05', '12:00'));
    expect(round.progress.stage).toBe('afterwards');
    expect(round.open).toEqual(['monthly-dispatch-1-7']);
    expect(
      round.events.findLast((event) => 'obligationId' in event && /^weekly/.test(event.obligationId)),
    ).toMatchObject({
      type: 'obligationLapsed',
    });
    round.standing = { unsettled: 0 };
    expect(round.until(at('2024-12-01', '12:00')).progress.stage).toBe('ended');
  });

  test('gives its number to a second one of its kind', () => {
    const second = { ...weeklyCheck, id: 'midweek', cadence: { every: 'week', weekday: 3 } } as const;
    const round = new PlayedRound(roundTerms([weeklyCheck, second])).until(at('2024-01-11', '12:00'));
    expect(round.open.toSorted()).toEqual(['weekly-check-1-1', 'weekly-check-2-1']);
    expect(new Set(Object.values(round.progress.duties).map(({ number }) => number))).toEqual(new Set([1, 2]));
  });
});

describe('the rectification plan', () => {
  const submitted = () =>
    new PlayedRound(roundTerms([plan]))
      .until(at('2024-02-01', '10:00'))
      .happens(report('rectification-plan-1-1'), 'chen');

  test('is due a month after the feedback and opens ahead of its day', () => {
    const round = new PlayedRound(roundTerms([plan])).until(at('2024-01-26', '09:00'));
    expect(round.progress.obligations).toMatchObject([{ id: 'rectification-plan-1-1', dueOn: '2024-02-02' }]);
  });

  test('that is submitted is for the head of the group to approve, not for who submitted it', () => {
    const round = submitted();
    expect(round.open).toEqual(['plan-approval-1']);
    expect(round.progress.obligations[0]).toMatchObject({ role: 'groupHead' });
    expect(round.asks('decidePlan', 'chen', { decision: 'approved', reason: '' })).toEqual(['SamePerson']);
    expect(round.asks('decidePlan', 'li', { decision: 'approved', reason: '' })).toEqual([]);
    expect(round.open).toEqual([]);
    expect(round.asks('decidePlan', 'li', { decision: 'approved', reason: '' })).toEqual(['NoPlan']);
  });

  test('that is returned is owed again, under a new number', () => {
    const round = submitted();
    expect(round.asks('decidePlan', 'li', { decision: 'returned', reason: ' ' })).toEqual(['ReasonMissing']);
    expect(round.asks('decidePlan', 'li', { decision: 'returned', reason: '责任不清' })).toEqual([]);
    expect(round.open).toEqual(['rectification-plan-1-2']);
    round.happens(report('rectification-plan-1-2'), 'chen');
    expect(round.open).toEqual(['plan-approval-2']);
  });

  test.each([
    {
      why: 'whose day had passed at the launch is owed ten workdays after it',
      launchedOn: '2024-03-04',
      on: '2024-03-18',
    },
    { why: 'whose day is the day of the launch keeps it', launchedOn: '2024-02-02', on: '2024-02-02' },
    { why: 'whose day is still to come keeps it', launchedOn: '2024-01-29', on: '2024-02-02' },
  ])('$why', ({ launchedOn, on }) => {
    const launchedAt = at(launchedOn, '08:00');
    const terms = roundTerms([plan], { launchedAt });
    const late = { ...terms, lateDutiesDueOn: lateDutiesDueOn(terms.calendar!, launchedAt) };
    const round = new PlayedRound(late).until(at(on, '08:00'));
    expect(round.progress.obligations).toMatchObject([{ id: 'rectification-plan-1-1', dueOn: on }]);
    expect(round.happens(report('rectification-plan-1-1'), 'chen').open).toEqual(['plan-approval-1']);
  });

  test('whose day had passed is not asked for by a round of an earlier form', () => {
    const late = { launchedAt: at('2024-02-05', '08:00') };
    expect(new PlayedRound(roundTerms([plan], late)).until(at('2024-03-01', '08:00')).open).toEqual([]);
  });
});

describe('an evaluation', () => {
  const scores = { organisation: 15, responsibility: 10, completion: 30, satisfaction: null, total: 61 };
  const bad = { scores, grade: 'ordinary', secondRectification: 'needed', note: '' } as const;

  test('is owed within a month of the concentrated period; a bad one asks for a plan again (二次整改)', () => {
    const round = new PlayedRound(roundTerms([evaluation])).until(at('2024-07-24', '09:00'));
    expect(round.progress.obligations).toMatchObject([{ id: 'evaluation-1-1', dueOn: '2024-07-30' }]);
    expect(round.asks('recordEvaluation', 'wang', { ...bad, scores: { ...scores, completion: 61 } })).toEqual([
      'ScoreUnfit',
    ]);
    expect(round.asks('recordEvaluation', 'wang', bad)).toEqual([]);
    expect(round.progress.obligations).toMatchObject([{ title: '二次整改方案', dueOn: '2024-08-23' }]);
  });

  test('of one body stands on record, and the round owes its own all the same', () => {
    const round = new PlayedRound(roundTerms([evaluation])).until(at('2024-07-24', '09:00'));
    expect(round.asks('recordEvaluation', 'wang', { ...bad, bodyId: 'village' })).toEqual([]);
    expect(round.progress.obligations).toMatchObject([{ id: 'evaluation-1-1' }]);
    expect(round.progress.evaluations).toMatchObject([{ total: 61, grade: 'ordinary', bodyId: 'village' }]);
    expect(round.progress.plan).toBeUndefined();
    expect(round.progress).not.toHaveProperty('bodyPlans');
    round.asks('recordEvaluation', 'wang', { ...bad, secondRectification: 'notNeeded' });
    expect(round.progress.obligations).toEqual([]);
    expect(round.progress.evaluations[1]).not.toHaveProperty('bodyId');
  });

  test('that is still to come keeps the round open, though all issues are settled', () => {
    const round = new PlayedRound(roundTerms([evaluation]));
    round.standing = { unsettled: 0 };
    round.until(at('2024-07-20', '09:00'));
    expect(round.progress.stage).toBe('afterwards');
    round
      .until(at('2024-07-24', '09:00'))
      .asks('recordEvaluation', 'wang', { ...bad, secondRectification: 'notNeeded' });
    expect(round.progress.stage).toBe('ended');
    expect(round.asks('recordEvaluation', 'wang', bad)).toEqual(['Ended']);
  });
});

describe('a supervision batch', () => {
  const units = [
    { unit: '一科', issueIds: ['i1', 'i2'] },
    { unit: '二科', issueIds: ['i3'] },
  ];
  const batch = { title: '制度执行', task: '逐项对照整改', dueOn: '2024-03-29', units };

  test('is owed by each unit, about its own issues, and met unit by unit', () => {
    const round = new PlayedRound(roundTerms([])).until(at('2024-03-01', '10:00'));
    expect(round.asks('issueBatch', 'wang', batch)).toEqual([]);
    expect(round.progress.obligations).toMatchObject([
      { id: 'supervision-batch-1-1', role: 'handler', scope: units[0], title: '第1批督办“制度执行”（一科）' },
      { id: 'supervision-batch-1-2', role: 'handler', scope: units[1] },
    ]);
    round.happens(report('supervision-batch-1-2'), 'chen');
    expect(round.open).toEqual(['supervision-batch-1-1']);
    expect(round.asks('issueBatch', 'wang', { ...batch, title: '第二批' })).toEqual([]);
    expect(round.open).toEqual(['supervision-batch-1-1', 'supervision-batch-2-1', 'supervision-batch-2-2']);
  });

  test('is refused with all that is missing', () => {
    const round = new PlayedRound(roundTerms([])).until(at('2024-03-01', '10:00'));
    expect(round.asks('issueBatch', 'wang', { title: '', task: '', dueOn: '2024-02-01', units: [] })).toEqual([
      'TitleMissing',
      'TaskMissing',
      'IssuesMissing',
      'DueDayPassed',
    ]);
  });
});

describe('a comment of the public', () => {
  test('is owed its answer within the policy’s workdays, and the answer is given once', () => {
    const policy = roundPolicy([], { publication: { windowWorkdays: 15, answerWithinWorkdays: 5 } });
    const round = new PlayedRound(roundTerms([], { policy })).until(at('2024-03-01', '10:00'));
    round.asks('receiveComment', 'wang', { commentId: 'c1' });
    round.asks('receiveComment', 'wang', { commentId: 'c2', issueId: 'i2' });
    expect(round.progress.obligations).toMatchObject([
      { id: 'public-comment-1', dueOn: '2024-03-08', scope: { commentId: 'c1' } },
      { id: 'public-comment-2', scope: { commentId: 'c2', issueIds: ['i2'] } },
    ]);
    expect(round.asks('answerComment', 'wang', { commentId: 'c1', answer: '' })).toEqual(['AnswerMissing']);
    expect(round.asks('answerComment', 'wang', { commentId: 'c1', answer: '已办结' })).toEqual([]);
    expect(round.asks('answerComment', 'wang', { commentId: 'c1', answer: '已办结' })).toEqual(['NoSuchComment']);
    expect(round.open).toEqual(['public-comment-2']);
  });
});

describe('the draw of look-backs', () => {
  const lookBack = { share: 0.2, drawWithinWorkdays: 10, againAfterMonths: 3 };
  const policy = roundPolicy([], { lookBack });

  test('is owed before the first look-back that nobody has drawn, and again for what closes later', () => {
    const round = new PlayedRound(roundTerms([], { policy }));
    round.standing = { unsettled: 3, drawDueOn: '2024-05-17' };
    round.until(at('2024-05-11', '09:00')); // a Saturday that is worked
    expect(round.progress.obligations).toMatchObject([{ id: 'look-back-draw-1', dueOn: '2024-05-17', role: 'office' }]);
    round.standing = { unsettled: 3, drawDueOn: null };
    expect(round.asks('recordDraw', 'wang', { drawId: 'd1', drawn: 1, left: 2 })).toEqual([]);
    expect(round.asks('recordDraw', 'wang', { drawId: 'd1', drawn: 1, left: 2 })).toEqual(['DrawKnown']);
    expect(round.open).toEqual([]);
    round.standing = { unsettled: 1, drawDueOn: '2024-09-02' };
    expect(round.until(at('2024-08-28', '09:00')).open).toEqual(['look-back-draw-2']);
  });

  test('is not owed where all are looked at', () => {
    const round = new PlayedRound(roundTerms([]));
    round.standing = { unsettled: 3, drawDueOn: '2024-05-17' };
    expect(round.until(at('2024-07-17', '09:00')).open).toEqual([]);
  });
});

describe('the phases of a policy', () => {
  test('begin and end on their days, overlapping as they may', () => {
    const phases = [
      { id: 'one', title: '立行立改', from: '2024-01-01', to: '2024-02-29' },
      { id: 'two', title: '标本兼治', from: '2024-02-01', to: '2024-06-30' },
    ];
    const round = new PlayedRound(roundTerms([], { policy: roundPolicy([], { phases }) })).until(
      at('2024-03-01', '00:00'),
    );
    expect(round.events.map(({ type }) => type)).toEqual(['launched', 'phaseStarted', 'phaseStarted', 'phaseEnded']);
    expect(round.progress.phases).toEqual({ one: 'over', two: 'running' });
  });
});

describe('an adopted policy', () => {
  test('brings its duties from the day on and takes those away that it does not know', () => {
    const round = new PlayedRound(roundTerms([weeklyCheck])).until(at('2024-01-11', '12:00'));
    const newer = { ...roundPolicy([monthlyDispatch]), version: 2 };
    expect(round.asks('adoptRoundPolicy', 'wang', { policy: newer })).toEqual([]);
    expect(round.open).toEqual([]);
    expect(round.until(at('2024-01-30', '12:00')).open).toEqual(['monthly-dispatch-1-1']);
    expect(round.asks('adoptRoundPolicy', 'wang', { policy: newer })).toEqual(['PolicyNotNewer']);
  });
});

describe('a round of an earlier form', () => {
  const { policy: _policy, calendar: _calendar, ...terms } = roundTerms([]);

  test('owes nothing, notes its period, and ends when nothing is unsettled', () => {
    const round = new PlayedRound(terms).until(at('2024-07-01', '00:00'));
    expect(round.events.map(({ type }) => type)).toEqual(['launched', 'concentratedPeriodEnded']);
    expect(round.plan.lookAgainAt).toBe(at('2024-08-01', '00:00'));
    round.standing = { unsettled: 0 };
    expect(round.until(at('2024-08-01', '00:00')).progress.stage).toBe('ended');
    expect(
      roundPlanned(terms, { ...newRound, stage: 'concentrated' }, at('2024-02-01', '08:00'), { unsettled: 1 }),
    ).toMatchObject({
      facts: [],
      lines: [],
      lookAgainAt: at('2024-07-01', '00:00'),
    });
  });

  test('is asked to adopt a policy before a batch is issued', () => {
    const round = new PlayedRound(terms);
    const units = [{ unit: '', issueIds: ['i1'] }];
    expect(round.asks('issueBatch', 'wang', { title: '一', task: '二', units })).toEqual(['NoPolicy']);
  });
});
