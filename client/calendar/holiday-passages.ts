import { lineAt, type Paragraph, type SourceLine } from '../notice-import/paragraphs.ts';
import { endsSentence, withoutBlanks } from '../notice-import/text-forms.ts';
import { type FestivalName, festivalNames } from './holiday-year.ts';

/** One sentence of the announcement in one width and without blanks; `festivals` are those it begins with, if any. */
export interface HolidaySentence {
  /** Without its heading (一、元旦：) and its full stop. */
  readonly text: string;
  readonly festivals: readonly FestivalName[];
  /** The line on which it begins. */
  readonly line: number;
  /** The line on which its n-th character stands. */
  lineAt(index: number): number;
}

const spellings: Readonly<Record<FestivalName, string>> = {
  元旦: '元旦节?',
  春节: '春节',
  清明节: '清明节?',
  劳动节: '(?:五一)?(?:国际)?劳动节|五一节?',
  端午节: '端午节?',
  中秋节: '中秋节?',
  国庆节: '国庆节?',
};
const anyFestival = `(?:${Object.values(spellings).join('|')})`;
const marker = String.raw`(?:\(?(?:[一二三四五六七八九十]{1,2}|\d{1,2})\)?[、.:]?|[①-⑩●•·*-])?`;
const heading = new RegExp(
  `^${marker}(${anyFestival}(?:[、,和与及暨]${anyFestival})*)(?:假期|放假)?(?:时间|安排)?(?::|(?=\\d)|$)`,
  'u',
);

/** The sentences of the announcement, with an item's lines that were broken in mid-sentence joined again. */
export function sentencesOf(lines: readonly SourceLine[]): HolidaySentence[] {
  return passagesOf(lines).flatMap((passage) =>
    [...passage.text.matchAll(/(?:[^。;!?.]|(?<=\d)\.)+/gu)].map((match) => sentenceAt(passage, match.index, match[0])),
  );
}

/** The festivals that a text consists of, as 国庆节、中秋节; undefined when any of it is something else. */
export function festivalsNamed(text: string): FestivalName[] | undefined {
  const plain = plainOf(text);
  const names = plain === '' ? [] : plain.split(/[、,和与及暨/;]/u).map(festivalCalled);
  return names.every((name) => name !== undefined) && names.length > 0 ? names : undefined;
}

function passagesOf(lines: readonly SourceLine[]): Paragraph[] {
  const passages: Paragraph[] = [];
  for (const { line, text } of lines) {
    const plain = plainOf(text);
    if (plain === '') continue;
    const before = passages.at(-1);
    if (before && breaksOff(before.text) && !heading.test(plain)) {
      const pieces = [...before.pieces, { at: before.text.length, line }];
      passages[passages.length - 1] = { text: before.text + plain, pieces };
    } else passages.push({ text: plain, pieces: [{ at: 0, line }] });
  }
  return passages;
}

/** An item cut by the end of a line: it has a heading with something behind it, and no full stop at its end. */
function breaksOff(text: string): boolean {
  const head = heading.exec(text)?.[0];
  return head !== undefined && head !== text && !endsSentence(text);
}

function sentenceAt(passage: Paragraph, at: number, text: string): HolidaySentence {
  const [head = '', names = ''] = heading.exec(text) ?? [];
  return {
    text: text.slice(head.length),
    festivals: festivalsNamed(names) ?? [],
    line: lineAt(passage, at),
    lineAt: (index) => lineAt(passage, at + head.length + index),
  };
}

function festivalCalled(word: string): FestivalName | undefined {
  return festivalNames.find((name) => new RegExp(`^(?:${spellings[name]})$`, 'u').test(word));
}

function plainOf(text: string): string {
  return withoutBlanks(text).replace(/[“”"'‘’]/gu, '');
}
