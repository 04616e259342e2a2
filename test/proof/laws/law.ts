import type { History } from '../history.ts';

/** What does not hold, under the number of the line of the design that says it must. */
export interface Violation {
  readonly law: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly what: string;
}

/** Looks at a whole history and says what should not have happened. */
export type Law = (history: History) => readonly Violation[];
