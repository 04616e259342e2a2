import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { previewBatch } from '../previews/batch-preview.ts';
import { RefusedError } from '../refused-error.ts';
import type { RoundDuties } from '../round-duties.ts';
import { bodyNamed } from '../rounds/body-names.ts';
import { evaluationRequest, proposeEvaluation } from '../rounds/evaluate.ts';
import { type CommentChannel, commentChannels } from '../rounds/comment-channels.ts';
import { issueIdsNamed, oneIssueNamed } from '../rounds/issue-ids-named.ts';
import { findComment, findRoundDuty, listRoundDuties } from '../rounds/round-duty-list.ts';
import type { Rounds } from '../rounds.ts';
import { acting, bodyOf, day, importMode, queryOf, saidBy } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const words = z.string().trim().min(1, '没有写内容').max(20_000);
const count = z.number().int().min(0);
const satisfaction = z.strictObject({ satisfied: count, basicallySatisfied: count, unsatisfied: count });

const report = z.strictObject({ ...acting, text: words });
const planDecision = z.strictObject({
  ...acting,
  body: z.string().optional(),
  decision: z.enum(['approved', 'returned']),
  reason: z.string().default(''),
});
const batch = z.strictObject({
  ...acting,
  issues: z.string(),
  title: z.string(),
  task: z.string(),
  dueOn: day.optional(),
  mode: importMode,
});
const comment = z.strictObject({
  ...acting,
  text: words,
  contact: z.string().max(500).optional(),
  channel: z.enum(Object.keys(commentChannels) as CommentChannel[]).optional(),
  issue: z.string().optional(),
  receivedOn: day.optional(),
  dueOn: day.optional(),
});
const answer = z.strictObject({ ...acting, answer: z.string() });
const judged = { satisfaction: satisfaction.optional(), body: z.string().optional() };
const proposing = z.strictObject(judged);
const evaluation = z.strictObject({ ...acting, ...judged, note: z.string().optional() });

/** What is met by a decision and not by a report, and how one decides it. */
const decidedBy: Partial<Record<ObligationKind, string>> = {
  planApproval: 'round plan',
  evaluation: 'round evaluate',
  publicComment: 'round answer-comment',
  lookBackDraw: 'round draw',
};

interface Dependencies {
  readonly ledger: Ledger;
  readonly rounds: Pick<Rounds, 'find'>;
  readonly roundDuties: RoundDuties;
  /** Keeps the words of a report; without it there are none. */
  readonly files?: Pick<EvidenceStore, 'keep'> | undefined;
}

const whichDuties = z.object({ which: z.enum(['open', 'all', 'ahead']).default('open') });

/** What a round owes as a whole, and what people do about it. To stand under `/rounds`; draws have routes of their own. */
export function roundDutyRoutes({ ledger, rounds, roundDuties, files }: Dependencies): Hono {
  const routes = new Hono();
  const roundOf = async (ref: string) => {
    const { id } = await rounds.find(ref);
    return ledger.round.findUniqueOrThrow({ where: { id }, select: { id: true, clockId: true } });
  };
  const openDuties = (roundId: string) => listRoundDuties(ledger, roundId, 'open');

  routes.get('/:ref/duties', async (context) => {
    const { id } = await roundOf(context.req.param('ref'));
    return context.json(await listRoundDuties(ledger, id, queryOf(context, whichDuties).which));
  });

  routes.post('/:ref/duties/:duty/reports', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const duty = await findRoundDuty(ledger, id, context.req.param('duty'));
    const { text, ...who } = await bodyOf(context, report);
    const said = await saidBy(ledger, who, clockId);
    await requireReportable(ledger, duty, said.requestId);
    if (files === undefined) throw new RefusedError('NoFiles', '这里不能存放文件');
    const { sha256 } = await files.keep(new TextEncoder().encode(text), 'text/plain; charset=utf-8');
    await roundDuties.report(id, { ...said, obligationId: duty.id, noteId: `file/${sha256}` });
    return context.json({ reported: duty.id, title: duty.title, duties: await openDuties(id) });
  });

  routes.put('/:ref/plan/decision', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const { body, decision, reason, ...who } = await bodyOf(context, planDecision);
    const named = body === undefined ? null : bodyNamed(body, await ledger.body.findMany({ where: { roundId: id } }));
    const said = await saidBy(ledger, who, clockId);
    await roundDuties.decidePlan(id, { ...said, decision, reason, ...(named && { bodyId: named.id }) });
    return context.json({ decision, body: named?.name ?? null, duties: await openDuties(id) });
  });

  routes.post('/:ref/batches', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const { issues, title, task, dueOn, mode, ...who } = await bodyOf(context, batch);
    const said = await saidBy(ledger, who, clockId);
    const issueIds = await issueIdsNamed(ledger, id, issues);
    if (mode === 'preview') {
      const order = { title, task, issueIds, ...(dueOn !== undefined && { dueOn }) };
      return context.json(await previewBatch(ledger, id, { ...said, ...order }));
    }
    await roundDuties.issueBatch(id, { ...said, title, task, issueIds, ...(dueOn !== undefined && { dueOn }) });
    const { number, letters } = await issuedUnder(ledger, id, said.requestId);
    return context.json({ number, letters, duties: await openDuties(id) }, 201);
  });

  routes.post('/:ref/comments', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const { text, contact, channel, issue, receivedOn, dueOn, ...who } = await bodyOf(context, comment);
    const said = await saidBy(ledger, who, clockId);
    const issueId = issue === undefined ? undefined : await oneIssueNamed(ledger, id, issue);
    const commentId = await roundDuties.receiveComment(id, {
      ...said,
      text,
      ...(contact !== undefined && { contact }),
      ...(channel !== undefined && { channel }),
      ...(issueId !== undefined && { issueId }),
      ...(receivedOn !== undefined && { receivedOn }),
      ...(dueOn !== undefined && { dueOn }),
    });
    return context.json({ commentId, duties: await openDuties(id) }, 201);
  });

  routes.put('/:ref/comments/:comment/answer', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const commentId = await findComment(ledger, id, context.req.param('comment'));
    const { answer: text, ...who } = await bodyOf(context, answer);
    await roundDuties.answerComment(id, { ...(await saidBy(ledger, who, clockId)), commentId, answer: text });
    return context.json({ commentId, duties: await openDuties(id) });
  });

  routes.post('/:ref/evaluation-proposals', async (context) => {
    const { id } = await roundOf(context.req.param('ref'));
    const { satisfaction: felt, body } = await bodyOf(context, proposing);
    return context.json(
      await proposeEvaluation(ledger, id, { body, ...(felt !== undefined && { satisfaction: felt }) }),
    );
  });

  routes.post('/:ref/evaluations', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const { satisfaction: felt, body, note, ...who } = await bodyOf(context, evaluation);
    const said = await saidBy(ledger, who, clockId);
    const proposed = await proposeEvaluation(ledger, id, { body, ...(felt !== undefined && { satisfaction: felt }) });
    await roundDuties.recordEvaluation(id, { ...said, ...evaluationRequest(proposed, note) });
    return context.json({ ...proposed, duties: await openDuties(id) }, 201);
  });

  return routes;
}

/** A report about what is closed or is decided otherwise would meet nothing; the same one once more is let through. */
async function requireReportable(
  ledger: Ledger,
  duty: {
    readonly roundId: string;
    readonly kind: ObligationKind;
    readonly title: string;
    readonly closedAt: Date | null;
  },
  requestId: string,
): Promise<void> {
  const command = decidedBy[duty.kind];
  if (command !== undefined) throw new RefusedError('NotByReport', `“${duty.title}”不以报告办结，请用 ${command} 办理`);
  if (duty.closedAt === null) return;
  const { roundId } = duty;
  const same = await ledger.roundEvent.findFirst({ where: { roundId, requestId }, select: { sequence: true } });
  if (same === null) throw new RefusedError('DutyClosed', `“${duty.title}”已经办结或已过期`);
}

/** The batch that came of the request, with its letters (督办单). */
async function issuedUnder(ledger: Ledger, roundId: string, requestId: string) {
  const event = await ledger.roundEvent.findFirstOrThrow({ where: { roundId, requestId, type: 'batchIssued' } });
  const { number } = event.detail as unknown as RoundFactOf<'batchIssued'>;
  const letters = await ledger.issuedLetter.findMany({
    where: { roundId, id: { startsWith: `letter/${roundId}/batch-${String(number)}/` } },
    select: { number: true, title: true },
    orderBy: { number: 'asc' },
  });
  return { number, letters };
}

/** What the document of the API says of these routes. */
export const roundDutyDescriptions: RouteDescriptions = {
  'GET /rounds/:ref/duties': { says: '一轮自己欠的：整改方案、周检查、月调度、报告', query: whichDuties },
  'POST /rounds/:ref/duties/:duty/reports': { says: '报告一项轮次义务', body: report },
  'PUT /rounds/:ref/plan/decision': { says: '审定整改方案', body: planDecision },
  'POST /rounds/:ref/batches': { says: '下达督办批次', body: batch, made: 'made' },
  'POST /rounds/:ref/comments': { says: '登记群众意见', body: comment, made: 'made' },
  'PUT /rounds/:ref/comments/:comment/answer': { says: '答复群众意见', body: answer },
  'POST /rounds/:ref/evaluation-proposals': { says: '按政策试算评估结果，不登记', body: proposing },
  'POST /rounds/:ref/evaluations': { says: '登记评估', body: evaluation, made: 'made' },
};
