import type { IsoDate, IsoInstant } from '../workflows/rules/instants.ts';

/** A `@db.Date` column as the rules read it. */
export function toIsoDate(date: Date): IsoDate {
  return date.toISOString().slice(0, 10);
}

/** A day as a `@db.Date` column takes it. */
export function fromIsoDate(day: IsoDate): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** A `Timestamptz` column as the rules read it. */
export function toIsoInstant(date: Date): IsoInstant {
  return date.toISOString();
}
