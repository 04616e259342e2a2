import { namesMeasures, rectificationLabelAt } from './measure-labels.ts';
import { type Rank, type Segment } from './markers.ts';
import type { DraftIssue } from './outline.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { chineseNumber, excerpt, forMatching } from './text-forms.ts';

export interface ReadMeasures {
  readonly measures: readonly string[];
  readonly problems: readonly NoticeProblem[];
}

/** The original text of segments; a paragraph's end becomes a line feed. */
export function textOf(segments: readonly Segment[]): string {
  return segments
    .map(
      (segment, index) =>
        (index > 0 && segments[index - 1]?.paragraph !== segment.paragraph ? '\n' : '') + segment.text,
    )
    .join('');
}

/**
 * The measures of an issue: the outermost list after 整改情况 and the like, or the outermost list at all. A list inside a
 * measure adds nothing; an issue whose rectification is one paragraph has none.
 */
export function measuresOf(issue: DraftIssue): ReadMeasures {
  const problems: NoticeProblem[] = [];
  const told = toldPart(issue, problems);
  const items = listItems(told);
  if (items.length === 0) return { measures: [], problems: [...problems, ...unreadLists(told, issue)] };
  const rank = outermostRank(items, problems, issue);
  const outer = outermost(items.filter(({ segment }) => segment.marker?.rank === rank));
  problems.push(...numberProblems(outer, rank, issue));
  const starts = outer.map(({ at }) => at);
  const measures = starts.map((at, index) => {
    const [head, ...rest] = told.slice(at, starts[index + 1]);
    if (head === undefined) return '';
    return textOf([{ ...head, text: head.text.slice(head.marker?.printed.length ?? 0) }, ...rest]).trim();
  });

  return { measures, problems };
}

/** Lists within lists are told apart to this depth. */
const deepestList = 6;

interface Item {
  readonly segment: Segment;
  readonly at: number;
}

/** The part of the issue that tells its rectification: after its label, and within 整改措施 where 整改成效 is told apart. */
function toldPart(issue: DraftIssue, problems: NoticeProblem[]): readonly Segment[] {
  const labels = issue.body.flatMap((segment, at) => {
    const index = rectificationLabelAt(segment.text);
    return index === -1 || isLabelOfItem(issue.body, at, index)
      ? []
      : [{ at, name: segment.text.slice(index).replace(/^[。;；:：!！?？\n 【[(（]+/u, '') }];
  });
  const [first] = labels;
  if (first === undefined) return issue.body;
  const chosen = labels.find(({ name }) => namesMeasures(name)) ?? first;
  const next = labels.find(({ at }) => at > chosen.at);
  const rest = issue.body.slice(chosen.at, next === undefined ? undefined : next.at + 1);
  const after =
    next === undefined
      ? []
      : listItems(issue.body.slice(next.at)).filter(({ segment }) => segment.marker?.number === 1);
  if (listItems(rest).length === 0) {
    if (
      chosen === first &&
      after.length === 0 &&
      (issue.body[first.at]?.marker?.rank ?? 0) > (issue.heading.marker?.rank ?? 0)
    )
      problems.push(listBefore(issue));
    return issue.body.slice(first.at);
  }
  if (after.length > 0 && next !== undefined) {
    problems.push({
      code: 'measures-uncertain',
      line: issue.heading.line,
      message: `问题“${excerpt(issue.heading.text)}”有两处分条列举(“${excerpt(chosen.name, 6)}”和“${excerpt(next.name, 6)}”)，整改措施按前一处计，请确认。`,
    });
    return rest;
  }
  return issue.body.slice(chosen.at);
}

const listBefore = (issue: DraftIssue): NoticeProblem => ({
  code: 'measures-uncertain',
  line: issue.heading.line,
  message: `问题“${excerpt(issue.heading.text)}”的分条列举都在“整改情况”之前，未计为整改措施，请确认。`,
});

/** True for 完成情况 and the like inside one item of a list that goes on: it tells of that item, not of the issue. */
function isLabelOfItem(body: readonly Segment[], at: number, labelAt: number): boolean {
  const marker = body[at]?.marker ?? null;
  if (at === 0 || marker === null || labelAt <= marker.printed.length + 1) return false;
  for (let index = at + 1; index < body.length; index += 1) {
    const next = body[index]?.marker ?? null;
    if (next !== null) return next.number !== 1;
  }
  return body
    .slice(1, at)
    .some(
      (segment) => segment.marker !== null && rectificationLabelAt(segment.text) > segment.marker.printed.length + 1,
    );
}

/** Items of any list; after a comma only such 一是… as go on with, or open, a list that goes on. */
function listItems(segments: readonly Segment[]): Item[] {
  const all = segments.flatMap((segment, at) => (at > 0 && segment.marker !== null ? [{ segment, at }] : []));
  return all.filter(({ segment }, index) => {
    if (segment.stands !== 'afterComma') return true;
    const number = segment.marker?.number ?? 0;
    const before = all[index - 1]?.segment.marker;
    const next = all[index + 1]?.segment.marker;
    return (before?.rank === 5 && before.number === number - 1) || (next?.rank === 5 && next.number === number + 1);
  });
}

/** （1） lines outrank 一是 inside them; when each 一是 holds a list of its own that begins again, 一是 is the outer one. */
function outermostRank(items: readonly Item[], problems: NoticeProblem[], issue: DraftIssue): Rank {
  const ranks = [...new Set(items.map(({ segment }) => segment.marker?.rank ?? 9))].sort((a, b) => a - b) as Rank[];
  const [lowest = 5] = ranks;
  const chinese = items.filter(({ segment }) => segment.marker?.rank === 5);
  const numbered = items.filter(({ segment }) => segment.marker?.rank === lowest);
  const [firstChinese] = chinese;
  const [firstNumbered] = numbered;
  if (lowest >= 5 || firstChinese === undefined || firstNumbered === undefined || firstChinese.at > firstNumbered.at)
    return lowest;
  const lines = numbered.filter(({ segment }) => segment.stands === 'atStart').length;
  if (lines === 0) return 5;
  const resumes = chinese.some(
    ({ at, segment }) => at > firstNumbered.at && segment.stands === 'atStart' && (segment.marker?.number ?? 0) > 1,
  );
  if (!resumes) return lowest;
  problems.push({
    code: 'measures-uncertain',
    line: issue.heading.line,
    message: `问题“${excerpt(issue.heading.text)}”中“一是”与“（1）”交错，整改措施按“一是”计，请确认。`,
  });
  return 5;
}

/**
 * The items of the outermost list: a list that begins with 1 inside an item is the item's own until the outer list goes
 * on; 是 and 要 tell two lists apart where both could go on.
 */
function outermost(items: readonly Item[]): Item[] {
  const open: { last: number; form: string }[] = [];
  const outer: Item[] = [];
  for (const item of items) {
    const { marker, stands } = item.segment;
    if (marker === null) continue;
    const form = marker.printed.slice(-1);
    const goesOn = open.flatMap(({ last }, depth) => (last + 1 === marker.number ? [depth] : []));
    const sameForm = goesOn.findLast((depth) => open[depth]?.form === form);
    let depth = sameForm ?? goesOn.at(-1);
    if (depth === undefined)
      depth = marker.number === 1 && open.length > 0 && stands !== 'atStart' ? Math.min(open.length, deepestList) : 0;
    open.length = Math.min(open.length, depth);
    open.push({ last: marker.number, form });
    if (depth === 0) outer.push(item);
  }
  return outer;
}

function numberProblems(outer: readonly Item[], rank: Rank, issue: DraftIssue): NoticeProblem[] {
  return outer.flatMap(({ segment }, index) => {
    const number = segment.marker?.number ?? 0;
    const before = outer[index - 1]?.segment.marker?.number ?? 0;
    if (number === before + 1 || (index === 0 && number === 1)) return [];
    const name = rank === 5 ? `${chineseNumber(before + 1)}是` : `（${before + 1}）`;
    const what = number === 1 ? '又从头编号，两段列举均计为整改措施' : `缺少“${name}”`;
    return [
      {
        code: 'measure-numbers',
        line: segment.line,
        message: `问题“${excerpt(issue.heading.text, 16)}”的整改措施在“${excerpt(segment.text, 12)}”处${what}，请核对原文。`,
      },
    ];
  });
}

/** Lists in forms that are not markers (首先、其次; 第一，第二) are not counted, but asked about. */
function unreadLists(segments: readonly Segment[], issue: DraftIssue): NoticeProblem[] {
  const plain = forMatching(textOf(segments));
  const isListed =
    /首先[^。]{2,200}[。;,](?:其次|再次)|第一[,、][^。]{2,300}[。;,]第二[,、]|其一[^。]{2,300}[。;,]其二/u.test(plain);
  if (!isListed) return [];
  return [
    {
      code: 'unread-list',
      line: issue.heading.line,
      message: `问题“${excerpt(issue.heading.text)}”用“首先、其次”或“第一、第二”分条，未计为整改措施，请确认是否应当计入。`,
    },
  ];
}
