/** How the issues of a round stand; each is counted once. */
export interface CompletionCounts {
  /** All that were launched, withdrawn and merged ones included. */
  readonly total: number;
  readonly done: number;
  /** 基本完成: closed with a remainder that is still chased. */
  readonly basicallyDone: number;
  readonly longTerm: number;
  readonly open: number;
  readonly withdrawn: number;
  readonly merged: number;
}

export interface CompletionRate {
  readonly done: number;
  readonly of: number;
  /** With one decimal, and 100 only when all are done; null when there is nothing to count. */
  readonly percent: number | null;
  /** The rate as a sentence that names its meaning and its figures. */
  readonly words: string;
}

export interface CompletionRates {
  /** 长期坚持计入: an issue kept up counts as done. */
  readonly countingLongTerm: CompletionRate;
  /** 长期坚持单列: an issue kept up counts neither as done nor as to be done. */
  readonly longTermApart: CompletionRate;
}

/**
 * The completion rate (完成率) in both of its meanings; which of them is shown, the round's policy says. Withdrawn and
 * merged issues leave the base of both.
 *
 * @throws RangeError when a figure is no count, or the parts do not add up to the total
 */
export function completionRates(counts: CompletionCounts): CompletionRates {
  const { total, done, basicallyDone, longTerm, open, withdrawn, merged } = counts;
  const parts = [done, basicallyDone, longTerm, open, withdrawn, merged];
  if (![total, ...parts].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`Not counts of issues: ${JSON.stringify(counts)}`);
  }
  if (parts.reduce((sum, count) => sum + count, 0) !== total) {
    throw new RangeError(`The parts do not add up to the total: ${JSON.stringify(counts)}`);
  }
  const closed = [`已完成${String(done)}个`, ...named(basicallyDone, (n) => `基本完成${n}个`)];
  const leftOut = [...named(withdrawn, (n) => `撤销${n}个`), ...named(merged, (n) => `并入其他问题${n}个`)];
  const notCounted = leftOut.length > 0 ? [`${leftOut.join('、')}不计入`] : [];
  const inWork = named(open, (n) => `整改中${n}个`);
  return {
    countingLongTerm: rate('长期坚持计入完成', done + basicallyDone + longTerm, total - withdrawn - merged, [
      [...closed, ...named(longTerm, (n) => `长期坚持${n}个`), ...inWork].join('、'),
      ...notCounted,
    ]),
    longTermApart: rate('长期坚持单列', done + basicallyDone, total - withdrawn - merged - longTerm, [
      [...closed, ...inWork].join('、'),
      ...named(longTerm, (n) => `另有长期坚持${n}个单列`),
      ...notCounted,
    ]),
  };
}

function rate(meaning: string, done: number, of: number, figures: readonly string[]): CompletionRate {
  const percent = of === 0 ? null : percentOf(done, of);
  const shown = percent === null ? '没有计入的问题，不算完成率' : `完成率${percent.toFixed(1)}%`;
  return { done, of, percent, words: `${shown}（${meaning}）：应完成${String(of)}个，${figures.join('；')}。` };
}

/** Rounded, but never so that an unfinished round reads 100. */
function percentOf(done: number, of: number): number {
  return done === of ? 100 : Math.min(99.9, Math.round((done / of) * 1000) / 10);
}

function named(count: number, words: (count: string) => string): string[] {
  return count === 0 ? [] : [words(String(count))];
}
