import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { type CommentChannel, commentChannels } from './comment-channels.ts';
import { correctionOf, readTold, type RoundCorrection } from './round-corrections.ts';

/** A comment of the public (群众意见) as it stands, with what was corrected about it. */
export interface ListedComment {
  readonly commentId: string;
  readonly text: string;
  /** Of the issue it is about. */
  readonly issue: string | null;
  readonly contact: string;
  readonly receivedOn: IsoDate;
  /** How it came; null where nobody said so. */
  readonly channel: CommentChannel | null;
  readonly channelName: string | null;
  readonly answer: string;
  readonly answeredOn: IsoDate | null;
  readonly corrections: readonly RoundCorrection[];
}

/** The round's comments in the order of their registration; words that were corrected stand in the corrections. */
export async function listComments(ledger: Ledger, roundId: string): Promise<ListedComment[]> {
  const [events, rows, issues] = await Promise.all([
    readTold(ledger, roundId, ['commentReceived', 'commentCorrected']),
    ledger.publicComment.findMany({ where: { roundId } }),
    ledger.issue.findMany({ where: { roundId }, select: { id: true, code: true } }),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const codeOf = (id: string | null | undefined) => issues.find((issue) => issue.id === id)?.code ?? null;
  const comments = new Map<string, ListedComment>();
  for (const event of events) {
    const { fact } = event;
    const { commentId } = fact;
    const row = byId.get(commentId);
    if (row === undefined) continue;
    const was = comments.get(commentId);
    if (fact.type === 'commentReceived' || was === undefined) {
      const { text, contact, receivedOn, channel, answer, answeredAt } = row;
      const answeredOn = answeredAt && dayOf(answeredAt.toISOString());
      const issue = codeOf(fact.issueId);
      const came = { receivedOn: toIsoDate(receivedOn), channel, channelName: channel && commentChannels[channel] };
      const told = { text, contact, ...came, answer, answeredOn };
      comments.set(commentId, { commentId, ...told, issue, corrections: [] });
      continue;
    }
    const text = fact.wordingId === undefined ? was.text : (byId.get(fact.wordingId)?.text ?? was.text);
    const issue = fact.issueId === undefined ? was.issue : codeOf(fact.issueId);
    const changes = [
      ...(text === was.text ? [] : [`内容由“${was.text}”改为“${text}”`]),
      ...(issue === was.issue ? [] : [`涉及的问题由${was.issue ?? '无'}改为${issue ?? '无'}`]),
    ];
    const corrections = [...was.corrections, correctionOf({ ...event, fact }, changes)];
    comments.set(commentId, { ...was, text, issue, corrections });
  }
  return [...comments.values()];
}
