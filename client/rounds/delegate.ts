import { randomUUID } from 'node:crypto';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { type Delegation, delegationRefusals } from '../../workflows/rules/delegation.ts';
import { addDays, dayOf, type IsoDate, type IsoInstant, startOfDay } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import { officeAuthor } from '../acting/office-author.ts';
import { personNames } from '../reading/person-names.ts';
import { RefusedError, requireNoRefusal } from '../refused-error.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { obligationWords } from '../reading/words.ts';

export interface DelegationRequest {
  /** Person ids of one scope. */
  readonly from: string;
  readonly to: string;
  readonly fromOn: IsoDate;
  /** Inclusive. */
  readonly untilOn: IsoDate;
  readonly reason: string;
  /** Who enters it: of the office, or who delegates, as people name him. */
  readonly by?: string | undefined;
  readonly mode: 'write' | 'preview';
}

/** A delegation (委托) as lists show it; days are whole days in Beijing. */
export interface DelegationReading {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly fromOn: IsoDate;
  /** Inclusive. */
  readonly untilOn: IsoDate;
  readonly reason: string;
  readonly state: 'coming' | 'running' | 'over' | 'revoked';
  /** Null where nobody had to say who he is, and for what was entered before that was kept; so with the next three. */
  readonly enteredBy: string | null;
  readonly enteredAt: IsoInstant | null;
  readonly revokedBy: string | null;
  readonly revokedAt: IsoInstant | null;
}

export interface Delegated {
  readonly written: 'yes' | 'preview';
  /** Null for a preview. */
  readonly id: string | null;
  /** What falls due within the window, as far as it is owed already. */
  readonly duties: readonly { readonly code: string; readonly words: string; readonly dueOn: IsoDate }[];
  readonly warnings: readonly string[];
}

/**
 * Records that somebody stands in for somebody, and who entered it. The same once more is found and changes nothing.
 *
 * @throws RefusedError `SamePerson`, `EmptyWindow`, `WindowTooLong`, `DelegationCycle`, `OtherScope`, `ReasonMissing`,
 * `AuthorMissing`, `NotOffice`, `UnknownPerson`, `AmbiguousPerson`
 */
export async function delegate(ledger: Ledger, request: DelegationRequest): Promise<Delegated> {
  const { from, to, fromOn, untilOn, reason, mode } = request;
  const scope = await scopeOf(ledger, from, to);
  const candidate = { from, to, fromAt: startOfDay(fromOn), untilAt: startOfDay(addDays(untilOn, 1)) };
  const rows = await ledger.delegation.findMany({ where: { scope, revokedAt: null } });
  const same = rows.find(
    (row) =>
      row.fromPersonId === from &&
      row.toPersonId === to &&
      row.fromAt.toISOString() === candidate.fromAt &&
      row.untilAt.toISOString() === candidate.untilAt,
  );
  requireNoRefusal([
    ...delegationRefusals(rows.filter((row) => row !== same).map(toDelegation), candidate),
    ...(reason.trim() === '' ? [{ code: 'ReasonMissing', message: '委托须写明理由' }] : []),
  ]);
  const affected = await dutiesWithin(ledger, scope, request);
  if (mode === 'preview') return { written: 'preview', id: null, ...affected };
  if (same) return { written: 'yes', id: same.id, ...affected };
  const { fromAt, untilAt } = candidate;
  const { author, at } = await officeAuthor(ledger, { scope, act: '登记委托', by: request.by, himself: from });
  const id = randomUUID();
  const people = { fromPersonId: from, toPersonId: to, enteredBy: author };
  await ledger.delegation.create({ data: { id, scope, ...people, fromAt, untilAt, reason, enteredAt: at } });
  return { written: 'yes', id, ...affected };
}

/** All delegations of a scope, the last begun first. */
export async function listDelegations(ledger: Ledger, scope = 'real'): Promise<DelegationReading[]> {
  const now = await businessNow(ledger, scope);
  const rows = await ledger.delegation.findMany({ where: { scope }, orderBy: [{ fromAt: 'desc' }, { id: 'asc' }] });
  const nameOf = await personNames(
    ledger,
    rows.flatMap(({ fromPersonId, toPersonId, enteredBy, revokedBy }) => [
      fromPersonId,
      toPersonId,
      enteredBy,
      revokedBy,
    ]),
  );
  return rows.map(({ id, fromPersonId, toPersonId, fromAt, untilAt, reason, revokedAt, ...authors }) => ({
    id,
    from: nameOf(fromPersonId) ?? '',
    to: nameOf(toPersonId) ?? '',
    fromOn: dayOf(fromAt.toISOString()),
    untilOn: addDays(dayOf(untilAt.toISOString()), -1),
    reason,
    state:
      revokedAt !== null
        ? 'revoked'
        : now < fromAt.toISOString()
          ? 'coming'
          : now < untilAt.toISOString()
            ? 'running'
            : 'over',
    enteredBy: nameOf(authors.enteredBy),
    enteredAt: authors.enteredAt?.toISOString() ?? null,
    revokedBy: nameOf(authors.revokedBy),
    revokedAt: revokedAt?.toISOString() ?? null,
  }));
}

/**
 * Ends a delegation now; one that is over or revoked stays as it is, whoever asks.
 *
 * @param by who revokes it: of the office, or who has delegated, as people name him
 * @throws RefusedError `UnknownDelegation`, `AuthorMissing`, `NotOffice`, `UnknownPerson`, `AmbiguousPerson`
 */
export async function revokeDelegation(
  ledger: Ledger,
  ref: string,
  by?: string,
): Promise<{ id: string; revoked: 'now' | 'before' }> {
  const found = await ledger.delegation.findMany({ where: { id: { startsWith: ref } }, take: 2 });
  const [row] = found;
  if (row === undefined || found.length > 1 || ref.length < 4)
    throw new RefusedError('UnknownDelegation', `没有编号为“${ref}”的委托，见 people delegations`);
  const { id, scope, fromPersonId: himself } = row;
  const still = { id, revokedAt: null, untilAt: { gt: await businessNow(ledger, scope) } };
  if ((await ledger.delegation.count({ where: still })) === 0) return { id, revoked: 'before' };
  const { author, at } = await officeAuthor(ledger, { scope, act: '撤销委托', by, himself });
  const { count } = await ledger.delegation.updateMany({
    where: still,
    data: { revokedAt: at, revokedBy: author },
  });
  return { id, revoked: count > 0 ? 'now' : 'before' };
}

function toDelegation(row: { fromPersonId: string; toPersonId: string; fromAt: Date; untilAt: Date }): Delegation {
  const { fromPersonId, toPersonId, fromAt, untilAt } = row;
  return { from: fromPersonId, to: toPersonId, fromAt: fromAt.toISOString(), untilAt: untilAt.toISOString() };
}

async function scopeOf(ledger: Ledger, from: string, to: string): Promise<string> {
  const people = await ledger.person.findMany({ where: { id: { in: [from, to] } }, select: { scope: true } });
  const scopes = [...new Set(people.map(({ scope }) => scope))];
  if (scopes.length !== 1) throw new RefusedError('OtherScope', '演练人员和实际人员之间不能委托');
  return scopes[0]!;
}

/** What the absent person owes and is due while he is away, and where whoever stands in would judge his own work. */
async function dutiesWithin(
  ledger: Ledger,
  scope: string,
  { from, to, fromOn, untilOn }: DelegationRequest,
): Promise<Pick<Delegated, 'duties' | 'warnings'>> {
  const now = await businessNow(ledger, scope);
  const open = await ledger.obligation.findMany({
    where: { closedAt: null, issue: { round: { clockId: scope, state: 'launched' } } },
    select: {
      kind: true,
      role: true,
      measure: true,
      dueOn: true,
      issue: { select: { id: true, code: true, roundId: true } },
    },
    orderBy: { dueOn: 'asc' },
  });
  const rounds = [...new Set(open.map(({ issue }) => issue.roundId))].map((id) => ({ id, now }));
  const holders = await readRoleHolders(ledger, rounds);
  const holds = (personId: string, one: (typeof open)[number], role = one.role) =>
    holders.holding(one.issue.roundId, one.issue.id, role, one.measure).some(({ id }) => id === personId);
  const own = open.filter((one) => holds(from, one));
  const judged = own.filter((one) => one.role !== 'handler' && holds(to, one, 'handler'));
  return {
    duties: own
      .map(({ issue, kind, measure, dueOn }) => ({
        code: issue.code,
        words: obligationWords(kind, measure),
        dueOn: dueOn.toISOString().slice(0, 10),
      }))
      .filter(({ dueOn }) => dueOn >= fromOn && dueOn <= untilOn),
    warnings: judged.map(
      ({ issue, role, kind, measure }) =>
        `${issue.code}：代理人是责任人，不能代行${roleNames[role]}的“${obligationWords(kind, measure)}”，该项仍由委托人办理`,
    ),
  };
}
