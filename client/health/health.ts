import type { Client } from '@temporalio/client';
import type { Ledger } from '../../prisma/client.ts';
import { calendarYears } from './calendar-years.ts';
import { type Check, check, type CheckState, worstOf } from './check.ts';
import { leftLying } from './left-lying.ts';
import { mailboxes } from './mailboxes.ts';
import { sendingRate } from './sending.ts';
import { projections, type ProjectionScope } from './projections.ts';

export interface Health {
  readonly healthy: boolean;
  readonly state: CheckState;
  readonly checks: readonly Check[];
  /** The checks as an earlier form called them. */
  readonly parts: readonly Pick<Check, 'name' | 'state' | 'message'>[];
}

/** How the system is: its two stores, whether anything due was left lying, and whether the two stores agree. */
export async function readHealth(
  { ledger, temporal }: { ledger: Ledger; temporal: Client },
  scope: ProjectionScope = 'sample',
): Promise<Health> {
  const [stores, watch] = await Promise.all([storesOf(ledger, temporal), readWatch(ledger)]);
  // Without Temporal there is nothing to compare with.
  const alike = stores.some(({ state }) => state === 'down') ? [] : await projections({ ledger, temporal }, scope);
  const checks = [...stores, ...watch, ...alike];
  const state = worstOf(checks);
  const parts = checks.map(({ name, state: one, message }) => ({ name, state: one, message }));
  return { healthy: state !== 'down', state, checks, parts };
}

/** What the ledger alone tells: the part that a page shows. */
export async function readWatch(ledger: Ledger, now = new Date()): Promise<Check[]> {
  return [
    ...(await leftLying(ledger, now)),
    await sendingRate(ledger, now),
    ...(await mailboxes(ledger, now)),
    await calendarYears(ledger, now),
  ];
}

async function storesOf(ledger: Ledger, temporal: Client): Promise<Check[]> {
  const nothing = { count: 0, sample: [] };
  const when = { when: 'down', words: () => '' } as const;
  return Promise.all([
    check('台账数据库', when, async () => {
      await ledger.$queryRaw`SELECT 1`;
      return nothing;
    }),
    check('Temporal', when, async () => {
      await temporal.workflowService.getSystemInfo({});
      return nothing;
    }),
  ]);
}
