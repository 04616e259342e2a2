import { foldedWords } from './folded-words.ts';

const digit = '[0-9０-９一二三四五六七八九十]{1,4}';
const joined = '\\s{0,2}[、,，和及与]\\s{0,2}(?:措施)?\\s{0,2}';
const spanned = '\\s{0,2}[至到]\\s{0,2}(?:措施)?\\s{0,2}';
/** `措施2`, `措施一、三`, `措施1至3`, `第二条措施`. */
const named = new RegExp(
  `(?:措施\\s{0,2}[(（]?(${digit}(?:(?:${joined}|${spanned})${digit})*)(?![0-9０-９]*[项条个份次人家处])|第(${digit})[项条个]措施)`,
  'g',
);

/** The numbers of the measures (措施) a text names, in ascending order, each once; a span is all within it. */
export function measuresNamed(text: string): number[] {
  const numbers = new Set<number>();
  for (const [, list, ordinal] of foldedWords(text).matchAll(named)) {
    for (const part of (list ?? ordinal ?? '').split(/[、,，和及与]/)) {
      const [first, last] = part.split(/[至到]/).map((words) => numberIn(words.replace(/[措施\s]/g, '')));
      if (first === undefined) continue;
      for (let number = first; number <= Math.min(last ?? first, first + 99); number += 1) numbers.add(number);
    }
  }
  return [...numbers].sort((one, other) => one - other);
}

const chineseDigits = '零一二三四五六七八九';

function numberIn(words: string): number | undefined {
  const plain = words.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  if (/^\d+$/.test(plain)) return Number(plain);
  const [, tens, ones] = /^([一二三四五六七八九]?)十?([一二三四五六七八九]?)$/.exec(plain) ?? [];
  if (tens === undefined || ones === undefined || plain === '') return undefined;
  const valueOf = (char: string) => chineseDigits.indexOf(char);
  if (!plain.includes('十')) return plain.length === 1 ? valueOf(plain) : undefined;
  return (tens === '' ? 1 : valueOf(tens)) * 10 + (ones === '' ? 0 : valueOf(ones));
}
