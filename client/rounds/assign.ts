import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { AssignRow } from '../assign-import.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import { RefusedError } from '../refused-error.ts';
import { Directory } from './directory.ts';
import { type ImportProblem, ImportRefused } from './import-refused.ts';
import { bodyNamed, type NamedBody, sameName } from './body-names.ts';
import { addDetails, detailUpdates, type IssueDetails, saysOfIssue } from './issue-details.ts';
import { issuesNamed, type Nameable } from './issue-range.ts';

/** What an assignment changed, or would change. */
export interface Assigned {
  readonly written: 'yes' | 'preview';
  readonly round: 'draft' | 'launched';
  /** How many issues were named; rows about a body or the whole round name none. */
  readonly issues: number;
  readonly added: number;
  readonly ended: number;
  /** What was read with a doubt, such as a deadline without its year. */
  readonly notes: readonly string[];
}

/** The words of the rows, resolved: nothing is left to guess. */
interface Resolved {
  /** Person ids by subject and role, the subject an issue, a body or the round. */
  readonly holders: ReadonlyMap<string, Holders>;
  readonly details: ReadonlyMap<string, IssueDetails>;
  readonly notes: readonly string[];
}

/** What a role is held for: one issue, one body's issues, or (both null) the whole round. */
interface Subject {
  readonly issueId: string | null;
  readonly bodyId: string | null;
}

interface Holders extends Subject {
  readonly role: Role;
  readonly personIds: Set<string>;
}

/**
 * Says who is responsible for what. Roles named replace who held them for these issues, others are left alone; before
 * the launch quietly, afterwards from now on and with the old holder on record. A second run changes nothing.
 *
 * @throws RefusedError `UnknownRound`, `Ended`
 * @throws ImportRefused with every name, number and deadline that cannot be resolved; then nothing is written
 */
export async function assign(
  ledger: Ledger,
  {
    roundId,
    rows,
    fileName = '',
    mode = 'write',
  }: { roundId: string; rows: readonly AssignRow[]; fileName?: string; mode?: 'write' | 'preview' },
): Promise<Assigned> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    include: { issues: nameable, bodies: { select: { id: true, name: true } } },
  });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  if (round.state === 'ended') throw new RefusedError('Ended', '这个轮次已经结束，不再改派');
  const people = await ledger.person.findMany({ where: { scope: round.clockId } });
  const periodEnd = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
  const resolved = resolve(rows, fileName, {
    directory: new Directory(people),
    issues: round.issues,
    bodies: round.bodies,
    feedbackOn: round.feedbackOn ? toIsoDate(round.feedbackOn) : undefined,
    periodEnd: periodEnd ?? undefined,
    isDraft: round.state === 'draft',
  });
  const held = await ledger.assignment.findMany({ where: { roundId, untilAt: null } });
  const change = changeOf(resolved, held);
  if (mode === 'write') {
    const since = round.state === 'draft' ? null : new Date(await businessNow(ledger, round.clockId));
    const ended = { id: { in: change.ended } };
    await ledger.$transaction([
      since
        ? ledger.assignment.updateMany({ where: ended, data: { untilAt: since } })
        : ledger.assignment.deleteMany({ where: ended }),
      ledger.assignment.createMany({
        data: change.added.map((row) => ({ id: randomUUID(), roundId, fromAt: since, ...row })),
      }),
      ...[...resolved.details].flatMap(([issueId, details]) => detailUpdates(ledger, issueId, details)),
    ]);
  }
  return {
    written: mode === 'write' ? 'yes' : 'preview',
    round: round.state,
    issues: new Set(
      [...resolved.holders.values()].flatMap(({ issueId }) => issueId ?? []).concat([...resolved.details.keys()]),
    ).size,
    added: change.added.length,
    ended: change.ended.length,
    notes: resolved.notes,
  };
}

const nameable = {
  select: { id: true, number: true, code: true, title: true },
  orderBy: { number: 'asc' },
} satisfies Prisma.Round$issuesArgs;

interface Known {
  readonly directory: Directory;
  readonly issues: readonly Nameable[];
  readonly bodies: readonly NamedBody[];
  readonly feedbackOn: IsoDate | undefined;
  readonly periodEnd: IsoDate | undefined;
  readonly isDraft: boolean;
}

function resolve(rows: readonly AssignRow[], fileName: string, known: Known): Resolved {
  const problems: ImportProblem[] = [];
  const holders = new Map<string, Holders>();
  const details = new Map<string, IssueDetails>();
  for (const row of rows) {
    const complain = (message: string) => problems.push({ line: row.line, message });
    const { subjects, issues, problems: unnamed } = subjectsOf(row, known);
    unnamed.forEach(complain);
    for (const role of Object.keys(roleNames) as Role[]) {
      const cell = row.people[role];
      if (cell === undefined) continue;
      const names = known.directory.named(cell);
      names.problems.forEach((problem) => complain(`${roleNames[role]}${problem}`));
      for (const subject of subjects) {
        const key = `${subject.issueId ?? subject.bodyId ?? ''}/${role}`;
        const holding = holders.get(key) ?? { ...subject, role, personIds: new Set<string>() };
        names.people.forEach(({ id }) => holding.personIds.add(id));
        holders.set(key, holding);
      }
    }
    if (issues === 'none' && saysOfIssue(row)) {
      complain('全轮的行（编号为 *）和全单位的行（编号为单位名称）不写部门、整改时限和重要程度，请逐项写明');
    }
    if (issues === 'none') continue;
    for (const problem of addDetails(details, row, issues, known)) complain(problem);
  }
  if (problems.length > 0) throw new ImportRefused(fileName, problems);
  const notes = [...details.values()].flatMap(({ deadline }) => (deadline?.note ? [deadline.note] : []));
  return { holders, details, notes: [...new Set(notes)] };
}

/** What a row is about; `none` of the issues one by one where it is the round or a body. */
function subjectsOf(
  { issues: words, body: wanted }: AssignRow,
  { bodies, issues: all }: Known,
): { subjects: readonly Subject[]; issues: readonly Nameable[] | 'none'; problems: readonly string[] } {
  const whole = { issues: 'none', problems: [] } as const;
  if (['*', '＊'].includes(words.trim())) return { ...whole, subjects: [{ issueId: null, bodyId: null }] };
  try {
    const named = wanted === undefined ? undefined : bodyNamed(wanted, bodies);
    const body = named ?? bodies.find(({ name }) => sameName(name, words));
    if (body) return { ...whole, subjects: [{ issueId: null, bodyId: body.id }] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { ...whole, subjects: [], problems: [error.message] };
  }
  const { issues, problems } = issuesNamed(words, all);
  return { subjects: issues.map(({ id }) => ({ issueId: id, bodyId: null })), issues, problems };
}

interface Held extends Subject {
  readonly id: string;
  readonly role: Role;
  readonly personId: string;
}

function changeOf({ holders }: Resolved, held: readonly Held[]) {
  const ended: string[] = [];
  const added: (Subject & { role: Role; personId: string })[] = [];
  for (const { issueId, bodyId, role, personIds } of holders.values()) {
    const present = held.filter((one) => one.issueId === issueId && one.bodyId === bodyId && one.role === role);
    ended.push(...present.filter(({ personId }) => !personIds.has(personId)).map(({ id }) => id));
    for (const personId of personIds) {
      if (present.every((one) => one.personId !== personId)) added.push({ issueId, bodyId, role, personId });
    }
  }
  return { ended, added };
}
