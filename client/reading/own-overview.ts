import { conditionOfSight, conditionOfTurn, type HeldSight, roundsInSight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { countDuties, type Decided, readDecided } from './duties.ts';
import type { LightCounts } from './issue-counts.ts';
import { type IssuePage, readIssuePage } from './issue-list.ts';
import { lightsOf } from './overview.ts';
import { readRoundFigures } from './round-figures.ts';
import { roundFields, type RoundSummary, summaryOf } from './round-summary.ts';

/** What somebody sees first who is not of the office: what waits for him, and what he holds, of real rounds. */
export interface OwnOverview {
  readonly personId: string;
  readonly today: IsoDate;
  readonly duties: Decided;
  readonly dutyCount: number;
  /** Figures are of the issues in his sight. */
  readonly rounds: readonly RoundSummary[];
  readonly lights: LightCounts;
  readonly issues: IssuePage;
}

const issuesShown = 20;

export async function readOwnOverview(ledger: Ledger, real: HeldSight, now: IsoInstant): Promise<OwnOverview> {
  const sight = { real, drills: 'none' } as const;
  const today = dayOf(now);
  const rows = await ledger.round.findMany({
    where: roundsInSight(sight),
    select: roundFields,
    orderBy: { createdAt: 'desc' },
  });
  const [figuresOf, duties, issues] = await Promise.all([
    readRoundFigures(
      ledger,
      rows.map(({ id }) => ({ id, now, today })),
      conditionOfSight(sight)?.condition,
    ),
    readDecided(ledger, 'real', now, conditionOfTurn(real)),
    readIssuePage(ledger, { sight }, { limit: issuesShown }),
  ]);
  const rounds = rows.map((round) => summaryOf(round, figuresOf(round.id), now));
  const dutyCount = countDuties(duties);
  return { personId: real.personId, today, duties, dutyCount, rounds, lights: lightsOf(rounds), issues };
}
