import { type EvidenceProgress, isClosed, type IssueProgress, piecesOf } from '../progress.ts';
import { followed, onlyIn, type RequestRule, withReason } from '../refusal.ts';

/** Whose name stands with one recording (代录) and whose should, as the ledger knows. */
export interface PersonCorrection {
  /** The numbers of the events it became. */
  readonly corrected: readonly number[];
  /** The files that came with it. */
  readonly evidenceIds: readonly string[];
  readonly from: string;
  readonly to: string;
  /** The handler for whom the right one stood in (委托). */
  readonly toStandsInFor?: string;
  readonly reason: string;
}

/**
 * 更正署名: the words and files of one recording were another's. A piece that had been accepted is judged anew, by
 * whomever: it was accepted as another's work, and who accepted it may be the very one whose it is.
 */
export const correctPerson: RequestRule<PersonCorrection> = {
  refusals: ({ progress }, { evidenceIds, from, to, reason }) => [
    ...onlyIn(followed, progress, '更正署名'),
    ...withReason(reason, '更正'),
    ...(from === to ? [{ code: 'NothingToCorrect', message: '署名已经是这个人，不必更正' }] : []),
    ...(isClosed(progress) && named(piecesOf(progress), evidenceIds).length > 0
      ? [{ code: 'CycleClosed', message: '这份佐证已随销号了结，署名不再更正；有问题的请由回头看登记' }]
      : []),
    ...(named(openPieces(progress), evidenceIds).some(({ by }) => by !== from)
      ? [{ code: 'StateChanged', message: '署名刚刚更正过，请重新查看后再办' }]
      : []),
  ],
  fact: ({ progress }, { evidenceIds, reason, ...who }) => {
    const measures = measuresUnderWay(progress).flatMap(({ number, evidence }) =>
      named(evidence, evidenceIds).map(({ evidenceId, state }) => ({ evidenceId, measure: number, state })),
    );
    return {
      type: 'personCorrected',
      corrected: who.corrected,
      from: who.from,
      to: who.to,
      ...(who.toStandsInFor !== undefined && { toStandsInFor: who.toStandsInFor }),
      evidence: measures.map(({ evidenceId, measure }) => ({ evidenceId, measure })),
      judgedAnew: measures.filter(({ state }) => state === 'accepted').map(({ evidenceId }) => evidenceId),
      reason,
    };
  },
};

/** Where evidence still counts: of a closed cycle, what is left over. */
function measuresUnderWay(progress: IssueProgress): IssueProgress['measures'] {
  return isClosed(progress) ? (progress.remainder ?? []) : progress.measures;
}

function openPieces(progress: IssueProgress): readonly EvidenceProgress[] {
  return piecesOf({ measures: measuresUnderWay(progress) });
}

function named(pieces: readonly EvidenceProgress[], ids: readonly string[]): readonly EvidenceProgress[] {
  return pieces.filter(({ evidenceId }) => ids.includes(evidenceId));
}
