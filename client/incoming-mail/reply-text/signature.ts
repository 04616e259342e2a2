import { deviceLine, hasLink } from './device-words.ts';
import { beginsFooter } from './footers.ts';
import { isRule, readable } from './mail-lines.ts';
import type { OwnWords } from './own-words.ts';

/** A signature of more lines with text is none. */
const signatureLinesAtMost = 15;
/** Nothing further from the last line with text is looked at; free lines count. */
const linesLookedAt = 60;
/** So many things are taken off the end: a phone's line, a list's footer, a signature. */
const endingsAtMost = 5;

/**
 * The person's lines without what programs and lists put below them and without a signature that is marked as one
 * (`-- `, RFC 3676 §4.3, or `-Name` alone in the last line). A name below the greeting is part of the answer.
 */
export function withoutSignature({ lines, below }: OwnWords): string[] {
  const own = withoutBlankEnd(lines);
  const above = own.slice(0, Math.max(0, own.length - linesLookedAt));
  let end = own.slice(above.length);
  for (let count = 0; count < endingsAtMost && end.length > 0; count += 1) {
    const shorter = withoutBlankEnd(end.slice(0, lengthOfWords(end, below)));
    if (shorter.length === end.length) break;
    end = shorter;
  }
  return [...above, ...end];
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

/** How many lines remain when one thing is taken off the end; the last line has text. */
function lengthOfWords(lines: readonly string[], below: OwnWords['below']): number {
  const device = deviceLine(lines.at(-1));
  if (device === 'certain' || (device === 'likely' && below === 'quote' && lines.length > 1)) {
    const above = withoutBlankEnd(lines.slice(0, -1));
    return isRule(above.at(-1)) ? above.length - 1 : above.length;
  }
  const cuts = [
    lines.findIndex((_, index) => beginsFooter(lines, index) && isSignature(lines.slice(index))),
    lines.findIndex((line, index) => isSignatureMark(line) && isSignature(lines.slice(index + 1))),
    lines.findIndex((line, index) => index > 0 && isRule(line) && isVisitingCard(lines.slice(index + 1))),
    lines.findIndex((_, index) => index > 0 && isNetEaseCard(lines.slice(index))),
    // Outlook for phones puts its line between the answer and a quote that it does not always mark.
    lines.findIndex(
      (line, index) =>
        index > 0 && hasLink(line) && deviceLine(line) === 'certain' && isSignature(lines.slice(index + 1)),
    ),
  ];
  const cut = cuts.find((index) => index >= 0);
  if (cut !== undefined) return cut;
  const isSigned = below === 'quote' ? isAddressAlone(lines) : isDashedName(lines);
  return isSigned ? lines.length - 1 : lines.length;
}

function isSignatureMark(line: string): boolean {
  return line === '--' || line === '—' || line === '- -';
}

/** Few lines, and none that says something of an item or goes on counting. */
function isSignature(lines: readonly string[]): boolean {
  const texts = lines.filter((line) => line !== '');
  return texts.length <= signatureLinesAtMost && !texts.some((line) => saysMore.test(line));
}

/** Below a rule: somebody's name, then how to reach him. */
function isVisitingCard(lines: readonly string[]): boolean {
  const texts = lines.map(readable).filter((line) => line !== '');
  const [name = ''] = texts;
  if (texts.length < 2 || texts.length > 8 || name.length > 20 || /[，。；：:;,.!?！？\d]/.test(name)) return false;
  return (
    texts.some((line) => waysToReach.test(line)) && !texts.some((line) => saysMore.test(line) || /[。；！]/.test(line))
  );
}

const waysToReach =
  /^(?:(?:办公)?电话|手机|座机|传真|邮箱|电子邮箱|邮编|地址|网址|tel|phone|mobile|mob|fax|e-?mail|address|web)\s{0,4}[:：.\d+]/i;

/** What NetEase's card becomes in text: cells that hold nothing, the name, and the address perhaps. */
function isNetEaseCard(lines: readonly string[]): boolean {
  const texts = lines.map(readable).filter((line) => line !== '');
  if (texts[0] !== '| |' && texts[0] !== '| | |') return false;
  return (
    texts.length <= 10 && texts.at(-1) === '|' && texts.every((line) => /^[|\s]+$/.test(line) || line.length <= 60)
  );
}

const saysMore =
  /^\s{0,4}(?:已|申请|收到|确认|完成|同意|附件|见附|详见|补充|说明|请(?:审阅|查收|查阅|领导|核|批|予)|[A-Za-z]{1,6}[-－—]?\d{1,4}(?!\d)|[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[、.．)）]\s?[^\d\s])/;

/** `-Rick Olson` below a free line, where no list has dashes. Above a quote it stays: there the test sets differ. */
function isDashedName(lines: readonly string[]): boolean {
  const last = readable(lines.at(-1));
  if (lines.length < 3 || lines.at(-2) !== '') return false;
  if (!/^[-–—~]{1,2}\p{Lu}[\p{L}.'’]{1,20}(?: \p{Lu}[\p{L}.'’]{0,20}){0,3}$/u.test(last)) return false;
  return !lines.slice(0, -1).some((line) => /^\s{0,4}[-–—]\s?\S/.test(line));
}

/** Foxmail puts the writer's address between the answer and the quote. */
function isAddressAlone(lines: readonly string[]): boolean {
  return lines.at(-2) === '' && /^[^\s@<>]{1,64}@[^\s@<>]{1,100}\.[a-z]{2,10}$/i.test(readable(lines.at(-1)));
}
