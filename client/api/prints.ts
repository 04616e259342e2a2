import { Hono } from 'hono';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { findPrint, readPrints } from '../prints/read-prints.ts';
import { recordDelivery } from '../prints/record-delivery.ts';
import { findPersonId } from '../reading/index.ts';
import { bodyOf, day, queryOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const which = z.object({ clock: z.string().default('real'), which: z.enum(['waiting', 'all']).default('waiting') });
const delivery = z.strictObject({ by: z.string().min(1, '没有写明是谁送达的'), on: day.optional() });

/** `GET /prints`, `GET /prints/:id`, `PUT /prints/:id/delivery`: pages for people without mail (打印送达). */
export function printRoutes({ ledger }: { ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => {
    const { clock: clockId, which: wanted } = queryOf(context, which);
    const today = dayOf(await businessNow(ledger, clockId));
    return context.json(await readPrints(ledger, { clockId, today, which: wanted }));
  });

  routes.get('/:id', async (context) => {
    const { id, person, raw } = await findPrint(ledger, context.req.param('id'));
    return context.json({ id, person: person.name, html: Buffer.from(raw).toString() });
  });

  routes.put('/:id/delivery', async (context) => {
    const ref = context.req.param('id');
    const { clockId } = await findPrint(ledger, ref);
    const { by, on } = await bodyOf(context, delivery);
    const deliveredBy = await findPersonId(ledger, by, clockId);
    return context.json(await recordDelivery(ledger, { ref, deliveredBy, on }));
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const printDescriptions: RouteDescriptions = {
  'GET /prints': { says: '打印件一览', query: which },
  'GET /prints/:id': { says: '一份打印件（A4，HTML）' },
  'PUT /prints/:id/delivery': { says: '登记打印件已送达', body: delivery },
};
