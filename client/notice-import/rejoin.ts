import { chapterKindOf } from './chapter-words.ts';
import { contactLabel, isContactStart } from './contact-words.ts';
import { leadingMarker, type Rank } from './markers.ts';
import { isIssueLabel, issueLabelAtStart } from './measure-labels.ts';
import { isSignature, looksLikeDateLine } from './page-chrome.ts';
import { asParagraph, type Paragraph, type SourceLine } from './paragraphs.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { endsSentence, excerpt, forMatching, leavesOpen } from './text-forms.ts';

export interface Rejoined {
  readonly paragraphs: readonly Paragraph[];
  /** How many lines were joined to the one before. */
  readonly joins: number;
  readonly problems: readonly NoticeProblem[];
}

/** Per rank, the share of headings printed without a full stop; a heading like its peers is no cut line. */
type HeadingHabits = ReadonlyMap<Rank, { readonly open: number; readonly closed: number }>;

/**
 * Joins what a page break cut apart: a line that breaks off in mid-sentence and a line after it that matches no marker.
 * A heading that merely has no full stop is left alone.
 */
export function rejoin(lines: readonly SourceLine[]): Rejoined {
  const habits = headingHabits(lines);
  const done: Paragraph[] = [];
  const problems: NoticeProblem[] = [];
  let joins = 0;
  let parts: SourceLine[] = [];
  const flush = (): void => {
    if (parts.length > 0) done.push(merged(parts));
    parts = [];
  };
  lines.forEach((line, index) => {
    const last = parts.at(-1);
    const first = parts[0];
    if (last === undefined || first === undefined) {
      parts = [line];
      return;
    }
    const verdict = judge({ first, last, joined: parts.length > 1 }, line, lines[index + 1], habits);
    if (verdict !== 'apart' && verdict !== 'apart, ask' && verdict !== 'broken') {
      joins += 1;
      parts.push(line);
    } else {
      flush();
      parts = [line];
    }
    const message = messages[verdict]?.(last.text, line.text);
    if (message !== undefined)
      problems.push({ code: verdict === 'broken' ? 'broken-sentence' : 'uncertain-join', line: line.line, message });
  });
  flush();
  return { paragraphs: done, joins, problems };
}

type Verdict = 'apart' | 'apart, ask' | 'join' | 'join, ask' | 'broken';

const messages: Partial<Record<Verdict, (before: string, after: string) => string>> = {
  'apart, ask': (before, after) =>
    `“${excerpt(before)}”与“${excerpt(after)}”可能是被分页断开的同一段，现按两段处理，请核对原文。`,
  'join, ask': (before, after) => `“${excerpt(before)}”与“${excerpt(after)}”按分页断开的同一段接合，请核对原文。`,
  broken: (before, after) =>
    `上一段“…${before.slice(-16)}”未写完，下一段却以序号开头(“${excerpt(after, 12)}”)，疑有缺漏，请核对原文。`,
};

function judge(
  before: { readonly first: SourceLine; readonly last: SourceLine; readonly joined: boolean },
  line: SourceLine,
  next: SourceLine | undefined,
  habits: HeadingHabits,
): Verdict {
  const { first, last } = before;
  if (endsSentence(last.text)) return 'apart';
  const cut = certainlyCut(last.text);
  if (leadingMarker(line.text) !== null) return cut ? 'broken' : 'apart';
  if (beginsAnew(line.text) || standsAlone(last.text) || isSignedBelow(line.text, next)) return 'apart';
  const glued = gluedHeading(last.text);
  if (glued !== null && !cut) return tailOrBody({ ...last, text: glued }, line, next);
  const marker = before.joined ? null : leadingMarker(first.text);
  if (marker !== null && forMatching(first.text).trim().length === marker.printed.trim().length) return 'join';
  if (cut || /^[,。;:、)”》的了]/u.test(forMatching(line.text))) return 'join';
  if (chapterKindOf(first.text) !== null && first === last && (marker === null ? isBare(first.text) : marker.rank <= 2))
    return tailOrBody(last, line, next);
  if (marker === null)
    return last.text.length <= 16 && !/[,。;]/u.test(forMatching(last.text)) && line.text.length > 30
      ? 'apart, ask'
      : 'join';
  if (/[。;!?]/u.test(forMatching(first.text))) return 'join';
  if (/(?:问题|方面|情况)$/u.test(last.text) || isHabit(marker.rank, habits)) return tailOrBody(last, line, next);
  return last.text.length <= 30 ? 'join, ask' : 'join';
}

/** A heading without a full stop is followed by its paragraph, unless what follows looks like the heading's own tail. */
function tailOrBody(last: SourceLine, line: SourceLine, next: SourceLine | undefined): Verdict {
  const nextStarts = next === undefined || leadingMarker(next.text) !== null;
  if (line.text.length <= 30 && !endsSentence(line.text) && nextStarts && last.text.length >= 16) return 'join, ask';
  return line.text.length <= 16 && last.text.length >= 25 && !/(?:问题|方面|情况)$/u.test(last.text)
    ? 'apart, ask'
    : 'apart';
}

/** A heading without a stop at the end of a paragraph it was glued to (…。三、下一步工作打算), or null. */
function gluedHeading(text: string): string | null {
  const tail = /[。;]([^。;]{2,40})$/u.exec(forMatching(text))?.[1]?.trim() ?? '';
  const marker = leadingMarker(tail);
  return marker !== null && marker.rank <= 3 && !tail.includes(',') ? tail : null;
}

/** A name above a line that is nothing but a date is the signature. */
const isSignedBelow = (text: string, next: SourceLine | undefined): boolean =>
  next !== undefined && looksLikeDateLine(next.text) && text.length <= 50 && !/[,。;:]/u.test(forMatching(text));

/** No sentence and no heading ends so. */
const certainlyCut = (text: string): boolean =>
  /[,、(“《]$|[和与及并将把被]$/u.test(forMatching(text)) || leavesOpen(text);

/** True for a line that is never the rest of the one before: a label, a signature, a date, a chapter's heading. */
const beginsAnew = (text: string): boolean =>
  looksLikeDateLine(text) ||
  isContactStart(text) ||
  contactLabel(text) !== null ||
  issueLabelAtStart(text) ||
  isSignature(text) ||
  (isBare(text) && chapterKindOf(text) !== null && /(?:情况|事项|安排|打算|计划|问题|成效|任务)$/u.test(text));

const isBare = (text: string): boolean => text.length <= 24 && !/[,。;:]/u.test(forMatching(text));

const standsAlone = (text: string): boolean => looksLikeDateLine(text) || isSignature(text) || isIssueLabel(text);

function headingHabits(lines: readonly SourceLine[]): HeadingHabits {
  const habits = new Map<Rank, { open: number; closed: number }>();
  lines.forEach(({ text }, index) => {
    const marker = leadingMarker(text);
    if (marker === null) return;
    const habit = habits.get(marker.rank) ?? { open: 0, closed: 0 };
    const isOpen = !/[。;:!?]/u.test(forMatching(text));
    const nextText = lines[index + 1]?.text;
    if (isOpen && nextText !== undefined && leadingMarker(nextText) !== null) habit.open += 1;
    else if (!isOpen) habit.closed += 1;
    habits.set(marker.rank, habit);
  });
  return habits;
}

/** Chapters are headings; below them, a line is a heading when lines of its kind commonly stand without a stop. */
function isHabit(rank: Rank, habits: HeadingHabits): boolean {
  const habit = habits.get(rank) ?? { open: 0, closed: 0 };
  if (rank <= 2) return true;
  return habit.open > 0 ? habit.open >= habit.closed / 3 : rank === 3 && habit.closed === 0;
}

function merged(parts: readonly SourceLine[]): Paragraph {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return asParagraph(only);
  let at = 0;
  const pieces = parts.map(({ line, text }) => {
    const piece = { at, line };
    at += text.length;
    return piece;
  });
  return { text: parts.map(({ text }) => text).join(''), pieces };
}
