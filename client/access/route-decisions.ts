import { setUpSteps } from '../set-up/steps.ts';
import { assets } from '../pages/parts/layout.tsx';

/** What a route is about, where it matters whether that is in sight. */
export type Subject =
  | 'issue'
  | 'round'
  | 'leader'
  | 'evidence'
  /** A photo of a look-back: seen by whoever reads what was found. */
  | 'photo'
  | 'mail'
  | 'reply'
  | 'print'
  | 'drill'
  /** What an open page asks to be told of. */
  | 'watched'
  /** The start page: everybody sees one. */
  | 'home'
  /** Lists: of what is in sight. */
  | 'lists'
  /** Drills as such. */
  | 'drills';

/**
 * Who may do it among those who see it: the supervision office (in a drill whoever sees it), the person whom it is about, or whoever
 * holds a role that the request's own rule asks for (`mayAct`, which whoever takes the request asks).
 */
export type MayDo = 'office' | 'himself' | 'byRole';

/** Who gets an answer from a route. */
export type RouteDecision =
  /** Everybody: nothing is in it, or the address itself is the right. */
  | { readonly for: 'everybody' }
  /** Whoever is signed in: his own account. */
  | { readonly for: 'signedIn' }
  | { readonly for: 'office' }
  | { readonly for: 'inSight'; readonly about: Subject; readonly may?: MayDo };

const everybody = { for: 'everybody' } as const;
const signedIn = { for: 'signedIn' } as const;
const office = { for: 'office' } as const;
const sees = (about: Subject) => ({ for: 'inSight', about }) as const;
const does = (about: Subject, may: MayDo) => ({ for: 'inSight', about, may }) as const;

/** Every route of the pages, by method and path. A route that is not here answers nobody. */
export const routeDecisions: ReadonlyMap<string, RouteDecision> = new Map<string, RouteDecision>([
  ...[...assets.values()].map(({ path }) => [`GET ${path}`, everybody] as const),

  ['GET /', sees('home')],
  ['GET /issues', sees('lists')],
  ['GET /search', sees('lists')],
  ['GET /reviews', sees('lists')],
  ['GET /leaders', sees('lists')],
  ['GET /mailbox', sees('lists')],
  ['GET /changes', sees('watched')],

  ['GET /issues/:ref', sees('issue')],
  ['POST /issues/:id/closure-decision', does('issue', 'byRole')],
  ['POST /issues/:id/proposal-decision', does('issue', 'byRole')],
  ['POST /issues/:id/look-back', does('issue', 'byRole')],
  ['POST /issues/:id/requests/:name', does('issue', 'byRole')],
  ['GET /issues/:ref/review', sees('issue')],
  ['POST /issues/:id/review', does('issue', 'byRole')],
  ['GET /issues/:ref/look-back-sheet', sees('issue')],
  ['POST /issues/:id/look-back-sheet', does('issue', 'byRole')],
  ['GET /look-back-photos/:id', sees('photo')],
  ['POST /issues/:id/secrecy', does('issue', 'office')],
  ['GET /evidence/:id', sees('evidence')],
  ['GET /evidence/:id/preview', sees('evidence')],

  ['GET /leaders/:ref', sees('leader')],
  ['POST /leaders/:ref/requests/:name', does('leader', 'himself')],

  ['GET /notices/:sha256', office],
  ['POST /notices', office],
  ['POST /rounds', office],
  ['GET /rounds/:id', sees('round')],
  ['POST /rounds/:id/people', does('round', 'office')],
  ['POST /rounds/:id/assignments', does('round', 'office')],
  ['GET /rounds/:id/look-backs', sees('round')],
  ['POST /rounds/:id/look-backs', does('round', 'office')],
  ['GET /rounds/:id/comments', sees('round')],
  ['POST /rounds/:id/comments', does('round', 'office')],
  ['POST /rounds/:id/comments/answers', does('round', 'office')],
  ['POST /rounds/:id/launch', does('round', 'office')],
  ['GET /rounds/:id/policy', does('round', 'office')],
  ['POST /rounds/:id/policy', does('round', 'office')],
  ['POST /rounds/:id/policy/adoption', does('round', 'office')],
  ['GET /rounds/:id/set-up', does('round', 'office')],
  ...[...setUpSteps, 'discard'].map((step) => [`GET /rounds/:id/set-up/${step}`, does('round', 'office')] as const),
  ...['issues', 'people', 'person', 'policy', 'discard'].map(
    (step) => [`POST /rounds/:id/set-up/${step}`, does('round', 'office')] as const,
  ),

  ['GET /people', office],
  ['POST /people/:id/invitations', office],
  ['POST /people/:id/closing', office],

  ['POST /drills', sees('drills')],
  ['GET /drills/:id', sees('drill')],

  ['GET /mailbox/:messageId', sees('mail')],
  ['GET /mailbox/:messageId/body', sees('mail')],
  ['GET /mailbox/:messageId/source.eml', sees('mail')],
  ['POST /mailbox/:messageId/replies', does('mail', 'himself')],
  ['GET /mailbox/replies/:id', sees('reply')],
  ['POST /mailbox/replies/:id/decision', does('reply', 'office')],
  ['GET /prints/:id', sees('print')],
  ['POST /prints/:id/delivery', does('print', 'office')],

  // The token in the link is the right; the pages behind it ask for the item's code besides.
  ['GET /a/:token', everybody],
  ['POST /a/:token', everybody],
  ['POST /a/:token/fresh-mail', everybody],
  ['POST /a/:token/confirm', everybody],
  ...['/a/:token/uploads', '/a/:token/uploads/:id'].flatMap((path) =>
    ['POST', 'GET', 'PATCH', 'DELETE'].map((method) => [`${method} ${path}`, everybody] as const),
  ),

  ['GET /sign-in', everybody],
  ['POST /sign-in', everybody],
  ['POST /sign-in/passkey/options', everybody],
  ['POST /sign-in/passkey', everybody],
  ['GET /sign-in/code', everybody],
  ['POST /sign-in/code', everybody],
  ['POST /sign-out', everybody],
  ['GET /set-up', everybody],
  ['POST /set-up', everybody],
  ['GET /invitations/:token', everybody],
  ['POST /invitations/:token', everybody],
  ['GET /account', signedIn],
  ['POST /account/sessions/:id', signedIn],
  ['POST /account/password', signedIn],
  ['POST /account/passkeys/options', signedIn],
  ['POST /account/passkeys', signedIn],
  ['POST /account/passkeys/:id', signedIn],
  ['POST /account/tokens', signedIn],
  ['POST /account/tokens/:id', signedIn],
  ['POST /account/second-step/prepare', signedIn],
  ['POST /account/second-step/begin', signedIn],
  ['POST /account/second-step/end', signedIn],
]);
