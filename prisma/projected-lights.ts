import { fromIsoDate, toIsoDate } from './days.ts';
import type { Ledger, LedgerTransaction } from './client.ts';
import { type LightDays, lightDays, lightDaysOfMeasures } from '../workflows/rules/lights.ts';
import type { IssueProgress } from '../workflows/rules/progress.ts';
import type { IssueTerms } from '../workflows/rules/terms.ts';

/** `LightDays` as a row keeps them. */
export interface LightColumns {
  readonly lightIdle: LightDays['idle'] | null;
  readonly yellowFrom: Date | null;
  readonly redFrom: Date | null;
}

/** What an issue's row says of its light and of its last closure. */
export function lightColumns(terms: IssueTerms, progress: IssueProgress) {
  const { idle, yellowFrom, redFrom } = lightDays(terms, progress);
  return {
    lightIdle: idle,
    yellowFrom: yellowFrom === undefined ? null : fromIsoDate(yellowFrom),
    redFrom: redFrom === undefined ? null : fromIsoDate(redFrom),
    closedAs: progress.closed?.outcome ?? null,
  };
}

/** The days that a row keeps; undefined where it keeps none. */
export function lightDaysIn({ lightIdle, yellowFrom, redFrom }: LightColumns): LightDays | undefined {
  if (lightIdle === null) return undefined;
  if (yellowFrom === null || redFrom === null) return { idle: lightIdle };
  return { idle: lightIdle, yellowFrom: toIsoDate(yellowFrom), redFrom: toIsoDate(redFrom) };
}

/** Writes the lights of an issue's measures. Writing again changes nothing. */
export async function projectMeasureLights(
  tx: LedgerTransaction,
  terms: IssueTerms,
  progress: IssueProgress,
): Promise<void> {
  const days = lightDaysOfMeasures(terms, progress);
  const rows = [...days].map(([number, { idle, yellowFrom, redFrom }]) => ({ number, idle, yellowFrom, redFrom }));
  await tx.$executeRaw`
    UPDATE "Measure" m SET "lightIdle" = l.idle::"IdleLight", "yellowFrom" = l."yellowFrom", "redFrom" = l."redFrom"
    FROM "Measure" own
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS l(number int, idle text, "yellowFrom" date, "redFrom" date) ON l.number = own.number
    WHERE own."issueId" = ${terms.issueId} AND m."issueId" = own."issueId" AND m.number = own.number
      AND (m."lightIdle", m."yellowFrom", m."redFrom") IS DISTINCT FROM (l.idle::"IdleLight", l."yellowFrom", l."redFrom")`;
}

const issuesAtATime = 200;

/**
 * Works out the lights of issues that were written down before rows kept them: to be called before pages are served. Each
 * batch is a transaction, so that it may be stopped anywhere; a second call finds nothing to do.
 *
 * @returns how many issues it wrote
 */
export async function projectMissingLights(ledger: Ledger): Promise<number> {
  let written = 0;
  for (;;) {
    const batch = await ledger.$transaction(projectSome, { timeout: 60_000 });
    if (batch === 0) return written;
    written += batch;
  }
}

/** Whoever writes an issue down meanwhile writes its light as well: the row is held until this is done. */
async function projectSome(tx: LedgerTransaction): Promise<number> {
  const issues = await tx.$queryRaw<{ terms: IssueTerms; progress: IssueProgress }[]>`
    SELECT terms, progress FROM "Issue"
    WHERE "lightIdle" IS NULL AND step > 0 AND terms IS NOT NULL AND progress IS NOT NULL
    ORDER BY id LIMIT ${issuesAtATime} FOR UPDATE`;
  for (const { terms, progress } of issues) {
    await tx.issue.update({ where: { id: terms.issueId }, data: lightColumns(terms, progress), select: { id: true } });
    await projectMeasureLights(tx, terms, progress);
  }
  return issues.length;
}
