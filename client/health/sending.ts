import type { Ledger } from '../../prisma/client.ts';
import { heldWords, readHeldMails } from '../reading/held-mails.ts';
import type { Check } from './check.ts';

/** Whether mails of the real clock wait for the sending rate of their domain; that they do is in order. Reads the ledger alone. */
export async function sendingRate(ledger: Ledger, now: Date): Promise<Check> {
  const held = await readHeldMails(ledger, 'real');
  const message = heldWords(held, now.toISOString()) ?? '正常';
  return { name: '发信限速', state: 'ok', count: held.count, sample: [], message };
}
