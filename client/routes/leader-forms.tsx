import { Hono } from 'hono';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import { conditionOfSight } from '../access/sight.ts';
import { askGenerally } from '../api/ask-generally.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { showLeader } from '../pages/leader-shown.tsx';
import { findIssueId, findPersonId } from '../reading/find.ts';
import { RefusedError } from '../refused-error.ts';
import { answered, type Form, formOf, parsed } from './form.ts';

const common = z.object({
  issueId: z.string().min(1, '没有写明是哪个问题，请刷新再试'),
  requestId: z.string().regex(/^page-[0-9a-f-]{36}$/, '页面放得太久了，请刷新再试'),
});
const question = z.object({ text: z.string().min(1, '请写明要问什么').max(2000, '问题太长，请写在2000字以内') });

/** What is asked for with each, and the word for it once it is done. */
const asks = {
  askStatus: { done: 'asked', body: (form: Form) => parsed(question, { text: form.text('text') }) },
  endorseAttestation: { done: 'endorsed', body: () => ({}) },
} as const;

/** What a leader does on his own page: asks how things stand (问询), endorses an attestation (复核长期坚持情况). */
export function leaderForms({ issues, ledger }: Pick<PagesDependencies, 'issues' | 'ledger'>): Hono {
  const app = new Hono();

  app.post('/leaders/:ref/requests/:name', (c) => {
    const { name } = c.req.param();
    const ref = c.var.subjectId ?? c.req.param('ref');
    return answered(
      c,
      (shown) => showLeader(c, { ledger }, ref, shown),
      async () => {
        const form = await formOf(c);
        if (!isAsked(name)) throw new RefusedError('UnknownRequest', '没有这种请求');
        const { issueId, requestId } = parsed(common, {
          issueId: form.text('issueId'),
          requestId: form.text('requestId'),
        });
        const body = asks[name].body(form);
        await findIssueId(ledger, issueId, conditionOfSight(c.var.visit.sight)?.condition);
        const said = { by: await findPersonId(ledger, ref), requestId, source: 'page' };
        const now = await nowOf(ledger, issueId);
        await askGenerally(issues, name, { ...said, ledger, issueId, now }, said, body);
        return `/leaders/${encodeURIComponent(ref)}?done=${asks[name].done}`;
      },
    );
  });

  return app;
}

function isAsked(name: string): name is keyof typeof asks {
  return Object.hasOwn(asks, name);
}

/** @throws RefusedError `UnknownIssue` */
async function nowOf(ledger: PagesDependencies['ledger'], issueId: string) {
  const issue = await ledger.issue.findUnique({
    where: { id: issueId },
    select: { round: { select: { clockId: true } } },
  });
  if (issue === null) throw new RefusedError('UnknownIssue', '没有这个问题');
  return businessNow(ledger, issue.round.clockId);
}
