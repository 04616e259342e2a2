import type { Context, MiddlewareHandler } from 'hono';
import type { Ledger } from '../../prisma/client.ts';
import type { Access } from '../access/access.ts';
import { isUnclaimed } from '../access/accounts.ts';
import { findSubject } from '../access/find-subject.ts';
import { isFromHere } from '../access/from-here.ts';
import { matchedRoute } from '../access/matched-route.ts';
import { type MayDo, routeDecisions } from '../access/route-decisions.ts';
import { readSight, type Sight } from '../access/sight.ts';
import { openVisit, unknownVisit, type Visit, visitTo } from '../access/visit.ts';
import { visitorOf } from '../access/visitor.ts';
import { isReading } from '../pages/form-seal.ts';
import { showRefusal } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';

const nowhere = '没有这个页面。';
const signInFirst = '请先登录再办。';

/** Nothing that the ledger keeps has a NUL in its name (PostgreSQL keeps none): what is asked for with one is not there. */
export const nameable: MiddlewareHandler = async (c, next) => {
  c.set('visit', unknownVisit);
  return /%00/.test(c.req.url) ? showRefusal(c, nowhere, 404) : next();
};

/** Where nobody signs in: whoever reaches the pages may use them. */
export const noGate: MiddlewareHandler = async (c, next) => {
  c.set('visit', openVisit);
  await next();
};

/**
 * Lets a request through to its route as that route's decision says, and nothing to a route without one. What is out of sight is
 * answered like what does not exist; whoever is not signed in, and sees nothing there, is asked to sign in whether or not it exists.
 */
export function createGate({ ledger, access }: { ledger: Ledger; access: Access }): MiddlewareHandler {
  return async (c, next) => {
    const route = matchedRoute(c);
    const visit = await readVisit(c, { ledger, access });
    c.set('visit', visit);
    if (route === undefined) return next(); // no page
    const decision = routeDecisions.get(route.name);
    if (decision === undefined) return showRefusal(c, nowhere, 404);
    const { viewer, sight } = visit;
    switch (decision.for) {
      case 'everybody':
        return next();
      case 'signedIn':
        return viewer === undefined ? askToSignIn(c, ledger) : next();
      case 'office':
        if (viewer === undefined) return askToSignIn(c, ledger);
        if (viewer.standing === 'office') {
          c.set('visit', visitTo(visit, 'real'));
          return next();
        }
        return isReading(c.req.raw) ? showRefusal(c, nowhere, 404) : showRefusal(c, onlyFor.office, 403);
      case 'inSight': {
        if (viewer === undefined && sight.drills === 'none') return askToSignIn(c, ledger);
        const found = await findSubject[decision.about]({
          ...{ ledger, sight, query: c.req.query() },
          ref: route.firstParam,
        }).catch((error: unknown) => {
          // To whoever may still say who he is, what he does not see is as if it might exist.
          if (viewer === undefined && error instanceof RefusedError) return undefined;
          throw error;
        });
        if (found === undefined) return askToSignIn(c, ledger);
        const why = decision.may && found.clockId === 'real' ? refusalOf(decision.may, visit, found) : undefined;
        if (why !== undefined) return showRefusal(c, why, 403);
        c.set('visit', visitTo(visit, found.clockId ?? 'real'));
        c.set('subjectId', found.id);
        return next();
      }
    }
  };
}

const onlyFor = {
  office: '只有督办办公室可以办。',
  himself: '只有本人可以办；替别人登记答复，请由督办办公室代录。',
} as const;

function refusalOf(may: MayDo, { viewer }: Visit, { personId }: { readonly personId?: string }): string | undefined {
  switch (may) {
    case 'office':
      return viewer?.standing === 'office' ? undefined : onlyFor.office;
    case 'himself':
      return viewer?.personId === personId ? undefined : onlyFor.himself;
    case 'byRole':
      return undefined; // whoever takes the request asks `mayAct`
  }
}

async function readVisit(c: Context, { ledger, access }: { ledger: Ledger; access: Access }): Promise<Visit> {
  const here = isFromHere(c);
  const signed = await access.sessions.viewer(visitorOf(c));
  if (signed === undefined) {
    const sight: Sight = { real: 'none', drills: here === 'yes' ? 'all' : 'none' };
    return { ...unknownVisit, sight };
  }
  const { viewer, cookies } = signed;
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
  const { real, standsFor } = await readSight(ledger, viewer, new Date().toISOString());
  const drills = viewer.standing === 'office' || here === 'yes' ? 'all' : 'none';
  return { ...unknownVisit, viewer, sight: { real, drills }, standsFor };
}

/** Whoever reads is led to the sign-in and back, before there is any account to the set-up; what is posted is not kept. */
async function askToSignIn(c: Context, ledger: Ledger): Promise<Response> {
  if (!isReading(c.req.raw)) return showRefusal(c, signInFirst, 401);
  if (await isUnclaimed(ledger)) return c.redirect('/set-up', 303);
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`, 303);
}
