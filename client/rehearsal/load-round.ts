import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate, toIsoInstant } from '../../prisma/days.ts';
import { type Calendar, carriedCalendar } from '../../workflows/rules/calendar.ts';
import { addMonths, dayOf, type IsoDate, type IsoInstant, startOfDay } from '../../workflows/rules/instants.ts';
import { lateDutiesDueOn } from '../../workflows/rules/round/duties.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { ClockKind, IssueTerms } from '../../workflows/rules/terms.ts';
import { RefusedError } from '../refused-error.ts';
import { bodiesWithIssues } from '../rounds/bodies-with-issues.ts';
import type { RehearsalInput } from './rehearsal-input.ts';

/** As far as a drill goes when nobody ends it. */
const lastMonths = 30;
const monthsAfterDeadline = 12;

/**
 * All that the rehearsal of a round needs, in a few statements. A round that has been launched is rehearsed as it would
 * have been before.
 *
 * @param from the moment of the launch; by default the round's own, or now by its clock
 * @throws RefusedError `UnknownRound`, `NoIssues`
 */
export async function loadRound(ledger: Ledger, roundId: string, from?: IsoInstant): Promise<RehearsalInput> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    include: {
      issues: {
        include: {
          measures: { orderBy: { number: 'asc' } },
          items: { orderBy: { number: 'asc' }, select: { id: true } },
          links: { where: { state: 'confirmed' }, select: { earlierIssueId: true } },
        },
        orderBy: { number: 'asc' },
      },
      policies: true,
      bodies: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
      drill: { select: { endsBy: true } },
    },
  });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  if (round.issues.length === 0) throw new RefusedError('NoIssues', '本轮没有一个反馈问题');
  const { clockId, firstMail } = round;
  const launchedAt = from ?? round.launchedAt?.toISOString() ?? (await businessNow(ledger, clockId));
  const [{ body }, people, held] = await Promise.all([
    ledger.calendarVersion.findUniqueOrThrow({ where: { version: round.calendarVersion } }),
    ledger.person.findMany({
      where: { scope: clockId },
      select: { id: true, name: true, email: true, unreachable: true },
      orderBy: { id: 'asc' },
    }),
    ledger.assignment.findMany({ where: { roundId }, orderBy: { id: 'asc' } }),
  ]);
  const delegations = await ledger.delegation.findMany({ where: { scope: clockId, revokedAt: null } });
  const day = dayOf(launchedAt);
  const whole = body as unknown as Calendar;
  const policy = round.policies.find(({ version }) => version === round.policyVersion)?.body as unknown as Policy;
  const calendar = carriedCalendar(whole, day);
  const clock: ClockKind = clockId === 'real' ? { kind: 'real' } : { kind: 'drill', drillId: clockId };
  const issues = round.issues.map(({ id, code, bodyId, kind, weight, firstDeadline, measures, items, links }) => {
    const deadline = toIsoDate(firstDeadline);
    const terms: IssueTerms = {
      ...{ issueId: id, roundId, kind, weight, deadline, policy, calendar, clock, launchedAt, firstMail },
      measures:
        measures.length > 0
          ? measures.map(({ number, deadline: on, kind: what }) => ({ number, deadline: toIsoDate(on), kind: what }))
          : [{ number: 0, deadline }],
      ...(items.length > 0 && { itemIds: items.map(({ id: item }) => item) }),
      ...(links[0] && { recurrenceOf: links[0].earlierIssueId }),
    };
    return { code, terms, bodyId };
  });
  return {
    round: {
      ...{ roundId, policy, calendar, clock, launchedAt },
      lateDutiesDueOn: lateDutiesDueOn(calendar, launchedAt),
      ...bodiesWithIssues(round.bodies, round.issues),
      concentratedEndsOn: round.concentratedEndsOn ? toIsoDate(round.concentratedEndsOn) : day,
      ...(round.feedbackOn && { feedbackOn: toIsoDate(round.feedbackOn) }),
    },
    ...{ codePrefix: round.codePrefix, firstMail, issues, bodies: round.bodies },
    until: round.drill?.endsBy.toISOString() ?? horizonOf(day, issues),
    people: people.map(({ id, name, email, unreachable }) => ({
      ...{ id, name },
      reach: email === null || unreachable !== null ? ('paper' as const) : ('mail' as const),
    })),
    holdings: held.map(({ issueId, bodyId, measure, role, personId, fromAt, untilAt }) => ({
      ...{ issueId, bodyId, measure, role, personId },
      fromAt: fromAt && toIsoInstant(fromAt),
      untilAt: untilAt && toIsoInstant(untilAt),
    })),
    delegations: delegations.map(({ fromPersonId, toPersonId, fromAt, untilAt }) => ({
      ...{ from: fromPersonId, to: toPersonId },
      fromAt: toIsoInstant(fromAt),
      untilAt: toIsoInstant(untilAt),
    })),
  };
}

/** Two and a half years, or a year after the last deadline. */
function horizonOf(day: IsoDate, issues: RehearsalInput['issues']): IsoInstant {
  const last = issues.map(({ terms }) => terms.deadline).reduce((one, other) => (one > other ? one : other));
  const days = [addMonths(day, lastMonths), addMonths(last, monthsAfterDeadline)];
  return startOfDay(days.reduce((one, other) => (one > other ? one : other)));
}
