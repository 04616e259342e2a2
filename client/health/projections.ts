import type { Client } from '@temporalio/client';
import type { Ledger } from '../../prisma/client.ts';
import { workflowIds } from '../../workflows/ids.ts';
import { issueStatus } from '../../workflows/messages.ts';
import { roundStatus } from '../../workflows/round-messages.ts';
import { isEqual } from '../verify/is-equal.ts';
import { type Check, check, sampleSize } from './check.ts';

/** `sample`: a few, other ones each time; `all`: every running workflow. */
export type ProjectionScope = 'sample' | 'all';

interface Projected {
  readonly name: string;
  readonly sequence: number;
  readonly progress: unknown;
}

const sampled = 40;
const atOnce = 10;
/** A worker answers within milliseconds; this long means that none runs. */
const answersWithinMs = 8_000;
/** What has just been said is written down within moments. */
const recordedWithinMs = 2_000;

/** Whether the ledger's rows of issues and rounds say what their workflows say. */
export async function projections(
  { ledger, temporal }: { ledger: Ledger; temporal: Client },
  scope: ProjectionScope = 'sample',
): Promise<Check[]> {
  const most = scope === 'all' ? 1_000_000 : sampled;
  return Promise.all([
    check('台账与问题流程', { when: 'down', words: (n) => `有 ${n} 个问题的台账与流程不一致` }, async () => {
      const ids = await ledger.$queryRaw<{ id: string }[]>`
        SELECT i.id FROM "Issue" i JOIN "Round" r ON r.id = i."roundId"
        WHERE i.step > 0 AND r.state = 'launched' AND i.phase NOT IN ('archived', 'withdrawn', 'merged')
        ORDER BY random() LIMIT ${most}`;
      return differing(ids, {
        stored: async (id) => {
          const row = await ledger.issue.findUniqueOrThrow({
            where: { id },
            select: { code: true, sequence: true, progress: true },
          });
          return { name: row.code, sequence: row.sequence, progress: row.progress };
        },
        running: async (id) =>
          asked(temporal, () => temporal.workflow.getHandle(workflowIds.issue(id)).query(issueStatus)),
      });
    }),
    check('台账与轮次流程', { when: 'down', words: (n) => `有 ${n} 个轮次的台账与流程不一致` }, async () => {
      const ids = await ledger.round.findMany({
        where: { state: 'launched', step: { gt: 0 } },
        select: { id: true },
        take: most,
      });
      return differing(ids, {
        stored: async (id) => {
          const row = await ledger.round.findUniqueOrThrow({
            where: { id },
            select: { name: true, sequence: true, progress: true },
          });
          return { name: row.name, sequence: row.sequence, progress: row.progress };
        },
        running: async (id) =>
          asked(temporal, () => temporal.workflow.getHandle(workflowIds.round(id)).query(roundStatus)),
      });
    }),
  ]);
}

interface Sides {
  readonly stored: (id: string) => Promise<Projected>;
  readonly running: (id: string) => Promise<{ readonly progress: { readonly sequence: number } }>;
}

async function asked<Answer>(temporal: Client, query: () => Promise<Answer>): Promise<Answer> {
  return temporal.withDeadline(Date.now() + answersWithinMs, query);
}

/** A few workflows at a time; the first that no worker answers for ends the look. */
async function differing(ids: readonly { id: string }[], sides: Sides) {
  const names: string[] = [];
  const waiting = ids.map(({ id }) => id);
  const look = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const name = await differs(id, sides);
      if (name !== undefined) names.push(name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return { count: names.length, sample: names.sort().slice(0, sampleSize) };
}

/** The row's name when it differs. What was said between the two questions is waited for. */
async function differs(id: string, { stored, running }: Sides): Promise<string | undefined> {
  const giveUpAt = Date.now() + recordedWithinMs;
  for (;;) {
    const { progress } = await running(id);
    const row = await stored(id);
    if (row.sequence === progress.sequence && isEqual(row.progress, progress)) return undefined;
    if (Date.now() > giveUpAt) return row.name;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
