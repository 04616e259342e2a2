import { standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { Staff } from './arbitraries/staff.ts';

/** Who a line goes to now, and for whom: as the post-office finds it in the ledger, from the rules that it asks. */
export function addresseesOf(
  { role, obligationId }: PlannedLine,
  { now, progress, staff }: { readonly now: IsoInstant; readonly progress: IssueProgress; readonly staff: Staff },
): { personIds: readonly string[]; onBehalfOf: ReadonlyMap<string, string> } {
  const { holders, measureHandlers, absences } = staff;
  const measure = obligationIdParts(obligationId)?.measure;
  const own = role === 'handler' && measure !== undefined ? measureHandlers[measure] : undefined;
  const barred = new Set(role === 'handler' ? [] : workersOn(progress, staff));
  const answering = (own ?? holders[role]).map((holder) => ({
    holder,
    personId: standIn(absences, holder, now, barred).personId,
  }));
  return {
    personIds: [...new Set(answering.map(({ personId }) => personId))],
    onBehalfOf: new Map(
      answering.filter(({ holder, personId }) => holder !== personId).map(({ holder, personId }) => [personId, holder]),
    ),
  };

  function workersOn({ closure, closed }: IssueProgress, { holders: { handler } }: Staff): string[] {
    const ofMeasures = Object.values(measureHandlers).flat();
    const judged = [closure?.proposedBy, closed?.approvedBy, ...(closed?.approvers ?? [])];
    return [...handler, ...ofMeasures, ...judged.filter((one) => one != null)];
  }
}
