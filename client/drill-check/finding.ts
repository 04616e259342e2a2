import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** One thing that is wrong, with everything needed to look it up. */
export interface Finding {
  readonly kind: 'lost' | 'doubled' | 'unowed';
  readonly line: string;
  readonly address: string;
  /** When it should have left, or left. */
  readonly moment: IsoInstant | null;
  readonly why: string;
}
