import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { Clocks } from './clocks.ts';
import { readRoleHolders } from './role-holders.ts';
import { calendarDayWords, owedWords, ruleWords } from './rule-words.ts';
import { eventWords, letterWords, rowStateNames, shortDayWords, shortRoleNames, timeWords } from './words.ts';
import { dayOf } from '../../workflows/rules/instants.ts';

/** One line on its way, or on no way, to its readers, with all that can be asked about it (为什么). */
export interface LineReading {
  readonly key: string;
  readonly issueId: string | null;
  readonly code: string | null;
  readonly cycle: number | null;
  readonly kind: 'reminder' | 'answer' | 'acknowledgement';
  /** What it asks for: `措施2佐证`; null for answers. */
  readonly owed: string | null;
  readonly letter: string;
  readonly state: keyof typeof rowStateNames;
  readonly stateName: string;
  /** Why it was not sent, or on what it depends whether it will be; null once sent. */
  readonly stateReason: string | null;
  /** The number of the event after which nobody owed it any more; null unless it was cancelled. */
  readonly cancelledBy: number | null;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  readonly sentAt: IsoInstant | null;
  readonly rule: string;
  readonly policyVersion: number | null;
  readonly calendarVersion: number | null;
  readonly calendarDay: string;
  readonly role: string | null;
  /** Who got it; for a planned line, who holds the role today. */
  readonly persons: readonly string[];
  readonly personIds: readonly string[];
  readonly mails: readonly MailOfLine[];
}

export interface MailOfLine {
  readonly id: string;
  readonly messageId: string;
  readonly personId: string;
  readonly person: string;
  readonly subject: string;
  readonly state: string;
  readonly acceptedAt: IsoInstant | null;
  readonly response: string | null;
  /** How many lines the mail carries. */
  readonly lines: number;
}

const fields = {
  key: true,
  roundId: true,
  issueId: true,
  cycle: true,
  obligationId: true,
  kind: true,
  letter: true,
  role: true,
  personId: true,
  plannedOn: true,
  earliestAt: true,
  sentAt: true,
  state: true,
  stateReason: true,
  policyVersion: true,
  calendarVersion: true,
  because: true,
  content: true,
  issue: { select: { code: true } },
  deliveries: {
    orderBy: { personId: 'asc' },
    select: {
      mail: {
        select: {
          id: true,
          messageId: true,
          subject: true,
          state: true,
          acceptedAt: true,
          response: true,
          person: { select: { id: true, name: true } },
          _count: { select: { lines: true } },
        },
      },
    },
  },
} as const satisfies Prisma.OutboxRowSelect;

type Row = Prisma.OutboxRowGetPayload<{ select: typeof fields }>;

/** Lines in the order of their day, each with its why; a fixed number of questions however many lines there are. */
export async function readLines(
  ledger: Ledger,
  clocks: Clocks,
  where: Prisma.OutboxRowWhereInput,
): Promise<LineReading[]> {
  const rows = await ledger.outboxRow.findMany({
    where,
    select: fields,
    orderBy: [{ earliestAt: 'asc' }, { key: 'asc' }],
  });
  const [holders, causes, people] = await Promise.all([
    holdersOf(ledger, clocks, rows),
    causesOf(
      ledger,
      rows.filter(({ state }) => state === 'cancelled'),
    ),
    ledger.person.findMany({
      where: { id: { in: rows.flatMap(({ personId }) => personId ?? []) } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => {
    const readers = readersOf(row, names, holders);
    const cause = causes.get(`${row.issueId}/${String(row.cycle)}/${row.obligationId}`);
    const ruled = { ...row, plannedOn: toIsoDate(row.plannedOn) };
    return {
      key: row.key,
      issueId: row.issueId,
      code: row.issue?.code ?? null,
      cycle: row.cycle,
      kind: row.kind,
      owed: owedWords(ruled),
      letter: letterWords(row.kind === 'acknowledgement' ? '回执' : row.letter),
      state: row.state,
      stateName: rowStateNames[row.state],
      stateReason: stateReasonOf(row, cause?.words),
      cancelledBy: row.state === 'cancelled' ? (cause?.sequence ?? null) : null,
      plannedOn: ruled.plannedOn,
      earliestAt: row.earliestAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
      rule: ruleWords(ruled),
      policyVersion: row.policyVersion,
      calendarVersion: row.calendarVersion,
      calendarDay: calendarDayWords(ruled),
      role: row.role === null ? null : shortRoleNames[row.role],
      persons: readers.map(({ name }) => name),
      personIds: readers.map(({ id }) => id),
      mails: row.deliveries.map(({ mail }) => ({
        id: mail.id,
        messageId: mail.messageId,
        personId: mail.person.id,
        person: mail.person.name,
        subject: mail.subject,
        state: mail.state,
        acceptedAt: mail.acceptedAt?.toISOString() ?? null,
        response: mail.response,
        lines: mail._count.lines,
      })),
    };
  });
}

type Holding = (roundId: string, issueId: string | null, role: Role) => readonly { id: string; name: string }[];

async function holdersOf(ledger: Ledger, clocks: Clocks, rows: readonly Row[]): Promise<Holding> {
  const planned = rows.filter(({ state, role }) => state === 'planned' && role !== null);
  const roundIds = [...new Set(planned.flatMap(({ roundId }) => roundId ?? []))];
  if (roundIds.length === 0) return () => [];
  const rounds = await ledger.round.findMany({ where: { id: { in: roundIds } }, select: { id: true, clockId: true } });
  const holders = await readRoleHolders(
    ledger,
    rounds.map(({ id, clockId }) => ({ id, now: clocks.now(clockId) })),
  );
  return (roundId, issueId, role) => holders.holding(roundId, issueId, role);
}

function readersOf(
  row: Row,
  names: ReadonlyMap<string, string>,
  holding: Holding,
): readonly { id: string; name: string }[] {
  if (row.deliveries.length > 0) return row.deliveries.map(({ mail }) => mail.person);
  if (row.personId !== null) return [{ id: row.personId, name: names.get(row.personId) ?? '' }];
  if (row.state !== 'planned' || row.role === null || row.roundId === null) return [];
  return holding(row.roundId, row.issueId, row.role);
}

function stateReasonOf({ state, stateReason, sentAt }: Row, cause: string | undefined): string | null {
  switch (state) {
    case 'planned':
      return '届时事项仍未办结才发；办结即撤销';
    case 'cancelled':
      return cause ?? stateReason ?? '所催事项已不再需要';
    case 'claimed':
      return '已到时间，正在交付邮件系统';
    case 'sent':
      return sentAt === null ? stateReason : null;
    case 'collapsed':
    case 'skipped':
      return stateReason ?? '发信时间已过，按规则不再补发';
  }
}

/** By which event the obligation of a cancelled line was met: in one question for all of them. */
async function causesOf(
  ledger: Ledger,
  cancelled: readonly Row[],
): Promise<ReadonlyMap<string, { sequence: number; words: string }>> {
  const issueIds = [...new Set(cancelled.flatMap(({ issueId }) => issueId ?? []))];
  if (issueIds.length === 0) return new Map();
  const found = await ledger.$queryRaw<
    { issueId: string; cycle: number; id: string; at: Date; sequence: number; type: string; detail: object }[]
  >`
    SELECT o."issueId", o.cycle, o.id, e.at, e.sequence, e.type, e.detail
    FROM "Obligation" o JOIN "IssueEvent" e ON e."issueId" = o."issueId" AND e.sequence = o."closedBy"
    WHERE o."issueId" = ANY(${issueIds})`;
  return new Map(
    found.map(({ issueId, cycle, id, at, sequence, type, detail }) => {
      const moment = at.toISOString();
      const event = eventWords({ type: type as 'acknowledged', detail: detail as Record<string, unknown> });
      const when = `${shortDayWords(dayOf(moment))} ${timeWords(moment)}`;
      const words = `${when}“${event}”（事件${String(sequence)}）之后不再需要`;
      return [`${issueId}/${String(cycle)}/${id}`, { sequence, words }] as const;
    }),
  );
}
