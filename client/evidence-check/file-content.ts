import type { Concern } from './concerns.ts';
import type { FileKind } from './kinds.ts';

/** What a file's content alone tells. */
export interface FileContent {
  readonly kind: FileKind;
  /** What whoever judges it should know; does not keep it from being evidence. */
  readonly concerns: readonly Concern[];
  /** Why it cannot be opened without danger, or at all, as a clause that goes on from its name. */
  readonly spoilt?: string;
}
