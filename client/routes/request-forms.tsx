import { Hono } from 'hono';
import { z } from 'zod';
import type { PagesDependencies } from '../pages/deps.ts';
import { showIssue } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';
import { answered, type Form, formOf, parsed } from './form.ts';

const who = z.object({
  by: z.string().min(1, '请选择以谁的名义'),
  requestId: z.string().regex(/^page-[0-9a-f-]{36}$/, '页面放得太久了，请刷新再试'),
});

/** What the office's further forms on an issue's page ask for; the rule says what stands in the way. */
export function requestForms({ issues, ...deps }: PagesDependencies): Hono {
  const app = new Hono();

  app.post('/issues/:id/requests/:name', (c) => {
    const id = c.var.subjectId ?? c.req.param('id');
    return answered(
      c,
      (shown) => showIssue(c, { issues, ...deps }, id, shown),
      async () => {
        const form = await formOf(c);
        const said = { ...parsed(who, { by: form.by(), requestId: form.text('requestId') }), source: 'page' };
        await ask(issues, c.req.param('name'), id, said, form);
        return `/issues/${id}?done=decided`;
      },
    );
  });

  return app;
}

const extensionDecision = z.enum(['granted', 'refused'], '请选择同意还是不同意');
const disputeDecision = z.enum(['upheld', 'rejected'], '请选择结论');
const evidenceDecision = z.enum(['accepted', 'returned'], '请选择认可还是退回');

async function ask(
  issues: PagesDependencies['issues'],
  name: string,
  id: string,
  said: { readonly by: string; readonly requestId: string; readonly source: string },
  form: Form,
): Promise<void> {
  const reason = form.text('reason');
  switch (name) {
    case 'decideExtension':
      return issues.ask(name, id, { ...said, decision: parsed(extensionDecision, form.text('decision')), reason });
    case 'decideDispute':
      return issues.ask(name, id, { ...said, decision: parsed(disputeDecision, form.text('decision')), reason });
    case 'judgeEvidence': {
      const named = form.texts('evidence');
      const isAccepted = parsed(evidenceDecision, form.text('decision')) === 'accepted';
      const judged = { accepted: isAccepted ? named : [], returned: isAccepted ? [] : named };
      return issues.ask(name, id, { ...said, ...judged, reason });
    }
    case 'recheckItems': {
      const left = form.texts('left');
      const back = form.texts('asked').filter((one) => !left.includes(one));
      return issues.ask(name, id, { ...said, left, back, finding: form.text('finding') });
    }
    case 'resumeIssue':
    case 'undoLastStep':
      return issues.ask(name, id, { ...said, reason });
    default:
      throw new RefusedError('UnknownRequest', '没有这种请求');
  }
}
