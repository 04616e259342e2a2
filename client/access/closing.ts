import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { RefusedError } from '../refused-error.ts';

/**
 * Closes somebody's account for the office: from now on nobody signs in with it, its browsers are signed out, its tokens and the
 * invitation that waits are over, and what he signed in with beside his password is forgotten. A new invitation opens it again.
 * A second run changes nothing.
 *
 * @throws RefusedError `UnknownPerson`, `OwnAccount`, `LastOffice`
 */
export async function closeAccount(
  ledger: Ledger,
  { personId, by, now }: { readonly personId: string; readonly by: string; readonly now: IsoInstant },
): Promise<void> {
  await ledger.$transaction(async (tx) => {
    await holdAccounts(tx);
    const account = await tx.account.findUnique({ where: { personId } });
    if (account === null) throw new RefusedError('UnknownPerson', '这个人没有账户。');
    if (account.id === by) throw new RefusedError('OwnAccount', '不能停用自己的账户，请由督办办公室的其他人办。');
    if (account.closedAt !== null) return;
    await requireOtherOffice(tx, account);
    await tx.account.update({ where: { id: account.id }, data: { closedAt: now, closedBy: by } });
    await tx.accountInvitation.updateMany({
      where: { personId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    await forgetWaysIn(tx, { accountId: account.id, now });
    await tx.accountTotp.deleteMany({ where: { userId: account.id } });
    await tx.account.update({ where: { id: account.id }, data: { twoFactorEnabled: false } });
  });
}

/** Signs an account out everywhere, whatever it came in by: browsers, tokens and passkeys. */
export async function forgetWaysIn(
  tx: LedgerTransaction,
  { accountId, now }: { readonly accountId: string; readonly now: IsoInstant },
): Promise<void> {
  await tx.accountSession.deleteMany({ where: { userId: accountId } });
  await tx.accountPasskey.deleteMany({ where: { accountId } });
  await tx.accountToken.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: now } });
}

/** Until the transaction ends nobody else opens, closes or changes an account: two of the office might close each other's. */
export async function holdAccounts(tx: LedgerTransaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE "Account" IN SHARE ROW EXCLUSIVE MODE`;
}

/** @throws RefusedError `LastOffice` when the office would have no account left */
export async function requireOtherOffice(
  tx: LedgerTransaction,
  { id, standing }: { readonly id: string; readonly standing: string },
): Promise<void> {
  if (standing !== 'office') return;
  const other = await tx.account.findFirst({
    where: { standing: 'office', closedAt: null, id: { not: id } },
    select: { id: true },
  });
  if (other === null)
    throw new RefusedError('LastOffice', '这是督办办公室唯一的账户，停用或改为一般账户以前，请先为另一个人开通。');
}
