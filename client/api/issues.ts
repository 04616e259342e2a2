import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { findSubject } from '../access/find-subject.ts';
import { seenIssue } from '../access/seen-issue.ts';
import { seesAll, type Sight } from '../access/sight.ts';
import type { Said } from '../../workflows/messages.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { IssueRequest, IssueRequestName } from '../../workflows/rules/requests/index.ts';
import type { Issues } from '../issues.ts';
import { MisuseError } from '../misuse-error.ts';
import { previewRequest } from '../previews/request-preview.ts';
import { findIssueId, readIssue, readIssueList } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import type { Rounds } from '../rounds.ts';
import { findBodyIds } from '../rounds/body-names.ts';
import { acting, bodyOf, day, importMode, queryOf, refOf, saidBy } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

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
  /** Those that follow this one, by its id, in the list's order. */
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});

const closure = z.strictObject({
  ...acting,
  mode: importMode,
  outcome: z.enum(['done', 'basicallyDone', 'longTerm']).optional(),
  remainder: z.array(z.strictObject({ measure: z.number().int().min(0), deadline: day })).optional(),
});

/** `state` is the hash of what was seen (`issue show`), or its beginning; evidence not named is accepted as a whole. */
const approval = z.strictObject({
  ...acting,
  mode: importMode,
  decision: z.literal('approved'),
  state: z.string().regex(/^[0-9a-f]{8,64}$/u, '应是“问题详情”里状态码的前 8 位或更多'),
  evidence: z.array(z.string()).optional(),
});

const returning = z.strictObject({
  ...acting,
  mode: importMode,
  decision: z.literal('returned'),
  reason: z.string(),
  measures: z.array(z.number().int().min(0)).default([]),
});

const closureDecision = z.discriminatedUnion('decision', [approval, returning]);

const lookBack = z.strictObject({
  ...acting,
  mode: importMode,
  finding: z.string().min(1, '没有写发现了什么'),
  partly: z.literal('partly').optional(),
  rebound: day.optional(),
});

const proposalDecision = z.strictObject({
  ...acting,
  mode: importMode,
  proposal: z.string().min(1),
  decision: z.enum(['accepted', 'declined']),
  reason: z.string().min(1, '没有写理由'),
});

/** What people can ask of issues over the API. */
export type IssueRequests = Pick<
  Issues,
  'status' | 'ask' | 'askPermitted' | 'acknowledge' | 'reportProgress' | 'commit' | 'submitEvidence'
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

  const target = async (context: Context) => issueAsked(ledger, refOf(context));
  /** By the beginning of its id as well, for whoever sees all. */
  const seenRound = async (sight: Sight, ref: string) =>
    seesAll(sight) ? (await rounds.find(ref)).id : (await findSubject.round({ ledger, sight, ref, query: {} })).id;
  /** How the issue stands once it is done; of a preview, only what would come of it. */
  const askedOrShown = async <Name extends IssueRequestName>(
    name: Name,
    issueId: string,
    request: Said & IssueRequest<Name>,
    { mode, sight }: { readonly mode: 'write' | 'preview'; readonly sight: Sight },
  ) => {
    if (mode === 'preview') return previewRequest(ledger, name, issueId, request);
    await issues.ask(name, issueId, request);
    return seenIssue(ledger, sight, await readIssue(ledger, issueId));
  };

  routes.get('/', async (context) => {
    const { round, body, after, limit, ...rest } = queryOf(context, filter);
    const { sight } = context.var.visit;
    const roundId = round === undefined ? undefined : await seenRound(sight, round);
    const bodyIds = body === undefined ? undefined : await findBodyIds(ledger, body, { roundId, sight });
    const of = { ...rest, roundId, bodyIds, sight: seesAll(sight) ? undefined : sight };
    return context.json(await readIssueList(ledger, of, { after, limit }));
  });

  routes.get('/:ref', async (context) =>
    context.json(await seenIssue(ledger, context.var.visit.sight, await readIssue(ledger, refOf(context)))),
  );

  routes.post('/:ref/closure', async (context) => {
    const { issueId, scope } = await target(context);
    const { outcome, remainder, mode, ...who } = await bodyOf(context, closure);
    const asked = { ...(outcome && { outcome }), ...(remainder && { remainder }) };
    const said = await saidBy(ledger, who, scope);
    return context.json(
      await askedOrShown('proposeClosure', issueId, { ...said, ...asked }, { mode, sight: context.var.visit.sight }),
    );
  });

  routes.put('/:ref/closure/decision', async (context) => {
    const { issueId, scope } = await target(context);
    const request = await bodyOf(context, closureDecision);
    const said = await saidBy(ledger, request, scope);
    const decision =
      request.decision === 'returned'
        ? ({ kind: 'returned', reason: request.reason, measures: request.measures } as const)
        : ({ kind: 'approved', ...(await closureSeen(issues, issueId, request)) } as const);
    const how = { mode: request.mode, sight: context.var.visit.sight };
    return context.json(await askedOrShown('decideClosure', issueId, { ...said, decision }, how));
  });

  routes.post('/:ref/look-back', async (context) => {
    const { issueId, scope } = await target(context);
    const { finding, partly, rebound, mode, ...who } = await bodyOf(context, lookBack);
    if (partly !== undefined && rebound !== undefined) throw new MisuseError('部分巩固与反弹只能写一个');
    const found = {
      finding,
      ...(partly !== undefined && { partly }),
      ...(rebound !== undefined && { rebound: { deadline: rebound } }),
    };
    const said = await saidBy(ledger, who, scope);
    return context.json(
      await askedOrShown('recordLookBack', issueId, { ...said, ...found }, { mode, sight: context.var.visit.sight }),
    );
  });

  routes.post('/:ref/proposal-decisions', async (context) => {
    const { issueId, scope } = await target(context);
    const { proposal, decision, reason, mode, ...who } = await bodyOf(context, proposalDecision);
    const said = await saidBy(ledger, who, scope);
    const asked = { ...said, proposalId: proposal, decision, reason };
    return context.json(await askedOrShown('decideProposal', issueId, asked, { mode, sight: context.var.visit.sight }));
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

/** What the document of the API says of these routes. */
export const issueDescriptions: RouteDescriptions = {
  'GET /issues': { says: '看得到的问题', query: filter },
  'GET /issues/:ref': { says: '一个问题：措施、佐证、经过、接下来谁办什么' },
  'POST /issues/:ref/closure': { says: '申请销号', body: closure },
  'PUT /issues/:ref/closure/decision': { says: '审核销号', body: closureDecision },
  'POST /issues/:ref/look-back': { says: '登记回头看', body: lookBack },
  'POST /issues/:ref/proposal-decisions': { says: '决定提请事项', body: proposalDecision },
};
