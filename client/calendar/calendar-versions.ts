import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { personNames } from '../reading/person-names.ts';
import { bundledSource } from './publish-calendar.ts';

/** A version of the working calendar as lists show it. */
export interface CalendarVersionReading {
  readonly version: number;
  /** Where it was read from. */
  readonly source: string;
  /** Null for the bundled one, which nobody published. */
  readonly publishedAt: IsoInstant | null;
  /** Null as well where nobody had to say who he is, and for what was published before that was kept. */
  readonly publishedBy: string | null;
}

/** All versions of the calendar, the newest first, down to the bundled one. */
export async function calendarVersions(ledger: Ledger): Promise<CalendarVersionReading[]> {
  const rows = await ledger.calendarVersion.findMany({
    select: { version: true, source: true, publishedAt: true, publishedBy: true },
    orderBy: { version: 'desc' },
  });
  const nameOf = await personNames(
    ledger,
    rows.map(({ publishedBy }) => publishedBy),
  );
  const published = rows.map(({ version, source, publishedAt, publishedBy }) => ({
    version,
    source,
    publishedAt: source === bundledSource ? null : publishedAt.toISOString(),
    publishedBy: nameOf(publishedBy),
  }));
  const { version } = bundledCalendar;
  if (published.some((one) => one.version === version)) return published;
  return [...published, { version, source: bundledSource, publishedAt: null, publishedBy: null }];
}
