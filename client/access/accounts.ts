import { randomBytes, randomUUID } from 'node:crypto';
import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import type { AccountStanding } from '../../prisma/generated/enums.ts';
import { addMs, type IsoInstant } from '../../workflows/rules/instants.ts';
import { tokenHashOf } from '../incoming-mail/reply-address.ts';
import { RefusedError } from '../refused-error.ts';
import { hashedPassword, passwordLength } from './auth.ts';
import { forgetWaysIn, holdAccounts, requireOtherOffice } from './closing.ts';

/** How long an invitation is good. */
const invitationMs = 7 * 86_400_000;

/** Somebody new in the directory, or known there by his address. */
export interface NewOffice {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Whether nobody can sign in yet: the next account is the office's first. */
export async function isUnclaimed(ledger: Ledger): Promise<boolean> {
  return (await ledger.account.findFirst({ select: { id: true } })) === null;
}

/**
 * Makes the first account, the supervision office's (督办办公室). Two at once make one.
 *
 * @throws RefusedError `AlreadySetUp`, `PasswordUnfit`, `AddressUnfit`
 */
export async function claimInstance(ledger: Ledger, { name, email, password }: NewOffice): Promise<void> {
  const address = mailAddress(email);
  requireFit(password, { name, email: address });
  const hash = await hashedPassword(password);
  await ledger.$transaction(async (tx) => {
    await holdAccounts(tx);
    if ((await tx.account.findFirst({ select: { id: true } })) !== null)
      throw new RefusedError('AlreadySetUp', '督办办公室的账户已经建立，请登录。');
    const known = await tx.person.findUnique({ where: { scope_email: { scope: 'real', email: address } } });
    const person = known ?? (await tx.person.create({ data: { id: randomUUID(), name, email: address } }));
    await addAccount(tx, { personId: person.id, name: person.name, email: address, standing: 'office', hash });
  });
}

/** A new invitation; its token is shown here once and kept as a hash. */
export interface Invitation {
  readonly token: string;
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  readonly expiresAt: IsoInstant;
  /** `setsAnew` where the person has an account, and has lost what he signs in with. */
  readonly purpose: 'opens' | 'setsAnew';
}

/**
 * Invites a person to sign in, or to set a new password; earlier invitations of his are good no more.
 *
 * @throws RefusedError `UnknownPerson`, `AddressMissing`
 */
export async function invite(
  ledger: Ledger,
  { personId, standing, by, now }: { personId: string; standing: AccountStanding; by: string; now: IsoInstant },
): Promise<Invitation> {
  const person = await ledger.person.findUnique({ where: { id: personId }, include: { account: true } });
  if (person?.scope !== 'real') throw new RefusedError('UnknownPerson', '名册里没有这个人。');
  if (person.email === null || person.unreachable !== null)
    throw new RefusedError('AddressMissing', `${person.name}没有可用的登记邮箱，请先在名册里补上。`);
  const token = randomBytes(24).toString('base64url');
  const expiresAt = addMs(now, invitationMs);
  await ledger.$transaction([
    ledger.accountInvitation.updateMany({
      where: { personId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    }),
    ledger.accountInvitation.create({
      data: {
        ...{ id: randomUUID(), tokenHash: tokenHashOf(token), personId, email: person.email, standing },
        ...{ invitedBy: by, invitedAt: now, expiresAt },
      },
    }),
  ]);
  const purpose = isOpen(person.account) ? 'setsAnew' : 'opens';
  return { token, personId, personName: person.name, email: person.email, expiresAt, purpose };
}

/** Whose invitation a token is, while it is good. */
export async function readInvitation(ledger: LedgerTransaction, token: string, now: IsoInstant) {
  const found = await ledger.accountInvitation.findUnique({
    where: { tokenHash: tokenHashOf(token) },
    include: { person: { include: { account: true } } },
  });
  const isGood =
    found !== null &&
    found.acceptedAt === null &&
    found.revokedAt === null &&
    found.expiresAt.toISOString() > now &&
    // Who was given another address since was not the one who got this mail.
    found.person.email === found.email;
  return isGood ? found : undefined;
}

/**
 * Takes an invitation up: opens the account, also one that was closed, or sets a new password and signs the account out everywhere.
 *
 * @throws RefusedError `InvitationOver`, `PasswordUnfit`, `LastOffice`
 */
export async function acceptInvitation(
  ledger: Ledger,
  { token, password, now }: { token: string; password: string; now: IsoInstant },
): Promise<{ email: string }> {
  const invited = await readInvitation(ledger, token, now);
  if (invited === undefined) throw over();
  requireFit(password, { name: invited.person.name, email: invited.email });
  const hash = await hashedPassword(password);
  return ledger.$transaction(async (tx) => {
    await holdAccounts(tx);
    const { count } = await tx.accountInvitation.updateMany({
      where: { id: invited.id, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: now },
    });
    const still =
      count === 1 ? await tx.person.findUnique({ where: { id: invited.personId }, include: { account: true } }) : null;
    if (still?.email !== invited.email) throw over();
    const { id: personId, name, account } = still;
    const { email, standing, invitedBy } = invited;
    if (account === null) await addAccount(tx, { personId, name, email, standing, hash, invitedBy });
    else {
      if (standing !== 'office' && account.closedAt === null) await requireOtherOffice(tx, account);
      const open = { closedAt: null, closedBy: null };
      await tx.account.update({ where: { id: account.id }, data: { email, standing, ...open } });
      await tx.accountCredential.updateMany({ where: { userId: account.id }, data: { password: hash } });
      await forgetWaysIn(tx, { accountId: account.id, now });
    }
    return { email };
  });
}

/** Whether a person can sign in. */
export function isOpen(account: { readonly closedAt: Date | null } | null): boolean {
  return account !== null && account.closedAt === null;
}

/** What is said of an invitation that is good no more. */
export const invitationOver = '这个邀请链接已经用过、作废或过期了。请督办办公室重新邀请。';

function over(): RefusedError {
  return new RefusedError('InvitationOver', invitationOver);
}

async function addAccount(
  tx: LedgerTransaction,
  {
    hash,
    ...account
  }: { personId: string; name: string; email: string; standing: AccountStanding; hash: string; invitedBy?: string },
): Promise<void> {
  const id = randomUUID();
  const credential = { id: randomUUID(), accountId: id, providerId: 'credential', password: hash };
  await tx.account.create({ data: { id, emailVerified: true, ...account, credentials: { create: credential } } });
}

/** @throws RefusedError `PasswordUnfit` */
export function requireFit(password: string, { name, email }: { readonly name: string; readonly email: string }): void {
  const { min, max } = passwordLength;
  const says = (why: string) => new RefusedError('PasswordUnfit', why);
  if (password.length < min) throw says(`密码至少${String(min)}位。`);
  if (password.length > max) throw says(`密码最多${String(max)}位。`);
  if (new Set(password).size < 5) throw says('密码里不同的字符太少，容易被猜到。');
  const [account = ''] = email.split('@');
  const told = [name, account].filter((word) => word.length >= 2);
  if (told.some((word) => password.toLowerCase().includes(word.toLowerCase())))
    throw says('密码里不要有自己的姓名或邮箱名。');
}

/** @throws RefusedError `AddressUnfit` */
function mailAddress(text: string): string {
  const address = text.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw new RefusedError('AddressUnfit', '邮箱地址不对，请检查。');
  return address;
}
