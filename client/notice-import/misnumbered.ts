import { glued, type DraftIssue } from './outline.ts';
import { levelNames, type IssueRank } from './issue-level.ts';
import type { Segment } from './markers.ts';
import type { NoticeProblem } from './notice-reading.ts';
import { excerpt } from './text-forms.ts';

export interface Repaired {
  readonly issues: readonly DraftIssue[];
  readonly problems: readonly NoticeProblem[];
}

/**
 * Finds issues whose heading carries a deeper marker than its peers: where a number is missing between two issues, a
 * measure after which the measures begin with (1) again is the missing heading. Each is reported.
 */
export function findMisnumbered(issues: readonly DraftIssue[], rank: IssueRank): Repaired {
  const repaired: DraftIssue[] = [];
  const problems: NoticeProblem[] = [];
  issues.forEach((issue, index) => {
    const next = issues[index + 1];
    const missing =
      next === undefined ? 1 : next.parent === issue.parent || next.number > 1 ? next.number - issue.number - 1 : 0;
    let rest = issue;
    for (let left = missing; left > 0; left -= 1) {
      const at = hiddenHeading(rest, next === undefined);
      const heading = rest.body[at];
      if (at === -1 || heading === undefined) break;
      const number = rest.number + 1;
      repaired.push({ ...rest, body: rest.body.slice(0, at) });
      problems.push({
        code: 'misnumbered-issue',
        line: heading.line,
        message: `按顺序应为问题${number}(“${levelNames[rank].replace(/\d|[一二三四]/u, () => String(number))}”)，原文标为“${heading.marker?.printed ?? ''}”：“${excerpt(heading.text, 20)}”，已按问题${number}计入，请确认。`,
      });
      if (heading.stands !== 'atStart') problems.push(glued(heading));
      rest = { ...rest, number, heading, body: rest.body.slice(at) };
    }
    repaired.push(rest);
  });
  return { issues: repaired, problems };
}

/** Place in the body of a deeper marker that reads as the next issue's heading, or -1. */
function hiddenHeading(issue: DraftIssue, isLast: boolean): number {
  const own = issue.heading.marker?.rank ?? 0;
  const children = issue.body.flatMap((segment, at) =>
    segment.marker !== null && at > 0 && segment.stands !== 'afterComma' ? [{ segment, at }] : [],
  );
  const byRank = new Map<number, typeof children>();
  for (const child of children) {
    const rank = child.segment.marker?.rank ?? 9;
    byRank.set(rank, byRank.get(rank) ?? []);
    byRank.get(rank)?.push(child);
  }
  const places = new Map(
    [...byRank.values()].flatMap((siblings) => siblings.map(({ at }, self) => [at, { siblings, self }] as const)),
  );
  for (const [place, { segment, at }] of children.entries()) {
    const { marker } = segment;
    if (marker === null || marker.rank > 4 || marker.rank < own || (place === 0 && marker.number === 1)) continue;
    const { siblings = [], self = 0 } = places.get(at) ?? {};
    const isNext = marker.number === issue.number + 1 && marker.number !== (numberAt(siblings, self - 1) ?? 0) + 1;
    const restartsAfter = numberAt(siblings, self + 1) === 1 && marker.number !== 1;
    if (isNext || (!isLast && restartsAfter)) return at;
  }
  return -1;
}

const numberAt = (children: readonly { readonly segment: Segment }[], place: number): number | undefined =>
  children[place]?.segment.marker?.number;
