import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { StaffKind } from '../practice/habits.ts';
import { practiceCast } from '../practice/practice-people.ts';

export interface DrillRows {
  readonly drillId: string;
  readonly seed: string;
  readonly staff: StaffKind;
  readonly secondsPerDay: number;
  readonly now: IsoInstant;
  readonly endsBy: IsoInstant;
  readonly issues: readonly { readonly id: string; readonly number: number }[];
}

/** A drill with its practice people and what they are responsible for. Ids follow from the drill's, so that two runs can be compared. */
export function drillRows(ledger: Ledger, drill: DrillRows): Prisma.PrismaPromise<unknown>[] {
  const { drillId, issues } = drill;
  const { people, units, assignments } = practiceCast(issues.length);
  const personIds = new Map(people.map(({ slug }, index) => [slug, numbered(drillId, 'p', index + 1)]));
  const issueIds = new Map(issues.map(({ id, number }) => [number, id]));
  return [
    ledger.person.createMany({
      data: people.map(({ slug, ...person }) => ({ ...person, id: personIds.get(slug)!, scope: drillId })),
    }),
    ledger.assignment.createMany({
      data: assignments.map(({ issueNumber, role, slug }, index) => ({
        id: numbered(drillId, 'a', index + 1),
        roundId: drillId,
        issueId: issueNumber === null ? null : issueIds.get(issueNumber)!,
        role,
        personId: personIds.get(slug)!,
      })),
    }),
    ...[...new Set(units)].map((unit) => {
      const those = issues.filter(({ number }) => units[number - 1] === unit).map(({ id }) => id);
      return ledger.issue.updateMany({ where: { id: { in: those } }, data: { unit } });
    }),
    ledger.drill.create({
      data: {
        id: drillId,
        roundId: drillId,
        seed: drill.seed,
        staff: drill.staff,
        secondsPerDay: drill.secondsPerDay,
        now: drill.now,
        endsBy: drill.endsBy,
      },
      select: { id: true },
    }),
  ];
}

function numbered(drillId: string, letter: string, number: number): string {
  return `${drillId}-${letter}${String(number).padStart(2, '0')}`;
}
