import type { Ledger } from '../../prisma/client.ts';
import { type Delegation, standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { type RoleSubject, subjectsOf } from '../../workflows/rules/round/scope.ts';
import type { Clocks } from './clocks.ts';
import { type PersonReading, readRoleHolders } from './role-holders.ts';
import { readTakenOver } from './taken-over.ts';
import { shortRoleNames } from './words.ts';

/** Somebody who got a line or would get it today, and why he (为什么发给他). */
export interface LineReader {
  readonly id: string;
  readonly name: string;
  /** Whose duty it is, when he stands in for somebody. */
  readonly onBehalfOf: string | null;
  /** `以责任人身份（措施2），2024年5月6日(周一)起接手`; `以组长身份（大王村党总支）` of who holds it for a body. */
  readonly why: string;
}

interface ReadRow {
  readonly key: string;
  readonly roundId: string | null;
  readonly issueId: string | null;
  readonly obligationId: string | null;
  readonly role: Role | null;
  readonly personId: string | null;
  readonly state: string;
  readonly deliveries: readonly {
    readonly onBehalfOf: string | null;
    readonly mail: { readonly person: { readonly id: string; readonly name: string } };
  }[];
}

/** Who reads each line: of a sent one whoever got it, of a planned one whoever would today. */
export async function readReaders(
  ledger: Ledger,
  clocks: Clocks,
  rows: readonly ReadRow[],
): Promise<(row: ReadRow) => readonly LineReader[]> {
  const roundIds = [...new Set(rows.flatMap(({ roundId }) => roundId ?? []))];
  const issueIds = issueIdsOf(rows);
  const rounds = await ledger.round.findMany({ where: { id: { in: roundIds } }, select: { id: true, clockId: true } });
  const moments = new Map(rounds.map(({ id, clockId }) => [id, clocks.now(clockId)]));
  const [holders, delegations, handed, people, scopes] = await Promise.all([
    readRoleHolders(
      ledger,
      [...moments].map(([id, now]) => ({ id, now })),
      issueIds,
    ),
    ledger.delegation.findMany({ where: { revokedAt: null } }),
    readTakenOver(ledger, roundIds, issueIds),
    ledger.person.findMany({
      where: {
        id: {
          in: rows.flatMap(({ personId, deliveries }) =>
            [personId, ...deliveries.map(({ onBehalfOf }) => onBehalfOf)].filter((id) => id !== null),
          ),
        },
      },
      select: { id: true, name: true },
    }),
    ledger.roundObligation.findMany({
      where: { roundId: { in: roundIds } },
      select: { roundId: true, id: true, scope: true },
    }),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const windows = delegations.map(toDelegation);
  const absent = await ledger.person.findMany({
    where: { id: { in: delegations.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]) } },
    select: { id: true, name: true },
  });
  for (const { id, name } of absent) names.set(id, name);
  const scopeOf = new Map(scopes.map(({ roundId, id, scope }) => [`${roundId}/${id}`, scope as RoundScope | null]));

  const subjectsOfRow = (row: ReadRow): readonly RoleSubject[] => {
    const { issueId, roundId, obligationId } = row;
    const measure = measureOf(row);
    if (issueId !== null) return [{ heldFor: issueId, ...(measure !== undefined && { measure }) }];
    return subjectsOf(scopeOf.get(`${roundId ?? ''}/${obligationId ?? ''}`));
  };
  const measureOf = (row: ReadRow) =>
    row.issueId === null ? undefined : obligationIdParts(row.obligationId ?? '')?.measure;
  const whyOf = (row: ReadRow, holderId: string, onBehalfOf: string | null) => {
    if (row.role === null) return '答复本人';
    const measure = measureOf(row);
    const { heldFor } = subjectsOfRow(row)[0]!;
    const body = heldFor === null ? undefined : holders.ofBody(heldFor, row.role, holderId);
    const about = measure ? `（措施${String(measure)}）` : body === undefined ? '' : `（${body}）`;
    const instead = onBehalfOf === null ? '' : `，代${onBehalfOf}（委托）`;
    return `以${shortRoleNames[row.role]}身份${about}${handed(row, holderId)}${instead}`;
  };
  const holdersNow = (row: ReadRow, roundId: string, role: Role): readonly PersonReading[] => {
    const found = new Map(
      subjectsOfRow(row)
        .flatMap(({ heldFor, measure }) => holders.holding(roundId, heldFor, role, measure))
        .map((one) => [one.id, one]),
    );
    return [...found.values()];
  };

  return (row) => {
    if (row.deliveries.length > 0) {
      return row.deliveries.map(({ onBehalfOf, mail: { person } }) => {
        const absentName = onBehalfOf === null ? null : (names.get(onBehalfOf) ?? '');
        return { ...person, onBehalfOf: absentName, why: whyOf(row, onBehalfOf ?? person.id, absentName) };
      });
    }
    if (row.personId !== null)
      return [{ id: row.personId, name: names.get(row.personId) ?? '', onBehalfOf: null, why: '答复本人' }];
    const now = moments.get(row.roundId ?? '');
    if (row.state !== 'planned' || row.role === null || row.roundId === null || now === undefined) return [];
    const { role } = row;
    const { roundId } = row;
    const workers = subjectsOfRow(row).flatMap(({ heldFor: id }) =>
      id === null ? [] : holders.holding(roundId, id, 'handler'),
    );
    const barred = role === 'handler' ? nobody : new Set(workers.map(({ id }) => id));
    const found = holdersNow(row, row.roundId, role).map((holder) => {
      const { personId } = standIn(windows, holder.id, now, barred);
      const onBehalfOf = personId === holder.id ? null : holder.name;
      const name = onBehalfOf === null ? holder.name : (names.get(personId) ?? '');
      return { id: personId, name, onBehalfOf, why: whyOf(row, holder.id, onBehalfOf) };
    });
    return [...new Map(found.map((one) => [one.id, one])).values()];
  };
}

/** The issues that the lines are about; undefined where any line is about more than an issue. */
function issueIdsOf(rows: readonly ReadRow[]): string[] | undefined {
  const ids = rows.flatMap(({ issueId }) => issueId ?? []);
  return ids.length < rows.length ? undefined : [...new Set(ids)];
}

/** Nothing above the handler is delegated to whoever works on the issue; what is the handler's may be. */
const nobody: ReadonlySet<string> = new Set();

export function toDelegation(row: {
  fromPersonId: string;
  toPersonId: string;
  fromAt: Date;
  untilAt: Date;
}): Delegation {
  const moment = (date: Date): IsoInstant => date.toISOString();
  return { from: row.fromPersonId, to: row.toPersonId, fromAt: moment(row.fromAt), untilAt: moment(row.untilAt) };
}
