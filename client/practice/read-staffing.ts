import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { addMonths, dayOf } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';
import type { StaffKind, Staffing } from './habits.ts';
import type { SubLedgerPlan } from './sub-ledger-plan.ts';

const staffKinds: readonly string[] = ['diligent', 'mixed', 'silent'] satisfies StaffKind[];

/** The seed and the habits of a drill's people; undefined where humans play them. */
export async function readStaffing(ledger: Ledger, drillId: string): Promise<Staffing | undefined> {
  const drill = await ledger.drill.findUnique({ where: { id: drillId }, include: { round: true } });
  if (!drill || !staffKinds.includes(drill.staff)) return undefined;
  const { roundId, round } = drill;
  const [first, version, subLedgers] = await Promise.all([
    // Issues that are kept up for long have no look-back that could fail.
    ledger.issue.findFirst({
      where: { roundId, kind: { not: 'longTerm' } },
      orderBy: { number: 'asc' },
      select: { code: true },
    }),
    ledger.policyVersion.findUnique({
      where: { roundId_version: { roundId, version: round.policyVersion } },
      select: { body: true },
    }),
    subLedgersOf(ledger, round),
  ]);
  return {
    seed: drill.seed,
    staff: drill.staff as StaffKind,
    ...(first && { reboundCode: first.code }),
    ...(version && { policy: version.body as unknown as Policy }),
    subLedgers,
  };
}

interface DrilledRound {
  readonly id: string;
  readonly mechanism: unknown;
  readonly reading: unknown;
  readonly feedbackOn: Date | null;
  readonly launchedAt: Date | null;
  readonly createdAt: Date;
}

/** Where a notice has no day, its sub-ledgers are played as if it had been signed half a year after the feedback. */
const signedAfterMonths = 6;

async function subLedgersOf(ledger: Ledger, round: DrilledRound): Promise<ReadonlyMap<string, SubLedgerPlan>> {
  const { subLedgers = [] } = (round.mechanism ?? {}) as Partial<Mechanism>;
  if (subLedgers.length === 0) return new Map();
  const issues = await ledger.issue.findMany({
    where: { roundId: round.id, number: { in: subLedgers.map(({ issue }) => issue) } },
    select: { number: true, code: true },
  });
  const launchedOn = round.feedbackOn
    ? toIsoDate(round.feedbackOn)
    : dayOf((round.launchedAt ?? round.createdAt).toISOString());
  const { signedOn } = (round.reading as { round?: { signedOn?: string | null } } | null)?.round ?? {};
  return new Map(
    issues.flatMap(({ number, code }) => {
      const read = subLedgers.find(({ issue }) => issue === number);
      if (read === undefined) return [];
      const { entered, askedToLeave } = read;
      const plan = {
        entered,
        askedBySigning: askedToLeave,
        launchedOn,
        signedOn: signedOn ?? addMonths(launchedOn, signedAfterMonths),
      };
      return [[code, plan] as const];
    }),
  );
}
