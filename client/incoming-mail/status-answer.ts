import type { Ledger } from '../../prisma/client.ts';
import { inChinese } from '../../workflows/rules/instants.ts';
import { readIssue } from '../reading/index.ts';

/** What a query (查询) is answered with: how the issue stands, whose turn it is, what happens next and by which rule. */
export async function statusSentences(ledger: Ledger, issueId: string): Promise<string[]> {
  const { phaseName, deadline, light, next, timeline, measures } = await readIssue(ledger, issueId);
  const proven = measures.filter(({ state }) => state !== 'missing').length;
  const account = measures.length === 0 ? '' : `；措施${String(measures.length)}项，已有佐证${String(proven)}项`;
  const first = timeline?.coming[0];
  const rule = first?.why.find(({ term }) => term === '规则')?.text;
  return [
    `目前：${phaseName}，整改时限${inChinese(deadline)}，${light.name}（${light.reason}）${account}。`,
    ...(next === null
      ? ['这个问题已办结，没有后续事项。']
      : [
          `眼下：${next.turn}。`,
          `下一步：${next.when}，${next.what}${next.to.length > 0 ? `，给${next.to.join('、')}` : ''}${next.cancelledBy === null ? '' : `（${next.cancelledBy}）`}。`,
          ...(rule === undefined ? [] : [`依据：${rule}。`]),
        ]),
  ];
}
