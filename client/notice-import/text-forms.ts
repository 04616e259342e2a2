const halfWidth: Readonly<Record<string, string>> = {
  '，': ',',
  '；': ';',
  '：': ':',
  '（': '(',
  '）': ')',
  '．': '.',
  '！': '!',
  '？': '?',
  '＠': '@',
  '％': '%',
  '－': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '～': '~',
  '〜': '~',
  '〔': '(',
  '〕': ')',
};

/**
 * The text in one width, for matching only: punctuation, digits and letters half-width, every blank a space.
 * Each character stays at its place, so an index found here cuts the original.
 */
export function forMatching(text: string): string {
  return text.replace(/[，；：（）．！？＠％－–—―～〜〔〕０-９Ａ-Ｚａ-ｚ\s⼀-⿕]/gu, (char) => {
    const mapped = halfWidth[char];
    if (mapped !== undefined) return mapped;
    if (/\s/u.test(char)) return ' ';
    const plain = char.normalize('NFKC');
    return plain.length === char.length ? plain : char;
  });
}

/** The text without any blank, in one width; for comparing texts word for word. */
export function withoutBlanks(text: string): string {
  return forMatching(text).replaceAll(' ', '');
}

const chineseDigits = '零一二三四五六七八九';

/** Reads 12, １２, 十二, 二十三 or 两 (0–99 in Chinese numerals); null when it is no number. */
export function numberOf(text: string): number | null {
  const plain = forMatching(text).trim();
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  const words = plain.replaceAll('两', '二').replaceAll('〇', '零');
  const match = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(words);
  if (match === null || words === '') return null;
  const [, tens = '', ten = '', ones = ''] = match;
  if (ten === '') return tens !== '' && ones !== '' ? null : chineseDigits.indexOf(tens === '' ? ones : tens);
  return (tens === '' ? 1 : chineseDigits.indexOf(tens)) * 10 + (ones === '' ? 0 : chineseDigits.indexOf(ones));
}

/** 1–99 in Chinese numerals, for messages. */
export function chineseNumber(value: number): string {
  if (value < 1 || value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${chineseDigits[tens] ?? ''}十`;
  return head + (ones === 0 ? '' : (chineseDigits[ones] ?? ''));
}

/** True when the text ends a sentence (。；：！？), closing quotes and brackets aside. */
export function endsSentence(text: string): boolean {
  return /[。;:!?…][”’"'》」』)】\]]*$|[^\d]\.$/.test(forMatching(text).trimEnd());
}

/** True when a bracket, book-title mark or quotation mark is opened and not closed. */
export function leavesOpen(text: string): boolean {
  const plain = forMatching(text);
  return ['“”', '《》', '()', '「」', '‘’'].some(([open = '', close = '']) => {
    let depth = 0;
    for (const char of plain) {
      if (char === open) depth += 1;
      else if (char === close && depth > 0) depth -= 1;
    }
    return depth > 0;
  });
}

/** The beginning of a text for a message, at most so many characters. */
export function excerpt(text: string, length = 24): string {
  const plain = text.trim();
  return plain.length <= length ? plain : `${plain.slice(0, length)}…`;
}
