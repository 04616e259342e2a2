import { leadingMarker, type Rank } from './markers.ts';
import { lineAt, type Paragraph } from './paragraphs.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { excerpt, withoutBlanks } from './text-forms.ts';

export interface Duplicates {
  /** Paragraphs (by their place) that repeat an earlier block word for word; they count once. */
  readonly dropped: ReadonlySet<number>;
  readonly problems: readonly NoticeProblem[];
}

interface Sentence {
  readonly text: string;
  readonly paragraph: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

const shortestBlock = 40;
/** A heading that stands twice under the same parent is a block however short. */
const shortestHeading = 8;
const keyLength = 12;

/** How many sentences from somewhere on stand earlier, from which place on, and how long they are together. */
interface Run {
  readonly length: number;
  readonly original: number;
  readonly characters: number;
}

/**
 * Finds blocks that stand twice word for word. A block counts once when it repeats an issue's heading (rank at most
 * `issueRank`) or stands in the same issue as its first copy; elsewhere the same words under two issues count twice.
 * The second copy may begin in mid-sentence, as a page printed twice does.
 */
export function findDuplicates(
  paragraphs: readonly Paragraph[],
  issueRank: Rank,
  isIssueText: (paragraph: number) => boolean,
): Duplicates {
  const sentences = paragraphs.flatMap(sentencesOf);
  const issueOf = headOfParagraph(paragraphs, issueRank);
  const parentOf = headOfParagraph(paragraphs, issueRank - 1);
  const isLongEnough = (run: Run, first: number): boolean => {
    if (run.characters >= shortestBlock) return true;
    const original = sentences[run.original]?.paragraph ?? first;
    return (
      run.characters >= shortestHeading &&
      leadingRank(paragraphs[first]) === issueRank &&
      sentences[run.original]?.isFirst === true &&
      parentOf[first] === parentOf[original]
    );
  };
  const seen = new Map<string, number[]>();
  const dropped = new Set<number>();
  const problems: NoticeProblem[] = [];
  let at = 0;
  while (at < sentences.length) {
    const sentence = sentences[at];
    const run = sentence?.isFirst === true && isIssueText(sentence.paragraph) ? longestRun(sentences, at, seen) : null;
    if (run !== null && sentence !== undefined && isLongEnough(run, sentence.paragraph)) {
      const first = sentence.paragraph;
      const last = sentences[at + run.length - 1]?.paragraph ?? first;
      const headings = headingsWithin(paragraphs, first, last, issueRank);
      const counts = headings.length > 0 || issueOf[first] === issueOf[sentences[run.original]?.paragraph ?? first];
      if (counts) for (let index = first; index <= last; index += 1) dropped.add(index);
      problems.push(
        report(paragraphs, { first, last, original: sentences[run.original]?.paragraph ?? first }, counts),
        ...headings.map(repeatedHeading),
      );
      for (let index = 0; index < run.length; index += 1) remember(seen, sentences[at + index], at + index);
      at += run.length;
      continue;
    }
    remember(seen, sentence, at);
    at += 1;
  }
  return { dropped, problems };
}

function headingsWithin(paragraphs: readonly Paragraph[], first: number, last: number, issueRank: Rank): Paragraph[] {
  return paragraphs.slice(first, last + 1).filter((paragraph) => leadingRank(paragraph) <= issueRank);
}

const repeatedHeading = (paragraph: Paragraph): NoticeProblem => ({
  code: 'repeated-heading',
  line: lineAt(paragraph, 0),
  message: `标题“${excerpt(paragraph.text, 20)}”出现两次，只计一个问题，请删去重复的标题。`,
});

function sentencesOf(paragraph: Paragraph, index: number): Sentence[] {
  const parts = withoutBlanks(paragraph.text).match(/[^。;!?]+[。;!?]*["”’)》]*|[。;!?]+/gu) ?? [];
  return parts.map((text, place) => ({
    text,
    paragraph: index,
    isFirst: place === 0,
    isLast: place === parts.length - 1,
  }));
}

const leadingRank = (paragraph: Paragraph | undefined): number => leadingMarker(paragraph?.text ?? '')?.rank ?? 9;

/** For each paragraph, the place of the last paragraph whose marker has at most the given rank; -1 before the first. */
function headOfParagraph(paragraphs: readonly Paragraph[], rank: number): number[] {
  let current = -1;
  return paragraphs.map((paragraph, index) => {
    if (leadingRank(paragraph) <= rank) current = index;
    return current;
  });
}

const keyOf = (text: string): string => text.slice(-keyLength);

function remember(seen: Map<string, number[]>, sentence: Sentence | undefined, at: number): void {
  if (sentence === undefined || sentence.text.length < 6) return;
  const key = keyOf(sentence.text);
  const places = seen.get(key);
  if (places === undefined) seen.set(key, [at]);
  else if (places.length < 8) places.push(at);
}

/** The longest block of whole paragraphs from `at` on that stands earlier; null when none is long enough. */
function longestRun(
  sentences: readonly Sentence[],
  at: number,
  seen: ReadonlyMap<string, readonly number[]>,
): Run | null {
  const first = sentences[at];
  if (first === undefined) return null;
  let best: Run | null = null;
  for (const original of earlierPlaces(sentences, at, seen)) {
    if (sentences[original]?.text.endsWith(first.text) !== true) continue;
    let length = 0;
    let whole = 0;
    let characters = 0;
    let counted = 0;
    while (
      original + length < at &&
      (length === 0 || sentences[at + length]?.text === sentences[original + length]?.text)
    ) {
      const here = sentences[at + length];
      if (here === undefined) break;
      length += 1;
      characters += here.text.length;
      if (here.isLast) [whole, counted] = [length, characters];
    }
    if (whole > 0 && counted >= shortestHeading && counted > (best?.characters ?? 0))
      best = { length: whole, original, characters: counted };
  }
  return best;
}

/** Where the sentence at `at` ends earlier; a fragment too short to look up is found by the sentence after it. */
function earlierPlaces(
  sentences: readonly Sentence[],
  at: number,
  seen: ReadonlyMap<string, readonly number[]>,
): number[] {
  const text = sentences[at]?.text ?? '';
  if (text.length >= keyLength) return [...(seen.get(keyOf(text)) ?? [])];
  return (seen.get(keyOf(sentences[at + 1]?.text ?? '')) ?? []).map((place) => place - 1).filter((place) => place >= 0);
}

function report(
  paragraphs: readonly Paragraph[],
  block: { first: number; last: number; original: number },
  counts: boolean,
): NoticeProblem {
  const from = paragraphs[block.first];
  const to = paragraphs[block.last];
  const source = paragraphs[block.original];
  const line = from === undefined ? 1 : lineAt(from, 0);
  const lastLine = to === undefined ? line : lineAt(to, to.text.length);
  const place = line === lastLine ? `第${line}行` : `第${line}至${lastLine}行`;
  const original = source === undefined ? line : lineAt(source, 0);
  const what = counts ? '只计一次，请确认后删去重复部分' : '分属不同问题，均已计入，请核对是否误排';
  return {
    code: counts ? 'duplicated-block' : 'repeated-text',
    line,
    message: `${place}与第${original}行起的内容逐字重复(“${excerpt(from?.text ?? '', 16)}”)，${what}。`,
  };
}
