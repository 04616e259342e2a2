import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Satisfaction } from '../../workflows/rules/events.ts';
import { type Evaluation, evaluate } from '../../workflows/rules/evaluation.ts';
import type { EvaluationFacts, Kept } from '../../workflows/rules/evaluation-facts.ts';
import type { Punishment } from '../../workflows/rules/policy.ts';
import type { RoundRequest } from '../../workflows/rules/round/requests.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { RefusedError } from '../refused-error.ts';
import { bodyNamed, type NamedBody } from './body-names.ts';
import { dutiesOf, type JudgedPlan, keptDuties, plansOf } from './evaluated-duties.ts';

/** How the people concerned took it, where the office has asked them itself (群众满意度). */
export type SatisfactionCounts = EvaluationFacts['satisfaction'];

export interface ProposedEvaluation {
  /** The one body (被巡察单位) that is judged; null for the whole round. */
  readonly body: NamedBody | null;
  /** Whose rectification plan counts: the body's own where it owes one, else the round's. */
  readonly plan: JudgedPlan['of'];
  readonly facts: EvaluationFacts;
  readonly evaluation: Evaluation;
}

/**
 * Proposes the evaluation (定期评估) of a round from what the ledger holds; the office confirms it, and may set how the
 * people concerned took it. Six statements, however many issues. Of one body its own issues count, and its own plan where
 * it owes one; weekly checks and monthly dispatches are the round's and count for each body alike.
 *
 * @throws RefusedError `UnknownRound`, `UnknownBody`, `AmbiguousBody`
 */
export async function proposeEvaluation(
  ledger: Ledger,
  roundId: string,
  {
    satisfaction,
    body: words,
  }: { readonly satisfaction?: SatisfactionCounts; readonly body?: string | undefined } = {},
): Promise<ProposedEvaluation> {
  const bodies = await ledger.body.findMany({ where: { roundId }, select: { id: true, name: true } });
  const body = words === undefined ? null : bodyNamed(words, bodies);
  const { plan, ...gathered } = await evaluationFacts(ledger, roundId, body?.id);
  const facts = { ...gathered, plan: plan.state, ...(satisfaction !== undefined && { satisfaction }) };
  return { body: body && { id: body.id, name: body.name }, plan: plan.of, facts, evaluation: evaluate(facts) };
}

/**
 * A proposed evaluation as it is recorded.
 *
 * @throws RefusedError `NothingToEvaluate` when there was no task to judge
 */
export function evaluationRequest(
  { evaluation, body }: Pick<ProposedEvaluation, 'evaluation' | 'body'>,
  note = '',
): RoundRequest<'recordEvaluation'> {
  const { organisation, responsibility, completion, satisfaction, total, grade, secondRectification } = evaluation;
  if (total === null || grade === null) {
    throw new RefusedError('NothingToEvaluate', '没有应完成的问题，不评总分和等次');
  }
  return {
    ...(body && { bodyId: body.id }),
    scores: {
      organisation: organisation.points,
      responsibility: responsibility.points,
      completion: completion.points,
      satisfaction: satisfaction.points,
      total,
    },
    grade,
    secondRectification,
    note,
  };
}

type GatheredFacts = Omit<EvaluationFacts, 'plan'> & { readonly plan: JudgedPlan };

async function evaluationFacts(ledger: Ledger, roundId: string, bodyId: string | undefined): Promise<GatheredFacts> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    select: { terms: true, clockId: true, concentratedEndsOn: true },
  });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  const { policy } = (round.terms ?? {}) as Partial<RoundTerms>;
  const today = dayOf(await businessNow(ledger, round.clockId));
  const judged = Prisma.sql`i."roundId" = ${roundId} AND (${bodyId ?? null}::text IS NULL OR i."bodyId" = ${bodyId ?? null})`;
  const [duties, events, issues, kept] = await Promise.all([
    dutiesOf(ledger, roundId),
    eventsOf(ledger, judged),
    issuesOf(ledger, judged),
    keptByIssues(ledger, judged, today),
  ]);
  const count = (type: string) => events.find((event) => event.type === type && event.measure === null)?.n ?? 0;
  const punished = (measure: Punishment) => events.find((event) => event.measure === measure)?.n ?? 0;
  const phased = (...phases: readonly string[]) =>
    issues.filter(({ phase }) => phases.includes(phase)).reduce((sum, { n }) => sum + n, 0);
  const closed = phased('lookBack', 'archived');
  const basicallyDone = issues
    .filter(({ phase, outcome }) => outcome === 'basicallyDone' && (phase === 'lookBack' || phase === 'archived'))
    .reduce((sum, { n }) => sum + n, 0);
  const felt = (satisfaction: Satisfaction) =>
    issues.filter((one) => one.satisfaction === satisfaction).reduce((sum, { n }) => sum + n, 0);
  const commitmentsKept = count('commitmentKept');
  return {
    plan: plansOf(duties, bodyId, today),
    weeklyChecks: keptDuties(duties, 'weeklyCheck', today),
    monthlyDispatches: keptDuties(duties, 'monthlyDispatch', today),
    acknowledgements: kept.acknowledgements,
    commitments: { kept: commitmentsKept, owed: commitmentsKept + count('commitmentBroken') },
    punishments: {
      reminderTalk: punished('reminderTalk'),
      talk: punished('talk'),
      notice: punished('notice'),
      accountability: punished('accountability'),
    },
    measures: kept.measures,
    issues: {
      total: issues.reduce((sum, { n }) => sum + n, 0),
      done: closed - basicallyDone,
      basicallyDone,
      longTerm: phased('longTerm'),
      open: phased('assignment', 'rectification', 'closureReview'),
      withdrawn: phased('withdrawn'),
      merged: phased('merged'),
    },
    concentratedPeriod:
      round.concentratedEndsOn !== null && toIsoDate(round.concentratedEndsOn) >= today ? 'running' : 'over',
    completionRate: policy?.completionRate ?? 'longTermCounted',
    returnedClosures: count('closureReturned'),
    rebounds: count('rebounded'),
    satisfaction: {
      satisfied: felt('satisfied'),
      basicallySatisfied: felt('basicallySatisfied'),
      unsatisfied: felt('unsatisfied'),
    },
  };
}

/** How often each thing happened; of measures against people, those the office decided to take. */
async function eventsOf(
  ledger: Ledger,
  judged: Prisma.Sql,
): Promise<{ readonly type: string; readonly measure: string | null; readonly n: number }[]> {
  return ledger.$queryRaw`
    SELECT e.type, raised.detail->>'measure' AS measure, count(*)::int AS n
    FROM "IssueEvent" e JOIN "Issue" i ON i.id = e."issueId"
    LEFT JOIN "IssueEvent" raised ON e.type = 'proposalDecided' AND raised."issueId" = e."issueId"
      AND raised.type = 'proposalRaised' AND raised.cycle = e.cycle
      AND raised.detail->>'proposalId' = e.detail->>'proposalId'
    WHERE ${judged}
      AND e.type IN ('commitmentKept', 'commitmentBroken', 'closureReturned', 'rebounded', 'proposalDecided')
      AND (e.type <> 'proposalDecided' OR e.detail->>'decision' = 'accepted')
    GROUP BY e.type, raised.detail->>'measure'`;
}

/** How the issues stand, and how the people concerned took what was done about them. */
async function issuesOf(
  ledger: Ledger,
  judged: Prisma.Sql,
): Promise<{ phase: string; outcome: string | null; satisfaction: string | null; n: number }[]> {
  return ledger.$queryRaw`
    SELECT phase::text AS phase, progress->'closed'->>'outcome' AS outcome, progress->>'satisfaction' AS satisfaction,
      count(*)::int AS n
    FROM "Issue" i WHERE ${judged} GROUP BY 1, 2, 3`;
}

/** Acknowledged by its day; proven by accepted evidence that had come in by the measure's day. */
async function keptByIssues(
  ledger: Ledger,
  judged: Prisma.Sql,
  today: IsoDate,
): Promise<{ acknowledgements: Kept; measures: Kept }> {
  const [acknowledgements] = await ledger.$queryRaw<Kept[]>`
    SELECT count(*)::int AS owed, (count(*) FILTER (WHERE
      (o."closedAt" AT TIME ZONE 'Asia/Shanghai')::date <= o."dueOn"))::int AS kept
    FROM "Obligation" o JOIN "Issue" i ON i.id = o."issueId"
    WHERE ${judged} AND o.kind = 'acknowledgement'
      AND (o."closedAt" IS NOT NULL OR o."dueOn" < ${today}::date)`;
  const [measures] = await ledger.$queryRaw<Kept[]>`
    SELECT count(*)::int AS owed, (count(*) FILTER (WHERE EXISTS (
      SELECT 1 FROM jsonb_array_elements(m.body->'evidence') piece
      JOIN "Evidence" e ON e.id = piece->>'evidenceId'
      WHERE piece->>'state' = 'accepted'
        AND (e."receivedAt" AT TIME ZONE 'Asia/Shanghai')::date <= (m.body->>'deadline')::date)))::int AS kept
    FROM "Issue" i CROSS JOIN LATERAL jsonb_array_elements(i.progress->'measures') AS m(body)
    WHERE ${judged} AND i.phase NOT IN ('withdrawn', 'merged')
      AND (m.body->>'deadline')::date < ${today}::date`;
  const none = { kept: 0, owed: 0 };
  return { acknowledgements: acknowledgements ?? none, measures: measures ?? none };
}
