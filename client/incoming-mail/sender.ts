import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { answerableUntil } from './answer-window.ts';
import { authenticationOf } from './authentication-results.ts';
import type { MailSender } from './mail-sender.ts';
import { replyTokenOf, tokenHashOf } from './reply-address.ts';

/** Why an answer does not count as the person's who was written to. */
export type UnverifiedBecause =
  'unknownToken' | 'expiredToken' | 'otherSender' | 'ambiguousSender' | 'notAuthenticated';

export type Sender =
  | { readonly kind: 'verified'; readonly mailId: string }
  | { readonly kind: 'unverified'; readonly because: UnverifiedBecause; readonly mailId: string | null };

interface Answering {
  readonly envelopeTo: string;
  readonly from: MailSender;
  /** Of the mail's header. */
  readonly authenticationResults: readonly string[];
  readonly receivedAt: IsoInstant;
  /** The mail server that must vouch for the sender's domain; undefined where nobody has to. */
  readonly authservId?: string | undefined;
}

/**
 * Whether an answer counts as the person's who was written to: token and sender must both fit, and our mail server must vouch for
 * the sender where that is demanded.
 */
export async function senderOf(
  ledger: Ledger,
  { envelopeTo, from, authenticationResults, receivedAt, authservId }: Answering,
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
  if (
    authservId !== undefined &&
    authenticationOf(authenticationResults, { authservId, address: from.address }) !== 'passed'
  )
    return unverified('notAuthenticated');
  const until = await answerableUntil(ledger, mailId);
  if (until !== undefined && until < dayOf(receivedAt)) return unverified('expiredToken');
  return { kind: 'verified', mailId };
}
