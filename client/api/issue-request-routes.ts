import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { seenIssue } from '../access/seen-issue.ts';
import type { Said } from '../../workflows/messages.ts';
import type { IssueRequest } from '../../workflows/rules/requests/index.ts';
import { MisuseError } from '../misuse-error.ts';
import { previewRequest, type RequestPreview } from '../previews/request-preview.ts';
import { findIssueId, readIssue } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import { askGenerally } from './ask-generally.ts';
import { type GeneralRequestName, isGeneralRequest, requestDoors } from './issue-requests.ts';
import { closureSeen, issueAsked, type IssueRequests } from './issues.ts';
import { forgetWords, requireMayAct, type RequestContext } from './request-context.ts';
import { acting, bodyOf, importMode, refOf, saidBy } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

export const asked = z.looseObject({ ...acting, mode: importMode });

const many = z.strictObject({
  ...acting,
  issues: z
    .array(
      z.strictObject({
        issue: z.string().min(1),
        /** The hash of what was seen, or its beginning; left out: what stands there now. */
        state: z.string().optional(),
        evidence: z.array(z.string()).optional(),
      }),
    )
    .min(1, '没有写明哪些问题')
    .max(500, '一次最多500项'),
});

/** What became of one issue of several. */
export interface ClosedOne {
  readonly issue: string;
  readonly state: 'approved' | 'refused';
  readonly code?: string;
  readonly message?: string;
}

/** `POST /issues/:ref/requests/:name` for everything that can be asked of an issue, and closures many at a time. */
export function issueRequestRoutes({ ledger, issues }: { ledger: Ledger; issues: IssueRequests }): Hono {
  const routes = new Hono();

  routes.post('/:ref/requests/:name', async (context) => {
    const name = context.req.param('name');
    if (!isGeneralRequest(name)) throw new HTTPException(403, { message: `没有“${name}”这种请求` });
    const { issueId, scope } = await issueAsked(ledger, refOf(context));
    const { by, recordedBy, requestId, mode, ...body } = await bodyOf(context, asked);
    const said = await saidBy(ledger, { by, recordedBy, requestId }, scope);
    const now = await businessNow(ledger, scope);
    if (mode === 'preview') {
      return context.json(await previewGenerally(name, { ...said, ledger, issueId, now }, said, body));
    }
    await askGenerally(issues, name, { ...said, ledger, issueId, now }, said, body);
    return context.json(await seenIssue(ledger, context.var.visit.sight, await readIssue(ledger, issueId)));
  });

  routes.post('/closure-decisions', async (context) => {
    const { issues: wanted, ...who } = await bodyOf(context, many);
    const done: ClosedOne[] = [];
    for (const one of wanted) done.push(await closeOne({ ledger, issues }, one, who));
    return context.json({ done, refused: done.filter(({ state }) => state === 'refused').length });
  });

  return routes;
}

/** What is kept for a request to be understood does not stay. */
async function previewGenerally<Name extends GeneralRequestName>(
  name: Name,
  context: RequestContext,
  said: Said,
  body: unknown,
): Promise<RequestPreview> {
  await requireMayAct(name, context);
  try {
    const request: IssueRequest<Name> = await requestDoors[name].read(context, body);
    return await previewRequest(context.ledger, name, context.issueId, Object.assign({}, said, request));
  } finally {
    await forgetWords(context);
  }
}

/** One after the other, each on its own: what is refused of one holds none of the others up. */
async function closeOne(
  { ledger, issues }: { ledger: Ledger; issues: IssueRequests },
  { issue: ref, state, evidence }: z.infer<typeof many>['issues'][number],
  who: { by: string; recordedBy?: string | undefined; requestId: string },
): Promise<ClosedOne> {
  try {
    const issueId = await findIssueId(ledger, ref);
    const { scope } = await issueAsked(ledger, issueId);
    const said = await saidBy(ledger, { ...who, requestId: `${who.requestId}/${issueId}` }, scope);
    const seen = await closureSeen(issues, issueId, { state: state ?? '', evidence });
    await issues.ask('decideClosure', issueId, { ...said, decision: { kind: 'approved', ...seen } });
    return { issue: ref, state: 'approved' };
  } catch (error) {
    if (!(error instanceof RefusedError) && !(error instanceof MisuseError)) throw error;
    const code = error instanceof RefusedError ? error.code : 'Misuse';
    return { issue: ref, state: 'refused', code, message: error.message };
  }
}

/** What the document of the API says of these routes. */
export const issueRequestDescriptions: RouteDescriptions = {
  'POST /issues/:ref/requests/:name': { says: '办一件事', body: asked },
  'POST /issues/closure-decisions': { says: '一次同意几个问题销号', body: many },
};
