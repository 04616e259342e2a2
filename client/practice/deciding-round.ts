import { createHash } from 'node:crypto';
import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import type { RoundRequest } from '../../workflows/rules/round/requests.ts';
import type { Issues } from '../issues.ts';
import type { RoundDuties } from '../round-duties.ts';
import { drawRoundLookBacks } from '../rounds/draw-look-backs.ts';
import type { DutyAct } from './acts.ts';

/** As much of the rounds' duties as practice people decide. */
export type RoundDoors = Pick<RoundDuties, 'ask' | 'decidePlan' | 'recordEvaluation' | 'answerComment' | 'issueBatch'>;

type RoundAct = Extract<
  DutyAct,
  { readonly kind: 'decidePlan' | 'recordEvaluation' | 'answerComment' | 'drawLookBacks' }
>;

export function isOfRound(act: DutyAct): act is RoundAct {
  const { kind } = act;
  return kind === 'decidePlan' || kind === 'recordEvaluation' || kind === 'answerComment' || kind === 'drawLookBacks';
}

interface Through {
  readonly ledger: Ledger;
  readonly issues: Pick<Issues, 'ask'>;
  readonly duties: RoundDoors;
}

/** Does what somebody has decided to do upon a duty of the round. @throws RefusedError as the doors do */
export async function upon(through: Through, act: RoundAct, said: Said): Promise<void> {
  const { ledger, duties } = through;
  const { issueId: roundId, obligationId: id } = act.duty;
  switch (act.kind) {
    case 'decidePlan': {
      const { decision, reason } = act;
      const { bodyId } = await scopeOf(ledger, roundId, id);
      return duties.decidePlan(roundId, { ...said, decision, reason, ...(bodyId !== undefined && { bodyId }) });
    }
    case 'recordEvaluation': {
      const { judgedBodyId: bodyId } = await scopeOf(ledger, roundId, id);
      const judged = { ...practiceEvaluation, ...(bodyId !== undefined && { bodyId }) };
      return duties.recordEvaluation(roundId, { ...said, ...judged });
    }
    case 'answerComment': {
      const { commentId = '' } = await scopeOf(ledger, roundId, id);
      return duties.answerComment(roundId, { ...said, commentId, answer: act.answer });
    }
    case 'drawLookBacks':
      await drawRoundLookBacks(through, roundId, said, { seed: await drawSeed(ledger, roundId, id) });
  }
}

async function scopeOf(ledger: Ledger, roundId: string, id: string): Promise<RoundScope> {
  const duty = await ledger.roundObligation.findUniqueOrThrow({
    where: { roundId_id: { roundId, id } },
    select: { scope: true },
  });
  return (duty.scope as RoundScope | null) ?? {};
}

/** Follows from the drill's seed, so that a drill played again draws the same; undefined where there is no drill. */
async function drawSeed(ledger: Ledger, roundId: string, obligationId: string): Promise<string | undefined> {
  const drill = await ledger.drill.findUnique({ where: { roundId }, select: { seed: true } });
  if (drill === null) return undefined;
  return createHash('sha256').update(`${drill.seed}/${obligationId}`).digest('hex').slice(0, 32);
}

/** What an ordinary round gets (组织领导15、责任落实15、任务完成60、群众满意度10): good enough to need no second plan. */
const practiceEvaluation: RoundRequest<'recordEvaluation'> = {
  scores: { organisation: 14, responsibility: 13, completion: 52, satisfaction: 8, total: 87 },
  grade: 'fairlyGood',
  secondRectification: 'notNeeded',
  note: '演练评估',
};
