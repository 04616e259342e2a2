import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { RoundDuties } from '../round-duties.ts';
import { drawRoundLookBacks, previewDraw, verifyDraw } from '../rounds/draw-look-backs.ts';
import { type DrawChecked, type DrawReading, inCodes, issuesNamed } from '../rounds/draw-readings.ts';
import type { Rounds } from '../rounds.ts';
import { acting, bodyOf, saidBy } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const drawing = z.strictObject({ ...acting, seed: z.string().trim().min(1).max(200).optional() });

/** What became of a draw. */
export type DrawDone = DrawReading & {
  readonly refused: readonly { readonly code: string; readonly message: string }[];
};

interface Dependencies {
  readonly ledger: Ledger;
  readonly issues: Pick<Issues, 'ask'>;
  readonly rounds: Pick<Rounds, 'find'>;
  readonly roundDuties: Pick<RoundDuties, 'ask'>;
}

/** Draws of look-backs (抽取回头看). To stand under `/rounds`; `:ref` may name one draw where it is run again. */
export function roundDrawRoutes({ ledger, issues, rounds, roundDuties }: Dependencies): Hono {
  const routes = new Hono();

  routes.post('/:ref/draws', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id }, select: { clockId: true } });
    const { seed, ...who } = await bodyOf(context, drawing);
    const said = await saidBy(ledger, who, clockId);
    const outcome = await drawRoundLookBacks({ ledger, issues, duties: roundDuties }, id, said, { seed });
    const named = await issuesNamed(ledger, id);
    const refused = outcome.refused.map(({ issueId, message }) => ({ code: named(issueId).code, message }));
    return context.json({ ...inCodes(outcome, named), refused } satisfies DrawDone, 201);
  });

  routes.get('/:ref/draws/preview', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    return context.json(await previewDraw(ledger, id));
  });

  routes.get('/:ref/draws/check', async (context) => {
    const draws = await drawsNamed({ ledger, rounds }, context.req.param('ref'));
    const checked: DrawChecked[] = [];
    for (const { id, roundId } of draws) {
      const { state, again } = await verifyDraw(ledger, id);
      const named = await issuesNamed(ledger, roundId);
      checked.push({ ...inCodes({ drawId: id, ...again }, named), state });
    }
    return context.json(checked);
  });

  return routes;
}

/** One draw by its id, or all of a round's. @throws RefusedError `UnknownDraw`, `UnknownRound`, `AmbiguousRound` */
async function drawsNamed({ ledger, rounds }: Pick<Dependencies, 'ledger' | 'rounds'>, ref: string) {
  const select = { id: true, roundId: true } as const;
  const one = await ledger.lookBackDraw.findUnique({ where: { id: ref }, select });
  if (one !== null) return [one];
  const { id: roundId } = await rounds.find(ref);
  const draws = await ledger.lookBackDraw.findMany({ where: { roundId }, select, orderBy: { id: 'asc' } });
  if (draws.length === 0) throw new RefusedError('UnknownDraw', '本轮还没有抽取过');
  return draws;
}

/** What the document of the API says of these routes. */
export const roundDrawDescriptions: RouteDescriptions = {
  'POST /rounds/:ref/draws': { says: '抽取回头看', body: drawing, made: 'made' },
  'GET /rounds/:ref/draws/preview': { says: '抽取以前：从哪些里抽、抽几项' },
  'GET /rounds/:ref/draws/check': { says: '照留底重抽一遍，看是否一样' },
};
