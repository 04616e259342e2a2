import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { readClocks } from './clocks.ts';
import { readDutiesAhead } from './duties-ahead.ts';
import { findIssueId, findPersonId } from './find.ts';
import { findRound } from '../rounds/find-round.ts';
import type { LineReader } from './line-readers.ts';
import { type PersonReading, personFields } from './role-holders.ts';
import type { PageOfLine } from './page-of-line.ts';
import { type LineReading, readLines } from './why-lines.ts';

/** Why one line was sent, will be, or was not; a line that went to two people stands twice, once with each mail. */
export interface WhyLine {
  readonly key: string;
  readonly code: string | null;
  /** The issue's body (被巡察单位). */
  readonly body: string | null;
  readonly cycle: number | null;
  readonly state: LineReading['state'];
  /** The Message-ID, without angle brackets. */
  readonly mail: string | null;
  /** What the mail told (保密), and by which rule; null without a mail. */
  readonly secrecy: { readonly told: 'words' | 'codeOnly'; readonly why: string } | null;
  /** For somebody without mail: when its page was made, and when and by whom it was brought (打印送达). */
  readonly page: PageOfLine | null;
  readonly plannedOn: IsoDate;
  readonly sentAt: IsoInstant | null;
  readonly rule: string;
  readonly policyVersion: number | null;
  readonly calendarDay: string;
  /** Whether the days off of its year are published; `provisional` days may move. Null for answers. */
  readonly calendar: 'published' | 'provisional' | null;
  readonly calendarVersion: number | null;
  /** What it asks for; null for answers. */
  readonly owed: string | null;
  readonly letter: string;
  readonly paper: string | null;
  readonly role: string | null;
  readonly persons: readonly string[];
  /** Why it went, or would go, to each of them: role, measure, handover, delegation. */
  readonly toWhom: readonly { readonly person: string; readonly onBehalfOf: string | null; readonly why: string }[];
  /** Why it is read higher up than its rung says; null when it is not. */
  readonly lift: string | null;
  /** Why it was not sent, or on what it depends whether it will be; null once sent. */
  readonly stateReason: string | null;
}

export interface WhyIssue {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly body: string | null;
  readonly lines: readonly WhyLine[];
}

export interface WhyRound {
  readonly roundId: string;
  readonly name: string;
  readonly lines: readonly WhyLine[];
  /** What the round will owe next: nobody is reminded of it before it opens. */
  readonly ahead: readonly { readonly title: string; readonly opensOn: IsoDate; readonly dueOn: IsoDate }[];
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
    ledger.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { code: true, title: true, body: { select: { name: true } } },
    }),
    readClocks(ledger),
  ]);
  const lines = await readLines(ledger, clocks, { issueId });
  return { issueId, ...issue, body: issue.body?.name ?? null, lines: lines.flatMap((line) => perMail(line)) };
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
    ledger.delegation
      .findMany({ where: { toPersonId: personId, revokedAt: null }, select: { fromPersonId: true } })
      .then((absent) =>
        ledger.assignment.findMany({
          where: { personId: { in: [personId, ...absent.map(({ fromPersonId }) => fromPersonId)] } },
          select: { roundId: true, issueId: true, bodyId: true, role: true },
        }),
      ),
  ]);
  const byRole = held.map(({ roundId, issueId, bodyId, role }) => ({
    role,
    roundId,
    // A duty of the round may be about the issue (督办事项) or the body: who reads the line then says whether it is.
    ...(issueId !== null && { OR: [{ issueId }, { issueId: null }] }),
    ...(bodyId !== null && { OR: [{ issue: { bodyId } }, { issueId: null }] }),
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

/**
 * Every line about what a round owes as a whole (周检查、月调度、整改方案 …), past and planned.
 *
 * @throws RefusedError `UnknownRound`, `AmbiguousRound`
 */
export async function whyRound(ledger: Ledger, ref: string): Promise<WhyRound> {
  const { id: roundId, name } = await findRound(ledger, ref);
  const lines = await readLines(ledger, await readClocks(ledger), { roundId, issueId: null, kind: 'reminder' });
  const ahead = await readDutiesAhead(ledger, roundId);
  return {
    roundId,
    name,
    lines: lines.flatMap((line) => perMail(line)),
    ahead: ahead.map(({ at, duty: { title, dueOn } }) => ({ title, opensOn: dayOf(at), dueOn })),
  };
}

function perMail(line: LineReading, onlyTo?: string): WhyLine[] {
  const { key, code, body, cycle, state, plannedOn, sentAt, rule, policyVersion, calendarDay, role, stateReason } =
    line;
  const { calendar, calendarVersion, owed, letter, paper, lift } = line;
  const common = { key, code, body, cycle, state, plannedOn, rule, policyVersion, calendarDay, role, stateReason };
  const more = { calendar, calendarVersion, owed, letter, paper, lift };
  const readers = line.readers.filter(({ id }) => onlyTo === undefined || id === onlyTo);
  const told = (of: readonly LineReader[]) =>
    of.map(({ name, onBehalfOf, why }) => ({ person: name, onBehalfOf, why }));
  const mails = line.mails.filter(({ personId }) => onlyTo === undefined || personId === onlyTo);
  if (mails.length === 0) {
    const persons = readers.map(({ name }) => name);
    return [{ ...common, ...more, mail: null, sentAt, secrecy: null, page: null, persons, toWhom: told(readers) }];
  }
  return mails.map(({ messageId, acceptedAt, person, personId, toldWhy, ...mail }) => ({
    ...common,
    ...more,
    mail: messageId,
    sentAt: sentAt ?? acceptedAt,
    secrecy: { told: mail.told, why: toldWhy },
    page: mail.page,
    persons: [person],
    toWhom: told(readers.filter(({ id }) => id === personId)),
  }));
}
