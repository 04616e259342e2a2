import type { LedgerTransaction } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { dutyCode } from '../../workflows/rules/round/duty-code.ts';

/** An issue that an answer may be about, as it stands when the answer is handled. */
export interface AnsweredItem {
  readonly issueId: string;
  readonly roundId: string;
  readonly code: string;
  readonly title: string;
  readonly progress: IssueProgress;
  /** The person's roles when he wrote, and those in which he was written to as somebody's stand-in. */
  readonly roles: ReadonlySet<Role>;
  /** `noLonger` when he was written to in a role that somebody else has by now: his words are kept, and nothing more. */
  readonly holds: 'still' | 'noLonger';
  /** `asked`: the mail asked about it; `held`: the person may answer it by its code all the same. */
  readonly because: 'asked' | 'held';
}

/** A duty of the round (周检查, 整改方案 …) that the mail asked for. */
export interface AnsweredDuty {
  readonly roundId: string;
  readonly obligationId: string;
  readonly code: string;
  readonly title: string;
  readonly kind: ObligationKind;
  readonly dueOn: IsoDate;
  readonly state: 'open' | 'closed';
  /** Whether the person owes it, or was only told of it. */
  readonly stance: 'owes' | 'informed';
}

/** One line of a letter that asks for several things at once (最新事项). */
export interface AskedLine {
  readonly roundId: string;
  readonly issueId: string | null;
  readonly obligationId: string;
  readonly role: Role;
  readonly capacity: 'inPerson' | 'standIn';
}

/** What an answer answers: a mail of ours, or, by the office's word, what a person holds (来信核实). */
export type Answerable =
  | { readonly kind: 'mail'; readonly mailId: string }
  | {
      readonly kind: 'named';
      readonly personId: string;
      readonly clockId: string;
      readonly issueIds: readonly string[];
    };

/** What is answered, and the person who was written to. */
export interface AnsweredMail {
  readonly personId: string;
  readonly personName: string;
  readonly clockId: string;
  /** In the mail's order, what was asked first; codes that two of them share are left out of `held`. */
  readonly items: readonly AnsweredItem[];
  readonly duties: readonly AnsweredDuty[];
}

/** Reads what was asked, of whom, and how the issues stand now. */
export async function readAnsweredMail(
  ledger: LedgerTransaction,
  answerable: Answerable,
  receivedAt: IsoInstant,
): Promise<AnsweredMail> {
  const mail = await readAsked(ledger, answerable);
  const roles = new Map<string, Set<Role>>();
  const noteRole = (issueId: string, role: Role | null) => {
    const held = roles.get(issueId) ?? new Set();
    if (role) held.add(role);
    roles.set(issueId, held);
  };
  const sentAs = new Map<string, Role[]>();
  const lines = mail.lines.flatMap(({ row, onBehalfOf }) => askedIn(row, onBehalfOf === null ? 'inPerson' : 'standIn'));
  for (const { row, capacity } of lines) {
    for (const issueId of row.issueId === null ? issueIdsIn(row.content) : [row.issueId]) {
      noteRole(issueId, capacity === 'inPerson' ? null : row.role);
      if (row.role !== null) sentAs.set(issueId, [...(sentAs.get(issueId) ?? []), row.role]);
    }
  }
  const asked = new Set(roles.keys());
  const assignments = await assignmentsOf(ledger, { ...mail, receivedAt });
  for (const { issueId, role } of assignments) if (issueId !== null) noteRole(issueId, role);
  // Who holds a role for a body or a whole round may name any of its issues.
  const bodies = assignments.flatMap(({ bodyId }) => bodyId ?? []);
  const wholeRounds = assignments.flatMap(({ issueId, bodyId, roundId }) =>
    issueId === null && bodyId === null ? [roundId] : [],
  );
  const issues = await ledger.issue.findMany({
    where: {
      OR: [{ id: { in: [...roles.keys()] } }, { bodyId: { in: bodies } }, { roundId: { in: wholeRounds } }],
    },
    orderBy: { number: 'asc' },
    select: { id: true, roundId: true, bodyId: true, code: true, title: true, progress: true },
  });
  for (const { roundId, issueId, bodyId, role } of assignments) {
    if (issueId !== null) continue;
    for (const issue of issues) {
      if (bodyId === null ? issue.roundId === roundId : issue.bodyId === bodyId) noteRole(issue.id, role);
    }
  }
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const items = [...roles].flatMap(([issueId, held]): AnsweredItem[] => {
    const issue = byId.get(issueId);
    if (!issue?.progress) return [];
    const { roundId, code, title } = issue;
    const progress = issue.progress as unknown as IssueProgress;
    const had = sentAs.get(issueId) ?? [];
    const holds = had.length > 0 && !had.some((role) => held.has(role)) ? 'noLonger' : 'still';
    const because = asked.has(issueId) ? 'asked' : 'held';
    return [{ issueId, roundId, code, title, progress, roles: held, holds, because }];
  });
  const { personId, clockId } = mail;
  const duties = await dutiesOf(
    ledger,
    lines.map(({ row }) => row),
  );
  return { personId, personName: mail.person.name, clockId, items: unmistakable(items), duties };
}

/** What was asked about, in the mail's order. */
export function askedItems({ items }: AnsweredMail): AnsweredItem[] {
  return items.filter(({ because }) => because === 'asked');
}

/** The rounds of all that was asked about, each once, in order. */
export function askedRounds(answered: AnsweredMail): string[] {
  return [...new Set([...askedItems(answered), ...answered.duties].map(({ roundId }) => roundId))].sort();
}

/** The mail's reader and lines; what the office named stands as lines that were sent in no role. */
async function readAsked(ledger: LedgerTransaction, answerable: Answerable) {
  if (answerable.kind === 'mail') {
    return ledger.mail.findUniqueOrThrow({
      where: { id: answerable.mailId },
      select: {
        personId: true,
        clockId: true,
        person: { select: { name: true } },
        lines: {
          orderBy: { position: 'asc' },
          select: {
            onBehalfOf: true,
            row: { select: { roundId: true, issueId: true, obligationId: true, role: true, content: true } },
          },
        },
      },
    });
  }
  const { personId, clockId, issueIds } = answerable;
  const person = await ledger.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true } });
  const lines = issueIds.map((issueId) => ({
    onBehalfOf: null,
    row: { roundId: null, issueId, obligationId: null, role: null, content: null },
  }));
  return { personId, clockId, person, lines };
}

interface AnsweredRow {
  readonly roundId: string | null;
  readonly issueId: string | null;
  readonly obligationId: string | null;
  readonly role: Role | null;
}

/** The round's own duties among the lines of a mail, each once. */
async function dutiesOf(ledger: LedgerTransaction, rows: readonly AnsweredRow[]): Promise<AnsweredDuty[]> {
  const lines = rows.flatMap(({ roundId, issueId, obligationId, role }) =>
    issueId === null && roundId !== null && obligationId !== null ? [{ roundId, obligationId, role }] : [],
  );
  if (lines.length === 0) return [];
  const known = await ledger.roundObligation.findMany({
    where: { OR: lines.map(({ roundId, obligationId }) => ({ roundId, id: obligationId })) },
    include: { round: { select: { codePrefix: true } } },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
  });
  return known.map(({ roundId, id, title, kind, dueOn, closedAt, role, round }) => ({
    roundId,
    obligationId: id,
    code: dutyCode(round.codePrefix, id),
    title,
    kind,
    dueOn: toIsoDate(dueOn),
    state: closedAt === null ? 'open' : 'closed',
    stance: lines.some((line) => line.roundId === roundId && line.obligationId === id && line.role === role)
      ? 'owes'
      : 'informed',
  }));
}

/** The lines that a row of the outbox stands for: itself, and what the letter on it lists. */
function askedIn(row: AnsweredRow & { readonly content: unknown }, capacity: AskedLine['capacity']) {
  const { content } = row;
  const listed = typeof content === 'object' && content !== null && 'lines' in content ? content.lines : [];
  // What stands there was written by `planLetter`.
  const lines = Array.isArray(listed) ? (listed as AskedLine[]) : [];
  return [{ row, capacity }, ...lines.map(({ capacity, ...line }) => ({ row: { ...line, content: null }, capacity }))];
}

/** An acknowledgement is about no one issue: it names those of the mail that it acknowledges. */
function issueIdsIn(content: unknown): string[] {
  if (typeof content !== 'object' || content === null || !('issueIds' in content)) return [];
  const { issueIds } = content;
  return Array.isArray(issueIds) ? issueIds.filter((id) => typeof id === 'string') : [];
}

async function assignmentsOf(
  ledger: LedgerTransaction,
  { personId, clockId, receivedAt }: { personId: string; clockId: string; receivedAt: IsoInstant },
) {
  return ledger.assignment.findMany({
    where: {
      personId,
      round: { clockId, state: { not: 'draft' } },
      AND: [
        { OR: [{ fromAt: null }, { fromAt: { lte: receivedAt } }] },
        { OR: [{ untilAt: null }, { untilAt: { gt: receivedAt } }] },
      ],
    },
    select: { roundId: true, issueId: true, bodyId: true, role: true },
  });
}

/** Two rounds may number alike: what was not asked is then not meant by its code alone. */
function unmistakable(items: readonly AnsweredItem[]): AnsweredItem[] {
  const count = new Map<string, number>();
  for (const { code } of items) count.set(code, (count.get(code) ?? 0) + 1);
  return items.filter(({ code, because }) => because === 'asked' || count.get(code) === 1);
}
