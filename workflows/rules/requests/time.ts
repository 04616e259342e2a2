import { workdaysBetween } from '../calendar.ts';
import type { MovedMeasure, MovedObligation, SuspensionKind } from '../events.ts';
import { addDays, addMonths, dayOf, daysBetween, type IsoDate } from '../instants.ts';
import { addWorkdays } from '../calendar.ts';
import { extensionDecider, extensionOf } from '../policy-parts.ts';
import { isClosed, type IssueProgress } from '../progress.ts';
import { followed, notSuspended, onlyIn, rectifying, type Refusal, type RequestRule, withReason } from '../refusal.ts';

/** A deadline that is entered anew, after a rebound or as a correction, lies within so many years. */
export const deadlineWithinYears = 3;

export interface ExtensionRequest {
  readonly until: IsoDate;
  /** Empty: all of the issue. */
  readonly measures: readonly number[];
  readonly reason: string;
  /** What has been done so far. */
  readonly progress: string;
}

/** 申请延期: before expiry, with reason, progress and a new day, within the cap. */
export const requestExtension: RequestRule<ExtensionRequest> = {
  refusals: ({ terms, progress, now }, request) => {
    const today = dayOf(now);
    const { granted = 0, days = 0 } = progress.extensions ?? {};
    const { atMostDays } = extensionOf(terms.policy);
    const expiry = expiryOf(progress, request.measures, today);
    const refusals: Refusal[] = [
      ...onlyIn(rectifying, progress, '申请延期'),
      ...notSuspended(progress, '申请延期'),
      ...withReason(request.reason, '申请延期'),
      ...(request.progress.trim() === '' ? [{ code: 'ProgressMissing', message: '申请延期须写明目前进展' }] : []),
    ];
    if (progress.extension !== undefined)
      refusals.push({ code: 'ExtensionPending', message: '已有一项延期申请待决定' });
    if (today > expiry) refusals.push({ code: 'ExtensionTooLate', message: `时限${expiry}已过，延期须在到期前申请` });
    if (request.until <= expiry) refusals.push({ code: 'ExtensionUnfit', message: `新时限应晚于原时限${expiry}` });
    if (extensionDecider(terms.policy, granted) === undefined) {
      refusals.push({ code: 'ExtensionsUsedUp', message: `已延期${String(granted)}次，不能再延` });
    }
    if (request.until > expiry && days + daysBetween(expiry, request.until) > atMostDays) {
      const left = Math.max(0, atMostDays - days);
      refusals.push({
        code: 'ExtensionTooLong',
        message: `累计延期不得超过${String(atMostDays)}天，本次最多还可延${String(left)}天`,
      });
    }
    const unknown = request.measures.filter(
      (number) => !progress.measures.some((measure) => measure.number === number),
    );
    if (unknown.length > 0) refusals.push({ code: 'UnknownMeasure', message: `没有措施${unknown.join('、')}` });
    return refusals;
  },
  fact: (_standing, { until, measures, reason, progress }) => ({
    type: 'extensionRequested',
    until,
    measures,
    reason,
    progress,
  }),
};

/** 决定延期 */
export const decideExtension: RequestRule<{ readonly decision: 'granted' | 'refused'; readonly reason: string }> = {
  refusals: ({ progress }, { by, recordedBy, decision, reason }) => [
    ...(progress.extension === undefined ? [{ code: 'NoSuchExtension', message: '没有待决定的延期申请' }] : []),
    ...(progress.extension !== undefined && [by, recordedBy].includes(progress.extension.requestedBy ?? undefined)
      ? [{ code: 'SamePerson', message: '申请延期的人不能自己决定，请由另一人决定' }]
      : []),
    ...(decision === 'granted' ? extensionOvertaken(progress) : []),
    ...withReason(reason, '延期决定'),
  ],
  fact: ({ progress }, { decision, reason }) => {
    const { extension } = progress;
    if (decision === 'refused' || extension === undefined) return { type: 'extensionRefused', reason };
    const askedOn = dayOf(extension.requestedAt);
    const expiry = expiryOf(progress, extension.measures, askedOn);
    const measures = extended(progress, extension.measures, askedOn)
      .filter(({ deadline }) => deadline < extension.until)
      .map(({ number }) => ({ measure: number, deadline: extension.until }));
    const deadline = progress.deadline > extension.until ? progress.deadline : extension.until;
    const days = daysBetween(expiry, extension.until);
    return { type: 'extensionGranted', deadline, days, measures, moved: following(progress, measures), reason };
  },
};

/** 中止: the clock stands still until it is resumed. */
export const suspend: RequestRule<{
  readonly kind: SuspensionKind;
  readonly authority: string;
  readonly reason: string;
}> = {
  refusals: ({ progress }, { kind, authority, reason }) => [
    ...onlyIn(followed, progress, '中止'),
    ...notSuspended(progress, '再次中止'),
    ...withReason(reason, '中止'),
    ...((kind === 'otherAuthority' || kind === 'transferred') && authority.trim() === ''
      ? [{ code: 'AuthorityMissing', message: '移交、待其他机关研定的，须写明机关名称' }]
      : []),
  ],
  fact: (_standing, { kind, authority, reason }) => ({ type: 'suspended', kind, authority, reason }),
};

/** 恢复: every day that was still to come moves by the workdays that the clock stood still. */
export const resume: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { reason }) => [
    ...(progress.suspension === undefined ? [{ code: 'NotSuspended', message: '该问题没有中止' }] : []),
    ...withReason(reason, '恢复'),
  ],
  fact: ({ terms, progress, now }, { reason }) => {
    const { calendar } = terms;
    const since = dayOf(progress.suspension?.at ?? now);
    const workdays = Math.max(0, workdaysBetween(calendar, addDays(since, -1), addDays(dayOf(now), -1)));
    const later = (day: IsoDate) => (day < since || workdays === 0 ? day : addWorkdays(calendar, day, workdays));
    // A closed cycle's days never change; what is left over of it has days of its own.
    const closed = isClosed(progress);
    const measures = closed ? (progress.remainder ?? []) : progress.measures;
    return {
      type: 'resumed',
      workdays,
      deadline: closed ? progress.deadline : later(progress.deadline),
      measures: measures.map(({ number, deadline }) => ({ measure: number, deadline: later(deadline) })),
      moved: progress.obligations
        .filter(({ kind, dueOn }) => kind !== 'suspensionReview' && later(dueOn) !== dueOn)
        .map(({ id, dueOn }) => ({ obligationId: id, dueOn: later(dueOn) })),
      ...(progress.commitment !== undefined && { promisedUntil: later(progress.commitment.until) }),
      reason,
    };
  },
};

/** 中止期间过问 */
export const reviewSuspension: RequestRule<{ readonly finding: string }> = {
  refusals: ({ progress }, { finding }) => [
    ...(progress.suspension === undefined ? [{ code: 'NotSuspended', message: '该问题没有中止' }] : []),
    ...withReason(finding, '过问情况'),
  ],
  fact: (_standing, { finding }) => ({ type: 'suspensionReviewed', finding }),
};

/** 更正时限: a day that was entered wrongly. */
export const correctDeadline: RequestRule<{ readonly measures: readonly MovedMeasure[]; readonly reason: string }> = {
  refusals: ({ progress, now }, { measures, reason }) => [
    ...onlyIn(rectifying, progress, '更正时限'),
    ...withReason(reason, '更正'),
    ...(measures.length === 0 ? [{ code: 'MeasureMissing', message: '请写明更正哪项措施的时限' }] : []),
    ...measures
      .filter(({ measure }) => !progress.measures.some(({ number }) => number === measure))
      .map(({ measure }) => ({ code: 'UnknownMeasure', message: `没有措施${String(measure)}` })),
    ...measures
      .filter(({ deadline }) => deadline < dayOf(now))
      .map(({ measure }) => ({ code: 'DeadlineUnfit', message: `措施${String(measure)}的新时限已经过去，请核对年份` })),
    ...measures
      .filter(({ deadline }) => deadline > addMonths(dayOf(now), 12 * deadlineWithinYears))
      .map(({ measure }) => ({
        code: 'DeadlineUnfit',
        message: `措施${String(measure)}的新时限在三年以后，请核对年份；需要更多时间的，请申请延期`,
      })),
  ],
  fact: ({ progress }, { measures, reason }) => {
    const days = new Map(measures.map(({ measure, deadline }) => [measure, deadline]));
    const all = progress.measures.map(({ number, deadline }) => days.get(number) ?? deadline);
    const deadline = all.reduce((one, other) => (one > other ? one : other));
    return { type: 'deadlineCorrected', deadline, measures, moved: following(progress, measures), reason };
  },
};

/** The day that an extension must be asked for before: the first of those it is asked for. */
function expiryOf(progress: IssueProgress, measures: readonly number[], askedOn: IsoDate): IsoDate {
  const days = extended(progress, measures, askedOn).map(({ deadline }) => deadline);
  return days.length === 0 ? progress.deadline : days.reduce((one, other) => (one < other ? one : other));
}

/** Asked for the issue as a whole, an extension is for what had not expired when it was asked for. */
function extended(progress: IssueProgress, measures: readonly number[], askedOn: IsoDate): IssueProgress['measures'] {
  return progress.measures.filter(({ number, deadline }) =>
    measures.length === 0 ? deadline >= askedOn : measures.includes(number),
  );
}

/** The deadline may have been corrected since the extension was asked for. */
function extensionOvertaken(progress: IssueProgress): Refusal[] {
  if (progress.extension === undefined) return [];
  const expiry = expiryOf(progress, progress.extension.measures, dayOf(progress.extension.requestedAt));
  if (progress.extension.until > expiry) return [];
  return [{ code: 'ExtensionUnfit', message: `时限已更正为${expiry}，不早于所申请的日期，不必再延` }];
}

/** Evidence that is owed moves with its measure. */
function following(progress: IssueProgress, measures: readonly MovedMeasure[]): MovedObligation[] {
  const days = new Map(measures.map(({ measure, deadline }) => [measure, deadline]));
  return progress.obligations.flatMap(({ id, kind, measure }) => {
    const dueOn = kind === 'evidence' && measure !== undefined ? days.get(measure) : undefined;
    return dueOn === undefined ? [] : [{ obligationId: id, dueOn }];
  });
}
