import type { OpenedMail } from '../open-mail.ts';
import { beforeOriginal, meantFor } from './before-original.ts';
import { addressesIn, addressPattern, type BouncedRecipient } from './bounced-recipient.ts';
import { reportedRecipients } from './delivery-status.ts';
import { diagnosed } from './diagnosis.ts';
import { type ToldRecipient, toldRecipients } from './told-recipients.ts';

/** How mail systems title a report, in the languages they speak. */
const reportSubject =
  /undeliver|non[- ]?deliver|delivery (?:status|report|failure|failed|problem|has failed|notification)|(?:mail|message|email)(?: delivery)? (?:failed|failure|error|could not)|failure (?:notice|delivery)|returned mail|returning (?:message|to sender)|mail system error|delayed mail|not (?:yet )?been delivered|user unknown|automatically rejected|non remis|退信|投递(?:失败|状态)|发送失败|无法(?:送达|投递)|未(?:送达|能送达|能投递|传递|能传递)|無法(?:傳遞|投遞|寄達|送達)|退件|не доставлено|mail ?failure/i;
/** Who writes reports. */
const reporter = /^(?:mailer-daemon|post_?master|mdaemon|sysadmin|ndr|mail-?daemon|no-?reply)@/i;
/** What a report says at its beginning. */
const reportWords =
  /(?:could|can|was|were|has|have|did|does|is)\s?(?:not|n['’]t)\s(?:yet\s)?(?:be\s|been\s)?(?:deliver|relayed|reach|sent)|could not be delivered|un(?:able to deliver|deliverable)|wasn['’]t able to deliver|delivery (?:to|failed|has failed|has been delayed)|no such user|user unknown|invalid (?:user|final)|(?:following|failed) address|returned to sender|error (?:occurred|delivering)|rejected your message|automatically rejected|送信に失敗|投递失败|退信|(?:无法|未能|不能)(?:送达|投递|将.{0,10}传递|传递)|(?:無法|未能)(?:傳遞|投遞|寄達|送達|將.{0,10}傳遞)|не может быть доставлено|mailbox (?:is full|exceeds)/i;
/** A sentence and then an address alone in its line: no person answers so, whatever the title. */
const beginsAsReport = new RegExp(
  String.raw`(?:could not be delivered|n'a pas pu [eê]tre d[eé]livr[eé]) (?:to|[àa])\s{0,3}:?\s{1,4}<?${addressPattern}>?[ \t]*\r?\n`,
  'i',
);
const statusPart = /^message\/(?:global-)?delivery-status$/;
const fieldsInWords = /^(?:Final-Recipient|Original-Recipient)[ \t]*:/im;

/**
 * Whether it is a bounce: a delivery report (RFC 3464), or a mail system's own words for one. A feedback loop (RFC 5965) and
 * a note that a mail was delivered or read are none.
 */
export function isBounce(mail: OpenedMail): boolean {
  const type = mail.headers.get('content-type') ?? '';
  if (/report-type\s*=\s*"?feedback-report/i.test(type)) return false;
  if (mail.files.some(({ mediaType }) => mediaType === 'message/feedback-report')) return false;
  if (mail.files.some(({ mediaType }) => statusPart.test(mediaType))) return true;
  if (/report-type\s*=\s*"?delivery-status/i.test(type)) return true;
  if (mail.headers.has('x-failed-recipients')) return true;
  const isProgram = mail.fromAddress === '' || reporter.test(mail.fromAddress);
  // What a person answers to a report, or passes on, is a person's mail.
  if (
    !isProgram &&
    !beginsAsReport.test(mail.text.slice(0, 600)) &&
    /^\s*(?:re|aw|sv|fw|fwd|答复|回复|转发|回覆|轉寄)\s*[:：]/i.test(mail.subject)
  )
    return false;
  const isTitled = reportSubject.test(mail.subject);
  const isWorded = reportWords.test(beforeOriginal(mail.text).slice(0, 3000));
  return [isProgram, isTitled, isWorded].filter(Boolean).length >= 2;
}

/**
 * The recipients of whom a bounce says that a mail has not reached them. Fields (RFC 3464) come first, also where a program
 * put them into the text; then the report's words; then `X-Failed-Recipients`; then whom the returned mail was for.
 */
export function bouncedRecipients(mail: OpenedMail): BouncedRecipient[] {
  const report = beforeOriginal(mail.text);
  const told = toldRecipients(report, othersIn(mail));
  const explained = (recipient: string) =>
    told.find((one) => one.recipient === recipient)?.diagnoses.join('\n') ?? report;
  const fields = mail.files
    .filter(({ mediaType }) => statusPart.test(mediaType))
    .map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
    .concat(fieldsInWords.test(mail.text) ? [mail.text] : []);
  const reported = reportedRecipients(fields.join('\n\n'), explained);
  if (reported.length > 0) return reported;
  const isOnlyDelivered =
    fields.length > 0 && /^Action[ \t]*:[ \t]*(?:delivered|relayed|expanded)/im.test(fields.join('\n'));
  if (isOnlyDelivered) return [];
  const otherwise = isStillTried(mail.subject, report) ? '4.0.0' : '5.0.0';
  return (told.length > 0 ? told : meantRecipients(mail, report)).map(({ recipient, diagnoses }) => ({
    recipient,
    ...diagnosed(diagnoses, { stated: '', otherwise }),
  }));
}

/** A returned mail that was for several does not say which of them it has not reached. */
function meantRecipients(mail: OpenedMail, report: string): ToldRecipient[] {
  const failed = addressesIn(mail.headers.get('x-failed-recipients') ?? '');
  const attached = mail.files
    .filter(({ mediaType }) => /^(?:message\/rfc822|text\/rfc822-headers?)$/.test(mediaType))
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
  const meant = [mail.text.slice(report.length), ...attached].map(meantFor).find((some) => some.length === 1) ?? [];
  const recipients = failed.length > 0 ? failed : meant;
  return [...new Set(recipients)].map((recipient) => ({ recipient, diagnoses: [report] }));
}

/** A report that tells no code at all says whether the mail is still tried. */
function isStillTried(subject: string, report: string): boolean {
  return (
    /delay|warning|not yet|延迟|still being/i.test(subject) ||
    /warning (?:message )?only|will (?:be retried|retry)/i.test(report)
  );
}

/** The report's reader and its writer. */
function othersIn({ fromAddress, headers, text }: OpenedMail): Set<string> {
  const sentBy =
    new RegExp(`(?:sent by|original sender:?)\\s{1,8}<?(${addressPattern})`, 'i').exec(text)?.[1] ?? fromAddress;
  return new Set([fromAddress, sentBy.toLowerCase(), ...addressesIn(headers.get('to') ?? '')]);
}
