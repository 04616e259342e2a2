import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { PresetName } from '../../workflows/rules/presets/index.ts';

/** How often a duty comes round; `periodic` is 定期, where the notice does not say how often. */
export type Every = 'day' | 'week' | 'halfMonth' | 'month' | 'quarter' | 'halfYear' | 'year' | 'periodic';

/** A stage of the rectification (阶段); stages may overlap. Both days are inclusive. */
export interface Phase {
  readonly title: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly line: number;
}

/** Who fed findings back (反馈来源): the inspection itself, or a special check that went with it. */
export interface FeedbackSource {
  readonly title: string;
  readonly line: number;
}

/** Items that are kept within one issue (子台账): they enter, are asked to leave, are re-checked, and only then leave. */
export interface SubLedger {
  /** The issue's place in the reading, from 1. */
  readonly issue: number;
  readonly itemName: string;
  readonly entered: number;
  readonly askedToLeave: number;
  readonly inWork: number;
  /** Those that have left for good; 0 when the notice speaks of none. */
  readonly left: number;
  readonly reportEvery: 'month' | 'quarter';
  readonly line: number;
}

/** Letters that gather several issues (督办批次), counted by the notice. */
export interface SupervisionBatches {
  readonly count: number;
  readonly line: number;
}

/** Something that is done again and again; `issue` is null for a duty of the whole round. */
export interface RecurringDuty {
  readonly title: string;
  readonly every: Every;
  readonly line: number;
  readonly issue: number | null;
}

/** What became of the persons answerable (追责问责); names are never read. */
export interface AccountabilityOutcome {
  readonly issue: number;
  readonly outcome: 'dealtWith' | 'notPursued';
  /** Who decided, in the notice's words; null where it does not say. */
  readonly body: string | null;
  readonly persons: number | null;
  readonly line: number;
}

/** The mechanism of a round as its notice describes it: what a policy can be made from, each with its place. */
export interface Mechanism {
  readonly preset: { readonly name: PresetName; readonly because: string };
  /** How long the concentrated rectification (集中整改) lasts; null where it is not said, or said in two ways. */
  readonly concentratedMonths: number | null;
  readonly phases: readonly Phase[];
  readonly sources: readonly FeedbackSource[];
  readonly subLedgers: readonly SubLedger[];
  readonly supervisionBatches: readonly SupervisionBatches[];
  readonly duties: readonly RecurringDuty[];
  readonly accountability: readonly AccountabilityOutcome[];
  /** Issues whose finding the body disputes (经核实…). */
  readonly disputed: readonly { readonly issue: number; readonly line: number }[];
  /** Issues that wait for another authority (待…研定). */
  readonly waiting: readonly { readonly issue: number; readonly authority: string; readonly line: number }[];
  /** Issues whose duty a reorganisation moved; `by` is who has it now, null where it is not said. */
  readonly overtaken: readonly { readonly issue: number; readonly by: string | null; readonly line: number }[];
  /** Where figures disagree or words cannot be read: named, never repaired. */
  readonly problems: readonly NoticeProblem[];
}
