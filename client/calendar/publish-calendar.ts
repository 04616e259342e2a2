import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { officeAuthor } from '../acting/office-author.ts';
import { type CalendarChange, differenceOf, extendedBy, isSameCalendar } from './extend-calendar.ts';
import type { HolidayYear } from './holiday-year.ts';

/** What publishing a year did, or would do. */
export interface CalendarPublished {
  /** `unchanged` when the newest version says all this already; nothing is written then. */
  readonly written: 'yes' | 'preview' | 'unchanged';
  /** The version that holds the year: the new one, in a preview the one it would be, or the existing one. */
  readonly version: number;
  readonly year: number;
  /** Every day whose answer changes against the newest version so far. */
  readonly difference: readonly CalendarChange[];
  /** Planned reminders whose day was counted without published data, and may move. */
  readonly provisionalRows: number;
}

/**
 * Publishes a year's holidays as the next version of the calendar; versions that exist are left alone, and no reminder
 * moves by this. The same content a second time is answered with the version that has it. A version that somebody else
 * published meanwhile is built upon.
 *
 * What changes something says who published it.
 *
 * @param publication with where the year was read from, for people, and who of the office publishes it, as they name him
 * @throws RefusedError `CalendarGap`, `AuthorMissing`, `NotOffice`, `UnknownPerson`, `AmbiguousPerson`
 */
export async function publishCalendar(
  ledger: Ledger,
  publication: {
    readonly year: HolidayYear;
    readonly source: string;
    readonly by?: string | undefined;
    readonly mode: 'preview' | 'write';
  },
): Promise<CalendarPublished> {
  const { year, source, by, mode } = publication;
  const before = await latestCalendar(ledger);
  const after = extendedBy(before, year, before.version + 1);
  const earliest = before.from < after.from ? before.from : after.from;
  const found = {
    year: year.year,
    difference: differenceOf(before, after, earliest),
    provisionalRows: await provisionalRows(ledger),
  };
  if (isSameCalendar(before, after)) return { written: 'unchanged', version: before.version, ...found };
  if (mode === 'preview') return { written: 'preview', version: after.version, ...found };
  const { author, at } = await officeAuthor(ledger, { scope: 'real', act: '公布放假安排', by });
  const [, written] = await ledger.$transaction([
    keepBundledCalendar(ledger),
    ledger.calendarVersion.createMany({
      data: { version: after.version, body: json(after), source, publishedAt: at, publishedBy: author },
      skipDuplicates: true,
    }),
  ]);
  // Another publication took the number since we looked.
  if (written.count === 0) return publishCalendar(ledger, publication);
  return { written: 'yes', version: after.version, ...found };
}

/** The newest version of the calendar; the bundled one while the ledger has none or only older ones. */
export async function latestCalendar(ledger: Pick<Ledger, 'calendarVersion'>): Promise<Calendar> {
  const newest = await ledger.calendarVersion.findFirst({ orderBy: { version: 'desc' } });
  return newest && newest.version >= bundledCalendar.version ? (newest.body as unknown as Calendar) : bundledCalendar;
}

/** What the ledger names as the source of the bundled calendar. */
export const bundledSource = '国务院办公厅历年放假安排（2018—2026年），随程序附带';

/** Puts the bundled calendar into the ledger as its first version; a second call changes nothing. */
export function keepBundledCalendar(ledger: Ledger): Prisma.PrismaPromise<{ count: number }> {
  return ledger.calendarVersion.createMany({
    data: {
      version: bundledCalendar.version,
      body: json(bundledCalendar),
      source: bundledSource,
    },
    skipDuplicates: true,
  });
}

async function provisionalRows(ledger: Ledger): Promise<number> {
  return ledger.outboxRow.count({
    where: { state: 'planned', because: { path: ['calendar'], equals: 'provisional' } },
  });
}

function json(calendar: Calendar): Prisma.InputJsonObject {
  return calendar as unknown as Prisma.InputJsonObject;
}
