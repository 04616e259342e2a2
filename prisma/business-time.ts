import type { IsoInstant } from '../workflows/rules/instants.ts';
import type { Ledger } from './client.ts';

/**
 * What time it is by a clock: the world's for `real`, else the moment the drill's conductor has opened.
 *
 * @throws Error when there is no such drill
 */
export async function businessNow(ledger: Pick<Ledger, 'drill'>, clockId: string): Promise<IsoInstant> {
  if (clockId === 'real') return new Date().toISOString();
  const { now } = await ledger.drill.findUniqueOrThrow({ where: { id: clockId }, select: { now: true } });
  return now.toISOString();
}
