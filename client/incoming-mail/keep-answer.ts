import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { AnsweredWords, PlacedFile } from './understanding.ts';

export interface Keeping {
  readonly ledger: Ledger;
  readonly evidenceStore: EvidenceStore;
  readonly incomingId: string;
  readonly personId: string;
  /** Of the office, who vouches that these are his words (来信核实); left out where nobody has to. */
  readonly recordedBy?: string;
  readonly receivedAt: IsoInstant;
}

export interface KeptEvidence {
  readonly id: string;
  readonly measure: number | null;
  readonly fileName: string;
}

/** Stores the files, then their rows. The rows of an earlier run stand: what they were for is not judged anew. */
export async function keepEvidence(keeping: Keeping, { item, files }: AnsweredWords): Promise<KeptEvidence[]> {
  if (files.length === 0) return [];
  const { ledger, evidenceStore, incomingId, personId, receivedAt } = keeping;
  const { issueId, progress } = item;
  const rows = [];
  for (const { file, place, measures } of files) {
    const { sha256 } = await evidenceStore.keep(file.bytes, file.mediaType);
    const { fileName } = file;
    const { cycle } = progress;
    for (const [index, measure] of (measures.length > 0 ? measures : [null]).entries()) {
      const id = [incomingId, place, ...(index > 0 ? [index + 1] : [])].join('-');
      const from = { personId, incomingMailId: incomingId, receivedAt };
      rows.push({ id, issueId, cycle, measure, sha256, fileName, ...from });
    }
  }
  const kept = () =>
    ledger.evidence.findMany({
      where: { incomingMailId: incomingId, issueId },
      orderBy: { id: 'asc' },
      select: { id: true, measure: true, fileName: true },
    });
  const before = await kept();
  if (before.length > 0) return before;
  await ledger.evidence.createMany({ data: rows, skipDuplicates: true });
  return kept();
}

export async function keepNote(keeping: Keeping, { item, note }: AnsweredWords): Promise<string | undefined> {
  if (note === '') return undefined;
  const { ledger, incomingId, personId, recordedBy = null, receivedAt } = keeping;
  const id = `${incomingId}-${item.issueId}`;
  await ledger.progressNote.createMany({
    data: { id, issueId: item.issueId, personId, recordedBy, incomingMailId: incomingId, text: note, at: receivedAt },
    skipDuplicates: true,
  });
  return id;
}

export function receivedSentence(files: readonly PlacedFile[], evidence: readonly KeptEvidence[]): string {
  const measuresOf = new Map<string, number[]>();
  for (const { fileName, measure } of evidence) {
    measuresOf.set(fileName, [...(measuresOf.get(fileName) ?? []), ...(measure === null ? [] : [measure])]);
  }
  const names = [...measuresOf].map(([fileName, measures]) => `${fileName}${measureWords(measures)}`);
  return `已收下佐证材料${String(files.length)}份：${names.join('、')}。`;
}

export function evidenceQuestions(files: readonly PlacedFile[], evidence: readonly KeptEvidence[]): string[] {
  const unclear = evidence.filter(({ measure }) => measure === null).map(({ fileName }) => `“${fileName}”`);
  return files.length === 0 || unclear.length === 0
    ? []
    : [`${[...new Set(unclear)].join('、')}未写明对应哪条措施，尚未计入；请重新发来，文件名写明如“措施2”。`];
}

function measureWords(measures: readonly number[]): string {
  const numbers = [...new Set(measures)].filter((number) => number > 0);
  return numbers.length === 0 ? '' : `（措施${numbers.join('、')}）`;
}
