import { compared } from '../../workflows/rules/compared.ts';
import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import { dutyCode } from '../../workflows/rules/round/duty-code.ts';
import { standsFor } from '../../workflows/rules/delegation.ts';
import { readRunningDelegations } from '../acting/running-delegations.ts';
import { readClocks } from './clocks.ts';
import { readReaders } from './line-readers.ts';
import { heldAt } from './role-holders.ts';

/** Something that a person owes by now: as the holder of a role, or as somebody's stand-in (委托). */
export interface OwedLine {
  readonly roundId: string;
  /** Null for a duty of the round. */
  readonly issueId: string | null;
  readonly obligationId: string;
  /** The issue's, or the duty's own (`GM-周检3`). */
  readonly code: string;
  readonly title: string;
  readonly kind: ObligationKind;
  readonly measure: number | null;
  readonly role: Role;
  /** The name of whose duty it is, when he stands in for somebody. */
  readonly onBehalfOf: string | null;
  readonly dueOn: IsoDate;
  readonly overdue: 'no' | 'recorded';
}

/**
 * All that a person owes on a clock, in issues and for rounds, by the day it is due: what is open, in a role that the
 * post-office would write to him in today. What he is only told of is not among it.
 */
export async function readOwedBy(
  ledger: Ledger,
  { personId, clockId }: { readonly personId: string; readonly clockId: string },
): Promise<OwedLine[]> {
  const clocks = await readClocks(ledger);
  const now = clocks.now(clockId);
  const held = await ledger.assignment.findMany({
    where: {
      personId: { in: standsFor(await readRunningDelegations(ledger, now), personId, now) },
      round: { clockId, state: 'launched' },
      ...heldAt(now),
    },
    select: { roundId: true, role: true },
    distinct: ['roundId', 'role'],
  });
  const inRoles = held.map(({ roundId, role }) => ({ roundId, role }));
  const [ofIssues, ofRounds] = await Promise.all([
    ledger.obligation.findMany({
      where: { closedAt: null, OR: inRoles.map(({ roundId, role }) => ({ role, issue: { roundId } })) },
      include: { issue: { select: { roundId: true, code: true, title: true } } },
    }),
    ledger.roundObligation.findMany({
      where: { closedAt: null, OR: inRoles },
      include: { round: { select: { codePrefix: true } } },
    }),
  ]);
  const open: Omit<OwedLine, 'onBehalfOf'>[] = [
    ...ofIssues.map(({ id, issueId, issue, dueOn, overdueAt, kind, measure, role }) => ({
      ...{ issueId, obligationId: id, kind, measure, role, ...issue },
      ...{ dueOn: toIsoDate(dueOn), overdue: overdueAt === null ? ('no' as const) : ('recorded' as const) },
    })),
    ...ofRounds.map(({ id, roundId, round, dueOn, kind, role, title }) => ({
      ...{ roundId, issueId: null, obligationId: id, code: dutyCode(round.codePrefix, id), title, kind, role },
      ...{
        measure: null,
        dueOn: toIsoDate(dueOn),
        overdue: toIsoDate(dueOn) < clocks.today(clockId) ? ('recorded' as const) : ('no' as const),
      },
    })),
  ];
  const rowOf = (line: Omit<OwedLine, 'onBehalfOf'>) => ({
    ...line,
    ...{ key: '', personId: null, state: 'planned', deliveries: [] },
  });
  const readersOf = await readReaders(ledger, clocks, open.map(rowOf));
  return open
    .flatMap((line): OwedLine[] => {
      const him = readersOf(rowOf(line)).find(({ id }) => id === personId);
      return him === undefined ? [] : [{ ...line, onBehalfOf: him.onBehalfOf }];
    })
    .sort((one, other) => compared(one.dueOn, other.dueOn) || compared(one.code, other.code));
}
