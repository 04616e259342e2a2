/** One line of the file that holds text; `line` is 1-based, in Word the paragraph's number. */
export interface SourceLine {
  readonly line: number;
  readonly text: string;
}

/** A paragraph made of one line, or of several that a page break had cut apart. */
export interface Paragraph {
  readonly text: string;
  /** Where each of its lines begins in `text`; the first begins at 0. */
  readonly pieces: readonly { readonly at: number; readonly line: number }[];
}

/** The lines of a text that hold anything, trimmed, with the numbers they have in the file. */
export function linesOf(text: string): SourceLine[] {
  return text.split(/\r\n|\n|\r/u).flatMap((line, index) => partsOf(line, index + 1));
}

/** Splits one stored line at soft breaks (U+2028, VT, FF); the parts keep its number. Invisible characters go. */
export function partsOf(text: string, line: number): SourceLine[] {
  return text
    .split(/[\u2028\u2029\v\f\u0085]/u)
    .map((part) => part.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/gu, '').trim())
    .filter((part) => part !== '')
    .map((part) => ({ line, text: part }));
}

/** The line of the file on which the character at `index` of a paragraph stands. */
export function lineAt(paragraph: Paragraph, index: number): number {
  const { pieces } = paragraph;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return pieces[low]?.line ?? 1;
}

export const asParagraph = ({ line, text }: SourceLine): Paragraph => ({ text, pieces: [{ at: 0, line }] });
