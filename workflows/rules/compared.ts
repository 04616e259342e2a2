/** For sorting by code units, the same on every machine, as no locale is: negative, zero or positive. */
export function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
