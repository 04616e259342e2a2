import type { Context } from 'hono';
import { readLeader } from '../reading/leader.ts';
import { readLeaders } from '../reading/leaders.ts';
import type { PagesDependencies } from './deps.ts';
import { LeaderPage } from './leader.tsx';
import { LeadersPage } from './leaders.tsx';
import { send, type Shown, told } from './shown.tsx';

export async function showLeaders(c: Context, { ledger }: PagesDependencies) {
  const { sight } = c.var.visit;
  return send(c, <LeadersPage reading={await readLeaders(ledger, { clockId: c.req.query('clock'), sight })} />);
}

/** As it is asked for, and again with a sentence when a form on it was refused. */
export async function showLeader(
  c: Context,
  { ledger }: Pick<PagesDependencies, 'ledger'>,
  ref: string,
  shown: Shown = {},
) {
  const leader = await readLeader(ledger, ref);
  return send(c, <LeaderPage leader={leader} seal={c.var.seal} {...told(c, shown)} />, shown.status);
}
