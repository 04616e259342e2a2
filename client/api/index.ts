import type { Client } from '@temporalio/client';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Ledger } from '../../prisma/client.ts';
import type { Drills } from '../drills.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { readHealth } from '../health/health.ts';
import type { Inbox } from '../incoming-mail/inbox.ts';
import type { KeptReadings } from '../live/kept-readings.ts';
import { readOverview, whyIssue, whyPerson, whyRound } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import { RoundDuties } from '../round-duties.ts';
import type { Rounds } from '../rounds.ts';
import { errorAnswer } from './answers.ts';
import { issueBesideRoutes, roundBesideRoutes } from './beside-routes.ts';
import { calendarRoutes } from './calendars.ts';
import { drillRoutes } from './drills.ts';
import { createApiGate } from './gate.ts';
import { issueRequestRoutes } from './issue-request-routes.ts';
import { issueSecrecyRoutes } from './issue-secrecy.ts';
import { type IssueRequests, issueRoutes } from './issues.ts';
import { incomingAnswerRoutes } from './incoming-answers.ts';
import { leaderRoutes } from './leaders.ts';
import { mailDomainRoutes } from './mail-domains.ts';
import { peopleRoutes } from './people.ts';
import { policyRoutes } from './policies.ts';
import { printRoutes } from './prints.ts';
import { recordRoutes } from './records.ts';
import { queryOf } from './requests.ts';
import { rehearsalRoutes } from './rehearsal.ts';
import { roundBodyRoutes } from './round-bodies.ts';
import { roundCorrectionRoutes } from './round-corrections.ts';
import { roundDrawRoutes } from './round-draws.ts';
import { roundDutyRoutes } from './round-duties.ts';
import { healthScope } from './route-descriptions.ts';
import { openApiDocument } from './openapi.ts';
import { roundRoutes } from './rounds.ts';

export interface ApiDependencies {
  readonly ledger: Ledger;
  readonly temporal: Client;
  readonly issues: IssueRequests;
  readonly rounds: Rounds;
  readonly drills: Pick<Drills, 'start' | 'progress' | 'result'>;
  /** Of our reply addresses. */
  readonly mailDomain: string;
  /** The mail server that must vouch for who answers. */
  readonly authservId?: string | undefined;
  /** Keeps figures of which nothing has changed; without it they are counted each time. */
  readonly kept?: KeptReadings | undefined;
  /** Handles an answer anew when the office has said whose it is. */
  readonly inbox: Pick<Inbox, 'handleStored'>;
  /** Keeps the files that come with what is recorded for somebody; without it there are none. */
  readonly files?: Pick<EvidenceStore, 'keep'>;
  /** The instance's own: whoever has it may do all that the office may. People have tokens of theirs besides. */
  readonly token: string;
  /** Replays the events of every issue and names what differs. */
  readonly verify: () => Promise<object>;
  readonly log: (line: string) => void;
}

/** No notice is larger. */
const largestBytes = 32 * 1024 * 1024;

/** The JSON API (design.md section 11): nouns, a bearer token (the instance's or a person's), 409 for a refusal and 400 for a misuse. */
export function createApi(dependencies: ApiDependencies): Hono {
  const { ledger, token, verify, log } = dependencies;
  const api = new Hono();
  const roundDuties = new RoundDuties(dependencies);

  api.onError((error, context) => errorAnswer(context, error, log));
  api.use(createApiGate({ ledger, token }));
  api.use(
    bodyLimit({
      maxSize: largestBytes,
      onError: () => {
        throw new HTTPException(413, { message: '文件超过 32 MB，不像是一份通报' });
      },
    }),
  );

  api.route('/people', peopleRoutes(dependencies));
  api.route('/rounds', roundRoutes(dependencies));
  api.route('/rounds', roundBodyRoutes(dependencies));
  api.route('/issues', issueRequestRoutes(dependencies));
  api.route('/issues', recordRoutes(dependencies));
  api.route('/issues', issueSecrecyRoutes(dependencies));
  api.route('/issues', issueBesideRoutes(dependencies));
  api.route('/rounds', roundBesideRoutes(dependencies));
  api.route('/rounds', rehearsalRoutes(dependencies));
  api.route('/rounds', policyRoutes({ ...dependencies, roundDuties }));
  api.route('/rounds', roundDutyRoutes({ ...dependencies, roundDuties }));
  api.route('/rounds', roundCorrectionRoutes({ ...dependencies, roundDuties }));
  api.route('/rounds', roundDrawRoutes({ ...dependencies, roundDuties }));
  api.route('/calendar', calendarRoutes({ ...dependencies, roundDuties }));
  api.route('/leaders', leaderRoutes(dependencies));
  api.route('/prints', printRoutes(dependencies));
  api.route('/mail-domains', mailDomainRoutes(dependencies));
  api.route('/incoming-answers', incomingAnswerRoutes(dependencies));
  api.route('/issues', issueRoutes(dependencies));
  api.route('/drills', drillRoutes(dependencies));

  api.get('/overview', async (context) => context.json(await readOverview(ledger, { kept: dependencies.kept })));
  api.get('/why/:ref', async (context) => context.json(await why(ledger, context.req.param('ref'))));
  api.get('/verify', async (context) => context.json(await verify()));
  api.get('/health', async (context) => {
    const { scope } = queryOf(context, healthScope);
    return context.json(await readHealth(dependencies, scope));
  });

  api.get('/openapi.json', (context) => context.json(openApiDocument()));

  return api;
}

/** Of an issue, or else of a person, or else of what a round owes as a whole. */
async function why(ledger: Ledger, ref: string): Promise<object> {
  const unless = (code: string) => (error: unknown) => {
    if (error instanceof RefusedError && error.code === code) return undefined;
    throw error;
  };
  const found =
    (await whyIssue(ledger, ref).catch(unless('UnknownIssue'))) ??
    (await whyPerson(ledger, ref).catch(unless('UnknownPerson'))) ??
    (await whyRound(ledger, ref).catch(unless('UnknownRound')));
  if (found === undefined) throw new RefusedError('Unknown', `没有叫“${ref}”的问题、人员或轮次`);
  return found;
}
