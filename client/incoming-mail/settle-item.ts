import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { AcknowledgedItem } from './acknowledgement-letter.ts';
import type { AnsweredWords, PlacedFile } from './understanding.ts';

/** As much of the issues as answers by mail ask for. */
export type AnswerableIssues = Pick<Issues, 'acknowledge' | 'submitEvidence' | 'reportProgress' | 'proposeClosure'>;

export interface Settling {
  readonly ledger: Ledger;
  readonly issues: AnswerableIssues;
  readonly evidenceStore: EvidenceStore;
  readonly incomingId: string;
  readonly personId: string;
  readonly receivedAt: IsoInstant;
}

/** The place of each request in the id by which its second delivery is recognised: the same in every run. */
const places = { acknowledge: 1, report: 2, proposeClosure: 3 } as const;

/**
 * Does what an answer says about one item: keeps evidence and words, then tells the workflow. Every id follows from the
 * incoming mail's, and evidence keeps the measure of the first run, so a second run ends the same.
 */
export async function settleItem(settling: Settling, words: AnsweredWords): Promise<AcknowledgedItem> {
  const { ledger, issues, incomingId, personId } = settling;
  const { item, commands, files, note, unclear } = words;
  const { issueId, code, title, roles } = item;
  const understood: string[] = [];
  const refused: string[] = [];
  const evidence = await keepEvidence(settling, words);
  const noteId = await keepNote(settling, words);
  const said = (place: keyof typeof places): Said => ({
    requestId: `${incomingId}/${issueId}/${String(places[place])}`,
    by: personId,
    source: incomingId,
  });
  const ask = async (request: () => Promise<void>, done: string, failed: string) => {
    try {
      await request();
      understood.push(done);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refused.push(`${failed}：${error.message}。`);
    }
  };

  // Whoever is only informed of an item, or judges it, does not act for its handler: a leader's “已阅，请抓紧” must not
  // end the chasing. His words are kept.
  if (!roles.has('handler')) {
    if (note !== '' || files.length > 0) understood.push('来信内容已存档，未计入进展。');
    else understood.push('已收到。');
  } else {
    if (commands.includes('acknowledge') && roles.has('handler')) {
      await ask(() => issues.acknowledge(issueId, said('acknowledge')), '已登记认领。', '未能登记认领');
    }
    if (evidence.length > 0) {
      const submission = {
        ...said('report'),
        evidence: evidence.map(({ id, measure }) => ({ evidenceId: id, ...(measure !== null && { measure }) })),
        ...(noteId !== undefined && { noteId }),
      };
      await ask(
        () => issues.submitEvidence(issueId, submission),
        receivedSentence(files, evidence),
        '未能计入佐证材料',
      );
      if (noteId !== undefined && refused.length === 0) understood.push('来信内容已记入进展。');
    } else if (noteId !== undefined) {
      const report = { ...said('report'), noteId };
      await ask(() => issues.reportProgress(issueId, report), '来信内容已记入进展。', '未能记入进展');
    }
    if (commands.includes('proposeClosure')) {
      const proposal = said('proposeClosure');
      await ask(() => issues.proposeClosure(issueId, proposal), '销号申请已提交审核。', '销号申请未受理');
    }
    if (understood.length + refused.length === 0) understood.push('已收到。');
  }

  const after = await ledger.issue.findUnique({ where: { id: issueId }, select: { progress: true } });
  const progress = (after?.progress as unknown as IssueProgress | null) ?? item.progress;
  return {
    issueId,
    code,
    title,
    understood,
    ...(refused.length > 0 && { refused: refused.join('') }),
    questions: [
      ...evidenceQuestions(files, evidence),
      ...(unclear === 'closureMentioned' ? ['如要申请销号，请回信并在首行只写“申请销号”。'] : []),
    ],
    owed: progress.obligations.filter(({ role }) => roles.has(role)),
  };
}

interface KeptEvidence {
  readonly id: string;
  readonly measure: number | null;
  readonly fileName: string;
}

/** Stores the files, then their rows. The rows of an earlier run stand: what they were for is not judged anew. */
async function keepEvidence(settling: Settling, { item, files }: AnsweredWords): Promise<KeptEvidence[]> {
  if (files.length === 0) return [];
  const { ledger, evidenceStore, incomingId, personId, receivedAt } = settling;
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

async function keepNote(settling: Settling, { item, note }: AnsweredWords): Promise<string | undefined> {
  if (note === '') return undefined;
  const { ledger, incomingId, personId, receivedAt } = settling;
  const id = `${incomingId}-${item.issueId}`;
  await ledger.progressNote.createMany({
    data: { id, issueId: item.issueId, personId, incomingMailId: incomingId, text: note, at: receivedAt },
    skipDuplicates: true,
  });
  return id;
}

function receivedSentence(files: readonly PlacedFile[], evidence: readonly KeptEvidence[]): string {
  const measuresOf = new Map<string, number[]>();
  for (const { fileName, measure } of evidence) {
    measuresOf.set(fileName, [...(measuresOf.get(fileName) ?? []), ...(measure === null ? [] : [measure])]);
  }
  const names = [...measuresOf].map(([fileName, measures]) => `${fileName}${measureWords(measures)}`);
  return `已收下佐证材料${String(files.length)}份：${names.join('、')}。`;
}

function measureWords(measures: readonly number[]): string {
  const numbers = [...new Set(measures)].filter((number) => number > 0);
  return numbers.length === 0 ? '' : `（措施${numbers.join('、')}）`;
}

function evidenceQuestions(files: readonly PlacedFile[], evidence: readonly KeptEvidence[]): string[] {
  const unclear = evidence.filter(({ measure }) => measure === null).map(({ fileName }) => `“${fileName}”`);
  return files.length === 0 || unclear.length === 0
    ? []
    : [`${[...new Set(unclear)].join('、')}未写明对应哪条措施，尚未计入；请重新发来，文件名写明如“措施2”。`];
}
