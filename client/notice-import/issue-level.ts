import { namesFinding } from './chapter-words.ts';
import { titleOf, type Rank, type Segment } from './markers.ts';
import type { IssueLevel } from './notice-reading.ts';
import { rectificationLabelAt } from './measure-labels.ts';

export const levelNames: Readonly<Record<1 | 2 | 3 | 4, IssueLevel>> = { 1: '一、', 2: '（一）', 3: '1.', 4: '（1）' };
export type IssueRank = keyof typeof levelNames;

export const rankOfLevel = (level: IssueLevel): IssueRank =>
  ([1, 2, 3, 4] as const).find((rank) => levelNames[rank] === level) ?? 3;

/** Whether words are the marker form of a level, as people print it. */
export function isIssueLevel(words: string): words is IssueLevel {
  return Object.values<string>(levelNames).includes(words);
}

export interface ChosenLevel {
  readonly rank: IssueRank;
  /** False when another level could be meant as well; a person should look. */
  readonly sure: boolean;
}

interface Evidence {
  readonly rank: IssueRank;
  readonly count: number;
  /** Share of its headings that own a deeper list of measures, 0–1. */
  readonly owning: number;
  /** Share of its headings that name a finding or are followed by 整改情况 and the like, 0–1. */
  readonly finding: number;
  /** True when its numbers run on from one parent to the next. */
  readonly runsOn: boolean;
  /** True when its numbers begin with 1 again more than once. */
  readonly restarts: boolean;
}

/**
 * The level of the issues in one chapter: the deepest numbered heading that owns measures.
 * Null when the chapter holds no numbered heading below `above`.
 */
export function chooseLevel(segments: readonly Segment[], above: Rank | 0): ChosenLevel | null {
  const evidence = ([1, 2, 3, 4] as const)
    .filter((rank) => rank > above)
    .map((rank) => weigh(segments, rank))
    .filter(({ count }) => count > 0);
  const deepest = evidence.at(-1);
  if (deepest === undefined) return null;
  const findings = evidence.findLast(({ finding, count }) => finding >= 0.5 && (count > 1 || evidence.length === 1));
  if (findings !== undefined) return { rank: findings.rank, sure: agrees(findings, evidence) };
  const owning = evidence.findLast((level) => level.owning >= 0.5 && (level.rank !== 4 || ownsChinese(segments)));
  if (owning !== undefined) return { rank: owning.rank, sure: clear(owning, evidence) };
  const [shallowest = deepest] = evidence;
  if (evidence.length === 1) return { rank: deepest.rank, sure: true };
  const third = evidence.find(({ rank }) => rank === 3);
  return { rank: (third ?? shallowest).rank, sure: third?.runsOn ?? false };
}

/** Findings at one level while a deeper level owns most lists leave the choice open, unless the deeper one restarts. */
function agrees(chosen: Evidence, evidence: readonly Evidence[]): boolean {
  return evidence.every(
    (other) => other.rank <= chosen.rank || other.owning < 0.5 || other.restarts || other.count < chosen.count / 2,
  );
}

function clear(chosen: Evidence, evidence: readonly Evidence[]): boolean {
  const deeper = evidence.filter(({ rank }) => rank > chosen.rank);
  if (deeper.some(({ owning, count }) => owning > 0.2 && count > 1)) return false;
  // （一） over 1. may be an issue over its measures or an aspect over its issues; only 一是 would tell.
  if (chosen.rank === 2 && deeper.some(({ rank }) => rank === 3)) return false;
  if (chosen.owning < 0.6 && evidence.length > 1) return false;
  const parent = evidence.find(({ rank }) => rank < chosen.rank);
  return chosen.rank !== 4 || parent === undefined || chosen.runsOn || !chosen.restarts;
}

const ownsChinese = (segments: readonly Segment[]): boolean => {
  let owning = 0;
  const items = headingsOf(segments, 4);
  items.forEach(({ from, to }) => {
    if (segments.slice(from + 1, to).some(({ marker }) => marker?.rank === 5)) owning += 1;
  });
  return owning >= items.length / 2;
};

function headingsOf(segments: readonly Segment[], rank: Rank): { from: number; to: number }[] {
  const starts = segments.flatMap(({ marker, stands }, index) =>
    marker?.rank === rank && stands !== 'afterComma' ? [index] : [],
  );
  const bounds = segments.flatMap(({ marker }, index) => (marker !== null && marker.rank <= rank ? [index] : []));
  let next = 0;
  return starts.map((from) => {
    while (next < bounds.length && (bounds[next] ?? 0) <= from) next += 1;
    return { from, to: bounds[next] ?? segments.length };
  });
}

/** Markers all of which, under one heading, stand after 整改措施 and the like: they number measures, not issues. */
function toldPlaces(segments: readonly Segment[], rank: Rank): ReadonlySet<number> {
  const places = new Set<number>();
  let isTold = false;
  let isBegun = false;
  segments.forEach(({ marker, text }, index) => {
    if (marker !== null && marker.rank < rank) isTold = isBegun = false;
    if (isTold && marker?.rank === rank) places.add(index);
    if (marker?.rank === rank) isBegun = true;
    else if (!isBegun && rectificationLabelAt(text) >= 0) isTold = true;
  });
  return places;
}

function weigh(segments: readonly Segment[], rank: IssueRank): Evidence {
  const all = headingsOf(segments, rank);
  const atStart = all.filter(({ from }) => segments[from]?.stands === 'atStart');
  // Lists of the same form inside a measure are no headings; without any at a paragraph's start, those inside are weighed.
  const items = atStart.length > 0 ? atStart : all.length > 1 ? all : [];
  let owning = 0;
  let finding = 0;
  const told = toldPlaces(segments, rank);
  for (const { from, to } of items) {
    const own = segments.slice(from, to);
    if (told.has(from)) continue;
    if (own.slice(1).some(({ marker }) => marker !== null && marker.rank > rank)) owning += 1;
    const [head] = own;
    if (head !== undefined && (namesFinding(titleOf(head)) || own.some(({ text }) => rectificationLabelAt(text) >= 0)))
      finding += 1;
  }
  const numbers = items.map(({ from }) => segments[from]?.marker?.number ?? 0);
  const ones = numbers.filter((number) => number === 1).length;
  const areMeasures = items.filter(({ from }) => told.has(from)).length > items.length / 2;
  const count = areMeasures || (atStart.length === 0 && owning < items.length / 2) ? 0 : items.length;
  return {
    rank,
    count,
    owning: owning / (items.length || 1),
    finding: finding / (items.length || 1),
    runsOn: ones <= 1,
    restarts: ones > 1,
  };
}
