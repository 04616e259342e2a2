/** An issue with the units (责任部门) that answer for it and for measures of it. */
export interface WithUnits {
  readonly unit: string;
  /** A measure's unit is empty where it goes with its issue. */
  readonly measures: readonly { readonly number: number; readonly unit: string }[];
}

export const unitFields = { unit: true, measures: { select: { number: true, unit: true } } } as const;

/** Who answers for a measure: its own unit, else the issue's. */
export function unitOf({ unit, measures }: WithUnits, measure: number | null | undefined): string {
  const own = measures.find(({ number }) => number === measure)?.unit ?? '';
  return own === '' ? unit : own;
}

/** The measures that are another unit's than the issue's, by that unit. */
export function measuresOfOthers({ unit, measures }: WithUnits): ReadonlyMap<string, readonly number[]> {
  const others = new Map<string, number[]>();
  for (const { number, unit: own } of measures) {
    if (own !== '' && own !== unit) others.set(own, [...(others.get(own) ?? []), number]);
  }
  return others;
}
