const digits = '\\d{1,4}';
const list = new RegExp(
  `第?\\s*(${digits}(?:\\s*[号项条]?\\s*(?:[、,，和及与]|至|到|[-—–~～])\\s*第?\\s*${digits})*)\\s*(?:号|项|条|(?=[\\s，,。；;、]|$|[^\\d年月日.个件份次人处元万%％]))`,
  'gu',
);
/** 3月5日, 6月5号, 2024年: a day, and no item's number. */
const days = /\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?/gu;

/** The numbers of sub-ledger items (子台账条目) that a line names, in ascending order, each once; a span is all within it. */
export function itemNumbersIn(line: string): number[] {
  const plain = line.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(days, ' ');
  const numbers = new Set<number>();
  for (const [, named = ''] of plain.matchAll(list)) {
    for (const part of named.replace(/[\s号项条第]/gu, '').split(/[、,，和及与]/u)) {
      const [first, last] = part.split(/至|到|[-—–~～]/u).map(Number);
      if (first === undefined || first === 0) continue;
      for (let number = first; number <= Math.min(last ?? first, first + 199); number += 1) numbers.add(number);
    }
  }
  return [...numbers].sort((one, other) => one - other);
}
