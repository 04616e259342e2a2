import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import { previewBatchCorrection } from '../previews/batch-correction-preview.ts';
import { RefusedError } from '../refused-error.ts';
import type { RoundDuties } from '../round-duties.ts';
import { listBatches } from '../rounds/batch-list.ts';
import { listComments } from '../rounds/comment-list.ts';
import { issueIdsNamed, oneIssueNamed } from '../rounds/issue-ids-named.ts';
import { findComment, listRoundDuties } from '../rounds/round-duty-list.ts';
import type { Rounds } from '../rounds.ts';
import { acting, bodyOf, day, importMode, saidBy } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const words = z.string().trim().min(1, '没有写内容').max(20_000);
const batchCorrection = z.strictObject({
  ...acting,
  task: words.optional(),
  dueOn: day.optional(),
  issues: z.string().optional(),
  reason: z.string().default(''),
  mode: importMode,
});
const commentCorrection = z.strictObject({
  ...acting,
  text: words.optional(),
  /** `无`: it is about none. */
  issue: z.string().optional(),
  reason: z.string().default(''),
});

interface Dependencies {
  readonly ledger: Ledger;
  readonly rounds: Pick<Rounds, 'find'>;
  readonly roundDuties: RoundDuties;
}

/** What was told about a round, and what of it is corrected (更正): batches and comments. To stand under `/rounds`. */
export function roundCorrectionRoutes({ ledger, rounds, roundDuties }: Dependencies): Hono {
  const routes = new Hono();
  const roundOf = async (ref: string) => {
    const { id } = await rounds.find(ref);
    return ledger.round.findUniqueOrThrow({ where: { id }, select: { id: true, clockId: true } });
  };
  const openDuties = (roundId: string) => listRoundDuties(ledger, roundId, 'open');

  routes.get('/:ref/batches', async (context) => {
    const { id } = await roundOf(context.req.param('ref'));
    return context.json(await listBatches(ledger, id));
  });

  routes.get('/:ref/comments', async (context) => {
    const { id } = await roundOf(context.req.param('ref'));
    return context.json(await listComments(ledger, id));
  });

  routes.post('/:ref/batches/:number/corrections', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const { issues, mode, task, dueOn, reason, ...who } = await bodyOf(context, batchCorrection);
    const order = {
      ...(await saidBy(ledger, who, clockId)),
      number: batchNumber(context.req.param('number')),
      ...(task !== undefined && { task }),
      ...(dueOn !== undefined && { dueOn }),
      ...(issues !== undefined && { issueIds: await issueIdsNamed(ledger, id, issues) }),
      reason,
    };
    if (mode === 'preview') return context.json(await previewBatchCorrection(ledger, id, order));
    await roundDuties.correctBatch(id, order);
    return context.json({ ...(await correctedUnder(ledger, id, order)), duties: await openDuties(id) }, 201);
  });

  routes.post('/:ref/comments/:comment/corrections', async (context) => {
    const { id, clockId } = await roundOf(context.req.param('ref'));
    const commentId = await findComment(ledger, id, context.req.param('comment'));
    const { issue, text, reason, ...who } = await bodyOf(context, commentCorrection);
    const isNone = issue?.trim() === '无';
    const issueId = issue === undefined || isNone ? null : await oneIssueNamed(ledger, id, issue);
    await roundDuties.correctComment(id, {
      ...(await saidBy(ledger, who, clockId)),
      commentId,
      ...(text !== undefined && { text }),
      ...(issue !== undefined && issueId !== undefined && { issueId }),
      reason,
    });
    return context.json({ commentId, duties: await openDuties(id) }, 201);
  });

  return routes;
}

/** `1`, `第1批`. @throws RefusedError `NoSuchBatch` */
function batchNumber(ref: string): number {
  const [, digits] = /^第?\s*(\d{1,6})\s*批?$/u.exec(ref.normalize('NFKC').trim()) ?? [];
  if (digits === undefined) throw new RefusedError('NoSuchBatch', `本轮没有“${ref}”这一批督办，请看 round batches`);
  return Number(digits);
}

/** What came of the correction: the letters that replace earlier ones, and the units that owe nothing any more. */
async function correctedUnder(
  ledger: Ledger,
  roundId: string,
  { requestId, number }: { readonly requestId: string; readonly number: number },
) {
  const event = await ledger.roundEvent.findFirst({ where: { roundId, requestId, type: 'batchCorrected' } });
  if (event === null) throw new RefusedError('RequestIdTaken', '这个请求编号已经办过另一件事，请换一个');
  const { asks, closes } = event.detail as unknown as RoundFactOf<'batchCorrected'>;
  const [letters, closed] = await Promise.all([
    ledger.issuedLetter.findMany({
      where: {
        roundId,
        id: { startsWith: `letter/${roundId}/batch-${String(number)}-correction-${String(event.sequence)}/` },
      },
      select: { number: true, title: true },
      orderBy: { number: 'asc' },
    }),
    ledger.roundObligation.findMany({ where: { roundId, id: { in: [...closes] } }, select: { scope: true } }),
  ]);
  const units = closed.map(({ scope }) => (scope as { unit?: string } | null)?.unit ?? '');
  return { number, letters, released: units.filter((unit) => asks.every((ask) => ask.unit !== unit)) };
}

/** What the document of the API says of these routes. */
export const roundCorrectionDescriptions: RouteDescriptions = {
  'GET /rounds/:ref/batches': { says: '各批督办和更正经过' },
  'GET /rounds/:ref/comments': { says: '群众意见和更正经过' },
  'POST /rounds/:ref/batches/:number/corrections': { says: '更正督办批次', body: batchCorrection, made: 'made' },
  'POST /rounds/:ref/comments/:comment/corrections': { says: '更正群众意见', body: commentCorrection, made: 'made' },
};
