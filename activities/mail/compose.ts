import MailComposer from 'nodemailer/lib/mail-composer';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { signed, type SigningKey } from './dkim.ts';
import type { MailIdentity } from './keys.ts';
import { bracketed, type MailThread, referencesIn, threadIndex } from './thread.ts';

/** What a person reads: the two forms say the same. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailToCompose extends Rendered {
  readonly identity: MailIdentity;
  readonly kind: 'reminder' | 'answer' | 'acknowledgement';
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  /** Business time. */
  readonly sentAt: IsoInstant;
  /** In the order in which they stand in the mail. */
  readonly lines: readonly { readonly rowKey: string; readonly code: string | null }[];
  readonly thread: MailThread;
  /** The mail that this one answers; a reminder and a decision answer none, and only stand in their thread. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Without it the mail is not signed. */
  readonly signing?: SigningKey | undefined;
}

/** The mail's bytes (RFC 5322). The same input gives the same bytes: nothing in them is random, nothing reads a clock. */
export async function compose(mail: MailToCompose): Promise<Buffer> {
  const { identity } = mail;
  const options = {
    from: mail.from,
    to: mail.to,
    replyTo: identity.replyAddress,
    subject: mail.subject,
    date: new Date(mail.sentAt),
    messageId: `<${identity.messageId}>`,
    text: mail.text,
    html: mail.html,
    textEncoding: 'base64' as const,
    newline: '\r\n',
    baseBoundary: identity.id,
    headers: [
      ...automaticHeaders(mail),
      { key: 'Thread-Index', value: threadIndex(mail.thread, identity.messageId) },
      { key: 'X-Huitoukan-Kind', value: mail.kind },
      // A duty's code is Chinese, and a header in one piece is ASCII.
      ...mail.lines.map(({ rowKey, code }) => lineHeader(`${rowKey} ${encodeURIComponent(code ?? '-')}`)),
    ],
    ...(mail.inReplyTo !== undefined && { inReplyTo: bracketed(mail.inReplyTo) }),
    references: referencesIn(mail.thread, mail.references ?? []),
  };
  const raw = await new MailComposer(options).compile().build();
  return mail.signing === undefined ? raw : signed(raw, mail.signing);
}

/**
 * No person wrote it (RFC 3834 §5; the acknowledgement of a mail is what it calls a reply), and nobody's absence is to be
 * answered to it (Exchange, MS-OXCMAIL §2.1.3.2.20). Reports of what could not be delivered are wanted, so the value is not
 * `All`, nor are `DR` and `RN` named: such receipts come only to whoever asks for them.
 */
function automaticHeaders({ kind, inReplyTo }: MailToCompose) {
  const isReply = kind === 'acknowledgement' && inReplyTo !== undefined;
  return [
    { key: 'Auto-Submitted', value: isReply ? 'auto-replied' : 'auto-generated' },
    { key: 'X-Auto-Response-Suppress', value: 'OOF, AutoReply' },
  ];
}

/** Unfolded where that is allowed, so that the plainest reader finds the key in one piece. */
function lineHeader(value: string) {
  const isPlain = /^[\x20-\x7e]{1,900}$/.test(value);
  return { key: 'X-Huitoukan-Line', value: isPlain ? { prepared: true, foldLines: false, value } : value };
}
