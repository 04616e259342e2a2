import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';

/** What all the clocks show at one glance. */
export interface Clocks {
  now(clockId: string): IsoInstant;
  today(clockId: string): IsoDate;
}

/** The clock asked for, else the real one if it has a round, else the last drill's. @param rounds the latest first */
export function shownClock(rounds: readonly { readonly clockId: string }[], wanted: string | undefined): string {
  const isReal = rounds.some(({ clockId }) => clockId === 'real');
  return wanted ?? (isReal ? 'real' : (rounds[0]?.clockId ?? 'real'));
}

/** Reads the real clock and every drill's, in two questions however many drills there are. */
export async function readClocks(ledger: Ledger): Promise<Clocks> {
  const [real, drills] = await Promise.all([
    businessNow(ledger, 'real'),
    ledger.drill.findMany({ select: { id: true, now: true } }),
  ]);
  const shown = new Map([['real', real], ...drills.map(({ id, now }) => [id, now.toISOString()] as const)]);
  const now = (clockId: string) => {
    const moment = shown.get(clockId);
    if (moment === undefined) throw new Error(`no clock ${clockId}`);
    return moment;
  };
  return { now, today: (clockId) => dayOf(now(clockId)) };
}
