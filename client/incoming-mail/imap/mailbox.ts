/** A mail in the mailbox that nobody has looked at yet. */
export interface MailSeen {
  readonly uid: number;
  /** The lines that tell the recipient. */
  readonly header: Uint8Array;
  readonly sizeBytes: number;
}

/** A mailbox that is open. Its calls throw when the connection breaks, and then it is of no more use. */
export interface OpenMailbox {
  /** Under another number all UIDs are others (RFC 3501 §2.3.1.1). */
  readonly uidValidity: bigint;
  /** The first mails with a higher UID, by UID; none when there is no such mail. Marks nothing. */
  newAfter(uid: number): Promise<readonly MailSeen[]>;
  /** The whole mail as it is stored, not marked; undefined when it has gone since. */
  bytesOf(uid: number): Promise<Buffer | undefined>;
  /** Marks a mail that was taken, or moves it; `unmarked` when the mailbox does not allow that. Twice is as once. */
  mark(uid: number): Promise<'marked' | 'unmarked'>;
  /** Returns when something may have come, when the time is over, or when the connection has ended. */
  news(withinMs: number): Promise<void>;
  close(): Promise<void>;
}
