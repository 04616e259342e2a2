import { namesAspect, type Chapter } from './chapters.ts';
import type { IssueRank } from './issue-level.ts';
import { titleOf, type Rank, type Segment } from './markers.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { excerpt, forMatching } from './text-forms.ts';

/** An issue while the notice is being read: its heading, then all that stands under it. */
export interface DraftIssue {
  readonly number: number;
  readonly heading: Segment;
  readonly body: readonly Segment[];
  readonly aspect: number | null;
  readonly group: string | null;
  readonly longTerm: boolean;
  /** The heading above it, as far as it matters for numbering: a new parent may begin with 1 again. */
  readonly parent: number;
}

/** A heading above the issues: an aspect (方面), a body (村、社区), a state (已完成…) or any other group. */
export interface DraftHeading {
  readonly kind: 'aspect' | 'body' | 'state' | 'group';
  readonly rank: Rank;
  readonly number: number;
  readonly title: string;
  readonly line: number;
}

export interface Outline {
  readonly issues: readonly DraftIssue[];
  readonly headings: readonly DraftHeading[];
  /** What stands before the first issue or directly under a heading. */
  readonly preface: readonly Segment[];
  readonly problems: readonly NoticeProblem[];
}

const bodyName =
  /^[^,。]{1,24}(?:村|社区|居委会|党支部|党总支|总支部|党委|党组)(?:党组织|支部委员会|“?两委”?)?(?:巡察)?(?:[^,。]{0,6}整改[^,。]{0,10})?$/u;
const stateName =
  /(?:已(?:经)?|基本|未|尚未|全部)完成|正在(?:整改|推进)|长期(?:整改|坚持|推进|任务)|需(?:要)?(?:持续|长期)/u;
const longTermWords = /长期(?:整改|坚持|推进|任务)|需(?:要)?(?:持续|长期)/u;

/** The body (村、社区、党支部…) that a heading names, without what it says about it; undefined for any other heading. */
export function bodyInHeading(title: string): string | undefined {
  const plain = forMatching(title).replaceAll(' ', '');
  if (namesAspect(plain) || !bodyName.test(plain)) return undefined;
  return plain.replace(/^(?:关于|对)/u, '').replace(/(?:巡[察视])?(?:反馈)?[^,。]{0,6}整改[^,。]{0,10}$/u, '');
}

/** Walks one chapter of issues whose level is known; nothing in it is left out. A chapter that is an aspect itself is numbered after those before it. */
export function outlineOf(chapter: Chapter, rank: IssueRank, chapterRank: Rank | 0, aspectsBefore: number): Outline {
  return new Walk(chapter, rank, chapterRank).outline(aspectsBefore);
}

class Walk {
  readonly #chapter: Chapter;
  readonly #rank: IssueRank;
  readonly #chapterRank: Rank | 0;
  readonly #issues: {
    heading: Segment;
    body: Segment[];
    number: number;
    aspect: number | null;
    group: string | null;
    longTerm: boolean;
    parent: number;
  }[] = [];
  readonly #headings: DraftHeading[] = [];
  readonly #preface: Segment[] = [];
  readonly #problems: NoticeProblem[] = [];
  readonly #glued: Segment[] = [];
  #open: DraftHeading[] = [];
  #under: Segment[] = [];
  #parent = 0;
  #isOpenIssue = false;
  #nested = false;

  constructor(chapter: Chapter, rank: IssueRank, chapterRank: Rank | 0) {
    this.#chapter = chapter;
    this.#rank = rank;
    this.#chapterRank = chapterRank;
  }

  outline(aspectsBefore: number): Outline {
    const { heading, segments } = this.#chapter;
    if (
      heading !== null &&
      namesAspect(titleOf(heading)) &&
      /^聚焦|方面/u.test(titleOf(heading)) &&
      this.#rank > (heading.marker?.rank ?? 0)
    ) {
      this.#enter({
        kind: 'aspect',
        rank: heading.marker?.rank ?? 1,
        number: aspectsBefore + 1,
        title: titleOf(heading),
        line: heading.line,
      });
    }
    segments.forEach((segment, index) => {
      if (segment !== heading || this.#rank === segment.marker?.rank) this.#step(segment, segments[index + 1]);
      else this.#preface.push(segment);
    });
    this.#leaveHeading(0);
    // Where most issues follow each other within a paragraph, that is the notice's style, and none is glued.
    if (this.#glued.length * 2 < this.#issues.length) this.#problems.push(...this.#glued.map(glued));
    return { issues: this.#issues, headings: this.#headings, preface: this.#preface, problems: this.#problems };
  }

  #step(segment: Segment, next: Segment | undefined): void {
    const rank = segment.marker?.rank ?? 9;
    if (rank === this.#rank && this.#isIssue(segment)) this.#startIssue(segment);
    else if (rank < this.#rank && rank > this.#chapterRank && this.#isHeading(segment, next))
      this.#startHeading(segment);
    else if (this.#isOpenIssue) this.#issues.at(-1)?.body.push(segment);
    else {
      this.#preface.push(segment);
      this.#under.push(segment);
    }
  }

  #isIssue({ stands, marker }: Segment): boolean {
    if (stands === 'atStart') return true;
    if (stands === 'afterComma' || marker === null) return false;
    if (!this.#isOpenIssue) return true;
    if (marker.number === 1) this.#nested = true;
    return !this.#nested && marker.number === (this.#issues.at(-1)?.number ?? 0) + 1;
  }

  /** A heading glued to a paragraph's end counts when its number goes on and an issue follows it. */
  #isHeading({ stands, marker }: Segment, next: Segment | undefined): boolean {
    if (stands === 'atStart') return true;
    const before = this.#headings.findLast((heading) => heading.rank === marker?.rank);
    return stands === 'inside' && marker?.number === (before?.number ?? 0) + 1 && next?.marker?.rank === this.#rank;
  }

  #startHeading(segment: Segment): void {
    const { marker, line, stands } = segment;
    if (marker === null) return;
    this.#leaveHeading(marker.rank);
    const title = titleOf(segment).replace(/[。.;；:：\s]+$/u, '');
    this.#enter({ kind: this.#headingKind(title, marker.rank), rank: marker.rank, number: marker.number, title, line });
    this.#under = [segment];
    if (stands !== 'atStart') this.#problems.push(glued(segment));
  }

  #enter(heading: DraftHeading): void {
    this.#headings.push(heading);
    this.#open = [...this.#open.filter(({ rank }) => rank < heading.rank), heading];
    this.#parent += 1;
    this.#isOpenIssue = false;
  }

  #headingKind(title: string, rank: Rank): DraftHeading['kind'] {
    const plain = forMatching(title).replaceAll(' ', '');
    if (namesAspect(plain)) return 'aspect';
    if (bodyName.test(plain)) return 'body';
    if (stateName.test(plain) && /事项|任务|问题|情况/u.test(plain)) return 'state';
    const isUppermost = this.#open.every((heading) => heading.rank >= rank || heading.kind !== 'aspect');
    return isUppermost && rank <= 2 ? 'aspect' : 'group';
  }

  /** A heading that owns text and measures but no issue below it is an issue itself, and is reported. */
  #leaveHeading(rank: number): void {
    const heading = this.#open.at(-1);
    const [own] = this.#under;
    if (heading !== undefined && own?.marker != null && heading.rank >= rank && !this.#isOpenIssue) {
      const owns = this.#under.some(({ marker }) => marker !== null && marker.rank > this.#rank);
      if (owns || this.#under.reduce((sum, { text }) => sum + text.length, 0) > heading.title.length + 60) {
        const issueBody = this.#under;
        this.#headings.splice(this.#headings.indexOf(heading), 1);
        this.#open = this.#open.filter((each) => each !== heading);
        this.#addIssue(own, issueBody.slice(1));
        this.#problems.push({
          code: 'level-mixed',
          line: own.line,
          message: `“${excerpt(heading.title)}”下没有编号的问题，却有整改内容，现按一个问题计入，请确认其层级。`,
        });
      }
    }
    this.#isOpenIssue = false;
    this.#under = [];
  }

  #startIssue(segment: Segment): void {
    if (segment.stands !== 'atStart' && this.#isOpenIssue) this.#glued.push(segment);
    this.#under = [];
    this.#addIssue(segment, []);
    this.#isOpenIssue = true;
    this.#nested = false;
  }

  #addIssue(heading: Segment, rest: readonly Segment[]): void {
    const aspect = this.#open.findLast(({ kind }) => kind === 'aspect');
    const group =
      this.#open.findLast(({ kind }) => kind === 'group') ?? this.#open.findLast(({ kind }) => kind === 'body');
    const isLongTerm =
      this.#chapter.kind === 'longTerm' ||
      this.#open.some(({ kind, title }) => kind === 'state' && longTermWords.test(title));
    this.#issues.push({
      number: heading.marker?.number ?? this.#issues.length + 1,
      heading,
      body: [heading, ...rest],
      aspect: aspect?.number ?? null,
      group: group?.title ?? null,
      longTerm: isLongTerm,
      parent: this.#parent,
    });
  }
}

export const glued = (segment: Segment): NoticeProblem => ({
  code: 'glued-heading',
  line: segment.line,
  message: `标题“${excerpt(segment.text, 20)}”粘连在上一段末尾，已按单独的标题计入，请核对原文。`,
});
