import type { Ledger } from '../../prisma/client.ts';
import type { FactOf } from '../../workflows/rules/events.ts';
import type { Timeline } from './timeline.ts';

/** For which measure a piece of evidence counts since it was last corrected (更正佐证归属), by its id; null for none. */
export type Corrections = ReadonlyMap<string, number | null>;

/** The corrections that stand: what was taken back (撤回) corrects nothing. */
export async function readCorrections(ledger: Ledger, issueId: string): Promise<Corrections> {
  const events = await ledger.issueEvent.findMany({
    where: { issueId, type: { in: ['evidenceCorrected', 'undone'] } },
    select: { sequence: true, type: true, detail: true },
    orderBy: { sequence: 'asc' },
  });
  const takenBack = new Set(
    events
      .filter(({ type }) => type === 'undone')
      .map(({ detail }) => (detail as unknown as FactOf<'undone'>).undoneSequence),
  );
  return new Map(
    events
      .filter(({ type, sequence }) => type === 'evidenceCorrected' && !takenBack.has(sequence))
      .map(({ detail }) => {
        const { evidenceId, measure } = detail as unknown as FactOf<'evidenceCorrected'>;
        return [evidenceId, measure];
      }),
  );
}

/** Whose a file is by a later word than the one it came with (更正署名). */
export function signedAnew(timeline: Timeline | null): ReadonlyMap<string, { personId: string; person: string }> {
  const entries = (timeline?.cycles ?? []).flatMap((cycle) => cycle.entries);
  return new Map(
    entries.flatMap((entry) => {
      if (entry.kind !== 'event' || entry.correctedTo === null) return [];
      const { correctedTo, files } = entry;
      return files.map(({ evidenceId }) => [evidenceId, correctedTo] as const);
    }),
  );
}
