import { dayOf } from '../../workflows/rules/instants.ts';
import { domainToUnicode } from 'node:url';
import { MisuseError } from '../misuse-error.ts';
import type { MailDomainPreview } from '../previews/mail-domain-preview.ts';
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
  readonly by?: string;
  readonly reason?: string;
  readonly preview?: true;
}

/** `mails domains trust|distrust DOMAIN`; with `--preview`, only who would be told otherwise. */
export async function domainsDecide(
  output: Output,
  instance: Instance,
  domain: string,
  { trust, by, reason, preview }: DomainOptions & { readonly trust: 'trusted' | 'distrusted' },
): Promise<void> {
  if (preview === true) {
    const json = { trust, mode: 'preview' };
    const found = await instance.put<MailDomainPreview>(['mail-domains', domain], { json });
    output.answer(found, () => previewWords(found));
    return;
  }
  if (by === undefined || reason === undefined) {
    throw new MisuseError('请用 --by 写明以谁的名义决定、用 --reason 写明理由，或用 --preview 只看影响谁');
  }
  const done = await instance.put<DomainReading & { domain: string; changed: 'now' | 'before' }>(
    ['mail-domains', domain],
    { json: { trust, by, reason } },
  );
  const said = done.changed === 'now' ? '已登记' : '早已如此';
  output.answer(done, () => `${said}：${shown(done.domain)} ${trustWords[trust]}\n\n${words(done)}`);
}

function previewWords({ domain, trust, changed, people, waiting }: MailDomainPreview): string {
  const told = { words: '邮件写问题的内容', codeOnly: '邮件只写编号、时限和链接' };
  return [
    `（预览，未登记）${shown(domain)} ${trustWords[trust]}${changed === 'before' ? '：早已如此' : ''}`,
    ...(people.length === 0
      ? ['通讯录里没有人因此收到不同的内容']
      : [
          `此后这${String(people.length)}人：`,
          columns(
            people.map((one) => [one.name, one.unit, one.email, told[one.told]]),
            '  ',
          ),
        ]),
    ...(waiting === 0 ? [] : [`其中 ${String(waiting)} 封等着发的邮件重写以后再发；已经发出的收不回来`]),
  ].join('\n');
}

function words({ domains, undecided }: DomainReading): string {
  const listed = domains.map(({ domain, trust, by, at, reason }) => [
    shown(domain),
    trustWords[trust],
    `${dayOf(at)} ${by}`,
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
