import { setImmediate } from 'node:timers/promises';
import { climbOf } from '../../workflows/rules/climb.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import { addMonths, dayOf, endOfDay, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type Climb, type LadderTerms, linesOf } from '../../workflows/rules/ladder.ts';
import { obligationNames } from '../../workflows/rules/names.ts';
import { planned } from '../../workflows/rules/planner.ts';
import type { ObligationKind, Policy } from '../../workflows/rules/policy.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { roundPlanned } from '../../workflows/rules/round/planner.ts';
import { resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import type { IssueTerms, RoundTerms } from '../../workflows/rules/terms.ts';
import { silentDuties, withoutReminders } from '../rehearsal/silent-life.ts';
import { goesBy } from './changed-rules.ts';
import { comingAfter, requestFor } from './coming-lines.ts';
import type { RunningRound } from './running.ts';

/** How often something is owed by the last day, and how many reminders leave. */
export interface Asking {
  readonly times: number;
  readonly lines: number;
}

/** How often each kind is asked for if nobody does anything, what is not owed yet included. */
export interface Outlook {
  /** Inclusive. */
  readonly through: IsoDate;
  readonly kinds: readonly {
    readonly kind: ObligationKind;
    readonly name: string;
    readonly before: Asking;
    readonly after: Asking;
  }[];
}

type Counts = Map<ObligationKind, Asking>;

const never: Asking = { times: 0, lines: 0 };

const monthsAhead = 3;

/** What a policy would make of the months to come, if nobody did anything. Writes nothing. */
export async function outlookOf(round: RunningRound, policy: Policy): Promise<Outlook> {
  const { now } = round;
  const through = addMonths(dayOf(now), monthsAhead);
  const change = { kind: 'policy', policy } as const;
  const before: Counts = new Map();
  const after: Counts = new Map();
  for (const issue of round.issues) {
    const { terms, progress } = issue;
    countOfIssue(before, terms, progress, { now, through });
    if (goesBy(terms, change)) countOfIssue(after, terms, progress, { now, through });
    else {
      const then = comingAfter(round, issue, requestFor(terms, change)).progress;
      countOfIssue(after, { ...terms, policy }, then, { now, through });
    }
    await setImmediate(); // hundreds of issues take seconds, and the server has others to answer
  }
  if (round.duties !== null) {
    const { terms } = round.duties;
    const progress = resumedRound(round.duties.progress as RoundProgress);
    const issues = round.issues.length;
    countOfRound(before, terms, progress, { now, through, issues });
    const who = { sequence: progress.sequence + 1, at: now, by: null, source: null, requestId: null };
    const adopted = recordRound(progress, { ...who, type: 'policyAdopted', version: policy.version });
    if (goesBy(terms, change)) countOfRound(after, terms, progress, { now, through, issues });
    else countOfRound(after, { ...terms, policy }, adopted, { now, through, issues });
  }
  const kinds = [...new Set([...before.keys(), ...after.keys()])].map((kind) => ({
    kind,
    name: obligationNames[kind],
    before: before.get(kind) ?? never,
    after: after.get(kind) ?? never,
  }));
  return { through, kinds };
}

interface Span {
  readonly now: IsoInstant;
  readonly through: IsoDate;
}

function countOfIssue(counts: Counts, terms: IssueTerms, from: IssueProgress, span: Span): void {
  const unheard = { ...terms, policy: withoutReminders(terms.policy) };
  let progress = from;
  const duties = silentDuties(span.now, endOfDay(span.through), (now) => {
    const { after, lookAgainAt } = planned(unheard, progress, now);
    progress = after;
    return { cycle: after.cycle, obligations: after.obligations, lookAgainAt };
  });
  for (const duty of duties) count(counts, duty, terms, { ...climbOf(terms.issueId, from), cycle: duty.cycle }, span);
}

function countOfRound(
  counts: Counts,
  terms: RoundTerms,
  from: RoundProgress,
  { issues, ...span }: Span & { readonly issues: number },
): void {
  const { policy, calendar } = terms;
  if (policy === undefined || calendar === undefined) return;
  const unheard = { ...terms, policy: withoutReminders(policy) };
  let progress = from;
  const duties = silentDuties(span.now, endOfDay(span.through), (now) => {
    const { after, lookAgainAt } = roundPlanned(unheard, progress, now, { unsettled: issues, drawDueOn: null });
    progress = after;
    return { cycle: 1, obligations: after.obligations, lookAgainAt };
  });
  const climb: Climb = { subjectId: terms.roundId, cycle: 1, lift: 0, rests: () => false };
  for (const duty of duties) count(counts, duty, { policy, calendar, firstMail: 'inHours' }, climb, span);
}

function count(
  counts: Counts,
  { obligation, closedAt }: { readonly obligation: Obligation; readonly closedAt: IsoInstant | undefined },
  terms: LadderTerms,
  climb: Climb,
  { now, through }: Span,
): void {
  const leaving = linesOf(terms, climb, obligation, through).filter(
    ({ earliestAt }) => earliestAt > now && (closedAt === undefined || earliestAt < closedAt),
  );
  const { times, lines } = counts.get(obligation.kind) ?? never;
  counts.set(obligation.kind, { times: times + (obligation.dueOn > through ? 0 : 1), lines: lines + leaving.length });
}
