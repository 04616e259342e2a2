import {
  attributionCertainty,
  bracketedAddress,
  type Certainty,
  isLeftOfAttribution,
  isMoment,
  namesSender,
  startOf,
} from './attribution.ts';
import { inlineOpenerAt } from './attribution-words.ts';
import { isRule, type MailLine, nextWithText } from './mail-lines.ts';

/** Lines that say who wrote what follows, and when. */
export interface Attribution {
  readonly lineCount: number;
  /** What the person wrote before it in its first line; mostly ''. */
  readonly ownWords: string;
}

/** A mail program that breaks at 72 columns needs no more, with an address of the longest. */
const linesAtMost = 5;
const lengthAtMost = 400;

/** No mail has more lines that might go on in the next; in one that has, an attribution is looked for line by line. */
const joinsAtMost = 5000;

/** A mail in which attributions are looked for; it counts how often lines were joined for that. */
export interface SearchedMail {
  readonly lines: readonly MailLine[];
  joins: number;
}

/**
 * The attribution that begins in this line; `undefined` when none does. What only might be one counts as one if quoted
 * lines follow it. Of two places at which it may begin, the later wins, so that no line of the answer goes with it.
 */
export function attributionAt(mail: SearchedMail, index: number): Attribution | undefined {
  const { lines } = mail;
  const first = lines[index]!;
  if (first.mark !== 'plain' || !/[\d@<]|^-{2,20} ?\p{L}/u.test(first.text) || !endsSoon(lines, index))
    return undefined;
  const start = startOf(first.text);
  if (start !== 'opener') {
    const behindWords = attributionBehindWords(mail, index, first.text);
    if (behindWords) return behindWords;
  }
  if (start === 'name' && !/[<([@]|^-{2}/.test(first.text)) return undefined;
  const lineCount = lengthOf(mail, index, first.text);
  return lineCount > 0 ? { lineCount, ownWords: '' } : undefined;
}

/** `Fine by me. On 3 May 2024 at 9:00, Some One <a@b> wrote:`: the program dropped the break before it. */
function attributionBehindWords(mail: SearchedMail, index: number, first: string): Attribution | undefined {
  const at = inlineOpenerAt(first);
  if (at < 0 || first.slice(0, at).includes('@')) return undefined;
  const tail = first.slice(at + 1);
  const lineCount = startOf(tail) === 'opener' ? lengthOf(mail, index, tail) : 0;
  return lineCount > 0 ? { lineCount, ownWords: first.slice(0, at).trimEnd() } : undefined;
}

/** How many lines the attribution that begins with these words takes; 0 when they begin none. */
function lengthOf(mail: SearchedMail, index: number, firstWords: string): number {
  const { lines } = mail;
  let joined = '';
  let found = 0;
  for (let count = 1; count <= linesAtMost; count += 1) {
    const line = count === 1 ? firstWords : continuation(lines, index + count - 1, joined);
    if (line === undefined || (count > 1 && mail.joins >= joinsAtMost)) return found;
    if (count > 1) mail.joins += 1;
    joined = line === '' ? joined : `${joined}${isOneWord(joined, line) ? '' : ' '}${line}`.trimStart();
    if (joined.length > lengthAtMost) return found;
    const certainty = lines[index + count - 1]!.end === 'open' ? certaintyOf(joined, count) : undefined;
    const holds = certainty === 'certain' || (certainty === 'ifQuoted' && isQuotedBelow(lines, index + count));
    if (holds && !(count > 1 && beginsLater(lines, index, count, joined))) found = count;
    // What only might be one may go on: `<a@b` in one line, `> wrote:` in the next. A colon or a sentence ends it.
    if (certainty === 'certain' || /[:：]$/.test(line) || (count === 1 && endsSentence(line))) return found;
  }
  return found;
}

/** 写 in one line, 道 in the next. */
function isOneWord(above: string, line: string): boolean {
  return /[写寫]$/.test(above) && line.startsWith('道');
}

/** What is broken over lines names an address in brackets, or begins with a word like On; else the lines are somebody's own. */
function certaintyOf(joined: string, count: number): Certainty | undefined {
  const certainty = attributionCertainty(joined);
  if (count === 1 || certainty === undefined) return certainty;
  if (bracketedAddress.test(joined)) return isVerbBehindAddress(joined) ? certainty : undefined;
  return startOf(joined) === 'opener' ? 'ifQuoted' : undefined;
}

/** `schrieb am Fr., 28. Apr. 2017 um 11:53 Uhr` is not longer. */
const lengthBehindNameAtMost = 50;

/**
 * Where the moment stands first, nothing but `ha scritto` or 写道 stands behind the address, or a colon; where the name does,
 * the moment and the verb. More is somebody's sentence, which lines that are joined may well hold.
 */
function isVerbBehindAddress(joined: string): boolean {
  const end = Math.max(...['>', ')', ']', '＞'].map((bracket) => joined.lastIndexOf(bracket)));
  const behind = joined.slice(end + 1);
  const words = behind.replace(/^[\s,，]+|[\s:：*_-]+$/g, '');
  if (words === '') return behind !== '' || closesWithDate(joined);
  const isChinese = /[\u3400-\u9fff]/.test(words);
  if (startOf(joined) === 'name')
    return isChinese ? isLeftOfAttribution(words) : words.length <= lengthBehindNameAtMost;
  if (/[,，。；;]/.test(words)) return false;
  return isChinese ? words.length <= 6 : words.split(' ').length <= 4;
}

/** `… ezt írta (időpont: 2024. márc. 25., H, 9:00)`: the brackets hold the moment. */
function closesWithDate(joined: string): boolean {
  return /\([^()@]{0,60}\d[^()@]{0,30}\)$/.test(joined);
}

function endsSoon(lines: readonly MailLine[], index: number): boolean {
  for (let at = index; at < index + linesAtMost && at < lines.length; at += 1)
    if (lines[at]!.end === 'open') return true;
  return false;
}

/** The next line as far as it can belong to the same attribution. */
function continuation(lines: readonly MailLine[], index: number, joined: string): string | undefined {
  const line = lines[index];
  if (line === undefined) return undefined;
  if (line.mark === 'blank') {
    // Some programs leave a line free before the address.
    return lines[index + 1]?.text.startsWith('<') === true && startOf(joined) !== 'name' ? '' : undefined;
  }
  // `> wrote:` closes the bracket of an address; it is no quoted line.
  const isClosingBracket = /^>{1,2}[\s,]?[^\s>]/.test(line.text) && joined.lastIndexOf('<') >= 0 && isOpen(joined);
  if (line.mark === 'quoted' && !isClosingBracket) return undefined;
  return line.text === '' || line.text.startsWith('--') || isRule(line.text) ? undefined : line.text;
}

function isOpen(text: string): boolean {
  return text.split('<').length > text.split('>').length;
}

function isQuotedBelow(lines: readonly MailLine[], from: number): boolean {
  const next = nextWithText(lines, from);
  return next !== undefined && (next.mark === 'quoted' || next.text.startsWith('|'));
}

/** Is the attribution one without its first lines as well, so that these are the answer's? */
function beginsLater(lines: readonly MailLine[], index: number, count: number, joined: string): boolean {
  if (count === 2 && namesSender(lines[index]!.text) && isLeftOfAttribution(lines[index + 1]!.text)) return false;
  const first = lines[index]!.text;
  const isBrokenOne = startOf(joined) === 'opener' && (!/[\u3400-\u9fff]/.test(joined.slice(0, 4)) || isMoment(first));
  for (let from = index + 1; from < index + count; from += 1) {
    const rest = lines
      .slice(from, index + count)
      .map(({ text }) => text)
      .join(' ');
    if (isBrokenOne && startOf(rest) !== 'opener') continue;
    if (attributionCertainty(rest) !== undefined) return true;
  }
  return false;
}

/** A line that ends a sentence is not broken; `28.` and `Feb.` end none. */
function endsSentence(line: string): boolean {
  return /[。！？!?；;]$/.test(line) || (line.endsWith('.') && /\p{L}{5}\.$/u.test(line.slice(-6)));
}
