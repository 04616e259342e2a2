import type { Ledger } from '../../prisma/client.ts';
import type { EvaluationFacts, Kept } from '../../workflows/rules/evaluation-facts.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';

/** How it went with the rectification plan that counts, and whose that is. */
export interface JudgedPlan {
  readonly of: 'body' | 'round';
  readonly state: EvaluationFacts['plan'];
}

/** A plan, a weekly check or a monthly dispatch of the round, as an evaluation counts it. */
interface Duty {
  readonly kind: string;
  /** The body that owes it itself. */
  readonly bodyId: string | null;
  readonly dueOn: IsoDate;
  readonly closedOn: IsoDate | null;
  readonly closedByType: string | null;
}

export async function dutiesOf(ledger: Ledger, roundId: string): Promise<Duty[]> {
  return ledger.$queryRaw<Duty[]>`
    SELECT o.kind::text AS kind, o.scope->>'bodyId' AS "bodyId", to_char(o."dueOn", 'YYYY-MM-DD') AS "dueOn", e.type AS "closedByType",
      to_char(o."closedAt" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "closedOn"
    FROM "RoundObligation" o
    LEFT JOIN "RoundEvent" e ON e."roundId" = o."roundId" AND e.sequence = o."closedBy"
    WHERE o."roundId" = ${roundId} AND o.kind IN ('rectificationPlan', 'weeklyCheck', 'monthlyDispatch')
    ORDER BY o."openedAt", o.id`;
}

/** A duty whose time is over counts as owed, whether it was reported or lapsed. */
export function keptDuties(duties: readonly Duty[], kind: string, today: IsoDate): Kept {
  const owed = duties.filter((duty) => duty.kind === kind && (duty.closedOn !== null || duty.dueOn < today));
  return { kept: owed.filter(({ closedByType }) => closedByType === 'dutyReported').length, owed: owed.length };
}

/** A body's own plan where it owes one; of the whole round its own, or that of the body which did worst. */
export function plansOf(duties: readonly Duty[], bodyId: string | undefined, today: IsoDate): JudgedPlan {
  const plans = duties.filter(({ kind }) => kind === 'rectificationPlan');
  const own = plans.filter((plan) => bodyId !== undefined && plan.bodyId === bodyId);
  if (own.length > 0) return { of: 'body', state: planOf(own[0], today) };
  const ofRound = plans.find((plan) => plan.bodyId === null);
  if (bodyId !== undefined || ofRound !== undefined) return { of: 'round', state: planOf(ofRound, today) };
  const bodies = [...new Set(plans.map((plan) => plan.bodyId))];
  const states = bodies.map((one) =>
    planOf(
      plans.find((plan) => plan.bodyId === one),
      today,
    ),
  );
  return { of: 'round', state: worstFirst.find((state) => states.includes(state)) ?? 'notOwed' };
}

const worstFirst: readonly EvaluationFacts['plan'][] = ['missing', 'late', 'onTime'];

/** The first plan alone: one that was returned or asked for again is another. */
function planOf(plan: Duty | undefined, today: IsoDate): EvaluationFacts['plan'] {
  if (plan === undefined) return 'notOwed';
  if (plan.closedByType === 'dutyReported') return (plan.closedOn ?? '') <= plan.dueOn ? 'onTime' : 'late';
  return plan.dueOn < today ? 'missing' : 'notOwed';
}
