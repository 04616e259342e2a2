import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { readClocks } from './clocks.ts';
import { findIssueId, findPersonId } from './find.ts';
import { type PersonReading, personFields } from './role-holders.ts';
import { type LineReading, readLines } from './why-lines.ts';

/** Why one line was sent, will be, or was not; a line that went to two people stands twice, once with each mail. */
export interface WhyLine {
  readonly key: string;
  readonly code: string | null;
  readonly cycle: number | null;
  readonly state: LineReading['state'];
  /** The Message-ID, without angle brackets. */
  readonly mail: string | null;
  readonly plannedOn: IsoDate;
  readonly sentAt: IsoInstant | null;
  readonly rule: string;
  readonly policyVersion: number | null;
  readonly calendarDay: string;
  readonly role: string | null;
  readonly persons: readonly string[];
  readonly stateReason: string | null;
}

export interface WhyIssue {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly lines: readonly WhyLine[];
}

export interface WhyPerson {
  readonly person: PersonReading;
  readonly lines: readonly WhyLine[];
}

/**
 * Every line of an issue, past and planned, in the order of its day, with what brought it about.
 *
 * @throws RefusedError `UnknownIssue`, `AmbiguousIssue`
 */
export async function whyIssue(ledger: Ledger, ref: string): Promise<WhyIssue> {
  const issueId = await findIssueId(ledger, ref);
  const [issue, clocks] = await Promise.all([
    ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { code: true, title: true } }),
    readClocks(ledger),
  ]);
  const lines = await readLines(ledger, clocks, { issueId });
  return { issueId, ...issue, lines: lines.flatMap((line) => perMail(line)) };
}

/**
 * Every line a person got, and every planned one that would be his if it left today.
 *
 * @throws RefusedError `UnknownPerson`, `AmbiguousPerson`
 */
export async function whyPerson(ledger: Ledger, ref: string): Promise<WhyPerson> {
  const personId = await findPersonId(ledger, ref);
  const [person, clocks, held] = await Promise.all([
    ledger.person.findUniqueOrThrow({ where: { id: personId }, select: personFields }),
    readClocks(ledger),
    ledger.assignment.findMany({
      where: { personId },
      select: { roundId: true, issueId: true, role: true },
    }),
  ]);
  const byRole = held.map(({ roundId, issueId, role }: { roundId: string; issueId: string | null; role: Role }) => ({
    role,
    roundId,
    ...(issueId !== null && { issueId }),
  }));
  const lines = await readLines(ledger, clocks, {
    OR: [
      { deliveries: { some: { personId } } },
      { personId },
      ...(byRole.length > 0 ? [{ state: 'planned' as const, OR: byRole }] : []),
    ],
  });
  return {
    person,
    lines: lines.filter(({ personIds }) => personIds.includes(personId)).flatMap((line) => perMail(line, personId)),
  };
}

function perMail(line: LineReading, onlyTo?: string): WhyLine[] {
  const { key, code, cycle, state, plannedOn, sentAt, rule, policyVersion, calendarDay, role, stateReason } = line;
  const common = { key, code, cycle, state, plannedOn, rule, policyVersion, calendarDay, role, stateReason };
  const mails = line.mails.filter(({ personId }) => onlyTo === undefined || personId === onlyTo);
  if (mails.length === 0) {
    const persons = onlyTo === undefined ? line.persons : line.persons.filter((_, at) => line.personIds[at] === onlyTo);
    return [{ ...common, mail: null, sentAt, persons }];
  }
  return mails.map(({ messageId, acceptedAt, person }) => ({
    ...common,
    mail: messageId,
    sentAt: sentAt ?? acceptedAt,
    persons: [person],
  }));
}
