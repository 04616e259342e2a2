import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { DrillFacts, IssueFacts, RoundEventFacts } from './facts.ts';
import { addressFor } from './load-pages.ts';

/** Reads what is on record about a drill. @throws Error when there is no such drill */
export async function loadFacts(ledger: Ledger, drillId: string): Promise<DrillFacts> {
  const { roundId, ...drill } = await ledger.drill.findUniqueOrThrow({ where: { id: drillId } });
  const round = await ledger.round.findUniqueOrThrow({ where: { id: roundId } });
  const ofClock = { where: { clockId: drillId } };
  const [policies, calendars, issues, roundEvents, held, delegations, people, rows, mails, incoming, first] =
    await Promise.all([
      ledger.policyVersion.findMany({ where: { roundId } }),
      ledger.calendarVersion.findMany(),
      loadIssues(ledger, roundId),
      ledger.roundEvent.findMany({ where: { roundId }, orderBy: { sequence: 'asc' } }),
      ledger.assignment.findMany({ where: { roundId } }),
      ledger.delegation.findMany({ where: { scope: drillId, revokedAt: null } }),
      ledger.person.findMany({ where: { scope: drillId }, select: { id: true, email: true } }),
      ledger.outboxRow.findMany({ ...ofClock, select: rowFields }),
      ledger.mail.findMany({ ...ofClock, select: { messageId: true, uncertain: true } }),
      ledger.incomingMail.findMany({ ...ofClock, select: { id: true, fromAddress: true, personId: true } }),
      ledger.outboxRow.aggregate({ ...ofClock, _min: { policyVersion: true, calendarVersion: true } }),
    ]);
  const addresses = new Map(people.map((person) => [person.id, addressFor(person)]));
  const addressOf = (personId: string | null) => (personId === null ? null : (addresses.get(personId) ?? null));
  return {
    policies: new Map(policies.map(({ version, body }) => [version, body as unknown as Policy])),
    calendars: new Map(calendars.map(({ version, body }) => [version, body as unknown as Calendar])),
    // What was adopted later is newer than what the first lines were planned by.
    launchedWith: {
      policy: first._min.policyVersion ?? round.policyVersion,
      calendar: first._min.calendarVersion ?? round.calendarVersion,
    },
    firstMail: round.firstMail,
    now: drill.now.toISOString(),
    state: drill.endedAt === null ? 'running' : 'ended',
    issues,
    round: {
      id: roundId,
      events: roundEvents.map(({ sequence, at, type, by, detail }) => ({
        ...{ sequence, type, by, at: at.toISOString() },
        detail: detail as RoundEventFacts['detail'],
      })),
    },
    holdings: held.map(({ issueId, bodyId, measure, role, personId, fromAt, untilAt }) => ({
      ...{ issueId, bodyId, measure, role, personId },
      fromAt: fromAt?.toISOString() ?? null,
      untilAt: untilAt?.toISOString() ?? null,
    })),
    delegations: delegations.map(({ fromPersonId, toPersonId, fromAt, untilAt }) => ({
      ...{ from: fromPersonId, to: toPersonId },
      fromAt: fromAt.toISOString(),
      untilAt: untilAt.toISOString(),
    })),
    people: addresses,
    rows: new Map(
      rows.map(({ key, personId, earliestAt, claimedAt, ...row }) => [
        key,
        {
          ...row,
          earliestAt: earliestAt.toISOString(),
          claimedAt: claimedAt?.toISOString() ?? null,
          address: addressOf(personId),
        },
      ]),
    ),
    mails: new Map(mails.map(({ messageId, uncertain }) => [messageId, { uncertain }])),
    senders: new Map(
      incoming.map(({ id, fromAddress, personId }) => [
        id,
        [fromAddress, addressOf(personId)].filter((one) => one !== null && one !== '') as string[],
      ]),
    ),
  };
}

const rowFields = {
  ...{ key: true, kind: true, state: true, stateReason: true },
  ...{ earliestAt: true, claimedAt: true, personId: true },
} as const;

async function loadIssues(ledger: Ledger, roundId: string): Promise<IssueFacts[]> {
  const issues = await ledger.issue.findMany({
    where: { roundId },
    select: { id: true, code: true, bodyId: true, terms: true, events: { orderBy: { sequence: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  return issues.map(({ id, code, bodyId, terms, events }) => ({
    ...{ id, code, bodyId },
    repeats: (terms as { recurrenceOf?: string } | null)?.recurrenceOf === undefined ? 'no' : 'yes',
    events: events.map(({ sequence, at, cycle, type, by, source, requestId, detail }) => ({
      ...(detail as object),
      ...({ type, sequence, at: at.toISOString(), by, source, requestId } as IssueEvent),
      cycle,
    })),
  }));
}
