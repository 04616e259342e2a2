import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { eventWhy, type Why } from './event-why.ts';
import type { LineEntry } from './line-entries.ts';
import { eventWords, sourceWords } from './words.ts';

/** A file handed in with an event. */
export interface FileReading {
  readonly evidenceId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly measure: number | null;
}

/** Something that happened. */
export interface EventEntry {
  readonly kind: 'event';
  readonly at: IsoInstant;
  readonly cycle: number;
  readonly sequence: number;
  readonly type: string;
  readonly title: string;
  /** People's doings and what changes the light; the rest is bookkeeping. */
  readonly weight: 'major' | 'minor';
  readonly by: string | null;
  readonly source: string | null;
  readonly said: string | null;
  readonly files: readonly FileReading[];
  readonly why: readonly Why[];
  /** Reminders that were not sent, because nobody owed them any more after this. */
  readonly cancelled: readonly LineEntry[];
}

/** The events of an issue in their order, with the words and files that came with them; four questions. */
export async function readEvents(
  ledger: Ledger,
  { id }: { id: string },
  cancelledBy: (sequence: number) => readonly LineEntry[],
): Promise<EventEntry[]> {
  const [events, notes, evidence] = await Promise.all([
    ledger.issueEvent.findMany({ where: { issueId: id }, orderBy: { sequence: 'asc' } }),
    ledger.progressNote.findMany({ where: { issueId: id }, select: { id: true, text: true } }),
    ledger.evidence.findMany({
      where: { issueId: id },
      select: { id: true, fileName: true, measure: true, sha256: true, file: { select: { sizeBytes: true } } },
    }),
  ]);
  const people = await ledger.person.findMany({
    where: { id: { in: [...new Set(events.flatMap(({ by }) => by ?? []))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id: personId, name }) => [personId, name]));
  const words = new Map(notes.map(({ id: noteId, text }) => [noteId, text]));
  const files = new Map(
    evidence.map(({ id: evidenceId, file, ...rest }) => [
      evidenceId,
      { evidenceId, sizeBytes: file.sizeBytes, ...rest },
    ]),
  );
  return events.map(({ at, cycle, sequence, type, by, source, detail: json }): EventEntry => {
    const detail = json as Readonly<Record<string, unknown>>;
    const given = (Array.isArray(detail['evidence']) ? detail['evidence'] : []) as {
      evidenceId: string;
      measure?: number;
    }[];
    const said = detail['reason'] ?? detail['finding'] ?? words.get(String(detail['noteId']));
    return {
      kind: 'event',
      at: at.toISOString(),
      cycle,
      sequence,
      type,
      title: eventWords({ type: type as 'acknowledged', detail }),
      weight: type === 'obligationOpened' || type === 'obligationLapsed' ? 'minor' : 'major',
      by: by === null ? null : (names.get(by) ?? '已不在名册的人'),
      source: sourceWords(source),
      said: typeof said === 'string' && said.trim() !== '' ? said : null,
      files: given.flatMap(({ evidenceId, measure }) => {
        const file = files.get(evidenceId);
        return file ? [{ ...file, measure: file.measure ?? measure ?? null }] : [];
      }),
      why: eventWhy({ type, by, source, detail }),
      cancelled: cancelledBy(sequence),
    };
  });
}
