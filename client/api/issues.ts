import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { Issues } from '../issues.ts';
import { findIssueId, findPersonId, readIssue, readIssueList } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import type { Rounds } from '../rounds.ts';
import { acting, bodyOf, day } from './requests.ts';

const filter = z.object({
  round: z.string().optional(),
  phase: z.enum(['assignment', 'rectification', 'closureReview', 'longTerm', 'lookBack', 'archived']).optional(),
  light: z.enum(['red', 'yellow', 'green', 'none']).optional(),
  unit: z.string().optional(),
  text: z.string().optional(),
});

const closure = z.strictObject({ ...acting, outcome: z.enum(['done', 'longTerm']).optional() });

/** `state` is the hash of what was seen (`issue show`), or its beginning; evidence not named is accepted as a whole. */
const approval = z.strictObject({
  ...acting,
  decision: z.literal('approved'),
  state: z.string().regex(/^[0-9a-f]{8,64}$/u, '应是“问题详情”里状态码的前 8 位或更多'),
  evidence: z.array(z.string()).optional(),
});

const returning = z.strictObject({
  ...acting,
  decision: z.literal('returned'),
  reason: z.string(),
  measures: z.array(z.number().int().min(0)).default([]),
});

const lookBack = z.strictObject({ ...acting, finding: z.string().min(1, '没有写发现了什么'), rebound: day.optional() });

const proposalDecision = z.strictObject({
  ...acting,
  proposal: z.string().min(1),
  decision: z.enum(['accepted', 'declined']),
  reason: z.string().min(1, '没有写理由'),
});

/** What people can ask of issues over the API. */
export type IssueRequests = Pick<
  Issues,
  'proposeClosure' | 'decideClosure' | 'decideProposal' | 'recordLookBack' | 'status'
>;

/** Issues (反馈问题) and what office and reviewer decide about them. `:ref` is an id or a code. */
export function issueRoutes({
  ledger,
  issues,
  rounds,
}: {
  ledger: Ledger;
  issues: IssueRequests;
  rounds: Rounds;
}): Hono {
  const routes = new Hono();

  /** Who says it, for a request that came over the API. */
  const saidBy = async ({ by, requestId }: { by: string; requestId: string }) => ({
    requestId,
    by: await findPersonId(ledger, by),
    source: 'commandLine',
  });

  routes.get('/', async (context) => {
    const { round, ...rest } = filter.parse(context.req.query());
    const roundId = round === undefined ? undefined : (await rounds.find(round)).id;
    return context.json(await readIssueList(ledger, { ...rest, roundId }));
  });

  routes.get('/:ref', async (context) => context.json(await readIssue(ledger, context.req.param('ref'))));

  routes.post('/:ref/closure', async (context) => {
    const issueId = await findIssueId(ledger, context.req.param('ref'));
    const { outcome, ...who } = await bodyOf(context, closure);
    await issues.proposeClosure(issueId, { ...(await saidBy(who)), ...(outcome && { outcome }) });
    return context.json(await readIssue(ledger, issueId));
  });

  routes.put('/:ref/closure/decision', async (context) => {
    const issueId = await findIssueId(ledger, context.req.param('ref'));
    const request = await bodyOf(context, z.discriminatedUnion('decision', [approval, returning]));
    const said = await saidBy(request);
    if (request.decision === 'returned') {
      const { reason, measures } = request;
      await issues.decideClosure(issueId, { ...said, decision: { kind: 'returned', reason, measures } });
    } else {
      const seen = await closureSeen(issues, issueId, request);
      await issues.decideClosure(issueId, { ...said, decision: { kind: 'approved', ...seen } });
    }
    return context.json(await readIssue(ledger, issueId));
  });

  routes.post('/:ref/look-back', async (context) => {
    const issueId = await findIssueId(ledger, context.req.param('ref'));
    const { finding, rebound, ...who } = await bodyOf(context, lookBack);
    const found = { finding, ...(rebound !== undefined && { rebound: { deadline: rebound } }) };
    await issues.recordLookBack(issueId, { ...(await saidBy(who)), ...found });
    return context.json(await readIssue(ledger, issueId));
  });

  routes.post('/:ref/proposal-decisions', async (context) => {
    const issueId = await findIssueId(ledger, context.req.param('ref'));
    const { proposal, decision, reason, ...who } = await bodyOf(context, proposalDecision);
    await issues.decideProposal(issueId, { ...(await saidBy(who)), proposalId: proposal, decision, reason });
    return context.json(await readIssue(ledger, issueId));
  });

  return routes;
}

/** Whoever approves names the state that was seen; a beginning of its hash is enough to type. */
async function closureSeen(
  issues: Pick<Issues, 'status'>,
  issueId: string,
  { state, evidence }: z.infer<typeof approval>,
): Promise<{ stateHash: string; acceptedEvidence: readonly string[] }> {
  const { progress } = await issues.status(issueId);
  const stateHash = closureStateOf(issueId, progress) ?? '';
  if (progress.phase === 'closureReview' && !stateHash.startsWith(state)) {
    throw new RefusedError('StateChanged', '申请后材料有变化，请重新查看问题详情后再审核');
  }
  const received = progress.measures.flatMap((measure) =>
    measure.evidence.filter((one) => one.state !== 'returned').map(({ evidenceId }) => evidenceId),
  );
  return { stateHash, acceptedEvidence: evidence ?? received };
}
