import { createHash } from 'node:crypto';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { measuresWithoutEvidence } from '../../workflows/rules/progress.ts';
import { requireWorth } from '../evidence-check/require-worth.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Issues } from '../issues.ts';
import { storedIssue } from '../reading/stored.ts';
import { RefusedError } from '../refused-error.ts';
import { type DayNamed, dayNamedIn, isAfterDeadline } from './day-named.ts';
import { whoseWords } from './whose-words.ts';

/** What somebody said by telephone, chat, paper or in a meeting, as the office enters it for him (代录). */
export interface SpokenWords {
  readonly issueId: string;
  /** Who said it. */
  readonly personId: string;
  /** Who enters it: of the office. */
  readonly recordedBy: string;
  readonly channel: 'phone' | 'chat' | 'paper' | 'meeting';
  readonly text: string;
  readonly files: readonly { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }[];
  /** Which measure the files prove; left out: the only one that lacks evidence. */
  readonly measure?: number | undefined;
  readonly acknowledge: 'yes' | 'no';
  /** The day (inclusive) he promised. */
  readonly promise?: IsoDate | undefined;
  readonly requestId: string;
  readonly source: string;
}

/** What became of it. */
export interface Recorded {
  readonly noteId: string;
  readonly evidenceIds: readonly string[];
  /** Of a leader or another the words are kept, and the handler goes on owing; who stands in for the handler speaks for him. */
  readonly counted: 'handler' | 'keptOnly';
  /** Null where a promise was entered, where the words promise none, and for whoever is not the handler. */
  readonly dayNamed: DayNamed | null;
}

type Telling = Pick<Issues, 'acknowledge' | 'reportProgress' | 'commit' | 'submitEvidence'>;

/**
 * Keeps the words and files with both names, and tells the issue what the handler has said. A second call with the same
 * request changes nothing.
 *
 * @throws RefusedError `NotOffice`, `NotLaunched`, `NobodyOfIssue`, `NoFiles`, `UnknownMeasure`, `MeasureMissing`,
 * `NotEvidence`, `PromiseUnfit`
 */
export async function recordFor(
  { ledger, issues, files }: { ledger: Ledger; issues: Telling; files: Pick<EvidenceStore, 'keep'> | undefined },
  words: SpokenWords,
): Promise<Recorded> {
  const { issueId, personId, recordedBy, requestId, promise } = words;
  const issue = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { roundId: true, cycle: true, terms: true, progress: true, round: { select: { clockId: true } } },
  });
  const stored = storedIssue(issue);
  if (stored === undefined) throw new RefusedError('NotLaunched', '这个问题还没有交办，不能登记');
  const now = await businessNow(ledger, issue.round.clockId);
  const whose = async (person: string) =>
    whoseWords(ledger, { issueId, roundId: issue.roundId, personId: person, now });
  const [speaker, recorder] = await Promise.all([whose(personId), whose(recordedBy)]);
  if (!recorder.roles.includes('office')) throw new RefusedError('NotOffice', '只有督办办公室可以代录');
  const { roles, forHandler, forOther } = speaker;
  if (roles.length === 0 && forHandler === undefined && forOther === undefined)
    throw new RefusedError('NobodyOfIssue', '这个人与该问题没有关系，请核对姓名或先办理移交');
  const measure = measureOf(
    words,
    measuresWithoutEvidence(stored.progress).map(({ number }) => number),
    stored.progress.measures,
  );

  for (const { bytes, fileName } of words.files) requireWorth(bytes, fileName);
  if (promise !== undefined) requireFit(promise, dayOf(now), stored.progress.deadline);

  const note = { issueId, personId, recordedBy, channel: words.channel, text: words.text, at: now };
  const noteId = `note-${digest(issueId, requestId)}`;
  await ledger.progressNote.createMany({ data: { id: noteId, ...note }, skipDuplicates: true });
  const evidence = await keepFiles({ ledger, files }, words, { cycle: issue.cycle, measure, now });
  const kept = { noteId, evidenceIds: evidence.map(({ evidenceId }) => evidenceId) };
  if (!roles.includes('handler') && forHandler === undefined) return { ...kept, counted: 'keptOnly', dayNamed: null };

  const said = (what: string) => ({
    requestId: `${requestId}/${what}`,
    by: personId,
    recordedBy,
    source: words.source,
  });
  if (words.acknowledge === 'yes') await issues.acknowledge(issueId, said('acknowledge'));
  if (evidence.length > 0) await issues.submitEvidence(issueId, { ...said('evidence'), evidence, noteId });
  if (promise !== undefined) {
    const covered = words.measure === undefined ? {} : { measure: words.measure };
    await issues.commit(issueId, { ...said('promise'), until: promise, ...covered, noteId });
  }
  if (evidence.length === 0 && promise === undefined)
    await issues.reportProgress(issueId, { ...said('report'), noteId });
  const dayNamed = promise === undefined ? dayNamedIn(words.text, stored, dayOf(now)) : null;
  return { ...kept, counted: 'handler', dayNamed };
}

function requireFit(promise: IsoDate, today: IsoDate, deadline: IsoDate): void {
  if (promise < today) throw new RefusedError('PromiseUnfit', `承诺的日期${promise}已经过去，请核对年份`);
  if (isAfterDeadline(promise, today, deadline))
    throw new RefusedError('PromiseUnfit', `承诺不能晚于整改时限${deadline}；确需更多时间的，请申请延期`);
}

function measureOf(
  { files, measure }: SpokenWords,
  open: readonly number[],
  measures: readonly { readonly number: number }[],
): number | undefined {
  if (measure !== undefined) {
    if (!measures.some(({ number }) => number === measure))
      throw new RefusedError('UnknownMeasure', `没有措施${String(measure)}`);
    return measure;
  }
  if (files.length === 0) return undefined;
  const only = open.length === 1 ? open[0] : measures.length === 1 ? measures[0]?.number : undefined;
  if (only === undefined) throw new RefusedError('MeasureMissing', '请写明材料属于哪条措施（--measure）');
  return only;
}

async function keepFiles(
  { ledger, files: store }: { ledger: Ledger; files: Pick<EvidenceStore, 'keep'> | undefined },
  { issueId, personId, files, requestId }: SpokenWords,
  { cycle, measure, now }: { cycle: number; measure: number | undefined; now: string },
): Promise<{ evidenceId: string; measure?: number }[]> {
  if (files.length === 0) return [];
  if (store === undefined) throw new RefusedError('NoFiles', '这里不能存放文件');
  const rows = [];
  for (const [index, { fileName, mediaType, bytes }] of files.entries()) {
    const { sha256 } = await store.keep(bytes, mediaType);
    const id = `recorded-${digest(issueId, requestId)}-${String(index + 1)}`;
    rows.push({ id, issueId, cycle, measure: measure ?? null, sha256, fileName, personId, receivedAt: now });
  }
  await ledger.evidence.createMany({ data: rows, skipDuplicates: true });
  return rows.map(({ id }) => ({ evidenceId: id, ...(measure !== undefined && { measure }) }));
}

function digest(issueId: string, requestId: string): string {
  return createHash('sha256').update(`${issueId}\n${requestId}`).digest('hex').slice(0, 24);
}
