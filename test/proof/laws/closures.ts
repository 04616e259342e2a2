import type { IssueEvent } from '../../../workflows/rules/events.ts';
import type { IssueProgress } from '../../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import type { Folded, History } from '../history.ts';
import type { Violation } from './law.ts';

/** 5. A closure rests on accepted evidence, on an empty sub-ledger, and on different people who have seen the same. */
export function closures({ folded }: Pick<History, 'folded'>): Violation[] {
  const found: string[] = [];
  let proposal: Folded | undefined;
  let approvals: Folded[] = [];
  for (const one of folded) {
    switch (one.event.type) {
      case 'closureProposed':
        proposal = one;
        approvals = [];
        break;
      case 'closureLevelApproved':
        approvals.push(one);
        break;
      case 'undone': {
        const { undoneSequence } = one.event;
        approvals = approvals.filter(({ event }) => event.sequence !== undoneSequence);
        break;
      }
      case 'closureApproved':
        found.push(...problems(proposal, standing(approvals, one), one));
        break;
      default:
    }
  }
  return found.map((what): Violation => ({ law: 5, what }));
}

/** Those that have not become void since; `approvals` says which, by the events themselves. */
function standing(given: readonly Folded[], last: Folded): Folded[] {
  const count = last.before.closure?.approvals?.length ?? 0;
  return count === 0 ? [] : given.filter((one) => stillStands(one, last)).slice(-count);
}

function stillStands({ event }: Folded, last: Folded): boolean {
  return last.before.closure?.approvals?.some(({ by }) => by === event.by) ?? false;
}

function problems(proposal: Folded | undefined, earlier: readonly Folded[], last: Folded): string[] {
  const { event, before, after, terms } = last;
  const name = `closure ${String(event.sequence)}`;
  if (event.type !== 'closureApproved') return [];
  if (proposal === undefined) return [`${name} was never applied for`];
  const found: string[] = [];
  const left = new Set(before.closure?.remainder?.map(({ measure }) => measure));
  for (const { number, evidence } of after.measures) {
    if (!left.has(number) && !evidence.some(({ state }) => state === 'accepted'))
      found.push(`${name}: measure ${String(number)} has no accepted evidence`);
  }
  if (before.items?.some(({ state }) => state !== 'left')) found.push(`${name}: an item is still in`);
  const all = [...earlier, last];
  const levels = levelsByHand(terms);
  if (all.length < levels) found.push(`${name}: ${String(all.length)} of ${String(levels)} levels have approved`);
  if (new Set(all.map((one) => seen(one.before))).size > 1) found.push(`${name}: the levels have not seen the same`);
  if (new Set(all.map(({ event: one }) => ('stateHash' in one ? one.stateHash : ''))).size > 1)
    found.push(`${name}: the levels have approved different states`);
  const authors = [proposal.event.by, ...all.map((one) => one.event.by)];
  if (new Set(authors).size < levels + 1) found.push(`${name}: ${String(new Set(authors).size)} different people`);
  for (const one of all) found.push(...ownWork(name, proposal.event, one));
  if (needsNote(terms) && (before.satisfaction === undefined || before.satisfaction === 'unsatisfied'))
    found.push(`${name}: the people concerned are ${before.satisfaction ?? 'not asked'}`);
  return found;
}

/** Nobody decides about what is his own: what he applied for, entered for another, or handed in. */
function ownWork(name: string, proposed: IssueEvent, { event, before }: Folded): string[] {
  const judges = new Set([event.by, event.recordedBy].filter((one) => one != null));
  const found: string[] = [];
  if (proposed.by !== null && judges.has(proposed.by)) found.push(`${name}: decided by who applied for it`);
  if (proposed.recordedBy !== undefined && judges.has(proposed.recordedBy))
    found.push(`${name}: decided by who entered the application`);
  const accepted = 'acceptedEvidence' in event ? event.acceptedEvidence : [];
  const own = before.measures
    .flatMap(({ evidence }) => evidence)
    .filter(({ evidenceId, by }) => accepted.includes(evidenceId) && by !== null && judges.has(by));
  if (own.length > 0) found.push(`${name}: accepted by who handed it in`);
  return found;
}

/** What lies before whoever decides. */
function seen({ cycle, measures, closure, satisfaction }: IssueProgress): string {
  const pieces = measures.map(({ number, evidence }) => [
    number,
    evidence.filter(({ state }) => state !== 'returned').map(({ evidenceId }) => evidenceId),
  ]);
  return JSON.stringify([cycle, pieces, closure?.outcome, closure?.remainder ?? [], satisfaction ?? null]);
}

function levelsByHand({ policy, weight }: IssueTerms): number {
  if (policy.closure === undefined) return 1;
  return policy.closure.levels.filter(({ of }) => of === 'all' || weight === 'major').length;
}

function needsNote({ policy, weight }: IssueTerms): boolean {
  const needed = policy.closure?.satisfaction ?? 'none';
  return needed === 'all' || (needed === 'major' && weight === 'major');
}
