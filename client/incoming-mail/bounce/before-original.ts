import { addressesIn } from './bounced-recipient.ts';

/** How mail systems announce the mail that they give back. */
const announcement =
  /^[\s|>*=_#-]*(?:this is a copy of|below (?:this|the next) line is a copy|(?:below|enclosed|included|attached) is (?:a )?copy|a copy of the original message|(?:the )?(?:header of the )?original message(?:\s+(?:follows|headers?|attached|is following)|\s*[-:]|\s*$)|(?:the )?(?:message|original)(?: text| headers?)? follows|the original message (?:follows|is over)|unsent message below|your message reads|forwarded message|message text|mensaje original|original de la|message d'origine|ursprüngliche nachricht|原(?:始)?(?:邮件|信件|信)(?!信息|主题|标题)|ниже этой линии)/i;
/** The first lines of a mail's header: what is given back without an announcement begins with one. */
const headerLine = /^(?:Return-Path|Received|DKIM-Signature|DomainKey-Signature|Delivered-To|X-Received):/i;

/** A report is told in its first lines; what is longer is the mail given back, whatever it is called. */
const reportLines = 400;

/** No report has a longer line; what is longer is somebody's trial. */
const lineLengthAtMost = 2000;

/** The report itself: all before the mail that it gives back. */
export function beforeOriginal(text: string): string {
  const lines = text.split('\n', reportLines).map((line) => line.slice(0, lineLengthAtMost));
  const from = lines.findIndex((line, index) => index > 0 && (headerLine.test(line) || announcement.test(line)));
  return (from === -1 ? lines : lines.slice(0, from)).join('\n');
}

/** Whom a mail that is given back was for, by its own header; empty when it is not there. */
export function meantFor(original: string): string[] {
  return addressesIn(/^[ \t]{0,20}(?:To|X-Original-To|RCPT TO):[ \t]{0,20}(.{0,2000})/im.exec(original)?.[1] ?? '');
}
