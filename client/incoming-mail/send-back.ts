import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { RowsPlanned } from './plan-letter.ts';
import type { BouncedRecipient } from './bounce/bounced-recipient.ts';
import type { BounceEffect } from './verdict.ts';

interface Bounced {
  /** The mail of ours that came back, found by the reply address that the bounce was sent to. */
  readonly mailId: string;
  readonly bounce: readonly BouncedRecipient[];
}

/**
 * Takes a mail that left and came back because its address is gone (退信) for what it is: refused. Nobody counts as
 * reminded by it, the person's address is unreachable, and the post-office brings what is still owed on paper, as it does
 * with a mail that is refused at once. Only a server that had the mail knows the address that the bounce came to, so it
 * counts also where our own handover broke off before its answer: the lease is taken from whoever holds it. A bounce about
 * another address, or of a full mailbox or of content, changes nothing. A second call, also by another bounce of the same
 * mail, finds it done.
 */
export async function sendBack(
  { ledger, rowsPlanned }: { ledger: Ledger; rowsPlanned: RowsPlanned },
  { mailId, bounce }: Bounced,
): Promise<BounceEffect> {
  const mail = await ledger.mail.findUniqueOrThrow({
    where: { id: mailId },
    select: { address: true, personId: true, clockId: true },
  });
  const { address, personId, clockId } = mail;
  const ours = bounce.find(({ permanent, recipient }) => permanent && recipient === address.trim().toLowerCase());
  if (ours === undefined) return 'noted';
  const now = await businessNow(ledger, clockId);
  const response = `${dayOf(now)}退信：地址不存在或不再收信（${ours.status}）`;
  const effect = await ledger.$transaction(async (tx): Promise<BounceEffect> => {
    const { count } = await tx.mail.updateMany({
      where: { id: mailId, state: { in: ['prepared', 'handedOver', 'accepted'] } },
      data: { state: 'refused', response, leaseOwner: null, leaseUntil: null, nextAttemptAt: null },
    });
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { email: true } });
    if (count > 0) {
      await tx.person.updateMany({
        where: { id: personId, email: address, unreachable: null },
        data: { unreachable: response },
      });
      await tx.$executeRaw`
        UPDATE "OutboxRow" r SET state = 'claimed', "sentAt" = NULL
        FROM "Delivery" d WHERE d."rowKey" = r.key AND d."mailId" = ${mailId} AND r.state = 'sent'`;
    }
    return person.email === address ? 'addressGone' : 'addressCorrected';
  });
  await rowsPlanned(clockId, now);
  return effect;
}
