import { createHash } from 'node:crypto';

/** When to kill, and what. */
export type PlannedKill = {
  /** `everything`: the program with PostgreSQL and Temporal; `mainOnly`: the program alone, its children are orphaned. */
  readonly extent: 'everything' | 'mainOnly';
} & (
  | {
      readonly when: 'underWay';
      /** 0 to 1: how much of the undisturbed drill's mail has been accepted. */
      readonly progress: number;
      /** So long after that. */
      readonly afterMs: number;
    }
  | {
      readonly when: 'recovering';
      /** So long after the last start: while it starts, launches the drill, or makes up for what was cut off. */
      readonly afterMs: number;
    }
);

const recoveringShare = 0.25;
const mainOnlyShare = 0.25;
const jitterMs = 700;
const recoversWithinMs = 12_000;

/** Kills at random moments over the length of a drill, the same for the same seed. */
export function killPlan(seed: string, kills: number): PlannedKill[] {
  const chance = (...about: readonly (string | number)[]): number =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...about]))
      .digest()
      .readUInt32BE(0) / 0x1_0000_0000;
  const progress = Array.from({ length: kills }, (_, number) => chance('progress', number)).sort((a, b) => a - b);
  return progress.map((at, number) => {
    const extent = chance('extent', number) < mainOnlyShare ? 'mainOnly' : 'everything';
    const isRecovering = chance('recovering', number) < recoveringShare;
    return isRecovering
      ? { extent, when: 'recovering', afterMs: Math.floor(chance('after', number) * recoversWithinMs) }
      : { extent, when: 'underWay', progress: at * 0.98, afterMs: Math.floor(chance('after', number) * jitterMs) };
  });
}
