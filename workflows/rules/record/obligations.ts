import type { FactOf, IssueEvent, IssuePhase, MovedMeasure, MovedObligation, Obligation } from '../events.ts';
import type { IsoInstant } from '../instants.ts';
import type { ObligationKind } from '../policy.ts';
import { isClosed, type IssueProgress, type MeasureProgress } from '../progress.ts';

export function enter(phase: IssuePhase, progress: IssueProgress, at: IsoInstant): IssueProgress {
  return { ...progress, phase, phaseSince: at };
}

export function opened(progress: IssueProgress, event: IssueEvent & FactOf<'obligationOpened'>): IssueProgress {
  const { obligationId, kind, role, measure, proposalId, dueOn } = event;
  const obligation: Obligation = {
    id: obligationId,
    kind,
    role,
    dueOn,
    openedAt: event.at,
    overdue: 'no',
    proposedRungs: [],
    ...(measure !== undefined && { measure }),
    ...(proposalId !== undefined && { proposalId }),
  };
  return {
    ...progress,
    obligations: [...progress.obligations, obligation],
    opened: counted(progress.opened, obligationId),
  };
}

/** An obligation's id is its stem and an ordinal: `evidence-2-1` is the first evidence owed for measure 2. */
function counted(before: IssueProgress['opened'], obligationId: string): IssueProgress['opened'] {
  const stem = obligationId.replace(/-\d+$/, '');
  return { ...before, [stem]: (before[stem] ?? 0) + 1 };
}

/** A report, an attestation or a monthly sheet that never came: the next is counted from its day. */
export function lapsed(progress: IssueProgress, obligationId: string): IssueProgress {
  const obligation = progress.obligations.find(({ id }) => id === obligationId);
  if (obligation === undefined) return progress;
  const after = without(progress, ({ id }) => id === obligationId);
  switch (obligation.kind) {
    case 'itemReport':
      return { ...after, lastItemReportOn: obligation.dueOn };
    case 'attestation':
      return { ...after, lastReportOn: obligation.dueOn, missedAttestations: (after.missedAttestations ?? 0) + 1 };
    default:
      return { ...after, lastReportOn: obligation.dueOn };
  }
}

export function kindIs(...wanted: readonly ObligationKind[]): (obligation: Obligation) => boolean {
  return ({ kind }) => wanted.includes(kind);
}

/** Without the obligations that are met; a proposal about one of them falls with it, and so does the duty to decide it. */
export function without(progress: IssueProgress, met: (obligation: Obligation) => boolean): IssueProgress {
  const gone = new Set(progress.obligations.filter(met).map(({ id }) => id));
  if (gone.size === 0) return progress;
  const proposals = progress.proposals.filter(({ obligationId }) => !gone.has(obligationId));
  const open = new Set(proposals.map(({ id }) => id));
  const obligations = progress.obligations.filter(
    ({ id, proposalId }) => !gone.has(id) && (proposalId === undefined || open.has(proposalId)),
  );
  return { ...progress, obligations, proposals };
}

export function changed(
  progress: IssueProgress,
  obligationId: string,
  change: (obligation: Obligation) => Obligation,
): IssueProgress {
  return {
    ...progress,
    obligations: progress.obligations.map((obligation) =>
      obligation.id === obligationId ? change(obligation) : obligation,
    ),
  };
}

/** Other days for what is still owed. Whoever has time again is not late, and what was proposed about his being late falls. */
export function moved(
  progress: IssueProgress,
  {
    deadline,
    measures,
    moved: others,
  }: { deadline: string; measures: readonly MovedMeasure[]; moved: readonly MovedObligation[] },
): IssueProgress {
  const days = new Map(others.map(({ obligationId, dueOn }) => [obligationId, dueOn]));
  const deadlines = new Map(measures.map((measure) => [measure.measure, measure.deadline]));
  const proposals = progress.proposals.filter(({ obligationId }) => !days.has(obligationId));
  const open = new Set(proposals.map(({ id }) => id));
  const withDays = (measure: MeasureProgress): MeasureProgress => ({
    ...measure,
    deadline: deadlines.get(measure.number) ?? measure.deadline,
  });
  return {
    ...progress,
    deadline,
    measures: isClosed(progress) ? progress.measures : progress.measures.map(withDays),
    ...(progress.remainder && { remainder: progress.remainder.map(withDays) }),
    proposals,
    obligations: progress.obligations
      .filter(({ proposalId }) => proposalId === undefined || open.has(proposalId))
      .map((obligation) => {
        const dueOn = days.get(obligation.id);
        return dueOn === undefined ? obligation : { ...obligation, dueOn, overdue: 'no', proposedRungs: [] };
      }),
  };
}

/** What is owed again and again: the next takes the place of one that was missed. */
export const regular: ReadonlySet<ObligationKind> = new Set([
  'checkIn',
  'itemReport',
  'attestation',
] satisfies ObligationKind[]);
