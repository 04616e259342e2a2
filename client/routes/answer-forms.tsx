import { Hono } from 'hono';
import { z } from 'zod';
import { codesNamed } from '../incoming-mail/codes-named.ts';
import { decideAnswer } from '../incoming-mail/decide-answer.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { showReply } from '../pages/shown.tsx';
import { answered, formOf, parsed } from './form.ts';

const decision = z.object({
  act: z.enum(['accepted', 'setAside']),
  reason: z.string().min(1, '请写明理由'),
  by: z.string().min(1, '请选择由谁核实'),
});

/** Says of an answer whose it is, or that it does not count (来信核实). */
export function answerForms(deps: PagesDependencies): Hono {
  const app = new Hono();

  app.post('/mailbox/replies/:id/decision', (c) => {
    const ref = c.req.param('id');
    return answered(
      c,
      (shown) => showReply(c, deps, ref, shown),
      async () => {
        const form = await formOf(c);
        const said = parsed(decision, { act: form.text('act'), reason: form.text('reason'), by: form.by() });
        const person = form.text('person');
        const { act } = await decideAnswer(deps.ledger, {
          ref,
          ...said,
          ...(person !== '' && { person }),
          issues: codesNamed(form.text('issues')),
        });
        await deps.inbox.handleStored();
        return `/mailbox/replies/${ref}?done=${act === 'accepted' ? 'accepted' : 'setAside'}`;
      },
    );
  });

  return app;
}
