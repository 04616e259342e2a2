import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { readLeader, readLeaders } from '../reading/index.ts';
import { queryOf, refOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

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

/** What the document of the API says of these routes. */
export const leaderDescriptions: RouteDescriptions = {
  'GET /leaders': { says: '领导一览：各人等他办的、红灯和今后七天', query: which },
  'GET /leaders/:ref': { says: '一位领导：等他本人办的、红灯的缘由、会到他那里的' },
};
