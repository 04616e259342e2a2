import type { FactOf, IssueEvent } from '../events.ts';
import { isClosed, type EvidenceProgress, type IssueProgress, type MeasureProgress, piecesOf } from '../progress.ts';
import { kindIs, without } from './obligations.ts';
import { reported } from './reported.ts';
import { provenMeasures } from './taking-on.ts';

type Received = IssueEvent & FactOf<'evidenceReceived'>;

/** A closed cycle's figures never change: what comes then counts for the remainder alone. */
export function evidenceReceived(progress: IssueProgress, event: Received): IssueProgress {
  const proven = new Set(event.evidence.map(({ measure }) => measure));
  const given = provenMeasures(reported(progress, event), proven);
  const meets = ({ kind, measure }: { kind: string; measure?: number }) => kind === 'evidence' && proven.has(measure);
  if (isClosed(progress)) {
    if (given.remainder === undefined) return given;
    return without({ ...given, remainder: given.remainder.map((measure) => withEvidence(measure, event)) }, meets);
  }
  return reviewedAnew(
    progress,
    event,
    without({ ...given, measures: given.measures.map((measure) => withEvidence(measure, event)) }, meets),
  );
}

/** Piece by piece, before the closure or for the remainder after it. */
export function evidenceJudged(progress: IssueProgress, event: IssueEvent & FactOf<'evidenceJudged'>): IssueProgress {
  const accepted = new Set(event.accepted);
  const returned = new Set(event.returned);
  const judge = (measure: MeasureProgress) =>
    judged(
      judged(measure, ({ evidenceId }) => accepted.has(evidenceId), 'accepted'),
      ({ evidenceId }) => returned.has(evidenceId),
      'returned',
    );
  const remainder = progress.remainder?.map(judge);
  const after = {
    ...progress,
    measures: isClosed(progress) ? progress.measures : progress.measures.map(judge),
    ...(remainder && { remainder }),
    ...(event.returned.length > 0 && { returnedAt: event.at }),
  };
  const settled = (number: number | undefined) =>
    !after.remainder?.some((one) => one.number === number && one.evidence.some(({ state }) => state === 'received'));
  return without(after, ({ kind, measure }) => kind === 'evidenceReview' && settled(measure));
}

/** The piece stays in the ledger; what it counts for changes. */
export function evidenceCorrected(
  progress: IssueProgress,
  event: IssueEvent & FactOf<'evidenceCorrected'>,
): IssueProgress {
  const piece = piecesOf(progress).find(({ evidenceId }) => evidenceId === event.evidenceId);
  const from = piece ?? {
    evidenceId: event.evidenceId,
    state: 'received' as const,
    ...(event.handedIn ?? { by: event.by }),
  };
  const measures = progress.measures.map((measure) => {
    const others = measure.evidence.filter(({ evidenceId }) => evidenceId !== event.evidenceId);
    return { ...measure, evidence: measure.number === event.measure ? [...others, from] : others };
  });
  return reviewedAnew(
    progress,
    event,
    without({ ...progress, measures }, ({ kind, measure }) => kind === 'evidence' && measure === event.measure),
  );
}

/** Another's work is judged anew, and by none of those who have said whose it is. */
export function personCorrected(progress: IssueProgress, event: IssueEvent & FactOf<'personCorrected'>): IssueProgress {
  if (event.evidence.length === 0) return progress;
  const these = new Set(event.evidence.map(({ evidenceId }) => evidenceId));
  const anew = new Set(event.judgedAnew);
  const entered = [event.by, event.recordedBy].filter((one) => one != null);
  const correct = (measure: MeasureProgress): MeasureProgress => ({
    ...measure,
    evidence: measure.evidence.map((piece) => {
      if (!these.has(piece.evidenceId)) return piece;
      const { onBehalfOf: _former, ...rest } = piece;
      return {
        ...rest,
        by: event.to,
        ...(event.toStandsInFor !== undefined && { onBehalfOf: event.toStandsInFor }),
        ...(anew.has(piece.evidenceId) && { state: 'received' as const }),
        correctedBy: [...new Set([...(piece.correctedBy ?? []), ...entered])],
      };
    }),
  });
  if (isClosed(progress))
    return { ...progress, ...(progress.remainder && { remainder: progress.remainder.map(correct) }) };
  return reviewedAnew(progress, event, { ...progress, measures: progress.measures.map(correct) });
}

/** Levels that have approved have not seen what is new: the review begins again with the first. */
export function reviewedAnew(before: IssueProgress, { at }: IssueEvent, after: IssueProgress): IssueProgress {
  if (after.phase !== 'closureReview' || after.closure?.approvals === undefined) return after;
  if (before.measures === after.measures && before.satisfaction === after.satisfaction) return after;
  const { approvals: _void, ...closure } = after.closure;
  return without({ ...after, closure: { ...closure, turnSince: at } }, kindIs('closureDecision'));
}

function withEvidence(measure: MeasureProgress, event: Received): MeasureProgress {
  const known = new Set(measure.evidence.map(({ evidenceId }) => evidenceId));
  const added = event.evidence
    .filter((evidence) => evidence.measure === measure.number && !known.has(evidence.evidenceId))
    .map(({ evidenceId }): EvidenceProgress => ({
      evidenceId,
      by: event.by,
      state: 'received',
      ...(event.recordedBy !== undefined && { recordedBy: event.recordedBy }),
      ...(event.onBehalfOf !== undefined && { onBehalfOf: event.onBehalfOf }),
    }));
  return added.length === 0 ? measure : { ...measure, evidence: [...measure.evidence, ...added] };
}

export function judged(
  measure: MeasureProgress,
  which: (evidence: EvidenceProgress) => boolean,
  state: EvidenceProgress['state'],
): MeasureProgress {
  return {
    ...measure,
    evidence: measure.evidence.map((evidence) => (which(evidence) ? { ...evidence, state } : evidence)),
  };
}
