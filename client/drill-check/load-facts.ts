import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { DrillFacts, IssueFacts } from './facts.ts';

/** Reads what is on record about a drill. @throws Error when there is no such drill */
export async function loadFacts(ledger: Ledger, drillId: string): Promise<DrillFacts> {
  const { roundId, ...drill } = await ledger.drill.findUniqueOrThrow({ where: { id: drillId } });
  const round = await ledger.round.findUniqueOrThrow({ where: { id: roundId } });
  const { policyVersion: version, calendarVersion, firstMail } = round;
  const [policy, calendar, issues, holdings, rows, mails, incoming] = await Promise.all([
    ledger.policyVersion.findUniqueOrThrow({ where: { roundId_version: { roundId, version } } }),
    ledger.calendarVersion.findUniqueOrThrow({ where: { version: calendarVersion } }),
    loadIssues(ledger, roundId),
    ledger.assignment.findMany({ where: { roundId }, include: { person: { select: { email: true } } } }),
    ledger.outboxRow.findMany({
      where: { clockId: drillId },
      select: {
        key: true,
        kind: true,
        state: true,
        stateReason: true,
        earliestAt: true,
        claimedAt: true,
        personId: true,
      },
    }),
    ledger.mail.findMany({ where: { clockId: drillId }, select: { messageId: true, uncertain: true } }),
    ledger.incomingMail.findMany({
      where: { clockId: drillId },
      select: { id: true, fromAddress: true, personId: true },
    }),
  ]);
  const people = await ledger.person.findMany({ where: { scope: drillId }, select: { id: true, email: true } });
  const addresses = new Map(people.map(({ id, email }) => [id, email]));
  const addressOf = (personId: string | null) => (personId === null ? null : (addresses.get(personId) ?? null));
  return {
    policy: policy.body as unknown as Policy,
    calendar: calendar.body as unknown as Calendar,
    firstMail,
    now: drill.now.toISOString(),
    state: drill.endedAt === null ? 'running' : 'ended',
    issues,
    holdings: holdings.map(({ issueId, role, person, fromAt, untilAt }) => ({
      issueId,
      role,
      address: person.email,
      fromAt: fromAt?.toISOString() ?? null,
      untilAt: untilAt?.toISOString() ?? null,
    })),
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

async function loadIssues(ledger: Ledger, roundId: string): Promise<IssueFacts[]> {
  const issues = await ledger.issue.findMany({
    where: { roundId },
    select: { id: true, code: true, events: { orderBy: { sequence: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  return issues.map(({ id, code, events }) => ({
    id,
    code,
    events: events.map(({ sequence, at, cycle, type, by, source, requestId, detail }) => ({
      ...(detail as object),
      ...({ type, sequence, at: at.toISOString(), by, source, requestId } as IssueEvent),
      cycle,
    })),
  }));
}
