import { Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { showOverview } from '../pages/shown.tsx';
import { findPrint } from '../prints/read-prints.ts';
import { recordDelivery } from '../prints/record-delivery.ts';
import { answered, formOf, parsed } from './form.ts';

const delivery = z.object({
  deliveredBy: z.string().min(1, '请选择由谁送达'),
  on: z.string().refine(isIsoDate, '请写明哪天送达'),
});

/** Says of a page (打印件) that it was brought. */
export function printForms(deps: PagesDependencies): Hono {
  const app = new Hono();

  app.post('/prints/:id/delivery', (c) =>
    answered(
      c,
      (shown) => showOverview(c, deps, shown),
      async () => {
        const form = await formOf(c);
        const ref = c.req.param('id');
        const { clockId } = await findPrint(deps.ledger, ref);
        const said = parsed(delivery, { deliveredBy: form.by(), on: form.text('on') });
        await recordDelivery(deps.ledger, { ref, ...said });
        return `/?clock=${encodeURIComponent(clockId)}&done=delivered`;
      },
    ),
  );

  return app;
}
