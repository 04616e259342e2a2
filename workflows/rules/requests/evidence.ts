import type { HandedIn } from '../events.ts';
import { type EvidenceProgress, type IssueProgress, isWorkOf, piecesOf } from '../progress.ts';
import { onlyIn, rectifying, type RequestRule, withReason } from '../refusal.ts';

/** 逐件审核佐证, before the closure or for what outlives it. */
export const judgeEvidence: RequestRule<{
  readonly accepted: readonly string[];
  readonly returned: readonly string[];
  readonly reason: string;
}> = {
  refusals: ({ progress }, { by, recordedBy, accepted, returned, reason }) => {
    const pieces = new Map(judgeable(progress).map((piece) => [piece.evidenceId, piece]));
    const named = [...accepted, ...returned];
    const own = accepted.some((id) => isWorkOf(pieces.get(id), [by, recordedBy]));
    return [
      ...onlyIn([...rectifying, 'lookBack'], progress, '逐件审核佐证（申请销号后请在销号审核中一并审核）'),
      ...(named.length === 0 ? [{ code: 'EvidenceMissing', message: '请写明审核哪件佐证' }] : []),
      ...(named.some((id) => !pieces.has(id))
        ? [{ code: 'UnknownEvidence', message: '没有这件佐证，或它属于已结束的整改' }]
        : []),
      ...(own ? [{ code: 'SamePerson', message: '提交、代录佐证的人不能认可该材料，请由另一人审核' }] : []),
      ...(returned.length > 0 ? withReason(reason, '退回佐证') : []),
    ];
  },
  fact: (_standing, { accepted, returned, reason }) => ({ type: 'evidenceJudged', accepted, returned, reason }),
};

/** 更正佐证归属: another measure, or none. */
export const correctEvidence: RequestRule<{
  readonly evidenceId: string;
  readonly measure: number | null;
  readonly reason: string;
  /** Who handed the piece in, as the ledger knows; needed for one that has counted for no measure yet. */
  readonly handedIn?: HandedIn;
}> = {
  refusals: ({ progress }, { evidenceId, measure, reason, handedIn }) => [
    ...(handedIn === undefined && !piecesOf(progress).some((piece) => piece.evidenceId === evidenceId)
      ? [{ code: 'UnknownEvidence', message: '没有这件佐证，或它属于已结束的整改' }]
      : []),
    ...onlyIn([...rectifying, 'closureReview'], progress, '更正佐证'),
    ...withReason(reason, '更正'),
    ...(measure !== null && !progress.measures.some(({ number }) => number === measure)
      ? [{ code: 'UnknownMeasure', message: `没有措施${String(measure)}` }]
      : []),
  ],
  fact: (_standing, { evidenceId, measure, reason, handedIn }) => ({
    type: 'evidenceCorrected',
    evidenceId,
    measure,
    reason,
    ...(handedIn !== undefined && { handedIn }),
  }),
};

function judgeable({ phase, measures, remainder = [] }: IssueProgress): readonly EvidenceProgress[] {
  return piecesOf({ measures: phase === 'lookBack' ? remainder : measures });
}
