import { randomBytes, randomUUID } from 'node:crypto';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import type { AccountStanding } from '../../prisma/generated/enums.ts';
import { addMonths, addMs, dayOf, type IsoDate, type IsoInstant, isIsoDate } from '../../workflows/rules/instants.ts';
import { tokenHashOf } from '../incoming-mail/reply-address.ts';
import { RefusedError } from '../refused-error.ts';

/** Begins every token, so that whoever finds one in a file knows what it is. */
const prefix = 'htk_';
const monthsAtMost = 12;
const nameLength = 60;
/** How exactly it is known when a token was last used: a program that asks all the time need not write all the time. */
const usedToMs = 60_000;

/** A token of somebody's (个人令牌), as its owner sees it. */
export interface TokenReading {
  readonly id: string;
  readonly name: string;
  readonly madeAt: IsoInstant;
  /** The last day on which it holds, in Beijing. */
  readonly endsOn: IsoDate;
  readonly lastUsedAt: IsoInstant | null;
  readonly state: 'holds' | 'ended';
}

/** Whose token it is. */
export interface TokenOwner {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly standing: AccountStanding;
}

/** The last day a token made today may name. */
export function lastTokenDay(now: IsoInstant): IsoDate {
  return addMonths(dayOf(now), monthsAtMost);
}

/**
 * Makes a token; it is given here once and kept as a hash. Each call makes another one.
 *
 * @throws RefusedError `TokenUnfit`
 */
export async function makeToken(
  ledger: Ledger,
  { accountId, name, endsOn, now }: { accountId: string; name: string; endsOn: string; now: IsoInstant },
): Promise<{ readonly token: string; readonly name: string; readonly endsOn: IsoDate }> {
  const unfit = (why: string) => new RefusedError('TokenUnfit', why);
  if (name === '') throw unfit('请写明令牌给什么用。');
  if (name.length > nameLength) throw unfit(`令牌的用途最多写${String(nameLength)}字。`);
  if (!isIsoDate(endsOn)) throw unfit('请填写令牌用到哪天。');
  if (endsOn < dayOf(now)) throw unfit('令牌的截止日已经过去，请核对年份。');
  if (endsOn > lastTokenDay(now)) throw unfit('令牌最多用一年，到期可以再建。');
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  await ledger.accountToken.create({
    data: {
      ...{ id: randomUUID(), tokenHash: tokenHashOf(token), accountId, name },
      ...{ madeAt: now, endsOn: fromIsoDate(endsOn) },
    },
  });
  return { token, name, endsOn };
}

/** Somebody's tokens that were not revoked, the newest first. */
export async function listTokens(ledger: Ledger, accountId: string, now: IsoInstant): Promise<TokenReading[]> {
  const rows = await ledger.accountToken.findMany({
    where: { accountId, revokedAt: null },
    orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(({ id, name, madeAt, endsOn, lastUsedAt }) => ({
    ...{ id, name, madeAt: madeAt.toISOString(), endsOn: toIsoDate(endsOn) },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: toIsoDate(endsOn) < dayOf(now) ? 'ended' : 'holds',
  }));
}

/** Ends a token of one's own; one that is over already, or another's, is no error and stays as it is. */
export async function revokeToken(
  ledger: Ledger,
  { accountId, tokenId, now }: { accountId: string; tokenId: string; now: IsoInstant },
): Promise<void> {
  await ledger.accountToken.updateMany({
    where: { id: tokenId, accountId, revokedAt: null },
    data: { revokedAt: now },
  });
}

/** Whose token it is, while it holds and his account is open; undefined otherwise. Notes that it was used. */
export async function tokenOwner(ledger: Ledger, token: string, now: IsoInstant): Promise<TokenOwner | undefined> {
  if (!token.startsWith(prefix)) return undefined;
  const found = await ledger.accountToken.findUnique({
    where: { tokenHash: tokenHashOf(token) },
    include: { account: { select: { personId: true, name: true, email: true, standing: true, closedAt: true } } },
  });
  if (found === null || found.revokedAt !== null || toIsoDate(found.endsOn) < dayOf(now)) return undefined;
  const { closedAt, ...owner } = found.account;
  if (closedAt !== null) return undefined;
  const unnoted = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: addMs(now, -usedToMs) } }] };
  await ledger.accountToken.updateMany({ where: { id: found.id, ...unnoted }, data: { lastUsedAt: now } });
  return owner;
}
