import { decodeWords } from 'postal-mime';
import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** One mail of ours as its reader got it, as far as its header tells: what practice people decide upon. */
export interface OutgoingMail {
  /** Without angle brackets; empty when the mail has none. */
  readonly messageId: string;
  /** `reminder`, `answer` or `acknowledgement`; empty for a mail that is not ours. */
  readonly kind: string;
  /** The envelope's recipient, in lower case. */
  readonly to: string;
  /** The Date header: business time. Null when there is none. */
  readonly sentAt: IsoInstant | null;
  /** In the order in which they stand in the mail. */
  readonly lines: readonly OutgoingLine[];
}

export interface OutgoingLine {
  /** `issue/cycle/obligation/rung/role/plannedOn` for a reminder. */
  readonly key: string;
  /** `GM-07`; `-` for a line about no issue. */
  readonly code: string;
}

/** Reads the header alone: bodies are for people, and hundreds of mails a second come in. */
export function readOutgoingMail(raw: Buffer, recipient: string): OutgoingMail {
  const headers = headersOf(raw);
  const first = (name: string) => headers.find(([key]) => key === name)?.[1] ?? '';
  const sentAt = new Date(first('date'));
  return {
    messageId: first('message-id').replace(/^<|>$/g, ''),
    kind: first('x-huitoukan-kind'),
    to: recipient.trim().toLowerCase(),
    sentAt: Number.isNaN(sentAt.getTime()) ? null : sentAt.toISOString(),
    lines: headers.filter(([key]) => key === 'x-huitoukan-line').map(([, value]) => lineOf(value)),
  };
}

function lineOf(value: string): OutgoingLine {
  const plain = value.includes('=?') ? decodeWords(value) : value;
  const gap = plain.lastIndexOf(' ');
  return gap < 0 ? { key: plain, code: '-' } : { key: plain.slice(0, gap), code: decoded(plain.slice(gap + 1)) };
}

/** A code in Chinese (GM-周检3) is percent-encoded in the header; text that only looks so is left as it is. */
function decoded(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

/** Names in lower case, values unfolded (RFC 5322 §2.2.3), in the order of the mail. */
function headersOf(raw: Buffer): (readonly [string, string])[] {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.subarray(0, end < 0 ? raw.length : end).toString('utf8');
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const];
    });
}
