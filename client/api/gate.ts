import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ledger } from '../../prisma/client.ts';
import { apiDecisions } from '../access/api-decisions.ts';
import { findSubject } from '../access/find-subject.ts';
import { matchedRoute } from '../access/matched-route.ts';
import { readSight } from '../access/sight.ts';
import { type TokenOwner, tokenOwner } from '../access/tokens.ts';
import { openVisit, unknownVisit, type Visit } from '../access/visit.ts';
import { routeDescriptions } from './route-descriptions.ts';
import { isToken } from './token.ts';

/** Where the server has the API. */
const mounted = '/api';

/**
 * Lets a request through to its route: with the instance's own token to any that has a decision, with a person's as that decision
 * says, and then as him. What is out of his sight is answered like what does not exist.
 */
export function createApiGate({ ledger, token }: { ledger: Ledger; token: string }): MiddlewareHandler {
  return async (c, next) => {
    const given = /^Bearer (.+)$/u.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const owner = isToken(given, token) ? 'instance' : await tokenOwner(ledger, given, new Date().toISOString());
    if (owner === undefined) throw new HTTPException(401, { message: '令牌不对，或没有令牌' });
    c.header('Cache-Control', 'no-store');
    c.set('visit', owner === 'instance' ? openVisit : await visitOf(ledger, owner));
    const route = matchedRoute(c, mounted);
    if (route === undefined) return next(); // no address of ours
    c.set('described', routeDescriptions.get(route.name));
    const decision = apiDecisions.get(route.name);
    if (decision === undefined) return c.json({ code: 'NotFound', message: '没有这个地址' }, 404);
    if (owner === 'instance' || owner.standing === 'office' || decision.for === 'signedIn') return next();
    if (decision.for === 'office') throw new HTTPException(403, { message: '只有督办办公室可以用这个接口' });
    c.set('subjectId', await subjectIn(c, ledger, { about: decision.about, ref: route.firstParam }));
    return next();
  };
}

/** He acts as himself, in real rounds; of drills the office sees all, and others nothing. */
async function visitOf(ledger: Ledger, owner: TokenOwner): Promise<Visit> {
  const { real, standsFor } = await readSight(ledger, owner, new Date().toISOString());
  const { personId, name, email } = owner;
  return {
    ...unknownVisit,
    sight: { real, drills: owner.standing === 'office' ? 'all' : 'none' },
    standsFor,
    acting: { by: 'viewer', personId, name, email, standsFor },
  };
}

/** @throws RefusedError as `findSubject` */
async function subjectIn(
  c: Context,
  ledger: Ledger,
  { about, ref }: { readonly about: keyof typeof findSubject; readonly ref: string },
): Promise<string | undefined> {
  const { id } = await findSubject[about]({ ledger, sight: c.var.visit.sight, query: c.req.query(), ref });
  return id;
}
