import { compared } from '../../workflows/rules/compared.ts';
import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { endedPhases } from '../../workflows/rules/progress.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import { dutiesAhead } from '../../workflows/rules/round/planner.ts';
import { resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';

/**
 * What the round will owe next, of each kind one, as its own workflow will open it; the first to open stands first. A
 * round that has ended, or of an earlier form, will owe nothing. The draw of look-backs (抽取回头看) depends on closures to
 * come and is not among them.
 */
export async function readDutiesAhead(
  ledger: Ledger,
  roundId: string,
): Promise<{ readonly at: IsoInstant; readonly duty: RoundFactOf<'obligationOpened'> }[]> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { clockId: true, state: true, terms: true, progress: true },
  });
  if (round.state !== 'launched' || round.terms === null || round.progress === null) return [];
  const [now, unsettled] = await Promise.all([
    businessNow(ledger, round.clockId),
    ledger.issue.count({ where: { roundId, phase: { notIn: [...endedPhases, 'longTerm'] } } }),
  ]);
  const progress = resumedRound(round.progress as unknown as Partial<RoundProgress> as RoundProgress);
  const ahead = dutiesAhead(round.terms as unknown as RoundTerms, progress, now, { unsettled });
  return ahead.sort((one, other) => compared(one.at, other.at));
}
