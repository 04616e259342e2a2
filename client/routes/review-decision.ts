import { measureName } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';
import type { ClosureDecision } from '../../workflows/rules/requests/closure.ts';

/** What a reviewer says of one measure. */
export interface Verdict {
  readonly measure: number;
  readonly verdict: 'accepted' | 'returned' | undefined;
  readonly reason: string;
  /** The pieces he has ticked as accepted. */
  readonly evidence: readonly string[];
}

/** A review as it was filled in. */
export interface SaidOfMeasures {
  readonly stateHash: string;
  readonly verdicts: readonly Verdict[];
}

/**
 * The one decision that follows from what is said of each measure: approved when all are accepted, else returned, with the
 * measures whose evidence is to be handed in again and the reason of each on a line of its own.
 *
 * @throws RefusedError `FormIncomplete` with a sentence for everything that is amiss
 */
export function closureDecisionOf({ stateHash, verdicts }: SaidOfMeasures): ClosureDecision {
  const amiss = verdicts.flatMap(({ measure, verdict, reason, evidence }) => {
    const name = measureName(measure);
    if (verdict === undefined) return [`${name}：请选择认可还是退回`];
    if (verdict === 'returned') return reason === '' ? [`${name}：退回须写明理由`] : [];
    return evidence.length === 0 ? [`${name}：认可的，请至少勾选一份佐证`] : [];
  });
  if (amiss.length > 0) throw new RefusedError('FormIncomplete', amiss.join('\n'));
  const returned = verdicts.filter(({ verdict }) => verdict === 'returned');
  if (returned.length === 0)
    return { kind: 'approved', stateHash, acceptedEvidence: verdicts.flatMap(({ evidence }) => evidence) };
  const lines = returned.map(({ measure, reason }) => `${measureName(measure)}：${reason}`);
  const rest = returned.length < verdicts.length ? ['其余措施的佐证认可，不必重交。'] : [];
  return {
    kind: 'returned',
    reason: [...lines, ...rest].join('\n'),
    measures: returned.map(({ measure }) => measure),
  };
}
