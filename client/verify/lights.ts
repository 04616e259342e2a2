import { type LightColumns, lightDaysIn } from '../../prisma/projected-lights.ts';
import { type LightDays, lightDays, lightDaysOfMeasures } from '../../workflows/rules/lights.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { type Difference, fieldDifferences } from './differences.ts';

interface LitRow extends LightColumns {
  readonly id: string;
  readonly code: string;
  readonly terms: unknown;
  readonly closedAs: string | null;
  readonly measures: readonly (LightColumns & { readonly number: number })[];
}

/** Where the lights that an issue's rows keep do not follow from what is owed: lists and figures would show others. */
export function lightDifferences(issue: LitRow, progress: IssueProgress): Difference[] {
  const terms = issue.terms as IssueTerms;
  const row = `Issue ${issue.code}（${issue.id}）`;
  const closedAs = progress.closed?.outcome ?? null;
  const ofMeasures = lightDaysOfMeasures(terms, progress);
  return [
    ...fieldDifferences(
      row,
      { ...named(lightDaysIn(issue)), closedAs: issue.closedAs },
      { ...named(lightDays(terms, progress)), closedAs },
    ),
    ...issue.measures.flatMap((measure) =>
      fieldDifferences(
        `Measure ${issue.code}/${String(measure.number)}`,
        named(lightDaysIn(measure)),
        named(ofMeasures.get(measure.number)),
      ),
    ),
  ];
}

/** The days under the names of the columns. */
function named(days: LightDays | undefined) {
  return {
    lightIdle: days?.idle ?? null,
    yellowFrom: days?.yellowFrom ?? null,
    redFrom: days?.redFrom ?? null,
  };
}
