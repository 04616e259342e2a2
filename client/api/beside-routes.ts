import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { letterKindNames } from '../letters/letter-text.ts';
import { findIssueId, findPersonId, readIssue, readRecurrences } from '../reading/index.ts';
import { decideLink, proposeLinks } from '../recurrence/links.ts';
import { RefusedError } from '../refused-error.ts';
import type { Rounds } from '../rounds.ts';
import { issueAsked, type IssueRequests } from './issues.ts';
import { keepOutcome, outcomeBody } from './outcomes.ts';
import { acting, bodyOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

interface Dependencies {
  readonly ledger: Ledger;
  readonly issues: IssueRequests;
  readonly rounds: Pick<Rounds, 'find'>;
}

const linkDecision = z.strictObject({ ...acting, decision: z.enum(['confirmed', 'declined']) });

/** A letter in one row of a list. */
export interface ListedLetter {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly kindName: string;
  readonly title: string;
  readonly code: string | null;
  readonly issuedAt: string;
}

/** `POST /issues/:ref/outcomes`, `PUT /issues/:ref/links/:earlier`. */
export function issueBesideRoutes({ ledger, issues }: Dependencies): Hono {
  const routes = new Hono();

  routes.post('/:ref/outcomes', async (context) => {
    const { issueId, scope } = await issueAsked(ledger, context.req.param('ref'));
    const body = await bodyOf(context, outcomeBody);
    await keepOutcome(ledger, { issueId, scope, by: await findPersonId(ledger, body.by, scope) }, body);
    return context.json(await readIssue(ledger, issueId));
  });

  routes.put('/:ref/links/:earlier', async (context) => {
    const { issueId, scope } = await issueAsked(ledger, context.req.param('ref'));
    const earlierIssueId = await findIssueId(ledger, context.req.param('earlier'));
    const { by, ...body } = await bodyOf(context, linkDecision);
    const who = { by: await findPersonId(ledger, by, scope), source: 'commandLine' };
    await decideLink({ ledger, issues }, { ...body, ...who, issueId, earlierIssueId });
    return context.json(await readRecurrences(ledger, [issueId]));
  });

  return routes;
}

/** `GET` and `POST /rounds/:ref/links`, `GET /rounds/:ref/letters`. */
export function roundBesideRoutes({ ledger, rounds }: Dependencies): Hono {
  const routes = new Hono();
  const linksOf = async (roundId: string) => {
    const issues = await ledger.issue.findMany({ where: { roundId }, select: { id: true, code: true, title: true } });
    const byId = new Map(issues.map(({ id, code, title }) => [id, { code, title }]));
    const links = await readRecurrences(
      ledger,
      issues.map(({ id }) => id),
    );
    return links.map((link) => ({ ...link, issue: byId.get(link.issueId) ?? null }));
  };

  routes.get('/:ref/links', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    return context.json(await linksOf(id));
  });

  routes.post('/:ref/links', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    await proposeLinks(ledger, id);
    return context.json(await linksOf(id));
  });

  routes.get('/:ref/letters', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const letters = await ledger.issuedLetter.findMany({ where: { roundId: id }, orderBy: { number: 'asc' } });
    const issues = await ledger.issue.findMany({ where: { roundId: id }, select: { id: true, code: true } });
    const codes = new Map(issues.map(({ id: issueId, code }) => [issueId, code]));
    return context.json(
      letters.map((letter): ListedLetter => ({
        id: letter.id,
        number: letter.number,
        kind: letter.kind,
        kindName: kindName(letter.kind),
        title: letter.title,
        code: codes.get(letter.issueId ?? '') ?? null,
        issuedAt: letter.issuedAt.toISOString(),
      })),
    );
  });

  routes.get('/:ref/letters/:number', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const number = Number(context.req.param('number'));
    const letter = Number.isInteger(number)
      ? await ledger.issuedLetter.findUnique({ where: { roundId_number: { roundId: id, number } } })
      : null;
    if (letter === null) throw new RefusedError('UnknownLetter', '这个轮次没有这一号函件');
    return context.json({ ...letter, kindName: kindName(letter.kind), issuedAt: letter.issuedAt.toISOString() });
  });

  return routes;
}

function kindName(kind: string): string {
  return (letterKindNames as Readonly<Record<string, string>>)[kind] ?? kind;
}

/** What the document of the API says of these routes. */
export const besideDescriptions: RouteDescriptions = {
  'POST /issues/:ref/outcomes': { says: '登记、更正问责处理结果', body: outcomeBody },
  'PUT /issues/:ref/links/:earlier': { says: '认定是不是老问题再犯', body: linkDecision },
  'GET /rounds/:ref/links': { says: '与从前问题的联系' },
  'POST /rounds/:ref/links': { says: '重新找与从前问题的联系' },
  'GET /rounds/:ref/letters': { says: '函件一览' },
  'GET /rounds/:ref/letters/:number': { says: '一份函件' },
};
