import type { Mention } from './deadline-mentions.ts';
import { inChinese, type IsoDate } from './instants.ts';

/** A mention with its day, or with what keeps it from having one. */
export type DatedMention = { readonly mention: Mention } & (
  { readonly on: IsoDate; readonly notes: readonly string[] } | { readonly problem: string }
);

/** What stands in for a year that is not written. */
interface YearContext {
  readonly feedbackOn?: IsoDate | undefined;
  readonly roundYear?: number | undefined;
}

const yearsOn: Readonly<Record<string, number>> = {
  明年: 1,
  次年: 1,
  来年: 1,
  翌年: 1,
  下年: 1,
  下一年: 1,
  后年: 2,
  去年: -1,
  上年: -1,
};

/**
 * Gives each mention its year: the one written, else the one written before it in the same phrase (2023年10月—12月),
 * else the round's, and always the first in which the day is not before the feedback.
 */
export function datedMentions(mentions: readonly Mention[], context: YearContext): DatedMention[] {
  const dated: DatedMention[] = [];
  let written: { year: number; on: IsoDate } | undefined;
  for (const mention of mentions) {
    const found = datedAfter(mention, written, context);
    dated.push(found);
    if ('on' in found && (mention.year !== undefined || written))
      written = { year: Number(found.on.slice(0, 4)), on: found.on };
  }
  return dated;
}

function datedAfter(
  mention: Mention,
  written: { year: number; on: IsoDate } | undefined,
  context: YearContext,
): DatedMention {
  const { year, yearWord, doubts } = mention;
  if (year !== undefined) return inYear(mention, year, doubts);
  const shift = yearWord === undefined ? 0 : (yearsOn[yearWord] ?? 0);
  const meansWritten = yearWord === undefined || ['次年', '翌年', '同年', '当年', '该年'].includes(yearWord);
  if (written && meansWritten) {
    const same = inYear(mention, written.year + shift, doubts);
    if (yearWord !== undefined || 'problem' in same || same.on >= written.on) return same;
    return inYear(mention, written.year + 1, [
      ...doubts,
      `“${mention.words}”没有写年份,接前文读作 ${written.year + 1} 年`,
    ]);
  }
  const { feedbackOn, roundYear } = context;
  const base = roundYear ?? (feedbackOn === undefined ? undefined : Number(feedbackOn.slice(0, 4)));
  if (base === undefined) {
    const words = yearWord === undefined ? '没有写年份' : `写的是“${yearWord}”`;
    return { mention, problem: `“${mention.words}”${words},又不知道反馈日,请写全年份,例如 2024年3月底前` };
  }
  return shift === 0 ? nextInTime(mention, base, context) : shifted(mention, base + shift, context);
}

function shifted(mention: Mention, year: number, { feedbackOn, roundYear }: YearContext): DatedMention {
  const from = roundYear !== undefined ? `轮次年份 ${roundYear}` : `反馈日 ${feedbackOn}`;
  return inYear(mention, year, [...mention.doubts, `“${mention.yearWord}”按${from} 推算为 ${year} 年,请核对`]);
}

function nextInTime(mention: Mention, base: number, { feedbackOn, roundYear }: YearContext): DatedMention {
  const last = Math.max(base, feedbackOn === undefined ? base : Number(feedbackOn.slice(0, 4))) + 1;
  let found: DatedMention | undefined;
  for (let year = base; year <= last; year += 1) {
    const candidate = inYear(mention, year, []);
    if ('problem' in candidate) {
      found ??= candidate;
      continue;
    }
    if (feedbackOn !== undefined && candidate.on < feedbackOn) {
      found = undefined;
      continue;
    }
    const written = mention.yearWord === undefined ? '没有写年份' : `“${mention.yearWord}”没有写明是哪一年`;
    const by = roundYear !== undefined ? `轮次年份 ${roundYear}` : `反馈日 ${feedbackOn}`;
    return {
      mention,
      on: candidate.on,
      notes: [...mention.doubts, `${written},按${by} 读作 ${inChinese(candidate.on)},请核对`],
    };
  }
  return found ?? { mention, problem: `“${mention.words}”没有写年份,请写全,例如 2024年3月底前` };
}

function inYear(mention: Mention, year: number, notes: readonly string[]): DatedMention {
  const named = mention.lastDayIn(year);
  return 'problem' in named ? { mention, problem: named.problem } : { mention, on: named.on, notes };
}
