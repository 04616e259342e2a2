import type { RouteDecision, Subject } from './route-decisions.ts';

/** Who gets an answer from a route of the API, beside whoever has the instance's own token, which opens them all. */
export type ApiDecision = Extract<RouteDecision, { for: 'signedIn' | 'office' | 'inSight' }>;

const signedIn = { for: 'signedIn' } as const;
const office = { for: 'office' } as const;
const sees = (about: Subject) => ({ for: 'inSight', about }) as const;
const does = (about: Subject) => ({ for: 'inSight', about, may: 'byRole' }) as const;
const ofOffice = (...names: readonly string[]) => names.map((name) => [name, office] as const);

/**
 * Every route of the JSON API, by method and path. A route that is not here answers nobody. Whoever's account does not stand as
 * the office's reads what is in his sight and asks of an issue what his roles allow; all the rest is the office's.
 */
export const apiDecisions: ReadonlyMap<string, ApiDecision> = new Map<string, ApiDecision>([
  ['GET /openapi.json', signedIn],

  ['GET /issues', sees('lists')],
  ['GET /issues/:ref', sees('issue')],
  ['POST /issues/:ref/requests/:name', does('issue')],
  ['POST /issues/:ref/closure', does('issue')],
  ['PUT /issues/:ref/closure/decision', does('issue')],
  ['POST /issues/:ref/look-back', does('issue')],
  ['POST /issues/:ref/proposal-decisions', does('issue')],
  ['GET /rounds', sees('lists')],
  ['GET /rounds/:ref', sees('round')],
  ['GET /leaders', sees('lists')],
  ['GET /leaders/:ref', sees('leader')],

  ...ofOffice(
    'POST /issues/closure-decisions',
    'POST /issues/:ref/records',
    'POST /issues/:ref/outcomes',
    'PUT /issues/:ref/links/:earlier',
    'PUT /issues/:ref/secrecy',
  ),
  ...ofOffice(
    'POST /rounds',
    'DELETE /rounds/:ref',
    'GET /rounds/:ref/missing',
    'GET /rounds/:ref/notes',
    'POST /rounds/:ref/assignments',
    'PUT /rounds/:ref/launch',
    'GET /rounds/:ref/rehearsal',
  ),
  ...ofOffice(
    'GET /rounds/:ref/bodies',
    'POST /rounds/:ref/bodies',
    'PUT /rounds/:ref/bodies/:body',
    'DELETE /rounds/:ref/bodies/:body',
    'PUT /rounds/:ref/bodies/:body/issues',
    'GET /rounds/:ref/sources',
    'PUT /rounds/:ref/sources/:source/issues',
    'POST /rounds/:ref/notices',
  ),
  ...ofOffice(
    'GET /rounds/:ref/links',
    'POST /rounds/:ref/links',
    'GET /rounds/:ref/letters',
    'GET /rounds/:ref/letters/:number',
  ),
  ...ofOffice(
    'GET /rounds/:ref/policies',
    'POST /rounds/:ref/policies',
    'GET /rounds/:ref/policies/:version',
    'GET /rounds/:ref/policies/:version/preview',
    'PUT /rounds/:ref/policies/:version/adoption',
  ),
  ...ofOffice(
    'GET /rounds/:ref/duties',
    'POST /rounds/:ref/duties/:duty/reports',
    'PUT /rounds/:ref/plan/decision',
    'GET /rounds/:ref/batches',
    'POST /rounds/:ref/batches',
    'POST /rounds/:ref/batches/:number/corrections',
    'GET /rounds/:ref/comments',
    'POST /rounds/:ref/comments',
    'PUT /rounds/:ref/comments/:comment/answer',
    'POST /rounds/:ref/comments/:comment/corrections',
    'POST /rounds/:ref/evaluation-proposals',
    'POST /rounds/:ref/evaluations',
    'POST /rounds/:ref/draws',
    'GET /rounds/:ref/draws/preview',
    'GET /rounds/:ref/draws/check',
  ),
  ...ofOffice(
    'GET /people',
    'POST /people',
    'GET /people/imports',
    'POST /people/:person/reachable',
    'POST /people/handovers',
    'GET /people/delegations',
    'POST /people/delegations',
    'DELETE /people/delegations/:id',
  ),
  ...ofOffice(
    'GET /calendar',
    'POST /calendar',
    'GET /calendar/versions',
    'GET /calendar/adoption',
    'PUT /calendar/adoption',
  ),
  ...ofOffice('GET /mail-domains', 'PUT /mail-domains/:domain'),
  ...ofOffice('POST /incoming-answers', 'GET /incoming-answers', 'PUT /incoming-answers/:id/decision'),
  ...ofOffice('GET /prints', 'GET /prints/:id', 'PUT /prints/:id/delivery'),
  ...ofOffice('POST /drills', 'GET /drills/:id', 'GET /drills/:id/result'),
  ...ofOffice('GET /overview', 'GET /why/:ref', 'GET /verify', 'GET /health'),
]);
