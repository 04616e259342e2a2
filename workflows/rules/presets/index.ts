import type { IsoDate } from '../instants.ts';
import type { Policy } from '../policy.ts';
import { blackSpots } from './black-spots.ts';
import { simple } from './simple.ts';
import { threeLights } from './three-lights.ts';
import { threePhases } from './three-phases.ts';
import { weeklyMonthly } from './weekly-monthly.ts';

/** The ready-made policies a round may start from, by the names the office knows. */
export const presetNames = ['简明', '周检查·月调度·定期评估', '三色预警', '三阶段', '黑点月报'] as const;

export type PresetName = (typeof presetNames)[number];

/** The first version of a round's policy, as its preset has it; days in it are counted from the feedback. */
export function presetPolicy(name: PresetName, { feedbackOn }: { readonly feedbackOn: IsoDate }): Policy {
  switch (name) {
    case '简明':
      return simple;
    case '周检查·月调度·定期评估':
      return weeklyMonthly;
    case '三色预警':
      return threeLights;
    case '三阶段':
      return threePhases(feedbackOn);
    case '黑点月报':
      return blackSpots;
  }
}
