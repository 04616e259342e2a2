import type { Ledger } from '../../prisma/client.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { Secrecy, Told } from '../../workflows/rules/secrecy.ts';

interface WrittenMail {
  readonly told: Told;
  readonly toldBecause: unknown;
  readonly preparedAt: Date;
}

/** What mails told of these issues, and by which rule, in a sentence: by what held when each was written. */
export async function readTold(
  ledger: Ledger,
  issueIds: readonly string[],
): Promise<(issueId: string | null, mail: WrittenMail) => { readonly told: Told; readonly toldWhy: string }> {
  const changes = await ledger.issueSecrecyChange.findMany({
    where: { issueId: { in: [...new Set(issueIds)] } },
    select: { issueId: true, secrecy: true, at: true },
    orderBy: { number: 'asc' },
  });
  const ofIssue = groupBy(changes, ({ issueId }) => issueId);
  return (issueId, { told, toldBecause, preparedAt }) => {
    const held = ofIssue.get(issueId ?? '')?.findLast(({ at }) => at <= preparedAt)?.secrecy;
    return held === 'confidential'
      ? { told: 'codeOnly', toldWhy: '只写编号、时限和链接：本问题保密' }
      : { told, toldWhy: toldWords(toldBecause as Secrecy | null) };
  };
}

/** What a mail told (保密) and by which rule; null stands for mails from before there were rules. */
function toldWords(secrecy: Secrecy | null): string {
  if (secrecy === null) return '写明问题内容';
  const domain = secrecy.domain ?? '';
  switch (secrecy.rule) {
    case 'practiceMailbox':
      return '写明问题内容：只进演练信箱，不出本机';
    case 'paper':
      return '写明问题内容：打印件，当面送达';
    case 'trustedDomain':
      return `写明问题内容：${domain}是可信域名`;
    case 'distrustedDomain':
      return `只写编号、时限和链接：${domain}已定为不可信域名`;
    case 'unlistedDomain':
      return `只写编号、时限和链接：${domain}不在可信域名名单内`;
    case 'unreadableAddress':
      return '只写编号、时限和链接：邮箱地址读不出域名';
  }
}
