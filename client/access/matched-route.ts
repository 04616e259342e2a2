import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** The route that will answer a request: its method and path, and what its path names first, as its handler will read it. */
export interface MatchedRoute {
  readonly name: string;
  readonly firstParam: string;
}

/**
 * Undefined where no route answers.
 *
 * @param mounted where the app stands whose paths are wanted
 */
export function matchedRoute(c: Context, mounted = ''): MatchedRoute | undefined {
  const routes = matchedRoutes(c);
  const place = routes.findIndex(({ method }) => method !== 'ALL');
  const route = routes[place];
  if (route === undefined) return undefined;
  const path = route.path.startsWith(`${mounted}/`) ? route.path.slice(mounted.length) : route.path;
  const own = c.req.routeIndex;
  c.req.routeIndex = place;
  const [firstParam = ''] = Object.values<string>(c.req.param());
  c.req.routeIndex = own;
  return { name: `${route.method} ${path}`, firstParam };
}
