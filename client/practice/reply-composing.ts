import { addMs, dayOf, type IsoInstant, inChinese } from '../../workflows/rules/instants.ts';
import type { QuoteStyle, ReplyItem } from './acts.ts';

/** The mail that is answered, as its reader sees it. */
export interface Original {
  readonly fromName: string;
  readonly fromAddress: string;
  readonly toName: string;
  readonly toAddress: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: IsoInstant;
}

/** The body of a reply: a line for each thing said, and below it the original as the writer's mail program quotes it. */
export function replyBody(said: readonly Pick<ReplyItem, 'text'>[], original: Original, style: QuoteStyle): string {
  const own = said.map(({ text }) => text).join('\n');
  return style === 'none' ? `${own}\n` : `${own}\n\n\n${quoted(original, style)}\n`;
}

/** Clients prefix the subject once, however long the exchange. */
export function replySubject(subject: string): string {
  return /^(回复|答复|re)\s*[:：]/i.test(subject) ? subject : `回复：${subject}`;
}

/** How much of the original anybody quotes. */
const quotedLinesAtMost = 60;

function quoted(original: Original, style: Exclude<QuoteStyle, 'none'>): string {
  const { fromName, fromAddress, toName, toAddress, subject, sentAt } = original;
  const lines = original.text.replace(/\r\n?/g, '\n').trimEnd().split('\n').slice(0, quotedLinesAtMost);
  const plain = lines.join('\n');
  const marked = lines.map((line) => `> ${line}`).join('\n');
  const day = dayOf(sentAt);
  const time = addMs(sentAt, 8 * 3_600_000).slice(11, 16);
  switch (style) {
    case 'qq':
      return [
        '------------------ 原始邮件 ------------------',
        `发件人: "${fromName}" <${fromAddress}>;`,
        `发送时间: ${inChinese(day)} ${time}`,
        `收件人: "${toName}" <${toAddress}>;`,
        `主题: ${subject}`,
        '',
        plain,
      ].join('\n');
    case 'netease':
      return `在 ${day} ${time}:00，"${fromName}" <${fromAddress}> 写道：\n${marked}`;
    case 'apple':
      return `在 ${inChinese(day).replace(/\(.*\)$/, '')}，${time}，${fromName} <${fromAddress}> 写道：\n\n${marked}`;
    case 'foxmail':
      return [
        `发件人： ${fromName}`,
        `发送时间： ${day} ${time}`,
        `收件人： ${toName}`,
        `主题： ${subject}`,
        '',
        plain,
      ].join('\n');
    case 'outlook':
      return [
        '________________________________',
        `发件人: ${fromName} <${fromAddress}>`,
        `发送时间: ${inChinese(day)} ${time}`,
        `收件人: ${toName} <${toAddress}>`,
        `主题: ${subject}`,
        '',
        plain,
      ].join('\n');
  }
}
