import type { Ledger } from '../../prisma/client.ts';
import type { IssueFact } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { isDrawn } from '../evidence-check/preview.ts';
import { signaturesIn } from '../acting/signatures.ts';
import { eventWhy, type Why } from './event-why.ts';
import { eventWords, type Named, peopleNamed, storedFact } from './event-words.ts';
import type { LineEntry } from './line-entries.ts';
import { sourceWords } from './words.ts';

/** A file handed in with an event. */
export interface FileReading {
  readonly evidenceId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly measure: number | null;
}

/** A photo that was taken at a look-back. */
export interface PhotoReading {
  readonly id: string;
  readonly fileName: string;
  /** Whether browsers draw it. */
  readonly shown: 'drawn' | 'downloaded';
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
  /** Who entered it for the person who acted (代录). */
  readonly recordedBy: string | null;
  /** For whom the person acted (委托). */
  readonly onBehalfOf: string | null;
  /** Whose it was in truth, where the name has been corrected (更正署名), and by which event. */
  readonly correctedTo: { readonly person: string; readonly personId: string; readonly sequence: number } | null;
  readonly source: string | null;
  readonly said: string | null;
  readonly files: readonly FileReading[];
  readonly photos: readonly PhotoReading[];
  readonly why: readonly Why[];
  /** Reminders that were not sent, because nobody owed them any more after this. */
  readonly cancelled: readonly LineEntry[];
}

/** The events of an issue in their order, with the words and files that came with them; a fixed number of questions. */
export async function readEvents(
  ledger: Ledger,
  { id }: { id: string },
  cancelledBy: (sequence: number) => readonly LineEntry[],
): Promise<EventEntry[]> {
  const [events, notes, evidence, items, photos] = await Promise.all([
    ledger.issueEvent.findMany({ where: { issueId: id }, orderBy: { sequence: 'asc' } }),
    ledger.progressNote.findMany({ where: { issueId: id }, select: { id: true, text: true } }),
    ledger.evidence.findMany({
      where: { issueId: id },
      select: { id: true, fileName: true, measure: true, sha256: true, file: { select: { sizeBytes: true } } },
    }),
    ledger.ledgerItem.findMany({ where: { issueId: id }, select: { id: true, name: true } }),
    readPhotos(ledger, id),
  ]);
  const facts = events.map((event) => storedFact(event));
  const [people, issues] = await Promise.all([namesIn(ledger, events, facts), codesIn(ledger, facts)]);
  const named: Named = {
    people,
    issues,
    items: new Map(items.map(({ id: itemId, name }) => [itemId, name])),
    proposals: new Map(
      facts.flatMap((fact) => (fact.type === 'proposalRaised' ? [[fact.proposalId, fact.measure] as const] : [])),
    ),
  };
  const words = new Map(notes.map(({ id: noteId, text }) => [noteId, text]));
  const files = new Map(
    evidence.map(({ id: evidenceId, file, ...rest }) => [
      evidenceId,
      { evidenceId, sizeBytes: file.sizeBytes, ...rest },
    ]),
  );
  const signatures = signaturesIn(events);
  const nameOf = (personId: string | null) => (personId === null ? null : (people.get(personId) ?? '已不在名册的人'));
  return events.map(({ at, cycle, sequence, by, source, requestId, recordedBy, onBehalfOf }, index): EventEntry => {
    const fact = facts[index]!;
    const given = fact.type === 'evidenceReceived' ? fact.evidence : [];
    const signed = signatures.get(sequence);
    const door = { by: nameOf(by), source, recordedBy: nameOf(recordedBy), onBehalfOf: nameOf(onBehalfOf) };
    return {
      kind: 'event',
      at: at.toISOString(),
      cycle,
      sequence,
      type: fact.type,
      title: eventWords(fact, named),
      weight: fact.type === 'obligationOpened' || fact.type === 'obligationLapsed' ? 'minor' : 'major',
      by: door.by,
      recordedBy: door.recordedBy,
      onBehalfOf: door.onBehalfOf,
      correctedTo:
        signed === undefined
          ? null
          : { person: nameOf(signed.personId) ?? '', personId: signed.personId, sequence: signed.sequence },
      source: sourceWords(source),
      said: saidIn(fact, words),
      files: given.flatMap(({ evidenceId, measure }) => {
        const file = files.get(evidenceId);
        return file ? [{ ...file, measure: file.measure ?? measure ?? null }] : [];
      }),
      photos: requestId === null ? [] : (photos.get(requestId) ?? []),
      why: eventWhy(fact, door),
      cancelled: cancelledBy(sequence),
    };
  });
}

/** The photos of an issue's look-backs, by the request that they came with. */
async function readPhotos(ledger: Ledger, issueId: string): Promise<ReadonlyMap<string, readonly PhotoReading[]>> {
  const rows = await ledger.lookBackPhoto.findMany({
    where: { issueId },
    select: { id: true, fileName: true, requestId: true, file: { select: { kind: true } } },
    orderBy: [{ keptAt: 'asc' }, { id: 'asc' }],
  });
  const photos = rows.map(({ id, fileName, requestId, file }) => {
    const shown = isDrawn(file.kind) ? ('drawn' as const) : ('downloaded' as const);
    return { requestId, photo: { id, fileName, shown } };
  });
  return new Map(
    [...groupBy(photos, ({ requestId }) => requestId)].map(([key, of]) => [key, of.map(({ photo }) => photo)]),
  );
}

/** What the person said: the reason or finding of the fact itself, or the note kept beside it. */
function saidIn(fact: IssueFact, notes: ReadonlyMap<string, string>): string | null {
  const own = 'reason' in fact ? fact.reason : 'finding' in fact ? fact.finding : undefined;
  const note = 'noteId' in fact && fact.noteId !== undefined ? notes.get(fact.noteId) : undefined;
  const said = own ?? note ?? '';
  return said.trim() === '' ? null : said;
}

async function namesIn(
  ledger: Ledger,
  events: readonly { by: string | null; recordedBy: string | null; onBehalfOf: string | null }[],
  facts: readonly IssueFact[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...events.flatMap(({ by, recordedBy, onBehalfOf }) => [by, recordedBy, onBehalfOf]),
    ...peopleNamed(facts),
  ].filter((id) => id !== null);
  const people = await ledger.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

async function codesIn(ledger: Ledger, facts: readonly IssueFact[]): Promise<ReadonlyMap<string, string>> {
  const ids = facts.flatMap((fact) => {
    if (fact.type === 'mergedInto') return [fact.issueId];
    return fact.type === 'recurrenceConfirmed' ? [fact.earlierIssueId] : [];
  });
  if (ids.length === 0) return new Map();
  const issues = await ledger.issue.findMany({ where: { id: { in: ids } }, select: { id: true, code: true } });
  return new Map(issues.map(({ id, code }) => [id, code]));
}
