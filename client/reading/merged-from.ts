import type { Ledger } from '../../prisma/client.ts';
import type { CarriedMeasure, FactOf } from '../../workflows/rules/events.ts';

/** An issue that was merged into this one (并入), with what this one takes on of it. */
export interface MergedIssue {
  readonly code: string;
  readonly carried: readonly CarriedMeasure[];
}

/** Those that were merged into the issue, in their order. */
export async function readMergedFrom(ledger: Ledger, issueId: string): Promise<MergedIssue[]> {
  const merged = await ledger.issue.findMany({
    where: { mergedIntoId: issueId },
    select: { code: true, events: { where: { type: 'mergedInto' }, select: { detail: true } } },
    orderBy: { number: 'asc' },
  });
  return merged.map(({ code, events }) => ({
    code,
    carried: events.flatMap(({ detail }) => (detail as unknown as FactOf<'mergedInto'>).carried ?? []),
  }));
}

/** `XS-07 已并入本问题（它的措施1、3由措施2承接）` */
export function mergedWords({ code, carried }: MergedIssue): string {
  return `${code} 已并入本问题${carried.length === 0 ? '' : `（它的${carriedWords(carried)}）`}`;
}

/** `措施1、3由措施2承接，措施2由整个问题承接` */
export function carriedWords(carried: readonly CarriedMeasure[]): string {
  return [...new Set(carried.map(({ into }) => into))]
    .map((into) => {
      const taken = carried.filter((one) => one.into === into).map(({ measure }) => String(measure));
      return `措施${taken.join('、')}由${into === 0 ? '整个问题' : `措施${String(into)}`}承接`;
    })
    .join('，');
}
