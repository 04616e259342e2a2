import type { OpenedMail } from './open-mail.ts';

/** Headers whose mere presence says that a program answered (QQ, Exchange, vacation programs). */
const tellingHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-qq-holidayreply',
];
const automaticPrecedence = /^(auto[-_]?reply|bulk|junk)\b/i;
const automaticSubject =
  /^[[(【（]?\s*(自动回复|自动答复|自动应答|假期自动|休假自动|auto(matic)?[- ]?(reply|response)|out of (the )?office|vacation (reply|notice)|undeliver|退信|系统退信|邮件(发送|投递)失败|已读[:：]|read[:：]|mail delivery (failed|subsystem)|delivery status notification|returned mail)/i;
const automaticBody = /^\s*(您好[,，!！。]?\s*)?这是(一封)?(来自)?\s*(QQ\s*邮箱)?的?(假期)?自动(回复|答复)/i;
const programs = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)(\+.*)?@|\+auto_/i;

/**
 * Why a mail was not written by a person but by a program (RFC 3834, and the habits of QQ, NetEase and Exchange);
 * undefined when nothing says so. Such a mail is never answered.
 */
export function automaticBecause({ headers, subject, fromAddress, text }: OpenedMail): string | undefined {
  const header = (name: string) => headers.get(name)?.trim() ?? '';
  const autoSubmitted = header('auto-submitted').replace(/\s*[;(].*$/s, '');
  if (autoSubmitted !== '' && autoSubmitted.toLowerCase() !== 'no') return `Auto-Submitted: ${autoSubmitted}`;
  const telling = tellingHeaders.find((name) => headers.has(name) && !/^(no|false|0)$/i.test(header(name)));
  if (telling !== undefined) return `带有 ${telling} 信头`;
  if (automaticPrecedence.test(header('precedence'))) return `Precedence: ${header('precedence')}`;
  if (/rules? agent/i.test(header('x-ms-exchange-generated-message-source'))) return '由 Exchange 规则自动发出';
  if (headers.has('return-path') && /^<?\s*>?$/.test(header('return-path'))) return '信封没有发件人';
  if (/^multipart\/report\b/i.test(header('content-type'))) return '是一份投递或阅读报告';
  if (programs.test(fromAddress)) return '发件人是程序';
  if (automaticSubject.test(subject)) return '主题表明是自动回复';
  if (automaticBody.test(text.slice(0, 200))) return '正文表明是自动回复';
  return undefined;
}
