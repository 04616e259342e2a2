import { setImmediate } from 'node:timers/promises';
import type { Ledger } from '../../prisma/client.ts';
import { readRoleHolders, type RoleHolders } from '../reading/role-holders.ts';
import type { ChangedRules } from './changed-rules.ts';
import { comingOfRound } from './coming-duties.ts';
import { comingOfIssue, type ComingUnder } from './coming-lines.ts';
import { changesBetween, type ComingLine, type LineChanges } from './line-changes.ts';
import type { RunningRound } from './running.ts';

/** How many lines a person is sent from now on, before the change and after it. */
interface PersonChange {
  readonly personId: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What changed rules would do to a round: nothing but what has still to leave. */
export interface RoundPreview extends LineChanges {
  readonly roundId: string;
  readonly roundName: string;
  /** Issues that would go by other rules. */
  readonly issues: number;
  /** Issues that go by these rules, or later ones, already. */
  readonly already: number;
  readonly proposalsSilenced: number;
  /** Those whose number of lines changes. */
  readonly people: readonly PersonChange[];
  /** Of the round as a whole. */
  readonly duties: LineChanges;
}

/** Asks each issue's own rules, and the round's, what they would make of the change. Writes nothing. */
export async function previewRound(ledger: Ledger, round: RunningRound, change: ChangedRules): Promise<RoundPreview> {
  const issues: ComingUnder[] = [];
  for (const issue of round.issues) {
    issues.push(comingOfIssue(round, issue, change));
    await setImmediate(); // hundreds of issues take seconds, and the server has others to answer
  }
  const duties = comingOfRound(round, change);
  const all = (pick: (under: ComingUnder) => readonly ComingLine[]) => issues.flatMap(pick);
  const holders = await readRoleHolders(ledger, [{ id: round.id, now: round.now }]);
  return {
    roundId: round.id,
    roundName: round.name,
    issues: issues.filter(({ state }) => state === 'running').length,
    already: issues.filter(({ state }) => state === 'already').length,
    ...changesBetween(
      all(({ before }) => before),
      all(({ after }) => after),
    ),
    proposalsSilenced: issues.reduce((sum, { proposalsSilenced }) => sum + proposalsSilenced, 0),
    people: peopleOf(holders, [...issues, duties]),
    duties: changesBetween(duties.before, duties.after),
  };
}

function peopleOf(holders: RoleHolders, under: readonly ComingUnder[]): PersonChange[] {
  const counts = new Map<string, PersonChange>();
  const count = (when: 'before' | 'after') => {
    for (const { roundId, issueId, bodyId = null, role } of under.flatMap((one) => one[when])) {
      for (const { id, name } of holders.holding(roundId, issueId ?? bodyId, role)) {
        const known = counts.get(id) ?? { personId: id, name, before: 0, after: 0 };
        counts.set(id, { ...known, [when]: known[when] + 1 });
      }
    }
  };
  count('before');
  count('after');
  return [...counts.values()]
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}
