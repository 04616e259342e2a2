import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { decideMailDomain, readMailDomains } from '../mail-domains.ts';
import { findPersonId } from '../reading/index.ts';
import { bodyOf } from './requests.ts';

const decision = z.strictObject({
  trust: z.enum(['trusted', 'distrusted']),
  reason: z.string(),
  by: z.string().min(1, '没有写明是谁决定的'),
});

/** `GET /mail-domains`, `PUT /mail-domains/:domain`: to which domains a mail may carry a finding's words (保密). */
export function mailDomainRoutes({ ledger }: { ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => context.json(await readMailDomains(ledger)));

  routes.put('/:domain', async (context) => {
    const { by, ...choice } = await bodyOf(context, decision);
    const decidedBy = await findPersonId(ledger, by, 'real');
    const domain = context.req.param('domain');
    const decided = await decideMailDomain(ledger, { ...choice, domain, decidedBy });
    return context.json({ ...decided, ...(await readMailDomains(ledger)) });
  });

  return routes;
}
