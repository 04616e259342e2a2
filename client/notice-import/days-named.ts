import { daysIn, withDigits } from './dates.ts';
import type { SourceLine } from './paragraphs.ts';

/** A whole day that a notice names somewhere, with the words it stands in. */
export interface NamedDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Of the file, 1-based. */
  readonly line: number;
  readonly words: string;
}

/** How much of the sentence stands on either side of a day, in characters. */
const charactersAround = 16;

/**
 * The whole days that a notice names, each once, in the order in which they come: what a person chooses from when the
 * reader found no feedback day (反馈日). A day without its year is none of them.
 *
 * @param most at most so many
 */
export function daysNamed(lines: readonly SourceLine[], most: number): NamedDay[] {
  const found = new Map<string, NamedDay>();
  for (const { line, text } of lines) {
    const words = withDigits(text);
    for (const { day, from, to } of daysIn(words)) {
      if (day === null || found.has(day)) continue;
      found.set(day, { day, line, words: words.slice(Math.max(0, from - charactersAround), to + charactersAround) });
      if (found.size === most) return [...found.values()];
    }
  }
  return [...found.values()];
}
