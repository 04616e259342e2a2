import { compared } from '../../workflows/rules/compared.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { addDays, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { countedObligations } from '../../workflows/rules/lights.ts';
import { statusAnswerOf } from '../../workflows/rules/policy-parts.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import type { LeaderRoles } from './leader-roles.ts';
import type { RunningIssue } from './leader-waiting.ts';
import { type LightReading, lightReading } from './light-reading.ts';
import { dutyWords, shortRoleNames } from './words.ts';

/** What is overdue in a red issue, and with whom. */
export interface OverdueDuty {
  /** `交措施1佐证`. */
  readonly what: string;
  readonly roleName: string;
  /** Who holds the role now; empty when nobody does. */
  readonly persons: readonly string[];
  readonly dueOn: IsoDate;
  /** Workdays since; a day off may have passed without one. */
  readonly workdaysLate: number;
}

/** Whether a question (问询) can be put to the handler now. */
export type Asking =
  | { readonly state: 'possible'; readonly withinWorkdays: number }
  /** One waits for its answer; the day is null until the issue has looked again. */
  | { readonly state: 'asked'; readonly on: IsoDate; readonly answerBy: IsoDate | null }
  | { readonly state: 'impossible'; readonly why: string };

/** An issue with its light, as a leader's page tells it. */
export interface LitIssueReading {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly cycle: number;
  readonly light: LightReading;
  /** The first red day; null for an issue that is not red. */
  readonly redSince: IsoDate | null;
  readonly overdue: readonly OverdueDuty[];
  readonly asking: Asking;
  /** The name of whom he stands in for here (委托); null where the issue is his own. */
  readonly onBehalfOf: string | null;
}

/** Of one of his issues. */
export function litIssue(
  { issue, terms, progress }: RunningIssue,
  roles: LeaderRoles,
  now: IsoInstant,
  onBehalfOf: string | null,
): LitIssueReading {
  const today = dayOf(now);
  const light = lightReading({ terms, progress }, now);
  const late = countedObligations(progress)
    .filter(({ dueOn }) => light.colour === 'red' && dueOn < today)
    .sort((one, other) => compared(one.dueOn, other.dueOn));
  const [first] = late;
  return {
    issueId: issue.id,
    code: issue.code,
    title: issue.title,
    unit: issue.unit,
    cycle: issue.cycle,
    light,
    redSince: first === undefined ? null : addDays(first.dueOn, 1),
    overdue: late.map(({ kind, measure, role, dueOn }) => ({
      what: dutyWords(kind, measure),
      roleName: shortRoleNames[role],
      persons: [...new Set(roles.answering(issue, role, measure).map(answeringWords))],
      dueOn,
      workdaysLate: -workdaysBetween(terms.calendar, today, dueOn),
    })),
    asking: askingOf({ terms, progress }, now),
    onBehalfOf,
  };
}

function answeringWords({ person, onBehalfOf }: ReturnType<LeaderRoles['answering']>[number]): string {
  return onBehalfOf === null ? person.name : `${person.name}（代${onBehalfOf.name}）`;
}

/** The request's own rule says what stands in the way. */
function askingOf({ terms, progress }: Pick<RunningIssue, 'terms' | 'progress'>, now: IsoInstant): Asking {
  const { askedAt, obligations } = progress;
  if (askedAt !== undefined) {
    const answer = obligations.find(({ kind }) => kind === 'statusAnswer');
    return { state: 'asked', on: dayOf(askedAt), answerBy: answer?.dueOn ?? null };
  }
  const [refusal] = requestRules.askStatus.refusals({ terms, progress, now }, { by: '', noteId: '' });
  return refusal === undefined
    ? { state: 'possible', withinWorkdays: statusAnswerOf(terms.policy).withinWorkdays }
    : { state: 'impossible', why: refusal.message };
}
