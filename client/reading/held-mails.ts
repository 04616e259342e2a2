import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { shortDayWords, timeWords } from './words.ts';

/** What the sending rates keep back (限速), as the post-office last saw it. */
export interface HeldMails {
  readonly count: number;
  /** When the last of them leaves; null when there is none. */
  readonly until: IsoInstant | null;
}

export async function readHeldMails(ledger: Ledger, clockId: string): Promise<HeldMails> {
  const office = await ledger.postOffice.findUnique({ where: { clockId }, select: { held: true, heldUntil: true } });
  return { count: office?.held ?? 0, until: office?.heldUntil?.toISOString() ?? null };
}

/** `限速中，余 40 封，预计 09:12 发完`, with the day when that is not today; undefined when nothing is kept back. */
export function heldWords({ count, until }: HeldMails, now: IsoInstant): string | undefined {
  if (count === 0 || until === null) return undefined;
  const day = dayOf(until) === dayOf(now) ? '' : `${shortDayWords(dayOf(until))} `;
  return `限速中，余 ${String(count)} 封，预计 ${day}${timeWords(until)} 发完`;
}
