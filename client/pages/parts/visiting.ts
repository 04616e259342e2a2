import { createContext } from 'hono/jsx';
import { openVisit, type Visit } from '../../access/visit.ts';

/** Who looks at the page: `send` says it of every page. */
export const Visiting = createContext<Visit>(openVisit);
