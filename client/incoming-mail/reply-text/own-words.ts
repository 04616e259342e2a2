import { attributionAt } from './attribution-lines.ts';
import { beginsHeaderBlock } from './header-block.ts';
import { isRule, type MailLine, nextWithText } from './mail-lines.ts';
import { beginsForwarded, beginsOriginal, isGroupWiseLine, isOriginalWords } from './original-markers.ts';

/** Lines of the person himself, one after the other in the mail, and what stands below them. */
export interface OwnWords {
  readonly lines: readonly string[];
  readonly below: 'quote' | 'end';
}

/** A mail in its parts, up to where all that follows is quoted. */
type Part =
  | { readonly kind: 'own'; readonly lines: string[] }
  | { readonly kind: 'quote'; readonly lines: string[]; readonly origin: 'announced' | 'unannounced' };

/** More lines are nothing that somebody cites by hand. */
const citationLinesAtMost = 5;

/**
 * What the person wrote, above, below and between what he quotes. A mail that he passes on (转发) is part of it: that is
 * what he wants to show.
 */
export function ownWords(lines: readonly MailLine[]): OwnWords[] {
  const { parts, end } = partsOf(lines);
  const own = withCitation(parts);
  return own.flatMap((part, index) => {
    if (part.kind === 'quote') return [];
    const below = index + 1 < own.length || end === 'quote' ? 'quote' : 'end';
    return [{ lines: below === 'quote' ? withoutRule(part.lines) : part.lines, below }];
  });
}

function partsOf(lines: readonly MailLine[]): { parts: Part[]; end: OwnWords['below'] } {
  const parts: Part[] = [];
  const add = (written: string, kind: Part['kind'], origin: 'announced' | 'unannounced') => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.lines.push(written);
    else parts.push(kind === 'own' ? { kind, lines: [written] } : { kind, lines: [written], origin });
  };
  const mail = { lines, joins: 0 };
  let origin: 'announced' | 'unannounced' = 'unannounced';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (isGroupWiseLine(line)) return { parts, end: 'quote' };
    if (line.mark === 'quoted' || isBrokenOff(lines, index)) {
      add(line.written, 'quote', origin);
      continue;
    }
    if (beginsForwarded(line)) {
      for (const { written } of lines.slice(index)) add(written, 'own', origin);
      break;
    }
    if (beginsOriginal(line) || beginsHeaderBlock(lines, index)) return { parts, end: 'quote' };
    const attribution = attributionAt(mail, index);
    if (attribution) {
      if (isNameAbove(lines, index)) parts.at(-1)?.lines.pop();
      if (attribution.ownWords !== '') add(attribution.ownWords, 'own', origin);
      index += attribution.lineCount - 1;
      // With quote marks, what stands between the quotes is an answer too; without them all that follows is quoted.
      if (nextWithText(lines, index + 1)?.mark !== 'quoted') return { parts, end: 'quote' };
      origin = 'announced';
      continue;
    }
    if (isBrokenLink(line) && parts.at(-1)?.kind === 'quote') continue;
    if (line.mark !== 'blank') origin = /[:：]$/.test(line.text) ? 'announced' : 'unannounced';
    add(line.written, 'own', origin);
  }
  return { parts, end: 'end' };
}

/** A program that breaks before the address leaves a long name in a line of its own, below a free line. */
function isNameAbove(lines: readonly MailLine[], index: number): boolean {
  const name = lines[index - 1];
  if (!lines[index]!.text.startsWith('<') || name?.mark !== 'plain' || (lines[index - 2]?.mark ?? 'blank') !== 'blank')
    return false;
  return name.text.length <= 40 && !/[，。；：！？,;:!?\d]/.test(name.text);
}

/** So long is a quoted line that a program breaks. */
const brokenFromColumn = 60;

/** The end of a quoted line that a program broke without marking the rest: small letters between two quoted lines. */
function isBrokenOff(lines: readonly MailLine[], index: number): boolean {
  const [above, line, below] = [lines[index - 1], lines[index]!, lines[index + 1]];
  if (above?.mark !== 'quoted' || line.mark !== 'plain' || below?.mark !== 'quoted') return false;
  return above.text.length >= brokenFromColumn && /[\p{L}\d,]$/u.test(above.text) && /^\p{Ll}/u.test(line.text);
}

/** A link that was broken out of a quoted line: `(http://…) >`. */
function isBrokenLink({ text }: MailLine): boolean {
  return /^[(<]https?:[^\s()<>]+[)>][\s>]*$/.test(text);
}

/**
 * One short quote that nothing announces and that words follow is what the person cites himself, and stays; what is
 * quoted several times is the mail that he answers point by point.
 */
function withCitation(parts: readonly Part[]): readonly Part[] {
  const quotes = parts.filter((part) => part.kind === 'quote');
  const [citation] = quotes;
  if (quotes.length !== 1 || citation?.origin !== 'unannounced') return parts;
  const hasWordsBelow = parts
    .slice(parts.indexOf(citation) + 1)
    .some(({ lines }) => !lines.every((line) => line === ''));
  const isByHand =
    citation.lines.length <= citationLinesAtMost && !citation.lines.some((line) => /^>>(?!>)/.test(line));
  if (!isByHand || !hasWordsBelow) return parts;
  return [{ kind: 'own', lines: parts.flatMap(({ lines }) => lines) }];
}

/** No program draws more above the quote. */
const rulesAtMost = 3;

/** Without the lines that mail programs draw above the quote, the words 原始邮件 without dashes, and what Notes sums up. */
function withoutRule(lines: readonly string[]): readonly string[] {
  let own = lines;
  for (let count = 0; count < rulesAtMost; count += 1) {
    const last = own.findLastIndex((line) => line !== '');
    const line = own[last];
    if (!isRule(line) && !(last > 0 && (isOriginalWords(line) || isNotesSummary(line)))) break;
    own = own.slice(0, last);
  }
  return own;
}

/** `Some Office ---25.03.2024 09:00:00---You owe two items.` */
function isNotesSummary(line: string | undefined): boolean {
  return /^\S.{0,60} ?---\d{1,4}[./-]\d{1,2}[./-]\d{2,4} .{3,20}---/.test(line ?? '');
}
