import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { SaidAt } from './messages.ts';
import type { IsoInstant } from './rules/instants.ts';
import type { RoundProgress } from './rules/round/progress.ts';
import type { RoundRequest, RoundRequestName } from './rules/round/requests.ts';

/**
 * Somebody has reported a duty of the round (周检查、月调度、整改方案、督办事项 …); what he wrote stands in the ledger. A fact:
 * it is never refused, and one that has lapsed or was met before is met by it no more.
 */
export const dutyReported = defineSignal<[SaidAt & { obligationId: string; noteId?: string }]>('dutyReported');

/**
 * What a person asks of a round and may be refused: one update for each rule of `rules/round/requests.ts`, with its name.
 * It answers when the event and what follows from it stand in the ledger.
 */
export function roundUpdate<Name extends RoundRequestName>(name: Name) {
  return defineUpdate<void, [SaidAt & RoundRequest<Name>], Name>(name);
}

export interface RoundStatus {
  readonly progress: RoundProgress;
  readonly now: IsoInstant;
  readonly lookAgainAt: IsoInstant | null;
}

export const roundStatus = defineQuery<RoundStatus>('roundStatus');
