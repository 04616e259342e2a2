import { type HeaderKind, labelsIn } from './header-words.ts';
import type { MailLine } from './mail-lines.ts';

/** With long lists of recipients. */
const blockLinesAtMost = 16;
const continuationLinesAtMost = 4;

const address = /[^\s<>]@[^\s<>]/;
/** In a line that goes on with the one above. */
const bracketedAddress = /<[^<>\s]{1,200}@[^<>\s]{1,200}>/;
const dateOrTime = /(?:^|\D)(?:19|20)\d{2}(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:：.]\d{2}/;

/**
 * Does a block like 发件人：… 发送时间：… 收件人：… begin in this line, as Outlook and Foxmail put it above the quoted
 * mail? Three labels, or two with a full address and a date; a block without any address or date is somebody's own
 * (`From: the team`, `主题：… 时间：… 地点：…`).
 */
export function beginsHeaderBlock(lines: readonly MailLine[], index: number): boolean {
  const first = lines[index]!.label;
  if (first === undefined || first === 'other' || first === 'copy') return false;
  const block = blockFrom(lines, index, first);
  if (block === undefined) return false;
  const kinds = new Set(block.flatMap(({ label, text }) => (label === undefined ? [] : labelsIn(text))));
  const hasAddress = block.some(({ label, text }) =>
    label === undefined ? bracketedAddress.test(text) : label !== 'subject' && label !== 'date' && address.test(text),
  );
  const hasDate = block.some(({ label, text }) => label === 'date' && dateOrTime.test(text));
  if (!hasAddress && !hasDate) return false;
  if (kinds.has('from') && kinds.size >= 3) return true;
  if (kinds.has('to') && kinds.has('date') && kinds.has('subject')) return hasAddress;
  return kinds.has('date') && (kinds.has('from') || kinds.has('to')) && hasAddress && hasDate;
}

/** The lines of the block; `undefined` when they are none, or another block begins among them. */
function blockFrom(lines: readonly MailLine[], index: number, first: HeaderKind): MailLine[] | undefined {
  const block: MailLine[] = [];
  const seen = new Set<HeaderKind>();
  let unlabelled = 0;
  for (let at = index; at < lines.length && at < index + blockLinesAtMost; at += 1) {
    const line = lines[at]!;
    if (line.mark === 'blank') {
      // HTML made into text leaves a line free between the labels.
      if (first === 'from' && lines[at + 1]?.label !== undefined) continue;
      break;
    }
    unlabelled = line.label === undefined ? unlabelled + 1 : 0;
    if (unlabelled > continuationLinesAtMost) break;
    if (line.label === first && at > index) {
      if (first !== 'from') return undefined;
      break;
    }
    if (line.label !== undefined) seen.add(line.label);
    // Far below a label, addresses are the mail's own.
    if (unlabelled < 3) block.push(line);
  }
  return seen.size + labelsIn(lines[index]!.text).length > 2 ? block : undefined;
}
