import { namesAspect, type Chapter } from './chapters.ts';
import type { Counts } from './claims.ts';
import { checkHeadingNumbers, checkIssueNumbers, checkLostHeadings } from './continuity.ts';
import { findDuplicates } from './duplicates.ts';
import { chooseLevel, levelNames, rankOfLevel, type IssueRank } from './issue-level.ts';
import { titleOf, type Rank, type Segment } from './markers.ts';
import { measuresOf, textOf } from './measures.ts';
import { findMisnumbered } from './misnumbered.ts';
import type { IssueLevel, NoticeIssue, NoticeProblem, NoticeReading, ReadNoticeOptions } from './notice-reading.ts';
import { outlineOf, type DraftHeading, type DraftIssue } from './outline.ts';
import type { Paragraph } from './paragraphs.ts';
import { excerpt } from './text-forms.ts';

/** What the chapters of a notice hold. */
export interface ReadChapters {
  readonly level: IssueLevel | null;
  readonly aspects: NoticeReading['aspects'];
  readonly issues: readonly NoticeIssue[];
  readonly preface: readonly Segment[];
  readonly problems: readonly NoticeProblem[];
  readonly counts: Counts;
}

/** Reads the issues of all chapters that hold any; everything else is the preface, where the notice states its totals. */
export function readChapters(
  main: readonly Paragraph[],
  chapters: readonly Chapter[],
  chapterRank: Rank | 0,
  options: ReadNoticeOptions,
): ReadChapters {
  const problems: NoticeProblem[] = [];
  const levels = chapters.map((chapter) => levelOf(chapter, chapterRank, options, problems));
  const dropped = repeatedParagraphs(main, chapters, levels, problems);
  const drafts: DraftIssue[] = [];
  const headings: DraftHeading[] = [];
  const preface: Segment[] = [];
  let level: IssueLevel | null = null;
  chapters.forEach((chapter, index) => {
    const rank = levels[index] ?? null;
    const segments = chapter.segments.filter(({ paragraph }) => !dropped.has(paragraph));
    if (rank === null) return void preface.push(...segments);
    const outline = outlineOf({ ...chapter, segments }, rank, chapterRank, headings.filter(isAspect).length);
    const repaired = findMisnumbered(outline.issues, rank);
    const checked = checkIssueNumbers(repaired.issues, drafts.at(-1));
    drafts.push(...checked.issues);
    headings.push(...outline.headings);
    preface.push(...outline.preface);
    problems.push(
      ...outline.problems,
      ...repaired.problems,
      ...checked.problems,
      ...checkLostHeadings(checked.issues),
      ...checkHeadingNumbers(outline.headings.filter(({ rank: own }) => own > chapterRank)),
    );
    if (chapterRank === 0) problems.push(...withoutChapters(outline.headings));
    if (chapter.kind === 'results' && outline.issues.length > 0) level ??= levelNames[rank];
    if (outline.issues.length === 0) problems.push(withoutIssues(chapter));
  });
  if (drafts.length === 0 && !problems.some(({ code }) => code === 'no-issues'))
    problems.push({
      code: 'no-issues',
      line: 1,
      message: '没有读到任何反馈问题，请检查文件是否为整改通报，或改用台账导入。',
    });
  const read = drafts.map((draft) => ({ draft, ...measuresOf(draft) }));
  problems.push(...read.flatMap((each) => each.problems));
  const issues = read.map(({ draft, measures }) => asIssue(draft, measures));
  const aspects = headings.filter(isAspect).map(({ number, title }) => ({ number, title }));
  const inLongTerm = issues.filter(({ longTerm }) => longTerm);
  return {
    level: level ?? firstLevel(levels),
    aspects,
    issues,
    preface,
    problems,
    counts: {
      aspects: aspects.length,
      groups: headings.filter(({ kind }) => kind === 'group').length,
      issues: issues.length,
      longTerm: inLongTerm.length,
      measures: countMeasures(issues),
      measuresInLongTerm: countMeasures(inLongTerm),
    },
  };
}

/** Without chapters, a heading above the issues that names no aspect may be a chapter that was not understood. */
function withoutChapters(headings: readonly DraftHeading[]): NoticeProblem[] {
  const top = Math.min(...headings.map(({ rank }) => rank), 9);
  return headings
    .filter(({ rank, kind, title }) => rank === top && kind === 'aspect' && !namesAspect(title))
    .map(({ line, title }) => ({
      code: 'unknown-chapter',
      line,
      message: `“${excerpt(title)}”暂按一个方面处理，其标题看不出是方面还是章节，请确认其下是否为反馈问题、是否为长期整改事项。`,
    }));
}

const isAspect = ({ kind }: DraftHeading): boolean => kind === 'aspect';

const firstLevel = (levels: readonly (IssueRank | null)[]): IssueLevel | null => {
  const rank = levels.find((each) => each !== null);
  return rank == null ? null : levelNames[rank];
};

const countMeasures = (issues: readonly NoticeIssue[]): number =>
  issues.reduce((sum, { measures }) => sum + measures.length, 0);

function levelOf(
  chapter: Chapter,
  chapterRank: Rank | 0,
  options: ReadNoticeOptions,
  problems: NoticeProblem[],
): IssueRank | null {
  if (chapter.kind === 'organisation' || chapter.kind === 'nextSteps') return null;
  const chosen = chooseLevel(chapter.heading === null ? chapter.segments : chapter.segments.slice(1), chapterRank);
  const wanted = options.level === undefined ? null : rankOfLevel(options.level);
  if (wanted !== null && chapter.segments.some(({ marker }) => marker?.rank === wanted)) return wanted;
  if (chosen === null) {
    const text = textOf(chapter.segments);
    if (text.length > titleOf(chapter.segments[0] ?? emptySegment).length + 30) problems.push(withoutIssues(chapter));
    return null;
  }
  if (!chosen.sure) {
    problems.push({
      code: 'issue-level-uncertain',
      line: chapter.segments[0]?.line ?? 1,
      message: `“${excerpt(chapter.title || '正文')}”中问题的层级不止一种读法，现按“${levelNames[chosen.rank]}”一级计，请确认，必要时改选层级。`,
    });
  }
  return chosen.rank;
}

const emptySegment: Segment = { marker: null, stands: 'atStart', text: '', line: 1, paragraph: 0 };

const withoutIssues = (chapter: Chapter): NoticeProblem => ({
  code: 'chapter-without-issues',
  line: chapter.heading?.line ?? chapter.segments[0]?.line ?? 1,
  message: `“${excerpt(chapter.title || '正文')}”一章没有读到编号的问题，请核对原文的编号或改选层级。`,
});

function repeatedParagraphs(
  main: readonly Paragraph[],
  chapters: readonly Chapter[],
  levels: readonly (IssueRank | null)[],
  problems: NoticeProblem[],
): ReadonlySet<number> {
  const inIssues = new Set(
    chapters.flatMap(({ segments }, index) =>
      (levels[index] ?? null) === null ? [] : segments.map(({ paragraph }) => paragraph),
    ),
  );
  const deepest = levels.reduce<IssueRank>((rank, level) => (level !== null && level > rank ? level : rank), 1);
  const duplicates = findDuplicates(main, deepest, (paragraph) => inIssues.has(paragraph));
  problems.push(...duplicates.problems);
  return duplicates.dropped;
}

const longTermMark =
  /[(（](?:需)?(?:长期|持续)(?:坚持|整改|推进)[^)）]{0,8}[)）]$|(?:整改状态|完成情况|整改进度|整改时限|完成时限) ?[:：](?:已完成并)?(?:长期坚持|长期整改)/u;

function asIssue(draft: DraftIssue, measures: readonly string[]): NoticeIssue {
  const title = titleOf(draft.heading).replace(/[。.;；:：\s]+$/u, '');
  const text = textOf(draft.body);
  const isMarked = longTermMark.test(title) || longTermMark.test(text);
  const { number, aspect, group, heading } = draft;
  return { number, title, aspect, group, longTerm: draft.longTerm || isMarked, text, measures, line: heading.line };
}
