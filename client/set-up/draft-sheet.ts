import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { IssueKind, IssueWeight } from '../../workflows/rules/terms.ts';
import { RefusedError } from '../refused-error.ts';
import { Directory, type Listed } from '../rounds/directory.ts';

/** The roles that are named issue by issue; whoever is named for the whole round holds them where an issue names nobody. */
export const issueRoles = ['responsibleLeader', 'handler'] as const;

/** The roles that are named for the whole round, those first without which it cannot be launched. */
export const wholeRoles = ['groupHead', 'office', 'reviewer', 'responsibleLeader', 'handler'] as const;

/** An issue of a draft as its forms show it. */
export interface SheetIssue {
  readonly id: string;
  readonly code: string;
  readonly number: number;
  readonly title: string;
  readonly unit: string;
  readonly deadline: IsoDate;
  readonly deadlineNote: string;
  readonly kind: IssueKind;
  readonly weight: IssueWeight;
  readonly measures: number;
  /** Who holds the role for this issue, as words that name them again; empty where the body's or the round's people do. */
  readonly people: Readonly<Record<(typeof issueRoles)[number], string>>;
  /** Who holds it where the issue names nobody, and for what: `陈某（本单位）`; empty where nobody does. */
  readonly otherwise: Readonly<Record<(typeof issueRoles)[number], string>>;
}

/** A draft as the forms of its set-up show it. */
export interface DraftSheet {
  readonly roundId: string;
  readonly whole: Readonly<Record<(typeof wholeRoles)[number], string>>;
  readonly issues: readonly SheetIssue[];
  /** The directory (通讯录), by name. */
  readonly directory: readonly Listed[];
}

/** Reads a draft for its forms. @throws RefusedError `UnknownRound` */
export async function readDraftSheet(ledger: Ledger, roundId: string): Promise<DraftSheet> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    include: {
      issues: { include: { _count: { select: { measures: true } } }, orderBy: { number: 'asc' } },
      assignments: { where: { untilAt: null, measure: null }, orderBy: { id: 'asc' } },
    },
  });
  if (round === null) throw new RefusedError('UnknownRound', '没有这个轮次');
  const directory = await ledger.person.findMany({
    where: { scope: round.clockId },
    select: { id: true, name: true, email: true, unit: true, position: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const known = new Map(directory.map((person) => [person.id, person]));
  const names = new Directory(directory);
  const holding = (role: Role, issueId: string | null, bodyId: string | null = null) =>
    round.assignments
      .filter((one) => one.issueId === issueId && one.bodyId === bodyId && one.role === role)
      .flatMap(({ personId }) => known.get(personId) ?? [])
      .map((person) => wordsFor(person, names))
      .join('、');
  return {
    roundId,
    whole: rolesOf(wholeRoles, (role) => holding(role, null)),
    issues: round.issues.map(({ firstDeadline, _count, id, code, number, title, unit, ...issue }) => ({
      ...{ id, code, number, title, unit, deadline: toIsoDate(firstDeadline), measures: _count.measures },
      ...{ deadlineNote: issue.deadlineNote, kind: issue.kind, weight: issue.weight },
      people: rolesOf(issueRoles, (role) => holding(role, id)),
      otherwise: rolesOf(issueRoles, (role) => {
        const ofBody = issue.bodyId === null ? '' : holding(role, null, issue.bodyId);
        if (ofBody !== '') return `${ofBody}（本单位）`;
        const ofRound = holding(role, null);
        return ofRound === '' ? '' : `${ofRound}（全轮）`;
      }),
    })),
    directory,
  };
}

function rolesOf<Named extends Role>(roles: readonly Named[], words: (role: Named) => string): Record<Named, string> {
  return Object.fromEntries(roles.map((role) => [role, words(role)])) as Record<Named, string>;
}

/** The shortest words that name this person and nobody else. */
export function wordsFor(person: Listed, names: Directory): string {
  const { name, unit, email, id } = person;
  const tried = [name, `${name}（${unit}）`, email ?? id];
  return tried.find((words) => names.named(words).people.length === 1) ?? id;
}
