import { createContext } from 'hono/jsx';
import { openVisit, type Visit } from '../../access/visit.ts';

/** Whether whoever looks at the page stands for the supervision office, or nobody signs in. */
export function isOfOffice({ viewer }: Visit): boolean {
  return viewer === undefined || viewer.standing === 'office';
}

/** Who looks at the page: `send` says it of every page. */
export const Visiting = createContext<Visit>(openVisit);
