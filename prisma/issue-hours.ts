import type { Calendar } from '../workflows/rules/calendar.ts';
import type { Policy } from '../workflows/rules/policy.ts';
import type { Ledger } from './client.ts';

/** By which calendar and policy each of these issues goes; one of a draft is left out. Each that issues share is read once, and is one object. */
export async function loadIssueHours(
  ledger: Ledger,
  issueIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly calendar: Calendar; readonly policy: Policy }>> {
  const keys = await ledger.$queryRaw<{ id: string; key: string }[]>`
    SELECT id, "hoursKey"::text AS key FROM "Issue" WHERE id = ANY(${[...issueIds]}::text[]) AND terms IS NOT NULL`;
  const samples = new Map(keys.map(({ id, key }) => [key, id]));
  const shared = await ledger.$queryRaw<{ id: string; calendar: Calendar; policy: Policy }[]>`
    SELECT id, terms->'calendar' AS calendar, terms->'policy' AS policy
    FROM "Issue" WHERE id = ANY(${[...samples.values()]}::text[])`;
  const bySample = new Map(shared.map(({ id, calendar, policy }) => [id, { calendar, policy }]));
  return new Map(keys.map(({ id, key }) => [id, bySample.get(samples.get(key)!)!]));
}
