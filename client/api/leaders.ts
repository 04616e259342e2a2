import { Hono } from 'hono';
import type { Ledger } from '../../prisma/client.ts';
import { readLeader, readLeaders } from '../reading/index.ts';

/** `GET /leaders`, `GET /leaders/:ref`: what the pages of the same address tell. */
export function leaderRoutes({ ledger }: { readonly ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => {
    const clockId = context.req.query('clock');
    return context.json(await readLeaders(ledger, clockId === undefined ? {} : { clockId }));
  });

  routes.get('/:ref', async (context) => context.json(await readLeader(ledger, context.req.param('ref'))));

  return routes;
}
