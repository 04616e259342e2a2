import type { Secrecy } from '../../workflows/rules/secrecy.ts';

/** What a mail told (保密) and by which rule; null stands for mails from before there were rules. */
export function toldWords(secrecy: Secrecy | null): string {
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
