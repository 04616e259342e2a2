import { automaticBecause } from './automatic.ts';
import { bouncedRecipients, isBounce } from './bounce/bounce.ts';
import type { BouncedRecipient } from './bounce/bounced-recipient.ts';
import { type MailHeader, openMail, type OpenedMail } from './open-mail.ts';
import { visibleAnswer } from './reply-text.ts';

type MailKind = 'reply' | 'automatic' | 'bounce' | 'forward' | 'unreadable';

/** What can be told of a mail from the mail alone; scripts read this form, so it is kept stable. */
export interface MailReading {
  readonly kind: MailKind;
  /** Lower case; empty when there is none. */
  readonly from: string;
  readonly subject: string;
  /** The visible answer, without quotes and signature. */
  readonly text: string;
  readonly attachments: readonly {
    readonly fileName: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  /** A non-empty reason for automatic mail, else null. */
  readonly automaticBecause: string | null;
  readonly bounce: readonly BouncedRecipient[];
}

/** The reading of what cannot be read as a mail. */
export const unreadableMail: MailReading = {
  kind: 'unreadable',
  from: '',
  subject: '',
  text: '',
  attachments: [],
  automaticBecause: null,
  bounce: [],
};

/** Reads a raw mail (.eml). One that cannot be read is `unreadable`; nothing is thrown. */
export async function readMail(raw: Uint8Array): Promise<MailReading> {
  const sorted = await sortMail(raw);
  if (sorted.kind === 'unreadable')
    return { ...unreadableMail, from: sorted.header?.fromAddress ?? '', subject: sorted.header?.subject ?? '' };
  const { kind, mail, because } = sorted;
  return {
    kind,
    from: mail.fromAddress,
    subject: mail.subject,
    text: visibleAnswer(mail.text),
    attachments: mail.files
      .filter(({ purpose }) => purpose === 'enclosed')
      .map(({ fileName, mediaType, sizeBytes, sha256 }) => ({ fileName, mediaType, sizeBytes, sha256 })),
    automaticBecause: because ?? null,
    bounce: kind === 'bounce' ? bouncedRecipients(mail) : [],
  };
}

export type SortedMail =
  | {
      readonly kind: 'unreadable';
      readonly because: string;
      /** Of a mail that is larger than a mail may be; what is no mail has none. */
      readonly header?: MailHeader;
      /** By what is seen of it without opening it. */
      readonly writtenBy?: 'person' | 'program';
    }
  | {
      readonly kind: Exclude<MailKind, 'unreadable'>;
      readonly mail: OpenedMail;
      /** Why a program wrote it. */
      readonly because: string | undefined;
    };

/** Takes a raw mail apart and says what kind it is. */
export async function sortMail(raw: Uint8Array): Promise<SortedMail> {
  let mail: OpenedMail;
  try {
    mail = await openMail(raw);
  } catch (error) {
    return { kind: 'unreadable', because: error instanceof Error ? error.message : String(error) };
  }
  if (mail.unopenedBecause !== undefined) {
    const writtenBy = isBounce(mail) || automaticBecause(mail) !== undefined ? 'program' : 'person';
    return { kind: 'unreadable', because: mail.unopenedBecause, header: mail, writtenBy };
  }
  const hasSender = mail.headers.has('from') || mail.headers.has('subject');
  if (!hasSender) return { kind: 'unreadable', because: '没有信头' };
  const because = automaticBecause(mail);
  if (isBounce(mail)) return { kind: 'bounce', mail, because: because ?? '是一封退信' };
  if (because !== undefined) return { kind: 'automatic', mail, because };
  return { kind: forwardedSubject.test(mail.subject) ? 'forward' : 'reply', mail, because: undefined };
}

const forwardedSubject = /^\s*(转发|轉寄|fwd?)\s*[:：]/i;
