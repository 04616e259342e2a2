import { divideIntoChapters, type Chapter } from './chapters.ts';
import { readClaims } from './claims.ts';
import { checkChapterNumbers } from './continuity.ts';
import { segmentsOf, type Segment } from './markers.ts';
import { splitEnding } from './notice-ending.ts';
import type { NoticeReading, ReadNoticeOptions } from './notice-reading.ts';
import { openNotice } from './open-notice.ts';
import { stripPageChrome } from './page-chrome.ts';
import type { Paragraph, SourceLine } from './paragraphs.ts';
import { readChapters } from './read-chapters.ts';
import { rejoin } from './rejoin.ts';
import { readRoundFacts } from './round-facts.ts';

/**
 * Reads a published notice (.txt, .html or .docx, told apart by content) into its issues, measures and round facts.
 *
 * @throws UnreadableNotice when the file is empty, too big, binary or damaged
 */
export function readNotice(bytes: Uint8Array, fileName: string, options: ReadNoticeOptions = {}): NoticeReading {
  return readNoticeParagraphs(openNotice(bytes, fileName), options);
}

/** Reads a notice from its lines, in file order; pure. Every difference with the notice's own claims is a problem. */
export function readNoticeParagraphs(lines: readonly SourceLine[], options: ReadNoticeOptions = {}): NoticeReading {
  const page = stripPageChrome(lines);
  const rejoined = rejoin(page.body);
  const { main, ending } = splitEnding(rejoined.paragraphs);
  const { intro, chapters, chapterRank, problems: chapterProblems } = divideIntoChapters(segmentsOf(main));
  const read = readChapters(main, chapters, chapterRank, options);
  const facts = readRoundFacts({
    title: page.title,
    intro: paragraphsOf(main, intro, chapters[0]),
    ending,
    lastLine: lines.at(-1)?.line ?? 1,
  });
  const claims = readClaims(grouped([...intro, ...read.preface]), read.counts);
  const problems = [...rejoined.problems, ...chapterProblems, ...read.problems, ...facts.problems, ...claims.problems];
  if (chapters.length > 1 || chapterRank > 0) problems.push(...checkChapterNumbers(chapters));
  if (page.title === null)
    problems.push({
      code: 'missing-title',
      line: lines[0]?.line ?? 1,
      message: '没有读到标题(“关于巡察整改进展情况的通报”之类)，请确认这是整改通报。',
    });
  return {
    round: facts.round,
    level: read.level,
    aspects: read.aspects,
    issues: read.issues,
    claims: claims.claims,
    problems: problems.toSorted((a, b) => a.line - b.line),
    joins: rejoined.joins,
  };
}

/** The paragraphs of the intro; when the notice has no numbered heading, all of it. */
const paragraphsOf = (
  main: readonly Paragraph[],
  intro: readonly Segment[],
  first: Chapter | undefined,
): Paragraph[] => {
  const last = intro.at(-1)?.paragraph ?? -1;
  return last >= 0 ? main.slice(0, last + 1) : main.slice(0, first?.segments[0]?.marker == null ? 3 : 0);
};

/** Segments put together again by paragraph, for reading sentences. */
function grouped(segments: readonly Segment[]): { text: string; line: number }[] {
  const byParagraph = new Map<number, { text: string; line: number }>();
  for (const { paragraph, text, line } of segments) {
    const known = byParagraph.get(paragraph);
    byParagraph.set(paragraph, known === undefined ? { text, line } : { text: known.text + text, line: known.line });
  }
  return [...byParagraph.values()];
}
