import { z } from 'zod';
import { besideDescriptions } from './beside-routes.ts';
import { calendarDescriptions } from './calendars.ts';
import { drillDescriptions } from './drills.ts';
import { incomingAnswerDescriptions } from './incoming-answers.ts';
import { issueRequestDescriptions } from './issue-request-routes.ts';
import { issueDescriptions } from './issues.ts';
import { leaderDescriptions } from './leaders.ts';
import { mailDomainDescriptions } from './mail-domains.ts';
import { peopleDescriptions } from './people.ts';
import { policyDescriptions } from './policies.ts';
import { printDescriptions } from './prints.ts';
import { recordDescriptions } from './records.ts';
import { rehearsalDescriptions } from './rehearsal.ts';
import { roundBodyDescriptions } from './round-bodies.ts';
import { roundCorrectionDescriptions } from './round-corrections.ts';
import { roundDrawDescriptions } from './round-draws.ts';
import { roundDutyDescriptions } from './round-duties.ts';
import { roundDescriptions } from './rounds.ts';
import { secrecyDescriptions } from './issue-secrecy.ts';
import type { RouteDescription, RouteDescriptions } from './route-description.ts';

export const healthScope = z.object({ scope: z.enum(['all', 'sample']).default('sample') });

const beside: RouteDescriptions = {
  'GET /overview': { says: '概览：今天要办的、各轮进度' },
  'GET /why/:ref': { says: '为什么：一个问题、一个人或一轮的邮件，依据什么、发给谁' },
  'GET /verify': { says: '核对账目' },
  'GET /health': { says: '运行情况', query: healthScope },
  'GET /openapi.json': { says: '这份接口说明' },
};

/** What the document of the API says, route by route. */
export const routeDescriptions: ReadonlyMap<string, RouteDescription> = new Map(
  Object.entries<RouteDescription>({
    ...printDescriptions,
    ...leaderDescriptions,
    ...mailDomainDescriptions,
    ...incomingAnswerDescriptions,
    ...drillDescriptions,
    ...calendarDescriptions,
    ...peopleDescriptions,
    ...policyDescriptions,
    ...recordDescriptions,
    ...rehearsalDescriptions,
    ...roundBodyDescriptions,
    ...roundCorrectionDescriptions,
    ...roundDrawDescriptions,
    ...roundDutyDescriptions,
    ...roundDescriptions,
    ...issueDescriptions,
    ...issueRequestDescriptions,
    ...secrecyDescriptions,
    ...besideDescriptions,
    ...beside,
  }),
);
