import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { decideAnswer } from '../incoming-mail/decide-answer.ts';
import { importMail } from '../incoming-mail/import-mail.ts';
import type { Inbox } from '../incoming-mail/inbox.ts';
import { readUnverified } from '../reading/unverified.ts';
import { bodyOf, bytesOf, importMode, queryOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const importing = z.object({ ...upload, mode: importMode });
const whichClock = z.object({ clock: z.string().default('real') });
const decision = z.strictObject({
  act: z.enum(['accepted', 'setAside']),
  whose: z.string().min(1).optional(),
  issues: z.array(z.string().min(1)).optional(),
  reason: z.string().min(1, '没有写明理由'),
  by: z.string().min(1, '没有写明由谁核实'),
});

/**
 * `GET /incoming-answers`, `PUT /incoming-answers/:id/decision`: answers whose writer is not certain (来信核实);
 * `POST /incoming-answers`: a mail from a file.
 */
export function incomingAnswerRoutes({
  ledger,
  inbox,
  mailDomain,
  authservId,
}: {
  ledger: Ledger;
  inbox: Pick<Inbox, 'handleStored'>;
  mailDomain: string;
  authservId?: string | undefined;
}): Hono {
  const routes = new Hono();

  routes.post('/', async (context) => {
    const { mode } = queryOf(context, importing);
    const bytes = await bytesOf(context);
    return context.json(await importMail({ ledger, inbox, mailDomain, authservId }, { bytes, mode }));
  });

  routes.get('/', async (context) => {
    const { answers } = await readUnverified(ledger, queryOf(context, whichClock).clock);
    return context.json(answers);
  });

  routes.put('/:id/decision', async (context) => {
    const { whose: person, ...order } = await bodyOf(context, decision);
    const decided = await decideAnswer(ledger, { ref: context.req.param('id'), person, ...order });
    await inbox.handleStored();
    return context.json(decided);
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const incomingAnswerDescriptions: RouteDescriptions = {
  'GET /incoming-answers': { says: '来信待核：写信人不能确定的来信', query: whichClock },
  'POST /incoming-answers': { says: '导入一封来信', query: importing, file: '原信（.eml）' },
  'PUT /incoming-answers/:id/decision': { says: '决定一封来信采纳还是不予采纳', body: decision },
};
