import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ClosureOutcome, MovedMeasure } from './events.ts';
import type { IssueProgress } from './progress.ts';

/**
 * The hash of what a closure rests on: issue, cycle, outcome, what is left over, the satisfaction note, and every measure
 * with its evidence. Whoever approves names it, so nobody approves a state he has not seen.
 */
export function closureStateHash(
  issueId: string,
  progress: IssueProgress,
  outcome: ClosureOutcome,
  remainder: readonly MovedMeasure[] = [],
): string {
  const measures = progress.measures.map(({ number, evidence }) => [
    number,
    // Whose it is counts once it has been corrected: who saw it under another name has seen something else.
    evidence
      .filter(({ state }) => state !== 'returned')
      .map(({ evidenceId, by, correctedBy }) => (correctedBy === undefined ? evidenceId : [evidenceId, by])),
  ]);
  const left = remainder.map(({ measure, deadline }) => [measure, deadline]);
  const rests = [issueId, progress.cycle, outcome, measures, left, progress.satisfaction ?? null];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(rests))));
}

/** The hash of the present state of a closure under review, which a decision must name; null when none is. */
export function closureStateOf(issueId: string, progress: IssueProgress): string | null {
  if (progress.phase !== 'closureReview' || progress.closure === undefined) return null;
  return closureStateHash(issueId, progress, progress.closure.outcome, progress.closure.remainder);
}
