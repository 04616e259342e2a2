import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { shortRoleNames } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';
import { bodyNamed, sameName } from './body-names.ts';
import { lockDraft } from './draft.ts';
import { ImportRefused } from './import-refused.ts';
import { bodyIdOf } from './issue-rows.ts';
import { issuesNamed } from './issue-range.ts';

/** An inspected body (被巡察单位) of a round in one row. */
export interface ListedBody {
  readonly id: string;
  readonly name: string;
  /** In the order of the round. */
  readonly codes: readonly string[];
  /** 反馈来源 of its issues; empty where none is known. */
  readonly sources: readonly string[];
  /** Who holds a role for the body as a whole; where nobody does, the round's people do. */
  readonly people: readonly { readonly role: Role; readonly roleName: string; readonly names: readonly string[] }[];
}

/** The bodies of a round in the order in which they came. */
export async function listBodies(ledger: Ledger, roundId: string): Promise<ListedBody[]> {
  const bodies = await ledger.body.findMany({
    where: { roundId },
    orderBy: { id: 'asc' },
    include: {
      issues: { select: { code: true, source: true }, orderBy: { number: 'asc' } },
      assignments: {
        where: { untilAt: null },
        select: { role: true, person: { select: { name: true } } },
        orderBy: [{ role: 'asc' }, { personId: 'asc' }],
      },
    },
  });
  return bodies.map(({ id, name, issues, assignments }) => ({
    id,
    name,
    codes: issues.map(({ code }) => code),
    sources: [...new Set(issues.map(({ source }) => source).filter((source) => source !== ''))],
    people: [...new Set(assignments.map(({ role }) => role))].map((role) => ({
      role,
      roleName: shortRoleNames[role],
      names: assignments.filter((one) => one.role === role).map(({ person }) => person.name),
    })),
  }));
}

/** Adds a body to a draft. @throws RefusedError `NameMissing`, `BodyTaken`, `UnknownRound`, `Launched` */
export async function addBody(ledger: Ledger, roundId: string, words: string): Promise<void> {
  await inDraft(ledger, roundId, async (tx, bodies) => {
    const name = freeName(words, bodies);
    const last = bodies
      .map(({ id }) => Number(/\d+$/u.exec(id)?.[0] ?? 0))
      .reduce((one, other) => Math.max(one, other), 0);
    await tx.body.create({ data: { id: bodyIdOf(roundId, last + 1), roundId, name } });
  });
}

/** @throws RefusedError `UnknownBody`, `AmbiguousBody`, `NameMissing`, `BodyTaken`, `UnknownRound`, `Launched` */
export async function renameBody(ledger: Ledger, roundId: string, ref: string, words: string): Promise<void> {
  await inDraft(ledger, roundId, async (tx, bodies) => {
    const body = bodyNamed(ref, bodies);
    const others = bodies.filter(({ id }) => id !== body.id);
    await tx.body.update({ where: { id: body.id }, data: { name: freeName(words, others) } });
  });
}

/**
 * Takes away a body that has no issues, with what was assigned for it.
 *
 * @throws RefusedError `UnknownBody`, `AmbiguousBody`, `BodyHasIssues`, `OnlyBody`, `UnknownRound`, `Launched`
 */
export async function removeBody(ledger: Ledger, roundId: string, ref: string): Promise<void> {
  await inDraft(ledger, roundId, async (tx, bodies) => {
    const { id: bodyId, name } = bodyNamed(ref, bodies);
    if (bodies.length === 1) throw new RefusedError('OnlyBody', '一轮至少有一个被巡察单位，不能去掉；可以改名');
    const issues = await tx.issue.count({ where: { bodyId } });
    if (issues > 0) throw new RefusedError('BodyHasIssues', `“${name}”还有 ${String(issues)} 个问题，请先归入别的单位`);
    await tx.assignment.deleteMany({ where: { bodyId } });
    await tx.body.delete({ where: { id: bodyId } });
  });
}

/**
 * Puts issues down to a body; they keep their codes.
 *
 * @param words as `issuesNamed` reads them
 * @throws RefusedError `UnknownBody`, `AmbiguousBody`, `UnknownRound`, `Launched`
 * @throws ImportRefused with every word that names no issue
 */
export async function putUnderBody(ledger: Ledger, roundId: string, ref: string, words: string): Promise<void> {
  await inDraft(ledger, roundId, async (tx, bodies) => {
    const { id: bodyId } = bodyNamed(ref, bodies);
    await tx.issue.updateMany({ where: { id: { in: await issueIdsOf(tx, roundId, words) } }, data: { bodyId } });
  });
}

/**
 * Says from which feedback (反馈来源) issues come.
 *
 * @throws RefusedError `NameMissing`, `UnknownRound`, `Launched`
 * @throws ImportRefused with every word that names no issue
 */
export async function putUnderSource(ledger: Ledger, roundId: string, source: string, words: string): Promise<void> {
  const name = source.trim();
  if (name === '') throw new RefusedError('NameMissing', '没有写反馈来源的名称');
  await inDraft(ledger, roundId, async (tx) => {
    await tx.issue.updateMany({ where: { id: { in: await issueIdsOf(tx, roundId, words) } }, data: { source: name } });
  });
}

type Bodies = readonly { readonly id: string; readonly name: string }[];

async function inDraft(
  ledger: Ledger,
  roundId: string,
  change: (tx: Prisma.TransactionClient, bodies: Bodies) => Promise<void>,
): Promise<void> {
  await ledger.$transaction(async (tx) => {
    await lockDraft(tx, roundId, '改被巡察单位和反馈来源');
    await change(
      tx,
      await tx.body.findMany({ where: { roundId }, select: { id: true, name: true }, orderBy: { id: 'asc' } }),
    );
  });
}

function freeName(words: string, bodies: Bodies): string {
  const name = words.trim();
  if (name === '') throw new RefusedError('NameMissing', '没有写被巡察单位的名称');
  const taken = bodies.find((body) => sameName(body.name, name));
  if (taken) throw new RefusedError('BodyTaken', `本轮已有被巡察单位“${taken.name}”`);
  return name;
}

async function issueIdsOf(tx: Prisma.TransactionClient, roundId: string, words: string): Promise<string[]> {
  const all = await tx.issue.findMany({
    where: { roundId },
    select: { id: true, number: true, code: true, title: true },
    orderBy: { number: 'asc' },
  });
  const { issues, problems } = issuesNamed(words, all);
  if (problems.length > 0)
    throw new ImportRefused(
      '',
      problems.map((message) => ({ line: 0, message })),
    );
  return issues.map(({ id }) => id);
}
