import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { readLeader, readLeaders } from '../reading/index.ts';
import { queryOf, refOf } from './requests.ts';

const which = z.object({ clock: z.string().optional() });

/** `GET /leaders`, `GET /leaders/:ref`: what the pages of the same address tell. */
export function leaderRoutes({ ledger }: { readonly ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => {
    const { clock } = queryOf(context, which);
    return context.json(await readLeaders(ledger, { clockId: clock, sight: context.var.visit.sight }));
  });

  routes.get('/:ref', async (context) => context.json(await readLeader(ledger, refOf(context))));

  return routes;
}
