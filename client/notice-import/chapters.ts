import { chapterKindsOf, namesFinding, type ChapterKind } from './chapter-words.ts';
import { titleOf, type Rank, type Segment } from './markers.ts';
import { rectificationLabelAt } from './measure-labels.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { excerpt, forMatching } from './text-forms.ts';

export interface Chapter {
  readonly kind: ChapterKind;
  readonly heading: Segment | null;
  readonly title: string;
  readonly segments: readonly Segment[];
}

export interface ChapteredNotice {
  /** What stands before the first numbered heading. */
  readonly intro: readonly Segment[];
  readonly chapters: readonly Chapter[];
  /** The rank of the chapters' own markers; 0 when the notice has no chapters. */
  readonly chapterRank: Rank | 0;
  readonly problems: readonly NoticeProblem[];
}

interface Section {
  readonly heading: Segment;
  readonly title: string;
  readonly kinds: readonly ChapterKind[];
  readonly segments: readonly Segment[];
  /** True when it reads as one issue: a finding, or 整改成效 and no numbered heading inside. */
  readonly isIssue: boolean;
}

/** Divides a notice into chapters by their vocabulary, never by their number. */
export function divideIntoChapters(segments: readonly Segment[]): ChapteredNotice {
  const starts = headingIndexes(segments);
  const [first] = starts;
  if (first === undefined) return { intro: [], chapters: [results(segments)], chapterRank: 0, problems: [] };
  const intro = segments.slice(0, first);
  const sections = starts.map((from, place) => section(segments.slice(from, starts[place + 1] ?? segments.length)));
  const isChaptered =
    sections.some(
      ({ kinds, isIssue }) => !isIssue && kinds.some((kind) => kind === 'results' || kind === 'longTerm'),
    ) || sections.some(isAspectChapter);
  if (!isChaptered) return { intro, ...issueSections(sections) };
  const problems: NoticeProblem[] = [];
  const chapters = sections.map((each, index) => {
    const { kind, sure } = kindOf(each, index, sections);
    if (!sure) problems.push(unsure(each, kind));
    return { kind, heading: each.heading, title: each.title, segments: each.segments };
  });
  return { intro, chapters, chapterRank: segments[first]?.marker?.rank ?? 0, problems };
}

const results = (segments: readonly Segment[]): Chapter => ({ kind: 'results', heading: null, title: '', segments });

/** The shallowest marker that begins a paragraph makes the chapters; without `一、`, headings without a number may do so. */
function headingIndexes(segments: readonly Segment[]): number[] {
  const ranks = segments.flatMap(({ marker, stands }) =>
    marker !== null && stands === 'atStart' ? [marker.rank] : [],
  );
  const rank = Math.min(...new Set(ranks), 9);
  const bare = rank === 1 ? [] : segments.flatMap((segment, index) => (isBareHeading(segment) ? [index] : []));
  if (bare.some((index) => /反馈|整改/u.test(segments[index]?.text ?? ''))) return bare;
  let number = 0;
  return segments.flatMap((segment, index) => {
    if (segment.marker?.rank !== rank || rank > 4) return [];
    const follows = segment.marker.number === number + 1;
    const isGlued = segment.stands === 'inside' && follows && rank === 1 && chapterKindsOf(titleOf(segment)).length > 0;
    if (segment.stands !== 'atStart' && !isGlued) return [];
    number = segment.marker.number;
    return [index];
  });
}

/** A chapter's heading that lost its number: short, without a stop, in the chapters' vocabulary. */
function isBareHeading(segment: Segment): boolean {
  const plain = forMatching(segment.text);
  return (
    segment.marker === null &&
    segment.stands === 'atStart' &&
    plain.length <= 30 &&
    !/[。;:!?]/u.test(plain) &&
    chapterKindsOf(plain).length > 0 &&
    /(?:情况|事项|安排|打算|计划|问题|成效|任务|成果)$/u.test(plain)
  );
}

function section(segments: readonly Segment[]): Section {
  const [heading, ...rest] = segments as [Segment, ...Segment[]];
  const title = titleOf(heading);
  const isNumbered = rest.some(({ marker, stands }) => marker !== null && marker.rank <= 3 && stands === 'atStart');
  const isTold = segments.some(({ text }) => rectificationLabelAt(text) >= 0);
  return {
    heading,
    title,
    kinds: chapterKindsOf(title),
    segments,
    isIssue: !isNumbered && (isTold || namesFinding(title)),
  };
}

/** Chapters that are aspects themselves: `二、聚焦…方面`. */
const isAspectChapter = ({ title, isIssue, segments }: Section): boolean =>
  !isIssue &&
  /^聚焦|方面(?:整改[^,。]{0,8})?(?:情况)?$/u.test(forMatching(title)) &&
  segments.some(({ marker }) => marker !== null && marker.rank >= 2 && marker.rank <= 4);

export const namesAspect = (title: string): boolean =>
  /^(?:聚焦|在.{2,20}方面)|方面(?:存在)?(?:的)?(?:问题)?(?:整改[^,。]{0,8})?(?:情况)?[。:]?$/u.test(
    forMatching(title).trim(),
  );

function kindOf(each: Section, index: number, sections: readonly Section[]): { kind: ChapterKind; sure: boolean } {
  const { kinds } = each;
  const [kind] = kinds;
  if (kind === undefined) {
    if (isAspectChapter(each)) return { kind: 'results', sure: true };
    if (/整改/u.test(each.title)) return { kind: 'results', sure: false };
    if (index === sections.length - 1 && index > 0) return { kind: 'nextSteps', sure: false };
    const isBeforeResults = index === 0 && sections.slice(1).some((other) => other.kinds.includes('results'));
    return { kind: isBeforeResults ? 'organisation' : 'results', sure: false };
  }
  if (kind === 'longTerm' && kinds.includes('nextSteps')) {
    const isPlan = /打算|安排|计划|下一?步/u.test(each.title);
    return { kind: isPlan ? 'nextSteps' : 'longTerm', sure: false };
  }
  if (kind === 'longTerm' && /已(?:经)?完成/u.test(each.title)) return { kind: 'results', sure: false };
  if (
    kind === 'nextSteps' &&
    kinds.includes('results') &&
    index < sections.length - 1 &&
    /情况|反馈/u.test(each.title) &&
    !/下一?步|今后|打算/u.test(each.title)
  )
    return { kind: 'results', sure: false };
  if (kind === 'results' && kinds.includes('organisation')) {
    const isOrganisation = sections
      .slice(index + 1)
      .some((other) => other.kinds.includes('results') && !other.kinds.includes('nextSteps'));
    return { kind: isOrganisation && index === 0 ? 'organisation' : 'results', sure: true };
  }
  return { kind, sure: true };
}

const kindNames: Readonly<Record<ChapterKind, string>> = {
  organisation: '组织落实情况',
  results: '整改落实情况',
  longTerm: '长期整改事项',
  nextSteps: '下一步安排',
};

const unsure = ({ heading, title }: Section, kind: ChapterKind): NoticeProblem => ({
  code: 'unknown-chapter',
  line: heading.line,
  message: `“${excerpt(title)}”一章的性质无法从标题确定，暂按“${kindNames[kind]}”处理，请确认本章是否含反馈问题、是否为长期整改事项。`,
});

/** A notice whose top headings are the issues themselves; an organisation or next-steps part may stand among them. */
function issueSections(sections: readonly Section[]): Omit<ChapteredNotice, 'intro'> {
  const chapters: Chapter[] = [];
  let run: Segment[] = [];
  const flush = (): void => {
    if (run.length > 0) chapters.push(results(run));
    run = [];
  };
  sections.forEach((each, index) => {
    const kind = each.isIssue
      ? undefined
      : each.kinds.find(
          (name) => (name === 'organisation' && index === 0) || (name === 'nextSteps' && index === sections.length - 1),
        );
    if (kind === undefined) run.push(...each.segments);
    else {
      flush();
      chapters.push({ kind, heading: each.heading, title: each.title, segments: each.segments });
    }
  });
  flush();
  return { chapters, chapterRank: 0, problems: [] };
}
