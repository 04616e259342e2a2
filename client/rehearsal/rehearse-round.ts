import { compared } from '../../workflows/rules/compared.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { dutyCode } from '../../workflows/rules/round/duty-code.ts';
import { bodyIdOf } from '../../workflows/rules/round/scope.ts';
import { Addressees } from './addressees.ts';
import { figuresOf } from './figures.ts';
import { gatherMails, type OwnedDuty, type RehearsedMail } from './gather-mails.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { RehearsalInput } from './rehearsal-input.ts';
import { Ladders } from './ladders.ts';
import { SilentIssues } from './silent-issues.ts';
import { tellOfPages } from './tell-of-pages.ts';
import { silentRound } from './silent-round.ts';

/** A rehearsal with its mails, line by line. */
export interface RehearsedRound {
  readonly rehearsal: Omit<Rehearsal, 'seconds'>;
  readonly mails: readonly RehearsedMail[];
  /** How many different lives the issues lead. */
  readonly shapes: number;
}

/**
 * Plays the whole round with nobody acting, by the rules that its workflows will go by, and gathers the lines in mails as
 * the post-office will. Pure: the same input gives the same mails.
 */
export function rehearseRound(input: RehearsalInput): RehearsedRound {
  const { round, until } = input;
  const { roundId } = round;
  const ladders = new Ladders(until);
  const lives = new SilentIssues(ladders, until);
  const played = input.issues.map(({ code, terms, bodyId = null }) => {
    return { code, issueId: terms.issueId, bodyId, life: lives.of(terms) };
  });
  const ofRound = silentRound(round, { issues: played.length, ladders, until });
  const duties: OwnedDuty[] = [
    ...played.flatMap(({ code, issueId, bodyId, life }) =>
      life.duties.map((duty) => ({ subjectId: issueId, issueId, bodyId, heldFor: issueId, code, duty })),
    ),
    ...ofRound.map((duty) => {
      const code = dutyCode(input.codePrefix, duty.obligation.id);
      const { scope } = duty.obligation;
      const of = { bodyId: bodyIdOf(scope) ?? null, heldFor: scope?.bodyId ?? null };
      return { subjectId: roundId, issueId: null, ...of, code, duty };
    }),
  ];
  const bodyOf = new Map(
    played.flatMap(({ issueId, bodyId }) => (bodyId === null ? [] : [[issueId, bodyId] as const])),
  );
  const addressees = new Addressees(input.holdings, input.delegations, bodyOf);
  const { mails, unresolved } = gatherMails(duties, addressees, { ...round, until });
  const gathered = { mails: tellOfPages(mails, input, addressees), unresolved };
  const proposals = played.flatMap(({ code, life }) =>
    life.proposals.map(({ at, measure }) => ({ day: dayOf(at), issue: code, measure })),
  );
  return {
    rehearsal: { ...figuresOf(input, gathered), proposals: proposals.sort(byDay) },
    mails: gathered.mails,
    shapes: lives.played,
  };
}

function byDay(one: { readonly day: string }, other: { readonly day: string }): number {
  return compared(one.day, other.day);
}
