import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import type { RoundStandpoint } from '../../workflows/rules/round/request-rule.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { RefusedError } from '../refused-error.ts';

/** How the round stands by the ledger, so that its own rules can be asked beforehand. @throws RefusedError `Ended` */
export async function roundStandpoint(ledger: Ledger, roundId: string): Promise<RoundStandpoint> {
  const { terms, progress, clockId } = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { terms: true, progress: true, clockId: true },
  });
  if (terms === null || progress === null) throw new RefusedError('Ended', '本轮已经结束，或尚未交办');
  return {
    terms: terms as unknown as RoundTerms,
    progress: resumedRound(progress as unknown as RoundProgress),
    now: await businessNow(ledger, clockId),
  };
}
