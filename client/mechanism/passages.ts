import { divideIntoChapters } from '../notice-import/chapters.ts';
import { segmentsOf, titleOf, type Segment } from '../notice-import/markers.ts';
import { rectificationLabelAt } from '../notice-import/measure-labels.ts';
import { splitEnding } from '../notice-import/notice-ending.ts';
import type { NoticeIssue } from '../notice-import/notice-reading.ts';
import { stripPageChrome } from '../notice-import/page-chrome.ts';
import { lineAt, type Paragraph, type SourceLine } from '../notice-import/paragraphs.ts';
import { rejoin } from '../notice-import/rejoin.ts';
import { forMatching, withoutBlanks } from '../notice-import/text-forms.ts';

/** One sentence of a notice, and what it is about. */
export interface Passage {
  /** As printed, without its marker. */
  readonly text: string;
  /** The same in one width and without blanks, for matching only. */
  readonly plain: string;
  readonly line: number;
  /** The issue it answers, by its place in the reading, from 1; null for what is said of the whole round. */
  readonly issue: number | null;
  /** Where it stands in an issue: before any list of measures, or in one. */
  readonly stands: 'opening' | 'inList';
}

/**
 * The sentences of a notice in order, from 。 or ；to the next. Left out are the page's furniture, the contact block, the
 * headings of issues and the inspectors' own words (what they found is no mechanism of the body), and, between issues,
 * whatever belongs to none: headings, and blocks that stand twice.
 */
export function passagesOf(lines: readonly SourceLine[], issues: readonly NoticeIssue[]): Passage[] {
  const { main } = splitEnding(rejoin(stripPageChrome(lines).body).paragraphs);
  const { intro, chapters } = divideIntoChapters(segmentsOf(main));
  const parts = [intro, ...chapters.map(({ segments }) => segments)];
  return placed(parts, issues).flatMap((each) => sentencesOf(each, main));
}

interface Placed {
  readonly segment: Segment;
  readonly issue: number | null;
  readonly stands: Passage['stands'];
  /** Where the segment begins in its paragraph, and where in the segment the answer begins. */
  readonly offset: number;
  readonly from: number;
}

/** Follows the issues through the segments: each issue's text is made of segments in order, a repeated block apart. */
function placed(parts: readonly (readonly Segment[])[], issues: readonly NoticeIssue[]): Placed[] {
  const all: Placed[] = [];
  let at = -1;
  let read = 0;
  let offset = 0;
  let before: Segment | undefined;
  let stands: Passage['stands'] = 'opening';
  // An issue with a label (整改情况：) is answered from there on; one without is answered right after its heading.
  let told: 'asWell' | 'later' | 'now' = 'asWell';
  let partOfIssue: readonly Segment[] | undefined;
  for (const { segment, part } of parts.flatMap((part) => part.map((segment) => ({ segment, part })))) {
    // The segments of a paragraph, put together, give the paragraph back.
    offset = before?.paragraph === segment.paragraph ? offset + before.text.length : 0;
    before = segment;
    const next = issues.findIndex(
      ({ line, text }, index) => index > at && line === segment.line && text.startsWith(segment.text),
    );
    const isHeading = next !== -1;
    if (isHeading) {
      at = next;
      partOfIssue = part;
      read = 0;
      stands = 'opening';
      told = rectificationLabelAt(issues[at]?.text ?? '') === -1 ? 'asWell' : 'later';
    }
    const inIssue = at === -1 ? -1 : (issues[at]?.text.indexOf(segment.text, read) ?? -1);
    if (inIssue === -1) {
      if (part !== partOfIssue) all.push({ segment, issue: null, stands: 'opening', offset, from: 0 });
      continue;
    }
    read = inIssue + segment.text.length;
    const label = rectificationLabelAt(segment.text);
    if (!isHeading && segment.marker !== null && told !== 'later') stands = 'inList';
    if (told === 'later' && label === -1) continue;
    const from = told === 'later' ? label : isHeading ? headingLength(segment) : 0;
    if (told === 'later') told = 'now';
    all.push({ segment, issue: at + 1, stands, offset, from });
  }
  return all;
}

const headingLength = (segment: Segment): number => {
  const title = titleOf(segment);
  return Math.max(0, segment.text.indexOf(title)) + title.length;
};

function sentencesOf({ segment, issue, stands, offset, from }: Placed, main: readonly Paragraph[]): Passage[] {
  const { text, marker, paragraph } = segment;
  const whole = main[paragraph];
  const begin = Math.max(from, marker?.printed.length ?? 0);
  const sentences = [
    ...forMatching(text)
      .slice(begin)
      .matchAll(/[^。;!?]+[。;!?]?/gu),
  ];
  return sentences.flatMap((match) => {
    const own = text.slice(begin + match.index, begin + match.index + match[0].length);
    const plain = withoutBlanks(own);
    if (plain.replace(/[。;:!?,]/gu, '') === '') return [];
    const line = whole === undefined ? segment.line : lineAt(whole, offset + begin + match.index);
    return [{ text: own.trim(), plain, line, issue, stands }];
  });
}
