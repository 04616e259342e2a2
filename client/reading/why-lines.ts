import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { paperNames } from '../../workflows/rules/names.ts';
import type { Paper } from '../../workflows/rules/policy.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { Clocks } from './clocks.ts';
import { causesOf } from './line-causes.ts';
import { type LineReader, readReaders } from './line-readers.ts';
import { calendarDayWords, calendarStateOf, liftWords, owedWords, ruleWords } from './rule-words.ts';
import { loadBringers, type PageOfLine, pageOf } from './page-of-line.ts';
import { readTold } from './told-words.ts';
import { letterWords, rowStateNames, shortRoleNames } from './words.ts';

/** One line on its way, or on no way, to its readers, with all that can be asked about it (为什么). */
export interface LineReading {
  readonly key: string;
  readonly issueId: string | null;
  readonly code: string | null;
  /** The issue's body (被巡察单位). */
  readonly body: string | null;
  readonly cycle: number | null;
  readonly kind: 'reminder' | 'answer' | 'acknowledgement' | 'notice';
  /** The letter it is written as, where the office issues one: `督办单`. */
  readonly paper: string | null;
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
  /** Whether the year's days off are published; null for answers. */
  readonly calendar: 'published' | 'provisional' | null;
  /** Why it is read higher up than the policy says (反弹、再次发生、承诺未兑现); null when it is not. */
  readonly lift: string | null;
  readonly role: string | null;
  /** Who got it; for a planned line, who holds the role today. */
  readonly persons: readonly string[];
  readonly personIds: readonly string[];
  readonly readers: readonly LineReader[];
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
  /** What it told (保密), and by which rule, in a sentence. */
  readonly told: 'words' | 'codeOnly';
  readonly toldWhy: string;
  /** For somebody without mail: when its page was made, and when and by whom it was brought; null for a mail. */
  readonly page: PageOfLine | null;
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
  paper: true,
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
  issue: { select: { code: true, progress: true, body: { select: { name: true } } } },
  deliveries: {
    orderBy: { personId: 'asc' },
    select: {
      onBehalfOf: true,
      mail: {
        select: {
          id: true,
          messageId: true,
          subject: true,
          state: true,
          acceptedAt: true,
          response: true,
          told: true,
          toldBecause: true,
          preparedAt: true,
          deliverBy: true,
          deliveredOn: true,
          deliveredBy: true,
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
  const [readersOf, causes, titles, toldOf, bringers] = await Promise.all([
    readReaders(ledger, clocks, rows),
    causesOf(
      ledger,
      rows.filter(({ state }) => state === 'cancelled'),
    ),
    dutyTitles(ledger, rows),
    readTold(
      ledger,
      rows.flatMap(({ issueId }) => issueId ?? []),
    ),
    loadBringers(
      ledger,
      rows.flatMap(({ deliveries }) => deliveries.map(({ mail }) => mail)),
    ),
  ]);
  return rows.map((row) => {
    const readers = readersOf(row);
    const cause = causes.get(row.key);
    const title = titles.get(`${row.roundId ?? ''}/${row.obligationId ?? ''}`);
    const ruled = { ...row, plannedOn: toIsoDate(row.plannedOn) };
    return {
      key: row.key,
      issueId: row.issueId,
      code: row.issue?.code ?? null,
      body: row.issue?.body?.name ?? null,
      cycle: row.cycle,
      kind: row.kind,
      paper: row.paper === null ? null : (paperNames[row.paper as Paper] ?? row.paper),
      owed: title ?? owedWords(ruled),
      letter: letterWords(row.kind === 'acknowledgement' ? '回执' : row.letter),
      state: row.state,
      stateName: rowStateNames[row.state],
      stateReason: stateReasonOf(row, cause?.words),
      cancelledBy: row.state === 'cancelled' ? (cause?.sequence ?? null) : null,
      plannedOn: ruled.plannedOn,
      earliestAt: row.earliestAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
      rule: ruleWords(ruled, title),
      policyVersion: row.policyVersion,
      calendarVersion: row.calendarVersion,
      calendarDay: calendarDayWords(ruled),
      calendar: calendarStateOf(ruled),
      lift: liftWords(ruled, row.cycle, row.issue?.progress as IssueProgress | null | undefined),
      role: row.role === null ? null : shortRoleNames[row.role],
      persons: readers.map(({ name }) => name),
      personIds: readers.map(({ id }) => id),
      readers,
      mails: row.deliveries.map(({ mail }) => ({
        id: mail.id,
        messageId: mail.messageId,
        personId: mail.person.id,
        person: mail.person.name,
        subject: mail.subject,
        state: mail.state,
        acceptedAt: mail.acceptedAt?.toISOString() ?? null,
        response: mail.response,
        ...toldOf(row.issueId, mail),
        lines: mail._count.lines,
        page: pageOf(mail, bringers),
      })),
    };
  });
}

/** What the duties of a round are called, which have no issue. */
async function dutyTitles(ledger: Ledger, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const roundIds = [...new Set(rows.flatMap(({ issueId, roundId }) => (issueId === null ? (roundId ?? []) : [])))];
  if (roundIds.length === 0) return new Map();
  const duties = await ledger.roundObligation.findMany({
    where: { roundId: { in: roundIds } },
    select: { roundId: true, id: true, title: true },
  });
  return new Map(duties.map(({ roundId, id, title }) => [`${roundId}/${id}`, title]));
}

function stateReasonOf({ state, stateReason, sentAt, deliveries }: Row, cause: string | undefined): string | null {
  switch (state) {
    case 'planned':
      return '届时事项仍未办结才发；办结即撤销';
    case 'cancelled':
      return cause ?? stateReason ?? '所催事项已不再需要';
    case 'claimed':
      return deliveries.some(({ mail }) => mail.state === 'toPrint')
        ? `${stateReason ?? '收件人没有可用的邮箱'}；打印件已备好，待送达`
        : '已到时间，正在交付邮件系统';
    case 'sent':
      return sentAt === null ? stateReason : null;
    case 'collapsed':
    case 'skipped':
      return stateReason ?? '发信时间已过，按规则不再补发';
  }
}
