import type { Said } from '../../workflows/messages.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { carriedFrom, type ChangedRules, goesBy } from './changed-rules.ts';
import type { RunningIssue, RunningRound } from './running.ts';

/** What is asked of the round's own workflow; `RoundDuties` does it. */
export interface RoundAdoption {
  adoptRoundPolicy(roundId: string, request: Said & { readonly policy: Policy }): Promise<void>;
  adoptRoundCalendar(roundId: string, request: Said & { readonly calendar: Calendar }): Promise<void>;
}

/** What became of the change for one issue, or for the round's own duties. */
export interface AdoptionOutcome {
  /** The issue's; for the round's duties its name. */
  readonly code: string;
  /** `already`: it went by these rules or later ones. `ended`: it is over, and nothing is planned any more. */
  readonly outcome: 'adopted' | 'already' | 'ended' | 'refused';
  /** Why it was refused. */
  readonly message?: string;
}

export interface AdoptionOptions {
  /** Called after each issue, for whoever waits. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** So many workflows are asked at once: enough to be quick, few enough to leave the worker its mail. */
const askedAtOnce = 8;

/**
 * Asks the workflow of every running issue of the round, and then the round's own, to go by the changed rules. The
 * request's ids follow from what is adopted, so that a second run asks only those that the first did not reach.
 */
export async function adoptInRound(
  { issues, rounds }: { readonly issues: Pick<Issues, 'ask'>; readonly rounds: RoundAdoption },
  round: RunningRound,
  change: ChangedRules,
  said: Omit<Said, 'requestId'>,
  { onProgress }: AdoptionOptions = {},
): Promise<AdoptionOutcome[]> {
  const outcomes: AdoptionOutcome[] = [];
  const waiting = [...round.issues];
  const ask = async () => {
    for (let issue = waiting.shift(); issue !== undefined; issue = waiting.shift()) {
      const { id, code } = issue;
      const whose = { ...said, requestId: requestIdOf(change, id) };
      const outcome = goesBy(issue.terms, change)
        ? ({ outcome: 'already' } as const)
        : await outcomeOf(() => askIssue(issues, issue, change, whose));
      outcomes.push({ code, ...outcome });
      onProgress?.(outcomes.length, round.issues.length);
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, ask));
  outcomes.sort((one, other) => (one.code < other.code ? -1 : 1));
  const whose = { ...said, requestId: requestIdOf(change, round.id) };
  if (round.duties === null || goesBy(round.duties.terms, change)) return outcomes;
  return [...outcomes, { code: round.name, ...(await outcomeOf(() => askRound(rounds, round, change, whose))) }];
}

/** @throws RefusedError `NotAdopted` when nobody has adopted anything because everybody refused */
export function requireSome(outcomes: readonly AdoptionOutcome[]): void {
  const [first] = outcomes;
  if (first !== undefined && outcomes.every(({ outcome }) => outcome === 'refused')) {
    throw new RefusedError('NotAdopted', `都没有采用：${first.message ?? ''}`);
  }
}

function requestIdOf(change: ChangedRules, id: string): string {
  const { version } = change.kind === 'policy' ? change.policy : change.calendar;
  return `${change.kind}/${String(version)}/${id}`;
}

async function askIssue(
  issues: Pick<Issues, 'ask'>,
  { id, terms }: RunningIssue,
  change: ChangedRules,
  said: Said,
): Promise<void> {
  switch (change.kind) {
    case 'policy':
      return issues.ask('adoptPolicy', id, { ...said, policy: change.policy });
    case 'calendar':
      return issues.ask('adoptCalendar', id, { ...said, calendar: carriedFrom(change.calendar, terms.calendar) });
  }
}

async function askRound(rounds: RoundAdoption, round: RunningRound, change: ChangedRules, said: Said): Promise<void> {
  const carried = round.duties?.terms.calendar;
  switch (change.kind) {
    case 'policy':
      return rounds.adoptRoundPolicy(round.id, { ...said, policy: change.policy });
    case 'calendar': {
      const calendar = carried === undefined ? change.calendar : carriedFrom(change.calendar, carried);
      return rounds.adoptRoundCalendar(round.id, { ...said, calendar });
    }
  }
}

async function outcomeOf(ask: () => Promise<void>): Promise<Pick<AdoptionOutcome, 'outcome' | 'message'>> {
  try {
    await ask();
    return { outcome: 'adopted' };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.code === 'PolicyNotNewer' || error.code === 'CalendarNotNewer') return { outcome: 'already' };
    if (error.code === 'Ended') return { outcome: 'ended' };
    return { outcome: 'refused', message: error.message };
  }
}
