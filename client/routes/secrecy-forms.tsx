import { Hono } from 'hono';
import { z } from 'zod';
import type { PagesDependencies } from '../pages/deps.ts';
import type { SecrecyShown } from '../pages/parts/secrecy-form.tsx';
import { showIssue } from '../pages/shown.tsx';
import { decideSecrecy } from '../secrecy/decide-secrecy.ts';
import { previewSecrecy } from '../secrecy/preview-secrecy.ts';
import { answered, formOf, parsed } from './form.ts';

const choice = z.object({
  secrecy: z.enum(['ordinary', 'confidential'], '请选择设为保密还是解除保密'),
  reason: z.string().min(1, '请写明理由'),
  by: z.string().min(1, '请选择以谁的名义'),
  requestId: z.string().regex(/^page-[0-9a-f-]{36}$/, '页面放得太久了，请刷新再试'),
});

/** Makes an issue confidential (保密问题) or ordinary again; before it is confirmed the page says who would see it. */
export function secrecyForms(deps: PagesDependencies): Hono {
  const { ledger } = deps;
  const app = new Hono();

  app.post('/issues/:id/secrecy', async (c) => {
    const issueId = c.var.subjectId ?? c.req.param('id');
    const again = (shown: Parameters<typeof showIssue>[3]) => showIssue(c, deps, issueId, shown);
    let secrecy: SecrecyShown | undefined;
    const done = await answered(c, again, async () => {
      const form = await formOf(c);
      const [reason, requestId] = [form.text('reason'), form.text('requestId')];
      const said = parsed(choice, { secrecy: form.text('secrecy'), reason, requestId, by: form.by() });
      if (form.text('confirmed') === 'yes') await decideSecrecy(ledger, { ...said, issueId });
      else secrecy = { preview: await previewSecrecy(ledger, { ...said, issueId }), reason };
      return `/issues/${issueId}?done=${said.secrecy === 'confidential' ? 'restricted' : 'lifted'}`;
    });
    return secrecy === undefined ? done : again({ secrecy });
  });

  return app;
}
