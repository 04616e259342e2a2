import type { Ledger } from '../../prisma/client.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { latestCalendar } from '../calendar/publish-calendar.ts';
import { type Check, check } from './check.ts';

/**
 * Whether the rounds under way need years whose days off nobody has published: their reminders stand on provisional days
 * (暂定). A year that has begun without them is a fault, one to come is work for the office.
 */
export async function calendarYears(ledger: Ledger, now: Date): Promise<Check> {
  const thisYear = dayOf(now.toISOString()).slice(0, 4);
  let hasBegun = false;
  const found = await check(
    '工作日历',
    { when: 'attention', words: (n) => `在办轮次的 ${n} 行提醒所在年份没有放假安排，日期暂定` },
    async () => {
      const [years, calendar] = await Promise.all([
        ledger.$queryRaw<{ year: string; rows: number }[]>`
          SELECT to_char(r."plannedOn", 'YYYY') AS year, count(*)::int AS rows
          FROM "OutboxRow" r JOIN "Round" o ON o.id = r."roundId"
          WHERE r."clockId" = 'real' AND r.waits AND r.state = 'planned' AND o.state = 'launched'
            AND r.because->>'calendar' = 'provisional'
          GROUP BY 1 ORDER BY 1`,
        latestCalendar(ledger),
      ]);
      hasBegun = years.some(({ year }) => year <= thisYear);
      return {
        count: years.reduce((sum, { rows }) => sum + rows, 0),
        sample: years.map(({ year }) =>
          year <= calendar.to.slice(0, 4)
            ? `${year}年（第${String(calendar.version)}版日历已有，待采用）`
            : `${year}年（待公布后用 calendar publish 导入）`,
        ),
      };
    },
  );
  return hasBegun && found.state === 'attention' ? { ...found, state: 'down' } : found;
}
