import { Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { showIssue } from '../pages/shown.tsx';
import { decideClosure } from './decide-closure.ts';
import { answered, by, type Form, formOf, parsed, requestId } from './form.ts';

const measure = z.coerce.number('请写措施的序号').int('请写措施的序号').min(0, '请写措施的序号');

const decisionSchema = z.discriminatedUnion(
  'decision',
  [
    z.object({
      decision: z.literal('approved'),
      by,
      requestId,
      stateHash: z.string(),
      acceptedEvidence: z.array(z.string()),
    }),
    z.object({
      decision: z.literal('returned'),
      by,
      requestId,
      reason: z.string().min(1, '退回须写明理由'),
      measures: z.array(measure),
    }),
  ],
  '请选择同意还是退回',
);

const proposalSchema = z.object({
  by,
  requestId,
  proposalId: z.string().min(1, '没有写明是哪件提请，请刷新再试'),
  decision: z.enum(['accepted', 'declined'], '请选择采纳还是不采纳'),
  reason: z.string().min(1, '请写明理由'),
});

const finding = z.string().min(1, '请写明看到的情况');
const lookBackSchema = z.discriminatedUnion(
  'outcome',
  [
    z.object({ outcome: z.literal('holds'), by, requestId, finding }),
    z.object({
      outcome: z.literal('rebound'),
      by,
      requestId,
      finding,
      deadline: z.string().refine(isIsoDate, '请写明新的整改时限'),
    }),
  ],
  '请选择成果巩固还是问题反弹',
);

/** What the office and the reviewer decide on an issue's page. */
export function issueForms(deps: PagesDependencies): Hono {
  const { issues } = deps;
  const app = new Hono();

  app.post('/issues/:id/closure-decision', (c) => {
    const id = c.var.subjectId ?? c.req.param('id');
    return answered(
      c,
      (shown) => showIssue(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const said = parsed(decisionSchema, {
          ...common(form),
          decision: form.text('decision'),
          stateHash: form.text('stateHash'),
          acceptedEvidence: form.texts('acceptedEvidence'),
          reason: form.text('reason'),
          measures: form.texts('measures'),
        });
        const decision =
          said.decision === 'approved'
            ? ({ kind: 'approved', stateHash: said.stateHash, acceptedEvidence: said.acceptedEvidence } as const)
            : ({ kind: 'returned', reason: said.reason, measures: said.measures } as const);
        return decideClosure(deps, id, { by: said.by, requestId: said.requestId, decision });
      },
    );
  });

  app.post('/issues/:id/proposal-decision', (c) => {
    const id = c.var.subjectId ?? c.req.param('id');
    return answered(
      c,
      (shown) => showIssue(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const request = parsed(proposalSchema, {
          ...common(form),
          proposalId: form.text('proposalId'),
          decision: form.text('decision'),
          reason: form.text('reason'),
        });
        await issues.decideProposal(id, { ...request, source: 'page' });
        return `/issues/${id}?done=decided`;
      },
    );
  });

  app.post('/issues/:id/look-back', (c) => {
    const id = c.var.subjectId ?? c.req.param('id');
    return answered(
      c,
      (shown) => showIssue(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const { outcome, ...request } = parsed(lookBackSchema, {
          ...common(form),
          outcome: form.text('outcome'),
          finding: form.text('finding'),
          deadline: form.text('deadline'),
        });
        const { by: who, requestId: request_, finding: found } = request;
        const rebound = 'deadline' in request ? { rebound: { deadline: request.deadline } } : {};
        await issues.recordLookBack(id, { by: who, requestId: request_, source: 'page', finding: found, ...rebound });
        return `/issues/${id}?done=${outcome === 'holds' ? 'archived' : 'rebounded'}`;
      },
    );
  });

  return app;
}

function common(form: Form) {
  return { by: form.by(), requestId: form.text('requestId') };
}
