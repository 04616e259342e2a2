import { isContactStart } from './contact-words.ts';
import type { Paragraph } from './paragraphs.ts';
import { forMatching } from './text-forms.ts';

/** The contact block and signature: from the last paragraph that opens one on. A block glued to a paragraph is cut off it. */
export function splitEnding(paragraphs: readonly Paragraph[]): { main: Paragraph[]; ending: Paragraph[] } {
  const whole = paragraphs.findIndex(({ text }, index) => isContactStart(text) && index > 0);
  const at = whole === -1 ? paragraphs.findLastIndex(({ text }) => gluedContact(text) > 0) : whole;
  const glued = paragraphs[at];
  if (at === -1 || glued === undefined) return withoutSignature(paragraphs);
  if (whole !== -1) return { main: paragraphs.slice(0, at), ending: paragraphs.slice(at) };
  const cut = gluedContact(glued.text);
  return {
    main: [...paragraphs.slice(0, at), part(glued, 0, cut)],
    ending: [part(glued, cut, glued.text.length), ...paragraphs.slice(at + 1)],
  };
}

const gluedContact = (text: string): number => {
  const match = /。\s*(?=欢迎广大[^。]{0,30}监督|欢迎[^。]{0,20}对巡察整改)/u.exec(text);
  return match === null ? -1 : match.index + match[0].length;
};

const part = (paragraph: Paragraph, from: number, to: number): Paragraph => {
  const inside = paragraph.pieces.filter(({ at }) => at < to);
  const first = inside.findLast(({ at }) => at <= from) ?? { at: 0, line: 1 };
  const later = inside.filter(({ at }) => at > from).map(({ at, line }) => ({ at: at - from, line }));
  return { text: paragraph.text.slice(from, to), pieces: [{ at: 0, line: first.line }, ...later] };
};

/** Without a contact block, the short lines at the end are the signature. */
function withoutSignature(paragraphs: readonly Paragraph[]): { main: Paragraph[]; ending: Paragraph[] } {
  let from = paragraphs.length;
  while (from > 1 && paragraphs.length - from < 3 && isShort(paragraphs[from - 1]?.text ?? '')) from -= 1;
  return { main: paragraphs.slice(0, from), ending: paragraphs.slice(from) };
}

const isShort = (text: string): boolean => text.length <= 50 && !/[。;:,]/u.test(forMatching(text));
