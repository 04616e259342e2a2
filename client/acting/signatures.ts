import type { Ledger } from '../../prisma/client.ts';
import type { FactOf } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** A correction of whose words or files an event stands for (更正署名). */
export interface Signature {
  readonly personId: string;
  /** For whom he stood in (委托). */
  readonly standsInFor?: string;
  /** The event of the correction. */
  readonly sequence: number;
  readonly at: IsoInstant;
  readonly correctedBy: readonly string[];
}

interface Correction {
  readonly sequence: number;
  readonly at: Date;
  readonly type: string;
  readonly by: string | null;
  readonly recordedBy: string | null;
  readonly detail: unknown;
}

/** Whose each event is that has been corrected, by the event's number: the last correction holds. */
export function signaturesIn(events: readonly Correction[]): ReadonlyMap<number, Signature> {
  const signatures = new Map<number, Signature>();
  for (const { type, sequence, at, by, recordedBy, detail } of events) {
    if (type !== 'personCorrected') continue;
    const { corrected, to, toStandsInFor } = detail as FactOf<'personCorrected'>;
    for (const one of corrected) {
      const entered = [...(signatures.get(one)?.correctedBy ?? []), by, recordedBy].filter((who) => who !== null);
      signatures.set(one, {
        personId: to,
        ...(toStandsInFor !== undefined && { standsInFor: toStandsInFor }),
        sequence,
        at: at.toISOString(),
        correctedBy: [...new Set(entered)],
      });
    }
  }
  return signatures;
}

/** As {@link signaturesIn}, of one issue. */
export async function readSignatures(ledger: Ledger, issueId: string): Promise<ReadonlyMap<number, Signature>> {
  return signaturesIn(
    await ledger.issueEvent.findMany({
      where: { issueId, type: 'personCorrected' },
      orderBy: { sequence: 'asc' },
      select: { sequence: true, at: true, type: true, by: true, recordedBy: true, detail: true },
    }),
  );
}
