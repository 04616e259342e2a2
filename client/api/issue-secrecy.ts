import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { findIssueId, readIssue } from '../reading/index.ts';
import { decideSecrecy } from '../secrecy/decide-secrecy.ts';
import { previewSecrecy } from '../secrecy/preview-secrecy.ts';
import { acting, bodyOf, importMode, refOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const decision = z.strictObject({
  by: acting.by,
  requestId: acting.requestId,
  secrecy: z.enum(['ordinary', 'confidential']),
  reason: z.string().default(''),
  mode: importMode,
});

/** `PUT /issues/:ref/secrecy`: whether an issue as a whole is confidential (保密问题). */
export function issueSecrecyRoutes({ ledger }: { ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.put('/:ref/secrecy', async (context) => {
    const issueId = await findIssueId(ledger, refOf(context));
    const { mode, ...choice } = await bodyOf(context, decision);
    if (mode === 'preview') return context.json(await previewSecrecy(ledger, { ...choice, issueId }));
    await decideSecrecy(ledger, { ...choice, issueId });
    return context.json(await readIssue(ledger, issueId));
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const secrecyDescriptions: RouteDescriptions = {
  'PUT /issues/:ref/secrecy': { says: '设为保密问题，或解除保密', body: decision },
};
