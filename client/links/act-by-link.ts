import { createHash } from 'node:crypto';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { Ledger } from '../../prisma/client.ts';
import { requireWorth } from '../evidence-check/require-worth.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { LinkAct } from './link-state.ts';
import type { LinkedLine } from './linked-line.ts';

/** What a person filled in on a link's second page. */
export interface LinkWords {
  readonly code: string;
  readonly text: string;
  readonly progress: string;
  readonly until: string;
  readonly measure: string;
  readonly files: readonly {
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: () => Promise<Uint8Array>;
  }[];
  readonly requestId: string;
}

export interface LinkPorts {
  readonly ledger: Ledger;
  readonly issues: Pick<Issues, 'acknowledge' | 'reportProgress' | 'submitEvidence' | 'proposeClosure' | 'ask'>;
  readonly files: Pick<EvidenceStore, 'keep'>;
}

/**
 * Does what a person asked for by a link, as the same request that an answer by mail becomes. Nothing is kept before the
 * code is right and all is filled in. A second call with the same request changes nothing.
 *
 * @throws RefusedError `CodeWrong`, `NotByLink`, `WordsMissing`, `FileMissing`, `MeasureMissing`, `DayMissing`, `NotEvidence`, or the request's own
 */
export async function actByLink(ports: LinkPorts, line: LinkedLine, act: LinkAct, words: LinkWords): Promise<void> {
  const { ledger, issues } = ports;
  const { issueId, personId, now } = line;
  if (!isSameCode(words.code, line.code))
    throw new RefusedError('CodeWrong', '填写的编号和这一项的编号不一致，什么也没有登记。请照页面上的编号填写。');
  if (line.state.kind !== 'acts' || !line.state.acts.includes(act))
    throw new RefusedError('NotByLink', '这一项现在不能凭这个链接办理，请刷新页面看最新情况。');
  const said = { requestId: words.requestId, by: personId, source: `link/${line.mailId}` };
  switch (act) {
    case 'acknowledge':
      return issues.acknowledge(issueId, said);
    case 'proposeClosure':
      return issues.proposeClosure(issueId, said);
    case 'requestExtension': {
      if (!isIsoDate(words.until)) throw new RefusedError('DayMissing', '请写明申请延到哪一天。');
      const measures = line.measures.flatMap(({ number }) => (number > 0 ? [number] : []));
      const { until, text: reason, progress } = words;
      return issues.ask('requestExtension', issueId, { ...said, until, measures, reason, progress });
    }
    case 'report': {
      if (words.text === '') throw new RefusedError('WordsMissing', '请写明进展，三五句话即可。');
      const noteId = `link-${digestOf(said.requestId)}`;
      const note = { id: noteId, issueId, personId, text: words.text, at: now };
      await ledger.progressNote.createMany({ data: note, skipDuplicates: true });
      return issues.reportProgress(issueId, { ...said, noteId });
    }
    case 'submitEvidence': {
      const measure = line.measures.find(({ number }) => String(number) === words.measure)?.number;
      if (measure === undefined) throw new RefusedError('MeasureMissing', '请选择材料对应哪条措施。');
      if (words.files.length === 0) throw new RefusedError('FileMissing', '请选择要交的佐证材料。');
      const evidence = await keepFiles(ports, line, measure, words);
      return issues.submitEvidence(issueId, { ...said, evidence });
    }
  }
}

async function keepFiles({ ledger, files }: LinkPorts, line: LinkedLine, measure: number, words: LinkWords) {
  const { issueId, personId, cycle, now: receivedAt } = line;
  const rows = [];
  const contents = await Promise.all(words.files.map(({ bytes }) => bytes()));
  for (const [index, { fileName }] of words.files.entries()) requireWorth(contents[index]!, fileName);
  for (const [index, { fileName, mediaType }] of words.files.entries()) {
    const { sha256 } = await files.keep(contents[index]!, mediaType);
    const id = `link-${digestOf(words.requestId)}-${String(index + 1)}`;
    rows.push({ id, issueId, cycle, measure, sha256, fileName, personId, receivedAt });
  }
  await ledger.evidence.createMany({ data: rows, skipDuplicates: true });
  return rows.map(({ id }) => ({ evidenceId: id, measure }));
}

/** Whether somebody typed this code, in whatever width, case and with whatever hyphens. */
export function isSameCode(typed: string, code: string): boolean {
  return foldedCode(typed) === foldedCode(code);
}

function foldedCode(code: string): string {
  return code
    .normalize('NFKC')
    .replace(/[\s‐‑–—－]/gu, (sign) => (/\s/u.test(sign) ? '' : '-'))
    .toUpperCase();
}

function digestOf(requestId: string): string {
  return createHash('sha256').update(requestId).digest('hex').slice(0, 24);
}
