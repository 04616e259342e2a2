import { dayOf } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { AcknowledgedItem } from './acknowledgement-letter.ts';
import { agreesAlone } from './commands.ts';
import { evidenceQuestions, keepEvidence, keepNote, receivedSentence } from './keep-answer.ts';
import { newTelling, type Settling, type Telling } from './settling.ts';
import { carryOut, promiseSentence } from './spoken-acts.ts';
import { spokenIn, type SpokenWords } from './spoken-requests.ts';
import { statusSentences } from './status-answer.ts';
import type { AnsweredWords } from './understanding.ts';
import type { ItemVerdict } from './verdict.ts';

/**
 * Does what an answer says about one item: keeps evidence and words, then tells the workflow. Every id follows from the
 * incoming mail's, and evidence keeps the measure of the first run, so a second run ends the same.
 */
export async function settleItem(settling: Settling, words: AnsweredWords): Promise<AcknowledgedItem & ItemVerdict> {
  const { ledger } = settling;
  const { item, note, unclear, query } = words;
  const { issueId, code, title, roles } = item;
  const telling = newTelling(settling, issueId);
  const { understood, refused, questions } = telling;
  const spoken = note === '' ? silence : await spokenAbout(settling, words);
  if (roles.has('handler')) await settleForHandler(settling, words, spoken, telling);
  else await settleForOthers(settling, words, spoken, telling);
  if (query === 'asked') understood.push(...(await statusSentences(ledger, issueId)));
  if (understood.length + refused.length === 0) understood.push('已收到。');

  const after = await ledger.issue.findUnique({ where: { id: issueId }, select: { progress: true } });
  const progress = (after?.progress as unknown as IssueProgress | null) ?? item.progress;
  return {
    issueId,
    code,
    title,
    understood,
    ...(refused.length > 0 && { refused: refused.join('') }),
    questions: [
      ...questions,
      ...(unclear === 'closureMentioned' ? ['如要申请销号，请回信并在首行只写“申请销号”。'] : []),
      ...(spoken.mentioned.includes('extension')
        ? ['如要申请延期，请回信写明“申请延期至某年某月某日，理由……，进展……”。']
        : []),
    ],
    owed: progress.obligations.filter(({ role }) => roles.has(role)),
    page: `/issues/${issueId}`,
    deadline: progress.deadline,
  };
}

async function settleForHandler(
  settling: Settling,
  words: AnsweredWords,
  spoken: SpokenWords,
  telling: Telling,
): Promise<void> {
  const { issues } = settling;
  const { item, commands, files } = words;
  const { issueId } = item;
  const { understood, refused, questions, ask, said } = telling;
  const evidence = await keepEvidence(settling, words);
  const noteId = await keepNote(settling, words);
  if (commands.includes('acknowledge')) {
    await ask(() => issues.acknowledge(issueId, said('acknowledge')), '已登记认领。', '未能登记认领');
  }
  const promise = commands.includes('proposeClosure')
    ? undefined
    : spoken.requests.find((request) => request.kind === 'promise');
  const withNote = noteId !== undefined && { noteId };
  if (evidence.length > 0) {
    const submission = {
      ...said('report'),
      evidence: evidence.map(({ id, measure }) => ({ evidenceId: id, ...(measure !== null && { measure }) })),
      ...withNote,
    };
    const done = receivedSentence(files, evidence);
    await ask(() => issues.submitEvidence(issueId, submission), done, '未能计入佐证材料');
    if (noteId !== undefined && refused.length === 0) understood.push('来信内容已记入进展。');
  } else if (noteId !== undefined && promise === undefined && !isWishAlone(spoken)) {
    const report = { ...said('report'), noteId };
    await ask(() => issues.reportProgress(issueId, report), '来信内容已记入进展。', '未能记入进展');
  }
  if (promise !== undefined) {
    const { until, measure } = promise;
    const commitment = { ...said('promise'), until, ...(measure !== undefined && { measure }), ...withNote };
    const outcome = await ask(() => issues.commit(issueId, commitment), '来信内容已记入进展。', '未能记下承诺');
    if (outcome === 'done') understood.push(...(await promiseSentence(settling, issueId, until)));
  }
  await carryOut(settling, item, spoken, telling);
  if (commands.includes('proposeClosure')) {
    const proposal = said('proposeClosure');
    await ask(() => issues.proposeClosure(issueId, proposal), '销号申请已提交审核。', '销号申请未受理');
  }
  questions.push(...evidenceQuestions(files, evidence));
}

/**
 * Whoever is only informed of an item, or judges it, does not act for its handler: a leader's “已阅，请抓紧” must not end
 * the chasing. His words are kept; what he may ask for in his own role is asked, and his own duty to endorse is met.
 */
async function settleForOthers(
  settling: Settling,
  words: AnsweredWords,
  spoken: SpokenWords,
  telling: Telling,
): Promise<void> {
  const { item, commands, note, files } = words;
  const { issueId, progress, roles } = item;
  const { understood, questions, ask, said } = telling;
  const evidence = await keepEvidence(settling, words);
  await keepNote(settling, words);
  const endorses = commands.includes('acknowledge') || agreesAlone(note) === 'agrees';
  const owes = progress.obligations.some(({ kind, role }) => kind === 'attestationEndorsement' && roles.has(role));
  if (owes && endorses) {
    const endorse = () => settling.issues.ask('endorseAttestation', issueId, said('endorse'));
    await ask(endorse, '已登记复核，长期坚持情况予以确认。', '未能登记复核');
  } else if (item.holds === 'noLonger') understood.push('这件事现在不由您负责，来信内容已存档，未计入进展。');
  else if (note !== '' || files.length > 0) understood.push('来信内容已存档，未计入进展。');
  await carryOut(settling, item, spoken, telling);
  questions.push(...evidenceQuestions(files, evidence));
}

const silence: SpokenWords = { requests: [], mentioned: [] };

/** 转交 alone is no report: as long as the office has not decided, the chasing goes on. */
function isWishAlone({ requests }: SpokenWords): boolean {
  return requests.length > 0 && requests.every(({ kind }) => kind === 'handover');
}

async function spokenAbout({ ledger, receivedAt }: Settling, { item, note }: AnsweredWords): Promise<SpokenWords> {
  const issue = await ledger.issue.findUnique({ where: { id: item.issueId }, select: { terms: true } });
  const { calendar } = (issue?.terms ?? {}) as unknown as Partial<IssueTerms>;
  return calendar === undefined ? silence : spokenIn(note, { today: dayOf(receivedAt), calendar });
}
