import { closingVerb } from './attribution-words.ts';
import { type HeaderKind, labelOf } from './header-words.ts';

/** A line of a body. */
export interface MailLine {
  /** As it stands there, without blanks at its end. */
  readonly written: string;
  /** As the rules read it: trimmed, one kind of blank, without marks that are not seen; '' when it is too long. */
  readonly text: string;
  readonly mark: 'quoted' | 'blank' | 'plain';
  /** The label of a quoted mail's header with which it begins. */
  readonly label: HeaderKind | undefined;
  /** `open`: words that say who wrote something may end with it. */
  readonly end: 'open' | 'shut';
}

/** No rule reads a longer line: no mail program writes one, and reading stays proportional to the text's length. */
const readableLengthAtMost = 400;

/** Zero-width marks and those that set the direction of writing. */
const unseenMarks = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const otherBlanks = /[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|&nbsp;/g;

/** Most lines have none of these. */
const unusual = new RegExp(`${unseenMarks.source}|${otherBlanks.source}|&nbsp;`);

const blankLine: MailLine = { written: '', text: '', mark: 'blank', label: undefined, end: 'shut' };

/** No mail has more lines, and no rule reads them: what is below stays together, as one line too long to be read. */
const readableLinesAtMost = 20_000;

/** The lines of a body. */
export function linesOf(body: string): MailLine[] {
  const all = body
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\ufeff]/g, '')
    .split('\n');
  const lines = all.slice(0, readableLinesAtMost).map(lineOf);
  const unread = all.slice(readableLinesAtMost).join('\n').trimEnd();
  return unread === '' ? lines : [...lines, { ...blankLine, written: unread, mark: 'plain' }];
}

function lineOf(line: string): MailLine {
  const written = line.trimEnd();
  if (written === '') return blankLine;
  const text = readable(written);
  const mark = quoteMark.test(written) ? 'quoted' : 'plain';
  const end = openEnds.has(text.slice(-1)) || closingVerb(text) !== '' ? 'open' : 'shut';
  return { written, text, mark, label: labelOf(text), end };
}

/** `>=` compares, and is no mark of quoting. */
const quoteMark = /^[\s\u200e\u200f]{0,3}[>＞](?!=)/;
const openEnds = new Set(':：>)]-—*_=');

export function readable(line: string | undefined): string {
  if (line === undefined || line.length > readableLengthAtMost) return '';
  return (unusual.test(line) ? line.replace(unseenMarks, '').replace(otherBlanks, ' ') : line).trim();
}

/** The first line with text from here on. */
export function nextWithText(lines: readonly MailLine[], from: number): MailLine | undefined {
  for (let index = from; index < lines.length; index += 1) if (lines[index]!.mark !== 'blank') return lines[index];
  return undefined;
}

const ruleCharacters = new Set('-_=—–－*~─━ ');

/** A line of nothing but dashes, underscores and the like, three at least. */
export function isRule(line: string | undefined): boolean {
  const text = line?.trim() ?? '';
  return text.length >= 3 && ruleCharacters.has(text[0]!) && withoutEnding(text, ruleCharacters) === '';
}

/** The text without these characters at its end; a loop, since a regular expression would take the square of a run. */
export function withoutEnding(text: string, characters: ReadonlySet<string>): string {
  let end = text.length;
  while (end > 0 && characters.has(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/** The text without these characters at its beginning. */
export function withoutBeginning(text: string, characters: ReadonlySet<string>): string {
  let begin = 0;
  while (begin < text.length && characters.has(text[begin]!)) begin += 1;
  return text.slice(begin);
}
