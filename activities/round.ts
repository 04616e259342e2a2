import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Ledger } from '../prisma/client.ts';
import { toIsoDate } from '../prisma/days.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { mainTaskQueue, workflowIds } from '../workflows/ids.ts';
import { type Calendar, carriedCalendar } from '../workflows/rules/calendar.ts';
import { addMonths, dayOf, type IsoDate, type IsoInstant } from '../workflows/rules/instants.ts';
import type { Policy } from '../workflows/rules/policy.ts';
import type { IssueTerms } from '../workflows/rules/terms.ts';
import { inParallel } from './in-parallel.ts';
import type { RoundActivities } from './index.ts';

interface RoundDependencies {
  readonly ledger: Ledger;
  readonly temporal: Client;
  /** Tells Temporal that the activity is alive. */
  readonly heartbeat: () => void;
}

const startsAtOnce = 12;

export function createRoundActivities({ ledger, temporal, heartbeat }: RoundDependencies): RoundActivities {
  return {
    /**
     * Copies the round's policy and calendar, and what the ledger says of the issue, into each issue's terms, starts the issues' workflows, and returns when each
     * has written its first step down. Running twice finds what was started and waits for the rest.
     *
     * @throws ApplicationFailure `UnknownRound` when the ledger has no such round
     */
    async launchIssues({ roundId, launchedAt }) {
      const terms = await termsOfRound(ledger, roundId, launchedAt);
      await ledger.$transaction(
        terms.map(({ terms: one }) =>
          ledger.issue.update({
            where: { id: one.issueId },
            data: { terms: one as unknown as Prisma.InputJsonObject },
            select: { id: true },
          }),
        ),
      );
      await inParallel(startsAtOnce, terms, async ({ code, terms: one }) => {
        await start(temporal, code, one);
        heartbeat();
      });
      while ((await ledger.issue.count({ where: { roundId, step: 0 } })) > 0) {
        heartbeat();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },

    /**
     * How many issues are neither archived (已归档), kept up (长期坚持), withdrawn (已撤销) nor merged (已并入), and when the
     * first look-back falls that nobody has drawn yet. Running twice reads again.
     */
    async roundStanding({ roundId }) {
      const unsettled = await ledger.issue.count({ where: { roundId, phase: { notIn: [...settledPhases] } } });
      return { unsettled, drawDueOn: await drawDueOn(ledger, roundId) };
    },
  };
}

const settledPhases = ['archived', 'longTerm', 'withdrawn', 'merged'] as const;

/**
 * The first day on which a closed issue would be looked back at that no draw has named or left out yet. One that a draw
 * has taken in, though its workflow has not been told so far, counts as drawn.
 */
async function drawDueOn(ledger: Ledger, roundId: string): Promise<IsoDate | null> {
  const [first] = await ledger.$queryRaw<{ closedOn: IsoDate; months: number }[]>`
    SELECT to_char(i."phaseSince" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "closedOn",
      (i.terms->'policy'->>'lookBackAfterMonths')::int AS months
    FROM "Issue" i
    WHERE i."roundId" = ${roundId} AND i.phase = 'lookBack' AND i.weight = 'ordinary' AND i.progress->'lookBack' IS NULL
      AND coalesce(jsonb_array_length(i.progress->'remainder'), 0) = 0
      AND coalesce((i.terms->'policy'->'lookBack'->>'share')::float8, 1) < 1
      AND NOT EXISTS (SELECT 1 FROM "Obligation" o WHERE o."issueId" = i.id AND o.cycle = i.cycle
        AND o.kind = 'lookBack' AND o."closedAt" IS NULL)
      AND NOT EXISTS (SELECT 1 FROM "LookBackDraw" d WHERE d."roundId" = i."roundId" AND d."drawnAt" >= i."phaseSince"
        AND d.population @> jsonb_build_array(jsonb_build_object('issueId', i.id)))
    ORDER BY i."phaseSince" LIMIT 1`;
  return first === undefined ? null : addMonths(first.closedOn, first.months);
}

async function start(temporal: Client, code: string, terms: IssueTerms): Promise<void> {
  try {
    await temporal.workflow.start('rectifyIssue', {
      workflowId: workflowIds.issue(terms.issueId),
      taskQueue: mainTaskQueue,
      args: [terms],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      searchAttributes: { RoundId: [terms.roundId], Phase: ['assignment'], Cycle: [1] },
      staticSummary: `反馈问题 ${code}`,
    });
  } catch (error) {
    // It was started before and has ended since: a second launch finds its work done.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function termsOfRound(
  ledger: Ledger,
  roundId: string,
  launchedAt: IsoInstant,
): Promise<{ code: string; terms: IssueTerms }[]> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    include: {
      issues: {
        include: {
          measures: { orderBy: { number: 'asc' } },
          items: { orderBy: { number: 'asc' }, select: { id: true } },
          links: { where: { state: 'confirmed' }, orderBy: [{ score: 'desc' }, { earlierIssueId: 'asc' }], take: 1 },
        },
        orderBy: { number: 'asc' },
      },
      policies: true,
    },
  });
  if (!round) throw ApplicationFailure.retryable(`the ledger has no round ${roundId}`, 'UnknownRound');
  const policy = round.policies.find(({ version }) => version === round.policyVersion)?.body as unknown as Policy;
  const { body } = await ledger.calendarVersion.findUniqueOrThrow({ where: { version: round.calendarVersion } });
  const day = dayOf(launchedAt);
  const calendar = carriedCalendar(body as unknown as Calendar, day);
  return round.issues.map((issue) => {
    const deadline = toIsoDate(issue.firstDeadline);
    const measures = issue.measures.map(({ number, kind, deadline: on }) => ({
      number,
      kind,
      deadline: toIsoDate(on),
    }));
    const [earlier] = issue.links;
    return {
      code: issue.code,
      terms: {
        issueId: issue.id,
        roundId,
        kind: issue.kind,
        weight: issue.weight,
        ...(earlier && { recurrenceOf: earlier.earlierIssueId }),
        deadline,
        measures: measures.length > 0 ? measures : [{ number: 0, deadline }],
        ...(issue.items.length > 0 && { itemIds: issue.items.map(({ id }) => id) }),
        policy,
        calendar,
        clock: round.clockId === 'real' ? { kind: 'real' } : { kind: 'drill', drillId: round.clockId },
        launchedAt,
        firstMail: round.firstMail,
      },
    };
  });
}
