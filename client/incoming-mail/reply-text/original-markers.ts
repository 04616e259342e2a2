import { labelOf } from './header-words.ts';
import { type MailLine, readable, withoutBeginning, withoutEnding } from './mail-lines.ts';
import { appleForwardedWords, forwardedWords, originalWords } from './marker-words.ts';

const dashes = new Set('-_=—–‐‑－~─━ *#');

/** `-----Original Message-----`, `------------------ 原始邮件 ------------------`, `---- 回复的原邮件 ----`. */
export function beginsOriginal({ text }: MailLine): boolean {
  if (isReplyLine(text)) return true;
  if (!startsWithDashes(text)) return false;
  const words = betweenDashes(text)?.replace(/ (?:processed by|from|von) .*$/, '');
  return words !== undefined && (originalWords.has(words) || speaksOfOriginal(text, words));
}

/** `---------- Forwarded message ---------`, or Apple's `Begin forwarded message:`, which has no dashes. */
export function beginsForwarded({ text }: MailLine): boolean {
  if (startsWithDashes(text)) return forwardedWords.has(betweenDashes(text) ?? '');
  return /[:：]$/.test(text) && text.length < 80 && appleForwardedWords.has(plain(text));
}

/** 原始邮件 alone in a line, without dashes. */
export function isOriginalWords(line: string | undefined): boolean {
  const text = readable(line).replace(/^[【[](.{2,20})[】\]]$/, '$1');
  return text.length < 40 && originalWords.has(plain(text));
}

function startsWithDashes(text: string): boolean {
  return /^(?:[\s*#]{0,3}[-_=—–‐‑－~─━[]{2}|\*{3})/.test(text);
}

/** The words between two runs of dashes; a header's label may follow them in the same line. */
function betweenDashes(text: string): string | undefined {
  const words = withoutBeginning(text, dashes);
  const end = words.search(/\s?[-_=—‐‑－─━*]{2}/);
  if (end < 0) return plain(words);
  const behind = withoutBeginning(words.slice(end), dashes);
  return behind === '' || labelOf(behind) === 'from' ? plain(words.slice(0, end)) : undefined;
}

const closing = new Set(' :：*-_=—–‐‑－~─━');

function plain(text: string): string {
  return withoutEnding(text, closing).replace(/\s+/g, ' ').toLowerCase();
}

/** What no list holds: an adjective and a noun for it in any of these languages, between dashes on both sides. */
const original =
  /^(?:(?:l['’])?origin\S*|initial|ursprüngl\S*|ursprungl\S*|oorspr\S*|opri\S*|oryginaln\S*|původní|исходн\S*|оригинальн\S*)$/;
const mail =
  /^(?:d['’])?(?:message|mail|e-?mail|courriel|nachricht|mensaje|mensagem|correo|messaggio|bericht|meddelande|meddelelse|melding|besked|wiadomość|wiadomości|zpráva|сообщение|письмо)s?$/;
const chineseOriginal =
  /^(?:您|我)?(?:的)?(?:回复|回覆|答复|原始|原来|历史|引用|来信|以下是?)(?:的)?(?:原|邮件|信件|来信|历史)?(?:邮件|郵件|信件|信息|消息|原文|内容|正文)$/;

function speaksOfOriginal(text: string, words: string): boolean {
  if (!/[-_=—‐‑－─━]{2}[\s*]{0,3}$/.test(text) || words.length > 40) return false;
  if (chineseOriginal.test(words)) return true;
  const all = words.split(' ');
  return all.length <= 4 && all.some((word) => original.test(word)) && all.some((word) => mail.test(word));
}

/** `>>> Some Office <a@b> 3/25/2024 9:00 AM >>>`, `>>> On 3/25/2024 at 9:00 AM, … wrote:`: all below is quoted, unmarked. */
export function isGroupWiseLine({ text }: MailLine): boolean {
  return /^>>> ?[^\s>]/.test(text) && /(?: >>>|wrote:)$/.test(text) && /\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/.test(text);
}

const aboveThisLine =
  /(?:reply|write|type|respond|answer).{0,30}above this line|above this line.{0,30}reply|此[行线]?(?:以上|上方|之上).{0,6}[回答]复/i;

/** `-- Reply ABOVE THIS LINE --`: helpdesks draw it at the top of what they send. */
function isReplyLine(text: string): boolean {
  return text.length < 120 && /^[-—_=#*~[]{2}/.test(text) && aboveThisLine.test(text);
}
