import { aging } from './coming/aging.ts';
import { beside, suspensionReview } from './coming/beside.ts';
import { attestation, lookBack } from './coming/closed.ts';
import type { ComingFact } from './coming/coming-fact.ts';
import { acknowledgement, closureDecision, entering, rectifying } from './coming/rectifying.ts';
import type { IsoInstant } from './instants.ts';
import { hasEnded, type IssueProgress } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** What time alone will bring to the issue: each phase's story, read from the facts so far. */
export function comingFacts(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  if (progress.suspension !== undefined && !hasEnded(progress)) return suspended(terms, progress); // 中止
  switch (progress.phase) {
    case 'assignment': // 交办·认领
      return [
        ...entering(terms, progress),
        ...acknowledgement(terms, progress),
        ...rectifying(terms, progress, now),
        ...always(terms, progress),
      ];
    case 'rectification': // 整改
      return [...rectifying(terms, progress, now), ...always(terms, progress)];
    case 'closureReview': // 销号审核
      return [...closureDecision(terms, progress), ...always(terms, progress)];
    case 'longTerm': // 长期坚持
      return [...attestation(terms, progress), ...always(terms, progress)];
    case 'lookBack': // 已销号,等回头看
      return [...lookBack(terms, progress, now), ...always(terms, progress)];
    case 'archived':
    case 'withdrawn':
    case 'merged':
      return [];
  }
}

/** Only the office's own duty to ask how things are grows old. */
function suspended(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const obligations = progress.obligations.filter(({ kind }) => kind === 'suspensionReview');
  return [...suspensionReview(terms, progress), ...aging(terms, { ...progress, obligations, proposals: [] })];
}

function always(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  return [...beside(terms, progress), ...aging(terms, progress)];
}
