import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { sharedCalendar } from './stored.ts';

/** By which calendar each of these issues counts its workdays; issues of a round share one, which is read once. Undefined for one of a draft. */
export async function readCalendars(
  ledger: Ledger,
  issueIds: readonly string[],
): Promise<(issueId: string) => Calendar | undefined> {
  const keys = await ledger.$queryRaw<{ id: string; key: string }[]>`
    SELECT id, "hoursKey"::text AS key FROM "Issue" WHERE id = ANY(${[...issueIds]}::text[]) AND terms IS NOT NULL`;
  const samples = new Map(keys.map(({ id, key }) => [key, id]));
  const calendars = await ledger.$queryRaw<{ id: string; calendar: Calendar }[]>`
    SELECT id, terms->'calendar' AS calendar FROM "Issue" WHERE id = ANY(${[...samples.values()]}::text[])`;
  const bySample = new Map(calendars.map(({ id, calendar }) => [id, sharedCalendar(calendar)]));
  const byIssue = new Map(keys.map(({ id, key }) => [id, bySample.get(samples.get(key) ?? '')]));
  return (issueId) => byIssue.get(issueId);
}
