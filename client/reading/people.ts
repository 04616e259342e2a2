import type { Ledger } from '../../prisma/client.ts';
import type { AccountStanding } from '../../prisma/generated/enums.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { heldAt, personFields, type PersonReading } from './role-holders.ts';

/** Whether somebody can sign in (登录账户). */
export type AccountState = (
  | { readonly state: 'none' | 'closed' }
  | { readonly state: 'open'; readonly id: string; readonly standing: AccountStanding }
) & {
  /** Of an invitation that waits; null when there is none. */
  readonly invitedUntil: IsoInstant | null;
};

/** Somebody of the directory (通讯录) in one row. */
export interface DirectoryRow extends PersonReading {
  /** How many roles he holds now in real rounds. */
  readonly roles: number;
  readonly account: AccountState;
}

export interface PeoplePage {
  readonly people: readonly DirectoryRow[];
  /** The id of the last one, after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

const peopleOfAPage = 50;

/**
 * One page of the directory of real people, by name.
 *
 * @param text sought in name, unit and address; all of them when empty
 * @param after the id of the person after whom the page begins; one that is not there begins at the first
 */
export async function readPeople(
  ledger: Ledger,
  { text, after, now }: { readonly text: string; readonly after: string | undefined; readonly now: IsoInstant },
): Promise<PeoplePage> {
  const contains = { contains: text, mode: 'insensitive' } as const;
  const from = after === undefined ? null : await ledger.person.findUnique({ where: { id: after } });
  const found = await ledger.person.findMany({
    where: {
      scope: 'real',
      AND: [
        ...(text === '' ? [] : [{ OR: [{ name: contains }, { unit: contains }, { email: contains }] }]),
        ...(from === null ? [] : [{ OR: [{ name: { gt: from.name } }, { name: from.name, id: { gt: from.id } }] }]),
      ],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: peopleOfAPage + 1,
    select: {
      ...personFields,
      account: { select: { id: true, standing: true, closedAt: true } },
      invitations: {
        where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
        orderBy: { expiresAt: 'desc' },
        take: 1,
        select: { expiresAt: true },
      },
      _count: { select: { assignments: { where: { round: { clockId: 'real' }, ...heldAt(now) } } } },
    },
  });
  const shown = found.slice(0, peopleOfAPage);
  return {
    people: shown.map(({ account, invitations: [invitation], _count, ...person }) => ({
      ...person,
      roles: _count.assignments,
      account: accountState(account, invitation),
    })),
    next: found.length > shown.length ? shown.at(-1)?.id : undefined,
  };
}

function accountState(
  account: { readonly id: string; readonly standing: AccountStanding; readonly closedAt: Date | null } | null,
  invitation: { readonly expiresAt: Date } | undefined,
): AccountState {
  const invitedUntil = invitation?.expiresAt.toISOString() ?? null;
  if (account === null) return { state: 'none', invitedUntil };
  if (account.closedAt !== null) return { state: 'closed', invitedUntil };
  return { state: 'open', id: account.id, standing: account.standing, invitedUntil };
}
