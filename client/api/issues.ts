import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { Issues } from '../issues.ts';
import { MisuseError } from '../misuse-error.ts';
import { findIssueId, readIssue, readIssueList } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import type { Rounds } from '../rounds.ts';
import { findBodyIds } from '../rounds/body-names.ts';
import { acting, bodyOf, day, saidBy } from './requests.ts';

const filter = z.object({
  round: z.string().optional(),
  phase: z
    .enum(['assignment', 'rectification', 'closureReview', 'longTerm', 'lookBack', 'archived', 'withdrawn', 'merged'])
    .optional(),
  light: z.enum(['red', 'yellow', 'green', 'none']).optional(),
  unit: z.string().optional(),
  body: z.string().optional(),
  source: z.string().optional(),
  text: z.string().optional(),
});

const closure = z.strictObject({
  ...acting,
  outcome: z.enum(['done', 'basicallyDone', 'longTerm']).optional(),
  remainder: z.array(z.strictObject({ measure: z.number().int().min(0), deadline: day })).optional(),
});

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

const lookBack = z.strictObject({
  ...acting,
  finding: z.string().min(1, '没有写发现了什么'),
  partly: z.literal('partly').optional(),
  rebound: day.optional(),
});

const proposalDecision = z.strictObject({
  ...acting,
  proposal: z.string().min(1),
  decision: z.enum(['accepted', 'declined']),
  reason: z.string().min(1, '没有写理由'),
});

/** What people can ask of issues over the API. */
export type IssueRequests = Pick<
  Issues,
  | 'proposeClosure'
  | 'decideClosure'
  | 'decideProposal'
  | 'recordLookBack'
  | 'status'
  | 'ask'
  | 'askPermitted'
  | 'acknowledge'
  | 'reportProgress'
  | 'commit'
  | 'submitEvidence'
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

  const target = async (context: Context) => issueAsked(ledger, context.req.param('ref') ?? '');

  routes.get('/', async (context) => {
    const { round, body, ...rest } = filter.parse(context.req.query());
    const roundId = round === undefined ? undefined : (await rounds.find(round)).id;
    const bodyIds = body === undefined ? undefined : await findBodyIds(ledger, body, roundId);
    return context.json(await readIssueList(ledger, { ...rest, roundId, bodyIds }));
  });

  routes.get('/:ref', async (context) => context.json(await readIssue(ledger, context.req.param('ref'))));

  routes.post('/:ref/closure', async (context) => {
    const { issueId, scope } = await target(context);
    const { outcome, remainder, ...who } = await bodyOf(context, closure);
    const asked = { ...(outcome && { outcome }), ...(remainder && { remainder }) };
    await issues.proposeClosure(issueId, { ...(await saidBy(ledger, who, scope)), ...asked });
    return context.json(await readIssue(ledger, issueId));
  });

  routes.put('/:ref/closure/decision', async (context) => {
    const { issueId, scope } = await target(context);
    const request = await bodyOf(context, z.discriminatedUnion('decision', [approval, returning]));
    const said = await saidBy(ledger, request, scope);
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
    const { issueId, scope } = await target(context);
    const { finding, partly, rebound, ...who } = await bodyOf(context, lookBack);
    if (partly !== undefined && rebound !== undefined) throw new MisuseError('部分巩固与反弹只能写一个');
    const found = {
      finding,
      ...(partly !== undefined && { partly }),
      ...(rebound !== undefined && { rebound: { deadline: rebound } }),
    };
    await issues.recordLookBack(issueId, { ...(await saidBy(ledger, who, scope)), ...found });
    return context.json(await readIssue(ledger, issueId));
  });

  routes.post('/:ref/proposal-decisions', async (context) => {
    const { issueId, scope } = await target(context);
    const { proposal, decision, reason, ...who } = await bodyOf(context, proposalDecision);
    const said = await saidBy(ledger, who, scope);
    await issues.decideProposal(issueId, { ...said, proposalId: proposal, decision, reason });
    return context.json(await readIssue(ledger, issueId));
  });

  return routes;
}

/** The issue that is meant, and whose people can act on it: the real ones, or a drill's. */
export async function issueAsked(ledger: Ledger, ref: string): Promise<{ issueId: string; scope: string }> {
  const issueId = await findIssueId(ledger, ref);
  const { round } = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { round: { select: { clockId: true } } },
  });
  return { issueId, scope: round.clockId };
}

/** Whoever approves names the state that was seen; a beginning of its hash is enough to type. */
export async function closureSeen(
  issues: Pick<Issues, 'status'>,
  issueId: string,
  { state, evidence }: { readonly state: string; readonly evidence?: readonly string[] | undefined },
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
