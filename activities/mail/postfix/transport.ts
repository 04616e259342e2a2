import { isIP } from 'node:net';
import { type MailTransport, type SendOutcome, smtpTransport } from '../transport.ts';
import { type PostfixPlace, postfixLookup } from './lookup.ts';

/** A connection to the Postfix of this machine, which is asked what became of a mail when its answer was not heard. */
export function postfixTransport(smtpUrl: string, place: PostfixPlace): MailTransport {
  const transport = smtpTransport(smtpUrl, 'world');
  const isDirect = isLoopback(new URL(smtpUrl).hostname);
  return {
    ...transport,
    whereabouts: postfixLookup(place),
    send: async (handover) => {
      const outcome = await transport.send(handover);
      return isDirect ? asReset(outcome) : outcome;
    },
  };
}

/**
 * A kernel resets a connection whose program ends with bytes unread (RFC 2525 §2.17; else it says that the stream ends). The
 * last byte that we had sent is the end of the data, so that was unread too, and Postfix has not accepted the mail. Only
 * on loopback, where nobody in between can reset.
 */
function asReset(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' && outcome.response === 'read ECONNRESET'
    ? { ...outcome, kind: 'deferred' }
    : outcome;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}
