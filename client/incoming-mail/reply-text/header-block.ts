import { type HeaderKind, kindOf, labelsIn } from './header-words.ts';
import { isRule, type MailLine } from './mail-lines.ts';

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
  if (beginsNotesHeader(lines, index)) return true;
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
  if (kinds.has('from') && kinds.size >= 3 && (first === 'from' || hasDate)) return true;
  // 时间, 收件人 and an address further down are somebody's own as well.
  const namesRecipient = block.some(({ label, text }) => label === 'to' && address.test(text));
  if (kinds.has('to') && kinds.has('date') && kinds.has('subject')) return namesRecipient;
  const isPair =
    kinds.has('date') && hasDate && (kinds.has('from') || (first === 'date' && kinds.has('to') && namesRecipient));
  // Below a rule that a program drew, the sender's name is enough.
  const namesSender = block.some(({ label, text }) => label === 'from' && address.test(text));
  return isPair && (namesSender || namesRecipient || (kinds.has('from') && isLongRule(lines[index - 1])));
}

/** The labels of Notes stand alone, so far below the sender and the moment. */
const notesLinesAtMost = 12;

/** `Some Office <a@b>`, `25.03.2024 09:00`, and then To, cc and Subject each in a line of its own, as Notes writes it. */
function beginsNotesHeader(lines: readonly MailLine[], index: number): boolean {
  if (!address.test(lines[index]!.text)) return false;
  if (!/^\d{1,4}[./-]\d{1,2}[./-]\d{2,4} \d{1,2}[:：]\d{2}[^\p{L}]{0,4}(?:[AP]M)?$/u.test(lines[index + 1]?.text ?? ''))
    return false;
  const kinds = lines.slice(index + 2, index + notesLinesAtMost).map(({ text }) => kindOf(text));
  return kinds.includes('to') && kinds.includes('subject');
}

function isLongRule(line: MailLine | undefined): boolean {
  return line !== undefined && line.text.length >= 20 && isRule(line.text);
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
