import { Hono } from 'hono';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, inChinese } from '../../workflows/rules/instants.ts';
import { openMail } from '../incoming-mail/open-mail.ts';
import { findPersonId } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import { bodyOf } from './requests.ts';

/** A mail that goes by hand, because its reader has none (打印送达). */
export interface MailToPrint {
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  readonly subject: string;
  readonly preparedAt: string;
  /** The letter itself, as it is to be printed. */
  readonly text: string;
}

/** `GET /mails/to-print`, `PUT /mails/:id/printed`. */
export function mailRoutes({ ledger }: { ledger: Ledger }): Hono {
  const routes = new Hono();

  routes.get('/to-print', async (context) => {
    const clockId = context.req.query('clock') ?? 'real';
    const mails = await ledger.mail.findMany({
      where: { state: 'toPrint', clockId },
      select: { id: true, subject: true, preparedAt: true, raw: true, person: { select: { name: true, unit: true } } },
      orderBy: [{ preparedAt: 'asc' }, { id: 'asc' }],
    });
    const shown = mails.map(async ({ id, subject, preparedAt, raw, person }): Promise<MailToPrint> => ({
      id,
      person: person.name,
      unit: person.unit,
      subject,
      preparedAt: preparedAt.toISOString(),
      text: (await openMail(raw)).text,
    }));
    return context.json(await Promise.all(shown));
  });

  routes.put('/:id/printed', async (context) => {
    const found = await ledger.mail.findMany({
      where: { id: { startsWith: context.req.param('id') }, state: { in: ['toPrint', 'printed'] } },
      select: { id: true, state: true, clockId: true },
      take: 2,
    });
    const [mail] = found;
    if (mail === undefined || found.length > 1)
      throw new RefusedError('UnknownMail', '没有这一封待打印的信，见 mails to-print');
    const { by } = await bodyOf(context, z.strictObject({ by: z.string().min(1, '没有写明是谁送达的') }));
    const personId = await findPersonId(ledger, by, mail.clockId);
    const { name } = await ledger.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true } });
    const now = await businessNow(ledger, mail.clockId);
    // Said once: who brought it first stays on record.
    await ledger.mail.updateMany({
      where: { id: mail.id, state: 'toPrint' },
      data: { state: 'printed', response: `${inChinese(dayOf(now))}由${name}打印送达` },
    });
    return context.json({ id: mail.id, printed: mail.state === 'toPrint' ? 'now' : 'before' });
  });

  return routes;
}
