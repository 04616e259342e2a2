import { domainToUnicode } from 'node:url';
import type { DomainReading } from '../mail-domains.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

const trustWords = { trusted: '可信', distrusted: '不可信' } as const;

/** `mails domains list`. */
export async function domainsList(output: Output, instance: Instance): Promise<void> {
  const read = await instance.get<DomainReading>(['mail-domains']);
  output.answer(read, () => words(read));
}

export interface DomainOptions {
  readonly by: string;
  readonly reason: string;
}

/** `mails domains trust|distrust DOMAIN`. */
export async function domainsDecide(
  output: Output,
  instance: Instance,
  domain: string,
  { trust, by, reason }: DomainOptions & { readonly trust: 'trusted' | 'distrusted' },
): Promise<void> {
  const done = await instance.put<DomainReading & { domain: string; changed: 'now' | 'before' }>(
    ['mail-domains', domain],
    { json: { trust, by, reason } },
  );
  const said = done.changed === 'now' ? '已登记' : '早已如此';
  output.answer(done, () => `${said}：${shown(done.domain)} ${trustWords[trust]}\n\n${words(done)}`);
}

function words({ domains, undecided }: DomainReading): string {
  const listed = domains.map(({ domain, trust, by, at, reason }) => [
    shown(domain),
    trustWords[trust],
    `${at.slice(0, 10)} ${by}`,
    reason,
  ]);
  const open = undecided.map(({ domain, people }) => [shown(domain), `${String(people)}人`]);
  return [
    domains.length === 0 ? '名单是空的：发往任何域名的邮件都只写编号、时限和链接。' : columns(listed),
    ...(open.length === 0
      ? []
      : ['', '通讯录里还没有决定的域名，发往那里的邮件只写编号、时限和链接：', columns(open, '  ')]),
  ].join('\n');
}

function shown(domain: string): string {
  const readable = domainToUnicode(domain);
  return readable === '' || readable === domain ? domain : `${readable}（${domain}）`;
}
