import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { at } from '../../workflows/rules/instants.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import type { Rounds } from '../rounds.ts';
import { day, queryOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const query = z.object({ from: day.optional() });
/** The hour at which a round is taken to be launched on a day that is only named. */
const launchHour = '08:00';

/** The rehearsal of a round (预演), mounted beside the rounds: `GET /rounds/:ref/rehearsal`. */
export function rehearsalRoutes({ ledger, rounds }: { ledger: Ledger; rounds: Pick<Rounds, 'find'> }): Hono {
  const routes = new Hono();

  routes.get('/:ref/rehearsal', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const { from } = queryOf(context, query);
    return context.json(await rehearse(ledger, id, from === undefined ? {} : { from: at(from, launchHour) }));
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const rehearsalDescriptions: RouteDescriptions = {
  'GET /rounds/:ref/rehearsal': { says: '预演：交办后每天发多少、谁会被报到', query },
};
