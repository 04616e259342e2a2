import { lineAt, type Paragraph } from './paragraphs.ts';
import { forMatching, numberOf } from './text-forms.ts';

/** 1 `一、` · 2 `（一）` · 3 `1.` · 4 `（1）` · 5 `一是`/`三要` · 6 `①`. */
export type Rank = 1 | 2 | 3 | 4 | 5 | 6;

export interface Marker {
  readonly rank: Rank;
  readonly number: number;
  /** As printed, blanks included. */
  readonly printed: string;
}

/** A stretch of a paragraph from one marker to the next; without a marker before the first one. */
export interface Segment {
  readonly marker: Marker | null;
  /** Where it begins: at a paragraph's start, after 。；： inside one, or only after a comma. */
  readonly stands: 'atStart' | 'inside' | 'afterComma';
  /** The original text, marker included. */
  readonly text: string;
  readonly line: number;
  /** The paragraph's place among all paragraphs, from 0. */
  readonly paragraph: number;
}

const chinese = '[一二三四五六七八九十]{1,3}';
const forms: readonly { readonly rank: Rank; readonly pattern: string }[] = [
  { rank: 5, pattern: `(${chinese})(?:是|要(?![素务闻点件]))` },
  { rank: 1, pattern: `(${chinese}) {0,2}[、.]` },
  { rank: 2, pattern: `\\( {0,2}(${chinese}) {0,2}\\)[、.]?` },
  { rank: 4, pattern: '\\( {0,2}(\\d{1,3}) {0,2}\\)[、.]?' },
  { rank: 4, pattern: '(\\d{1,2})\\)' },
  { rank: 4, pattern: '([⑴-⒇])' },
  { rank: 3, pattern: '(\\d{1,3}) {0,2}(?:[.、](?!\\d)|[.、](?=(?:19|20)\\d\\d ?年)|、(?=\\d{4}))' },
  { rank: 6, pattern: '([①-⑳])' },
];
const readers = forms.map(({ rank, pattern }) => ({ rank, regex: new RegExp(pattern, 'y') }));
const anyMarker = forms.map(({ pattern }) => `(?:${pattern})`).join('|');
const candidate = new RegExp(`([。;:!?】\\]][”’"'》)]{0,3} {0,8}|[,，] {0,4})(?=${anyMarker})`, 'g');

/** The marker that stands at `index` of a text given in one width (`forMatching`), or null. */
function markerAt(plain: string, index: number): Marker | null {
  for (const { rank, regex } of readers) {
    regex.lastIndex = index;
    const match = regex.exec(plain);
    const digits = match?.[1];
    if (match === null || digits === undefined) continue;
    const number = rank === 6 || /[⑴-⒇]/u.test(digits) ? enclosed(digits) : numberOf(digits);
    if (number === null || number === 0) continue;
    if (rank === 1 && countsOn(plain, regex.lastIndex, number)) continue;
    return { rank, number, printed: match[0] };
  }
  return null;
}

/** True for `一、二季度`: an enumeration, not a marker. */
function countsOn(plain: string, index: number, number: number): boolean {
  const next = /^[一二三四五六七八九十]{1,2}/u.exec(plain.slice(index, index + 2));
  return next !== null && numberOf(next[0]) === number + 1;
}

function enclosed(char: string): number | null {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x2460 && code <= 0x2473) return code - 0x2460 + 1;
  return code >= 0x2474 && code <= 0x2487 ? code - 0x2474 + 1 : null;
}

/** The marker with which a line begins, or null. */
export const leadingMarker = (text: string): Marker | null => markerAt(forMatching(text), 0);

/**
 * Cuts paragraphs at their markers, at the start or after 。；：！？ (after a comma only for `一是`).
 * Concatenating the segments of one paragraph gives the paragraph back.
 */
export function segmentsOf(paragraphs: readonly Paragraph[]): Segment[] {
  return paragraphs.flatMap((paragraph, index) => cutAtMarkers(paragraph, index));
}

function cutAtMarkers(paragraph: Paragraph, index: number): Segment[] {
  const plain = forMatching(paragraph.text);
  const cuts: { at: number; marker: Marker | null; stands: Segment['stands'] }[] = [];
  const take = (at: number, stands: Segment['stands']): void => {
    const marker = markerAt(plain, at);
    if (marker === null || (stands === 'afterComma' && marker.rank !== 5)) {
      if (at === 0) cuts.push({ at, marker: null, stands });
      return;
    }
    cuts.push({ at, marker, stands });
    const after = at + marker.printed.length + (/^ */u.exec(plain.slice(at + marker.printed.length))?.[0].length ?? 0);
    if (marker.rank < 5 && markerAt(plain, after) !== null) take(after, stands === 'atStart' ? 'inside' : stands);
  };
  take(0, 'atStart');
  for (const match of plain.matchAll(candidate)) {
    const at = match.index + match[0].length;
    if (at > (cuts.at(-1)?.at ?? 0)) take(at, match[0].startsWith(',') ? 'afterComma' : 'inside');
  }
  return cuts.map((cut, place) => ({
    marker: cut.marker,
    stands: cut.stands,
    text: paragraph.text.slice(cut.at, cuts[place + 1]?.at),
    line: lineAt(paragraph, cut.at),
    paragraph: index,
  }));
}

/** What follows a segment's marker, original text. */
const wordsOf = (segment: Segment): string => segment.text.slice(segment.marker?.printed.length ?? 0).trim();

/** The heading's own words: the first sentence after the marker; a 。 inside quotes or brackets does not end it. */
export function titleOf(segment: Segment): string {
  const words = wordsOf(segment);
  const plain = forMatching(words);
  let depth = 0;
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain[at] ?? '';
    if ('“《('.includes(char)) depth += 1;
    else if ('”》)'.includes(char)) depth = Math.max(0, depth - 1);
    else if (
      (depth === 0 && '。;:!?'.includes(char)) ||
      (char === ' ' && /整改|问题表现/u.test(plain.slice(at + 1, at + 5)))
    )
      return words.slice(0, at).trim();
  }
  const stop = plain.indexOf('。');
  return stop > 0 && words.length > 80 ? words.slice(0, stop).trim() : words;
}
