import type { MailSeen, OpenMailbox } from '../../../../client/incoming-mail/imap/mailbox.ts';

/** One of the moments at which a connection, the ledger or the program may end. */
export type BreakingPoint = 'afterList' | 'afterBytes' | 'beforeMark' | 'afterMark';

/** A mailbox whose connection can be made to break at a given call; what it holds outlives the connection. */
export class MailboxInMemory implements OpenMailbox {
  uidValidity = 7n;
  readonly mails = new Map<number, { bytes: Buffer; marks: number }>();
  readonly fetched: number[] = [];
  allowsMarks: 'yes' | 'no' = 'yes';
  breaksAt: BreakingPoint | undefined;
  sizeShownBytes: number | undefined;
  #nextUid = 1;
  #hasCome = false;
  #wake: () => void = () => undefined;

  arrive(...lines: string[]): number {
    const uid = this.#nextUid;
    this.#nextUid += 1;
    this.mails.set(uid, { bytes: Buffer.from(lines.join('\r\n')), marks: 0 });
    this.#hasCome = true;
    this.#wake();
    return uid;
  }

  marksOf(uid: number): number | undefined {
    return this.mails.get(uid)?.marks;
  }

  newAfter(uid: number): Promise<readonly MailSeen[]> {
    this.#hasCome = false;
    const seen = [...this.mails]
      .filter(([one]) => one > uid)
      .slice(0, 2)
      .map(([one, { bytes }]) => ({ uid: one, header: bytes, sizeBytes: this.sizeShownBytes ?? bytes.length }));
    return this.#answer('afterList', seen);
  }

  bytesOf(uid: number): Promise<Buffer | undefined> {
    this.fetched.push(uid);
    return this.#answer('afterBytes', this.mails.get(uid)?.bytes);
  }

  async mark(uid: number): Promise<'marked' | 'unmarked'> {
    if (this.breaksAt === 'beforeMark') throw new Error('broken');
    const mail = this.mails.get(uid);
    if (mail && this.allowsMarks === 'yes') mail.marks += 1;
    return this.#answer('afterMark', this.allowsMarks === 'yes' ? 'marked' : 'unmarked');
  }

  news(): Promise<void> {
    return this.#hasCome ? Promise.resolve() : new Promise((resolve) => (this.#wake = resolve));
  }

  close(): Promise<void> {
    this.#wake();
    return Promise.resolve();
  }

  #answer<Answer>(point: BreakingPoint, answer: Answer): Promise<Answer> {
    return this.breaksAt === point ? Promise.reject(new Error('broken')) : Promise.resolve(answer);
  }
}
