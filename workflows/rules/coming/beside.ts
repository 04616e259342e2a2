import { addWorkdays, nextWorkday } from '../calendar.ts';
import {
  addDays,
  addMonths,
  dayOf,
  firstOfMonth,
  type IsoDate,
  type IsoInstant,
  latest,
  startOfDay,
} from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import { opening } from '../obligation-ids.ts';
import type { ObligationKind, Role } from '../policy.ts';
import {
  disputeOf,
  extensionDecider,
  extensionOf,
  statusAnswerOf,
  subLedgerOf,
  suspensionOf,
} from '../policy-parts.ts';
import { type IssueProgress, itemsIn } from '../progress.ts';
import type { IssueTerms } from '../terms.ts';
import type { ComingFact } from './coming-fact.ts';

/** What goes on beside the line from assignment to look-back, in whatever phase. */
export function beside(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  return [
    ...taking(terms, progress),
    ...answering(terms, progress),
    ...promise(progress),
    ...extension(terms, progress),
    ...dispute(terms, progress),
    ...items(terms, progress),
  ];
}

/** 中止: the clock stands still, and somebody asks how things are so that it does not do so for ever. */
export function suspensionReview({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { suspension } = progress;
  if (suspension === undefined || isOwed(progress, 'suspensionReview')) return [];
  const dueOn = nextWorkday(calendar, addMonths(suspension.reviewedOn, suspensionOf(policy).reviewEveryMonths));
  const opensOn = workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  return [{ at: startOfDay(opensOn), fact: opening(progress, 'suspensionReview', 'office', dueOn) }];
}

/** 移交: the new holder takes it on, the issue or the one measure that is his now. */
function taking(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { handedOverAt, toTakeOn = [] } = progress;
  const within = terms.policy.acknowledgeWithinWorkdays;
  const asked = (since: IsoInstant | undefined, measure?: number) =>
    owedSince(terms, progress, since, 'acknowledgement', 'handler', within, measure);
  return [...asked(handedOverAt), ...toTakeOn.flatMap(({ since, measure }) => asked(since, measure))];
}

/** 问询 */
function answering(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { withinWorkdays } = statusAnswerOf(terms.policy);
  return owedSince(terms, progress, progress.askedAt, 'statusAnswer', 'handler', withinWorkdays);
}

function extension(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const decider = extensionDecider(terms.policy, progress.extensions?.granted ?? 0) ?? 'office';
  const { decideWithinWorkdays } = extensionOf(terms.policy);
  return owedSince(
    terms,
    progress,
    progress.extension?.requestedAt,
    'extensionDecision',
    decider,
    decideWithinWorkdays,
  );
}

function dispute(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { decideWithinWorkdays } = disputeOf(terms.policy);
  return owedSince(terms, progress, progress.dispute?.at, 'disputeDecision', 'office', decideWithinWorkdays);
}

/** 承诺: kept as soon as nothing that it covers is owed, broken when its day has passed. */
function promise({ commitment, obligations }: IssueProgress): ComingFact[] {
  if (commitment === undefined) return [];
  const { until, madeAt } = commitment;
  const isLeft = obligations.some(({ id }) => commitment.obligations.includes(id));
  if (!isLeft) return [{ at: madeAt, fact: { type: 'commitmentKept', until } }];
  return [{ at: startOfDay(addDays(until, 1)), fact: { type: 'commitmentBroken', until } }];
}

/** 子台账: a sheet every month while anything is in, and a re-check of what has asked to leave. */
function items(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const stillIn = itemsIn(progress);
  if (stillIn.length === 0) return [];
  const { recheckedBy, recheckWithinWorkdays } = subLedgerOf(terms.policy);
  const askedAt = stillIn.flatMap(({ state, askedAt: at }) =>
    state === 'askedToLeave' && at !== undefined ? [at] : [],
  );
  const first = askedAt.reduce<IsoInstant | undefined>(
    (one, other) => (one !== undefined && one < other ? one : other),
    undefined,
  );
  return [
    ...itemReport(terms, progress),
    ...owedSince(terms, progress, first, 'itemRecheck', recheckedBy, recheckWithinWorkdays),
  ];
}

function itemReport({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { reportEveryMonths } = subLedgerOf(policy);
  const dueAfter = (day: IsoDate) =>
    workdayAround(calendar, endOfMonth(addMonths(firstOfMonth(day), reportEveryMonths)), 0);
  const opensOn = (dueOn: IsoDate) => startOfDay(workdayAround(calendar, dueOn, -policy.openAheadWorkdays));
  const open = progress.obligations.find(({ kind }) => kind === 'itemReport');
  if (open) return [{ at: opensOn(dueAfter(open.dueOn)), fact: { type: 'obligationLapsed', obligationId: open.id } }];
  const { lastItemReportOn } = progress;
  let dueOn = lastItemReportOn === undefined ? firstReportOn(calendar, progress) : dueAfter(lastItemReportOn);
  // A policy that asks more often asks for nothing before it was adopted; nor is anything asked for of days before the
  // items came in, where all that is left of the month is off.
  const from = latest(progress.policyAdoptedOn, dayOf(progress.itemsInSince ?? progress.phaseSince))!;
  while (dueOn < from) dueOn = dueAfter(dueOn);
  return [{ at: opensOn(dueOn), fact: opening(progress, 'itemReport', 'handler', dueOn) }];
}

/** Whoever has taken items in less than ten days before a month's end reports at the end of the next. */
function firstReportOn(calendar: IssueTerms['calendar'], { phaseSince, itemsInSince }: IssueProgress): IsoDate {
  return workdayAround(calendar, endOfMonth(addDays(dayOf(itemsInSince ?? phaseSince), 10)), 0);
}

function owedSince(
  { calendar }: IssueTerms,
  progress: IssueProgress,
  since: IsoInstant | undefined,
  kind: ObligationKind,
  role: Role,
  withinWorkdays: number,
  measure?: number,
): ComingFact[] {
  if (since === undefined || isOwed(progress, kind, measure)) return [];
  const dueOn = addWorkdays(calendar, dayOf(since), withinWorkdays);
  return [{ at: since, fact: opening(progress, kind, role, dueOn, measure) }];
}

function isOwed({ obligations }: IssueProgress, kind: ObligationKind, measure?: number): boolean {
  return obligations.some((obligation) => obligation.kind === kind && obligation.measure === measure);
}

function endOfMonth(day: IsoDate): IsoDate {
  return addDays(addMonths(firstOfMonth(day), 1), -1);
}
