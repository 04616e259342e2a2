import type { Context } from 'hono';
import type { Viewer } from './sessions.ts';
import { everything, type Sight } from './sight.ts';

/** Who acts in a form: one of the holders, chosen in it, or whoever is signed in. */
export type Acting =
  | { readonly by: 'choice' }
  | {
      readonly by: 'viewer';
      readonly personId: string;
      readonly name: string;
      readonly email: string;
      /** Himself, and everybody for whom he stands in (委托). */
      readonly standsFor: readonly string[];
    };

/** One request to the pages: who asks, and what he may see. */
export interface Visit {
  readonly viewer: Viewer | undefined;
  readonly sight: Sight;
  /** Who is signed in, and everybody for whom he stands in (委托). */
  readonly standsFor: readonly string[];
  readonly acting: Acting;
  /** Whether there are accounts to sign in with at all. */
  readonly signIn: 'offered' | 'none';
}

declare module 'hono' {
  interface ContextVariableMap {
    visit: Visit;
    /** What the request is about, as the gate has found it; undefined where there is no gate. */
    subjectId: string | undefined;
  }
}

/** Who is signed in, on a route that the gate keeps for such. */
export function viewerOf(c: Context): Viewer {
  const { viewer } = c.var.visit;
  if (viewer === undefined) throw new Error('the gate has let in somebody who is not signed in');
  return viewer;
}

const chosen: Acting = { by: 'choice' };

/** Where nobody signs in, as in a test of the pages alone. */
export const openVisit: Visit = { viewer: undefined, sight: everything, standsFor: [], acting: chosen, signIn: 'none' };

/** Before it is known who asks. */
export const unknownVisit: Visit = {
  ...{ viewer: undefined, sight: { real: 'none', drills: 'none' }, standsFor: [] },
  ...{ acting: chosen, signIn: 'offered' },
};

/** The same visit to something of a clock: in real rounds whoever is signed in acts, in a drill one of its people is chosen. */
export function visitTo(visit: Visit, clockId: string): Visit {
  const { viewer, standsFor } = visit;
  if (viewer === undefined || clockId !== 'real') return { ...visit, acting: chosen };
  const { personId, name, email } = viewer;
  return { ...visit, acting: { by: 'viewer', personId, name, email, standsFor } };
}
