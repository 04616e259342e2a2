import { z } from 'zod';

/** A mail that Postfix has accepted and still holds. */
export interface QueuedMail {
  readonly queueId: string;
  /** The envelope sender. */
  readonly sender: string;
}

const listed = z.object({ queue_id: z.string(), sender: z.string() });

/**
 * Reads what `postqueue -j` prints: a JSON object a line (postqueue(1)). It lists only mails whose queue file is
 * complete, which Postfix makes it before it says 250; so whatever stands here has been accepted.
 *
 * @throws Error when a line is no such object
 */
export function readQueue(printed: string): QueuedMail[] {
  return printed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { queue_id, sender } = listed.parse(JSON.parse(line));
      return { queueId: queue_id, sender };
    });
}
