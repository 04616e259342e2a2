import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** One mail that reached one recipient: a line of `accepted.jsonl`, which the ledger knows nothing of. */
export interface AcceptedMail {
  readonly messageId: string;
  readonly kind: string;
  readonly to: string;
  /** The keys of the outbox rows it carries. */
  readonly lines: readonly string[];
  /** The Date header: business time. */
  readonly date: IsoInstant | null;
  /** By the world's clock. */
  readonly acceptedAt: IsoInstant;
}

/**
 * All mails ever accepted, in order. A line that a crash cut off was never answered with 250 and is left out; no file
 * means no mail.
 */
export async function readAccepted(path: string): Promise<AcceptedMail[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AcceptedMail);
}

interface Waiting {
  readonly text: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Appends to `accepted.jsonl`; whatever has gathered while the disk was busy goes to it in one write and one flush. */
export class AcceptedFile {
  readonly #file: FileHandle;
  #sizeBytes: number;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #isFlushing = false;

  private constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
  }

  /** Opens or makes the file; half a line at its end, left by a crash, is cut off. */
  static async open(path: string): Promise<AcceptedFile> {
    await (await open(path, 'a')).close();
    const file = await open(path, 'r+');
    const content = await file.readFile();
    const sizeBytes = content.lastIndexOf(0x0a) + 1;
    if (sizeBytes < content.length) await file.truncate(sizeBytes);
    return new AcceptedFile(file, sizeBytes);
  }

  /** Returns when the mail's line is on the disk. */
  append(mail: AcceptedMail): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.#waiting.push({ text: `${JSON.stringify(mail)}\n`, done, failed });
    });
    if (!this.#isFlushing) this.#flushing = this.#flush();
    return written;
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const bytes = Buffer.from(batch.map(({ text }) => text).join(''));
        await this.#file.write(bytes, 0, bytes.length, this.#sizeBytes);
        await this.#file.datasync();
        this.#sizeBytes += bytes.length;
        for (const { done } of batch) done();
      } catch (error) {
        // What may have been written of these lines is written over by the next ones.
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isFlushing = false;
  }
}
