import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { RoundAdoption } from '../adoption/adopt.ts';
import { adoptCalendar, previewCalendar } from '../adoption/adopt-calendar.ts';
import { calendarVersions } from '../calendar/calendar-versions.ts';
import { holidayYearOf } from '../calendar/holiday-year.ts';
import { latestCalendar, publishCalendar } from '../calendar/publish-calendar.ts';
import { readHolidayFile } from '../calendar/read-holiday-file.ts';
import type { Issues } from '../issues.ts';
import { findPersonId } from '../reading/index.ts';
import { author } from './people.ts';
import { bodyOf, bytesOf, importMode, queryOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const versionNumber = z.coerce.number().int().min(1);
const publishing = z.object({ ...upload, mode: importMode, by: author });
const whichVersion = z.object({ version: versionNumber.optional() });
const adoption = z.strictObject({
  by: z.string().min(1, '没有写明是谁'),
  version: versionNumber.optional(),
});

/** The working calendar: a year is published, and what runs in the real rounds goes by it when it is adopted. */
export function calendarRoutes({
  ledger,
  issues,
  roundDuties,
}: {
  readonly ledger: Ledger;
  readonly issues: Pick<Issues, 'ask'>;
  readonly roundDuties: RoundAdoption;
}): Hono {
  const routes = new Hono();

  /** The newest version, whole; the bundled one before any is published. */
  routes.get('/', async (context) => context.json(await latestCalendar(ledger)));

  routes.post('/', async (context) => {
    const { fileName, mode, by } = queryOf(context, publishing);
    const year = holidayYearOf(readHolidayFile(await bytesOf(context), fileName), fileName);
    return context.json(await publishCalendar(ledger, { year, source: fileName, by, mode }));
  });

  routes.get('/versions', async (context) => context.json(await calendarVersions(ledger)));

  routes.get('/adoption', async (context) => {
    const { version } = queryOf(context, whichVersion);
    return context.json(await previewCalendar(ledger, version));
  });

  routes.put('/adoption', async (context) => {
    const { by, version } = await bodyOf(context, adoption);
    const said = { by: await findPersonId(ledger, by, 'real'), source: 'commandLine' };
    return context.json(await adoptCalendar({ ledger, issues, rounds: roundDuties }, version, said));
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const calendarDescriptions: RouteDescriptions = {
  'GET /calendar': { says: '现行日历' },
  'POST /calendar': { says: '公布一年的放假安排', query: publishing, file: '放假安排' },
  'GET /calendar/versions': { says: '日历的各个版本' },
  'GET /calendar/adoption': { says: '采用日历以前：哪些提醒会动', query: whichVersion },
  'PUT /calendar/adoption': { says: '在各轮采用日历', body: adoption },
};
