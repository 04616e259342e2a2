import { labelOf } from './header-words.ts';
import { type MailLine, readable, withoutBeginning, withoutEnding } from './mail-lines.ts';
import { appleForwardedWords, forwardedWords, originalWords } from './marker-words.ts';

const dashes = new Set('-_=—–－~─━ *#');

/** `-----Original Message-----`, `------------------ 原始邮件 ------------------`, `---- 回复的原邮件 ----`. */
export function beginsOriginal({ text }: MailLine): boolean {
  if (isReplyLine(text)) return true;
  if (!startsWithDashes(text)) return false;
  const words = betweenDashes(text)?.replace(/ (?:processed by|from|von) .*$/, '');
  return words !== undefined && originalWords.has(words);
}

/** `---------- Forwarded message ---------`, or Apple's `Begin forwarded message:`, which has no dashes. */
export function beginsForwarded({ text }: MailLine): boolean {
  if (startsWithDashes(text)) return forwardedWords.has(betweenDashes(text) ?? '');
  return /[:：]$/.test(text) && text.length < 80 && appleForwardedWords.has(plain(text));
}

/** 原始邮件 alone in a line, without dashes. */
export function isOriginalWords(line: string | undefined): boolean {
  const text = readable(line);
  return text.length < 40 && originalWords.has(plain(text));
}

function startsWithDashes(text: string): boolean {
  return /^[\s*#]{0,3}[-_=—–－~─━[]{2}/.test(text);
}

/** The words between two runs of dashes; a header's label may follow them in the same line. */
function betweenDashes(text: string): string | undefined {
  const words = withoutBeginning(text, dashes);
  const end = words.search(/\s?[-_=—－─━]{2}/);
  if (end < 0) return plain(words);
  const behind = withoutBeginning(words.slice(end), dashes);
  return behind === '' || labelOf(behind) === 'from' ? plain(words.slice(0, end)) : undefined;
}

const closing = new Set(' :：*-_=—–－~─━');

function plain(text: string): string {
  return withoutEnding(text, closing).replace(/\s+/g, ' ').toLowerCase();
}

const aboveThisLine =
  /(?:reply|write|type|respond|answer).{0,30}above this line|above this line.{0,30}reply|此[行线]?(?:以上|上方|之上).{0,6}[回答]复/i;

/** `-- Reply ABOVE THIS LINE --`: helpdesks draw it at the top of what they send. */
function isReplyLine(text: string): boolean {
  return text.length < 120 && /^[-—_=#*~[]{2}/.test(text) && aboveThisLine.test(text);
}
