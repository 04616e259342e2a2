import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { addDays, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { Clocks } from './clocks.ts';
import { leadingRoles } from './leader-roles.ts';
import type { RunningIssue } from './leader-waiting.ts';
import { readLines } from './why-lines.ts';
import { shortDayWords } from './words.ts';

/** A reminder that will reach him if nobody acts before. */
export interface ClimbingLine {
  /** Null for what a round owes as a whole. */
  readonly issueId: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly on: IsoDate;
  /** `4月7日(周日，上班)`. */
  readonly day: string;
  /** `升级提醒：措施1佐证`. */
  readonly what: string;
  /** How its day was counted. */
  readonly because: string;
  /** `届时措施1佐证已办结即撤销`. */
  readonly cancelledBy: string;
  /** As what he gets it, and for whom he stands in: `以责任领导身份，代张某（委托）`. */
  readonly as: string;
  readonly onBehalfOf: string | null;
}

export const climbingDays = 7;

/** What is planned for him from today on until the last of the days, inclusive; each matter once a day. */
export async function readClimbing(
  ledger: Ledger,
  clocks: Clocks,
  {
    personId,
    clockId,
    now,
    roundIds,
    issues,
    running,
  }: {
    readonly personId: string;
    readonly clockId: string;
    readonly now: IsoInstant;
    readonly roundIds: readonly string[];
    /** Which issues it may be about; the ones that turn out to be another's have other readers. */
    readonly issues: Prisma.IssueWhereInput;
    readonly running: readonly RunningIssue[];
  },
): Promise<ClimbingLine[]> {
  if (roundIds.length === 0) return [];
  const today = dayOf(now);
  const lines = await readLines(ledger, clocks, {
    clockId,
    kind: 'reminder',
    state: 'planned',
    plannedOn: { gte: fromIsoDate(today), lte: fromIsoDate(addDays(today, climbingDays)) },
    role: { in: [...leadingRoles] },
    OR: [{ issue: issues }, { issueId: null, roundId: { in: [...roundIds] } }],
  });
  const known = new Map(running.map((one) => [one.issue.id, one]));
  const his = lines.flatMap((line): ClimbingLine[] => {
    const reader = line.readers.find(({ id }) => id === personId);
    const about = known.get(line.issueId ?? '');
    if (reader === undefined) return [];
    return [
      {
        issueId: line.issueId,
        code: line.code,
        title: about?.issue.title ?? null,
        on: line.plannedOn,
        day: shortDayWords(line.plannedOn, about?.terms.calendar),
        what: `${line.paper ?? line.letter}：${line.owed ?? ''}`,
        because: line.rule,
        cancelledBy: `届时${line.owed ?? '所催事项'}已办结即撤销`,
        as: reader.why,
        onBehalfOf: reader.onBehalfOf,
      },
    ];
  });
  const matters = groupBy(his, ({ on, code, what }) => `${on}/${code ?? ''}/${what}`);
  return [...matters.values()].flatMap((same) => same.slice(0, 1));
}
