import type { Ledger } from '../../prisma/client.ts';
import { addMs, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { MailSender } from './mail-sender.ts';
import { replyTokenOf, tokenHashOf } from './reply-address.ts';

/** Why an answer does not count as the person's who was written to. */
export type UnverifiedBecause = 'unknownToken' | 'expiredToken' | 'otherSender' | 'ambiguousSender';

export type Sender =
  | { readonly kind: 'verified'; readonly mailId: string }
  | { readonly kind: 'unverified'; readonly because: UnverifiedBecause; readonly mailId: string | null };

/** So long after all that a mail is about has ended, its reply address is still good. */
const answerableMs = 30 * 86_400_000;

/** Whether an answer counts as the person's who was written to: token and sender must both fit. */
export async function senderOf(
  ledger: Ledger,
  { envelopeTo, from, receivedAt }: { envelopeTo: string; from: MailSender; receivedAt: IsoInstant },
): Promise<Sender> {
  const token = replyTokenOf(envelopeTo);
  const mail =
    token === undefined
      ? null
      : await ledger.mail.findUnique({
          where: { tokenHash: tokenHashOf(token) },
          select: { id: true, address: true },
        });
  if (!mail) return { kind: 'unverified', because: 'unknownToken', mailId: null };
  const { id: mailId, address } = mail;
  const unverified = (because: UnverifiedBecause): Sender => ({ kind: 'unverified', because, mailId });
  if (from.kind === 'ambiguous') return unverified('ambiguousSender');
  if (address.trim().toLowerCase() !== from.address) return unverified('otherSender');
  const endedAt = await endOfAllIn(ledger, mailId);
  if (endedAt !== undefined && addMs(endedAt, answerableMs) < receivedAt) return unverified('expiredToken');
  return { kind: 'verified', mailId };
}

/** When the last of the issues and duties that a mail is about ended; undefined while any goes on, or where it is about none. */
async function endOfAllIn(ledger: Ledger, mailId: string): Promise<IsoInstant | undefined> {
  const [found] = await ledger.$queryRaw<{ goesOn: boolean | null; endedAt: Date | null }[]>`
    WITH line AS (
      SELECT r.* FROM "Delivery" d JOIN "OutboxRow" r ON r.key = d."rowKey" WHERE d."mailId" = ${mailId}
    ), ended AS (
      SELECT CASE WHEN i.phase IN ('archived', 'withdrawn', 'merged') THEN i."phaseSince" END AS at
      FROM "Issue" i WHERE i.id IN (
        SELECT "issueId" FROM line
        UNION SELECT jsonb_array_elements_text(content->'issueIds') FROM line
          WHERE "issueId" IS NULL AND jsonb_typeof(content->'issueIds') = 'array')
      UNION ALL
      SELECT o."closedAt" FROM line JOIN "RoundObligation" o ON o."roundId" = line."roundId" AND o.id = line."obligationId"
      WHERE line."issueId" IS NULL
    ) SELECT bool_or(at IS NULL) AS "goesOn", max(at) AS "endedAt" FROM ended`;
  return found?.goesOn === false ? found.endedAt?.toISOString() : undefined;
}
