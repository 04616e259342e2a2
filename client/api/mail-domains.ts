import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { MisuseError } from '../misuse-error.ts';
import { decideMailDomain, readMailDomains } from '../mail-domains.ts';
import { previewMailDomain } from '../previews/mail-domain-preview.ts';
import { findPersonId } from '../reading/index.ts';
import { bodyOf, importMode } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const decision = z.strictObject({
  trust: z.enum(['trusted', 'distrusted']),
  reason: z.string().optional(),
  by: z.string().min(1, '没有写明是谁决定的').optional(),
  mode: importMode,
});

/** `GET /mail-domains`, `PUT /mail-domains/:domain`: to which domains a mail may carry a finding's words (保密). */
export function mailDomainRoutes({ ledger }: { ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => context.json(await readMailDomains(ledger)));

  routes.put('/:domain', async (context) => {
    const { by, reason = '', trust, mode } = await bodyOf(context, decision);
    const choice = { domain: context.req.param('domain'), trust };
    if (mode === 'preview') return context.json(await previewMailDomain(ledger, choice));
    if (by === undefined) throw new MisuseError('请求有误：“办理人”：没有写明是谁决定的');
    const decidedBy = await findPersonId(ledger, by, 'real');
    const decided = await decideMailDomain(ledger, { ...choice, reason, decidedBy });
    return context.json({ ...decided, ...(await readMailDomains(ledger)) });
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const mailDomainDescriptions: RouteDescriptions = {
  'GET /mail-domains': { says: '哪些邮箱域名收得到问题的内容（保密）' },
  'PUT /mail-domains/:domain': { says: '决定一个邮箱域名是否可信', body: decision },
};
