import type { Ledger } from '../../prisma/client.ts';
import { readAccepted } from '../practice/accepted-file.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { loadFacts } from './load-facts.ts';
import { loadPages } from './load-pages.ts';

/** What the naïve checker found; all is well when the first three are 0. */
export interface DrillCheck {
  /** Lines that were owed and reached nobody, without a reason on record. */
  readonly lost: number;
  /** Lines that reached the same address more than once without an unknown outcome between. */
  readonly doubled: number;
  /** Lines that should not have been sent. */
  readonly unowed: number;
  /** How often a mail was sent again after an unknown outcome. */
  readonly uncertain: number;
  readonly details: readonly Finding[];
}

/**
 * Checks a drill: replays its recorded facts day by day, works out which lines its policy asks for, and compares them
 * with what the practice mailbox accepted and the pages that were made for people without mail. It shares no code with the planner. Of a drill under way, what the present
 * moment brings is not asked for yet. Reads only.
 *
 * @param acceptedFile the mailbox's `accepted.jsonl`
 * @throws Error when there is no such drill
 */
export async function checkDrill({
  ledger,
  drillId,
  acceptedFile,
}: {
  ledger: Ledger;
  drillId: string;
  acceptedFile: string;
}): Promise<DrillCheck> {
  const facts = await loadFacts(ledger, drillId);
  const arrived = [...(await readAccepted(acceptedFile)), ...(await loadPages(ledger, drillId))];
  const details = judge(facts, arrived);
  const count = (kind: Finding['kind']) => details.filter((finding) => finding.kind === kind).length;
  return {
    lost: count('lost'),
    doubled: count('doubled'),
    unowed: count('unowed'),
    uncertain: [...facts.mails.values()].reduce((sum, { uncertain }) => sum + uncertain, 0),
    details,
  };
}
