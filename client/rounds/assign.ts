import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { AssignRow } from '../assign-import.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { secrecyUpdates } from './secrecy-updates.ts';
import { type Holders, isSameHolding, type KnownIssue, type Resolved, resolve, type Subject } from './assign-rows.ts';
import { Directory } from './directory.ts';
import { assignedWindowId } from './handed-windows.ts';
import { holderChanges } from './holder-changes.ts';
import { detailUpdates } from './issue-details.ts';
import { coveredByMeasureHandlers } from './measure-handlers.ts';
import { mayReassign, type Reassigning, tellReassigned } from './reassigned.ts';
import { mayChangeUnits, tellUnits, unitChanges, unitChangeWords } from './unit-changes.ts';

/** What an assignment changed, or would change. */
export interface Assigned {
  readonly written: 'yes' | 'preview';
  readonly round: 'draft' | 'launched';
  /** How many issues were named; rows about a body or the whole round name none. */
  readonly issues: number;
  readonly added: number;
  readonly ended: number;
  /** Whose roles change against now, in a sentence each: `GM-03 责任人：陈某 → 周某`. */
  readonly people: readonly string[];
  /** What it changes of the issues beside their people, in a sentence each: `GM-03：重要程度 一般 → 重大`. */
  readonly changes: readonly string[];
  /** What was read with a doubt, such as a deadline without its year. */
  readonly notes: readonly string[];
}

export interface Assignment {
  readonly roundId: string;
  readonly rows: readonly AssignRow[];
  readonly fileName?: string;
  readonly mode?: 'write' | 'preview';
  /** Needed once the round has been launched and somebody's role changes: that is a handover (移交). */
  readonly reassigning?: Reassigning | undefined;
}

/**
 * Says who is responsible for what. Roles named replace who held them for these issues, others are left alone; before
 * the launch quietly, afterwards from now on, with the old holder on record and a word to each issue, as a handover has
 * it. A second run changes nothing, and tells the issues that an interrupted one had not told.
 *
 * @throws RefusedError `UnknownRound`, `Ended`, `ReasonMissing`, `NotYours`, and as `secrecyUpdates`
 * @throws ImportRefused with every name, number and deadline that cannot be resolved; then nothing is written
 */
export async function assign(
  { ledger, issues: under }: { ledger: Ledger; issues: Pick<Issues, 'askPermitted'> },
  { roundId, rows, fileName = '', mode = 'write', reassigning }: Assignment,
): Promise<Assigned> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    include: { issues: nameable, bodies: { select: { id: true, name: true } } },
  });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  if (round.state === 'ended') throw new RefusedError('Ended', '这个轮次已经结束，不再改派');
  const people = await ledger.person.findMany({ where: { scope: round.clockId } });
  const periodEnd = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
  const issues = round.issues.map(knownIssue);
  const resolved = resolve(rows, fileName, {
    directory: new Directory(people),
    issues,
    bodies: round.bodies,
    feedbackOn: round.feedbackOn ? toIsoDate(round.feedbackOn) : undefined,
    periodEnd: periodEnd ?? undefined,
    isDraft: round.state === 'draft',
  });
  const held = await ledger.assignment.findMany({ where: { roundId, untilAt: null } });
  const named = [...resolved.holders.values()];
  const change = changeOf(named, held);
  const units = unitChanges(resolved, round.issues);
  const isMoved = round.state === 'launched' && change.added.length + change.ended.length + units.length > 0;
  if (mode === 'write') {
    const answering = round.state === 'draft' ? undefined : answerable(reassigning, isMoved ? 'moved' : 'same');
    const changed = named.filter((one) => isChanged(one, held));
    const standsInFor = answering && (await mayReassign(ledger, roundId, changed, answering));
    const unitsFor = answering && (await mayChangeUnits(ledger, roundId, units, answering));
    if (answering && unitsFor)
      await tellUnits({ ledger, issues: under }, units, { ...answering, standsInFor: unitsFor });
    const secrecies = await secrecyUpdates(ledger, { round, resolved, fileName, reassigning });
    const since = round.state === 'draft' ? null : new Date(await businessNow(ledger, round.clockId));
    const ended = { id: { in: change.ended } };
    await ledger.$transaction([
      since
        ? ledger.assignment.updateMany({ where: ended, data: { untilAt: since } })
        : ledger.assignment.deleteMany({ where: ended }),
      ledger.assignment.createMany({
        data: change.added.map((row) => ({
          id: since ? assignedWindowId() : randomUUID(),
          roundId,
          fromAt: since,
          ...row,
        })),
      }),
      ...[...resolved.details].flatMap(([issueId, details]) => detailUpdates(ledger, issueId, details)),
      ...measureUpdates(ledger, resolved),
      ...secrecies,
    ]);
    if (answering && standsInFor) {
      await tellReassigned({ ledger, issues: under }, roundId, named, { ...answering, standsInFor });
    }
  }
  return {
    written: mode === 'write' ? 'yes' : 'preview',
    round: round.state,
    issues: new Set(
      [...resolved.holders.values(), ...resolved.measures.values()]
        .flatMap(({ issueId }) => issueId ?? [])
        .concat([...resolved.details.keys()]),
    ).size,
    added: change.added.length,
    ended: change.ended.length,
    people: holderChanges(resolved.holders.values(), held, { issues, bodies: round.bodies, people }),
    changes: [...units.map(unitChangeWords), ...resolved.changes],
    notes: [
      ...(isMoved ? ['这个轮次已经交办，换人、换部门都留有理由和经办人，新的责任人须认领'] : []),
      ...resolved.notes,
      ...coveredByMeasureHandlers(issues, [...held.filter(({ id }) => !change.ended.includes(id)), ...change.added]),
    ],
  };
}

/** @throws RefusedError `ReasonMissing` where people change after the launch and nobody answers for it */
function answerable(reassigning: Reassigning | undefined, people: 'moved' | 'same'): Reassigning | undefined {
  if (people === 'moved' && (reassigning?.reason ?? '').trim() === '')
    throw new RefusedError(
      'ReasonMissing',
      '这个轮次已经交办，换人、换部门要记录在案：请写明理由（--reason）和经办人（--by）',
    );
  return reassigning;
}

function knownIssue({ measures, firstDeadline, ...issue }: Prisma.IssueGetPayload<typeof nameable>): KnownIssue {
  return {
    ...issue,
    deadline: toIsoDate(firstDeadline),
    measures: measures.map((measure) => ({ ...measure, deadline: toIsoDate(measure.deadline) })),
  };
}

const nameable = {
  select: {
    id: true,
    number: true,
    code: true,
    title: true,
    weight: true,
    secrecy: true,
    unit: true,
    assistingUnits: true,
    firstDeadline: true,
    measures: { select: { number: true, kind: true, unit: true, deadline: true }, orderBy: { number: 'asc' } },
  },
  orderBy: { number: 'asc' },
} satisfies Prisma.Round$issuesArgs;

interface Held extends Subject {
  readonly id: string;
  readonly role: Role;
  readonly personId: string;
}

function isChanged(named: Holders, held: readonly Held[]): boolean {
  const { ended, added } = changeOf([named], held);
  return ended.length + added.length > 0;
}

function changeOf(holders: Iterable<Holders>, held: readonly Held[]) {
  const ended: string[] = [];
  const added: (Subject & { role: Role; personId: string })[] = [];
  for (const named of holders) {
    const { issueId, bodyId, measure, role, personIds } = named;
    const present = held.filter((one) => isSameHolding(one, named));
    ended.push(...present.filter(({ personId }) => !personIds.has(personId)).map(({ id }) => id));
    for (const personId of personIds) {
      if (present.every((one) => one.personId !== personId)) added.push({ issueId, bodyId, measure, role, personId });
    }
  }
  return { ended, added };
}

/** What rows say of measures, after what they say of issues: a measure's own day stands, and its issue's is the latest. */
function measureUpdates(ledger: Ledger, { measures, deadlines }: Resolved): Prisma.PrismaPromise<unknown>[] {
  const ofMeasures = [...measures.values()].map(({ issueId, number, unit, deadline, kind }) =>
    ledger.measure.update({
      where: { issueId_number: { issueId, number } },
      data: {
        ...(unit !== undefined && { unit }),
        ...(deadline && { deadline: fromIsoDate(deadline.on), deadlinePhrase: deadline.phrase }),
        ...(kind && { kind }),
      },
      select: { number: true },
    }),
  );
  const ofIssues = [...deadlines].flatMap(([id, { on, from }]) => {
    if (from === undefined) return [];
    const deadlineNote = from === 'measures' ? '' : `台账写明：措施${String(from.number)}“${from.phrase}”`;
    return [
      ledger.issue.update({
        where: { id },
        data: { firstDeadline: fromIsoDate(on), deadlineNote },
        select: { id: true },
      }),
    ];
  });
  return [...ofMeasures, ...ofIssues];
}
