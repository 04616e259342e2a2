import { addWorkdays, type Calendar } from '../calendar.ts';
import type { EvaluationGrade } from '../evaluation.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../instants.ts';
import type { Policy } from '../policy.ts';
import type { RoundTerms } from '../terms.ts';
import { bodiesOf, isEvaluatedByBody } from './bodies.ts';
import { correctBatch } from './correct-batch.ts';
import { correctComment } from './correct-comment.ts';
import { decidePlan } from './decide-plan.ts';
import type { BatchUnit, EvaluationScores } from './events.ts';
import { notEnded, type RoundRequestRule, underWay } from './request-rule.ts';

/** What holds where the policy says nothing. */
const batchWithinWorkdays = 10;
const answerWithinWorkdays = 10;

/** 下达督办批次 */
const issueBatch: RoundRequestRule<{
  readonly title: string;
  readonly task: string;
  /** Inclusive; by the policy where nobody names a day. */
  readonly dueOn?: IsoDate;
  readonly units: readonly BatchUnit[];
}> = {
  refusals: (standing, { title, task, dueOn, units }) => [
    ...underWay(standing, '下达督办批次'),
    ...(title.trim() === '' ? [{ code: 'TitleMissing', message: '督办批次须有标题' }] : []),
    ...(task.trim() === '' ? [{ code: 'TaskMissing', message: '督办批次须写明任务' }] : []),
    ...(units.length === 0 || units.some(({ issueIds }) => issueIds.length === 0)
      ? [{ code: 'IssuesMissing', message: '督办批次须列明涉及的问题' }]
      : []),
    ...(dueOn !== undefined && dueOn < dayOf(standing.now)
      ? [{ code: 'DueDayPassed', message: `办结期限${dueOn}已经过去，请核对` }]
      : []),
  ],
  fact: ({ terms, progress, now }, { title, task, dueOn, units }) => ({
    type: 'batchIssued',
    number: progress.batches.length + 1,
    title,
    task,
    dueOn: dueOn ?? dueAfter(terms, now, terms.policy?.supervisionBatch?.withinWorkdays ?? batchWithinWorkdays),
    units,
  }),
};

/** 登记群众意见 */
const receiveComment: RoundRequestRule<{
  readonly commentId: string;
  readonly dueOn?: IsoDate;
  readonly issueId?: string;
}> = {
  refusals: (standing, { commentId, dueOn }) => [
    ...underWay(standing, '登记群众意见'),
    ...(standing.progress.comments.some(({ id }) => id === commentId)
      ? [{ code: 'CommentKnown', message: '这件群众意见已经登记' }]
      : []),
    ...(dueOn !== undefined && dueOn < dayOf(standing.now)
      ? [{ code: 'DueDayPassed', message: `答复期限${dueOn}已经过去，请核对` }]
      : []),
  ],
  fact: ({ terms, now }, { commentId, dueOn, issueId }) => ({
    type: 'commentReceived',
    commentId,
    dueOn: dueOn ?? dueAfter(terms, now, terms.policy?.publication?.answerWithinWorkdays ?? answerWithinWorkdays),
    ...(issueId !== undefined && { issueId }),
  }),
};

/** 答复群众意见 */
const answerComment: RoundRequestRule<{ readonly commentId: string; readonly answer: string }> = {
  refusals: ({ progress }, { commentId, answer }) => [
    ...(progress.comments.some(({ id }) => id === commentId)
      ? []
      : [{ code: 'NoSuchComment', message: '没有这件待答复的群众意见' }]),
    ...(answer.trim() === '' ? [{ code: 'AnswerMissing', message: '须写明答复内容' }] : []),
  ],
  fact: (_standing, { commentId, answer }) => ({ type: 'commentAnswered', commentId, answer }),
};

/** 登记回头看抽取: the draw itself stands in the ledger. */
const recordDraw: RoundRequestRule<{ readonly drawId: string; readonly drawn: number; readonly left: number }> = {
  refusals: (standing, { drawId }) => [
    ...underWay(standing, '抽取回头看'),
    ...(standing.progress.draws.includes(drawId) ? [{ code: 'DrawKnown', message: '这次抽取已经登记' }] : []),
  ],
  fact: (_standing, { drawId, drawn, left }) => ({ type: 'lookBacksDrawn', drawId, drawn, left }),
};

const outOf: Readonly<Record<keyof EvaluationScores, number>> = {
  organisation: 15,
  responsibility: 15,
  completion: 60,
  satisfaction: 10,
  total: 100,
};

/** 登记评估结果; of one body where it names one. */
const recordEvaluation: RoundRequestRule<{
  readonly bodyId?: string;
  readonly scores: EvaluationScores;
  readonly grade: EvaluationGrade;
  readonly secondRectification: 'needed' | 'notNeeded';
  readonly note: string;
}> = {
  refusals: (standing, { scores, bodyId }) => [
    ...underWay(standing, '登记评估'),
    ...(bodyId === undefined && isEvaluatedByBody(standing.terms)
      ? [{ code: 'BodyNeeded', message: `本轮按单位分别评估，请写明评哪个单位：${namesOf(standing.terms)}` }]
      : []),
    ...((Object.keys(outOf) as (keyof EvaluationScores)[]).some((part) => !fits(scores[part], outOf[part]))
      ? [{ code: 'ScoreUnfit', message: '评分应在0分与该项满分之间（15、15、60、10，总分100）' }]
      : []),
  ],
  fact: ({ terms }, { bodyId, scores, grade, secondRectification, note }) => ({
    type: 'evaluated',
    ...(bodyId !== undefined && { bodyId }),
    ...(bodiesOf(terms).some(({ id }) => id === bodyId) && { meets: 'bodyDuty' }),
    scores,
    grade,
    secondRectification,
    note,
  }),
};

/** 本轮采用新政策: from now on; what it newly asks for is counted from today. */
const adoptRoundPolicy: RoundRequestRule<{ readonly policy: Policy }> = {
  refusals: (standing, { policy }) => [
    ...notEnded(standing, '采用新政策'),
    ...(policy.version <= (standing.terms.policy?.version ?? 0)
      ? [{ code: 'PolicyNotNewer', message: `本轮已采用第${String(standing.terms.policy?.version)}版政策` }]
      : []),
  ],
  fact: (_standing, { policy }) => ({ type: 'policyAdopted', version: policy.version }),
  terms: (terms, { policy }) => ({ ...terms, policy }),
};

/** 本轮采用新日历: days that were given stay; the reminders around them move. */
const adoptRoundCalendar: RoundRequestRule<{ readonly calendar: Calendar }> = {
  refusals: (standing, { calendar }) => [
    ...notEnded(standing, '采用新日历'),
    ...(calendar.version <= (standing.terms.calendar?.version ?? 0)
      ? [{ code: 'CalendarNotNewer', message: `本轮已采用第${String(standing.terms.calendar?.version)}版日历` }]
      : []),
  ],
  fact: (_standing, { calendar }) => ({ type: 'calendarAdopted', version: calendar.version }),
  terms: (terms, { calendar }) => ({ ...terms, calendar }),
};

/** All that a person can ask of a round and may be refused. The name is the update's. */
export const roundRequestRules = {
  decidePlan,
  issueBatch,
  correctBatch,
  receiveComment,
  correctComment,
  answerComment,
  recordDraw,
  recordEvaluation,
  adoptRoundPolicy,
  adoptRoundCalendar,
} as const;

export type RoundRequestName = keyof typeof roundRequestRules;

/** What the request says, without who says it. */
export type RoundRequest<Name extends RoundRequestName> =
  (typeof roundRequestRules)[Name] extends RoundRequestRule<infer Request> ? Request : never;

function namesOf(terms: RoundTerms): string {
  return bodiesOf(terms)
    .map(({ name }) => name)
    .join('、');
}

function dueAfter({ calendar }: RoundTerms, now: IsoInstant, workdays: number): IsoDate {
  return calendar === undefined ? dayOf(now) : addWorkdays(calendar, dayOf(now), workdays);
}

function fits(points: number | null, most: number): boolean {
  return points === null || (points >= 0 && points <= most);
}
