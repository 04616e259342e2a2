import type { Context } from 'hono';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { seesWhole } from '../access/sight.ts';
import { readClocks } from '../reading/clocks.ts';
import { type PersonReading, readRoleHolders } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';

/** A round of which something is shown that belongs to all of it. */
export interface WholeRound {
  readonly id: string;
  readonly name: string;
  /** By the round's own clock. */
  readonly today: IsoDate;
  readonly office: readonly PersonReading[];
}

/** @throws RefusedError `NotWhole` to whoever sees a part of the round alone */
export async function readWholeRound(c: Context, ledger: Ledger, id: string): Promise<WholeRound> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, clockId: true },
  });
  if (seesWhole(c.var.visit.sight, round) === 'part')
    throw new RefusedError('NotWhole', '这是全轮的事，您只看得到本轮的一部分；与您的问题有关的，在问题的经过里看。');
  const now = (await readClocks(ledger)).now(round.clockId);
  const holders = await readRoleHolders(ledger, [{ id, now }]);
  return { id, name: round.name, today: dayOf(now), office: holders.holding(id, null, 'office') };
}
