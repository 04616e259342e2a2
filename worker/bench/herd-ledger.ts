import type { Ledger } from '../../prisma/client.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { sliceOf } from '../../workflows/rules/calendar.ts';
import { at } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** The morning on which everything is due: a Friday, at the hour at which the day's mail leaves. */
export const herdDay = '2024-03-29';
export const herdHour = at(herdDay, '09:00');
const mostLinesOfAnIssue = 10;

export interface Herd {
  readonly lines: number;
  readonly people: number;
}

/** A round whose handlers all owe evidence on the same day: for each measure an open obligation and a line due at the hour. */
export async function fillHerd(ledger: Ledger, { lines, people }: Herd): Promise<void> {
  const linesOfAnIssue = Math.min(mostLinesOfAnIssue, Math.ceil(lines / people)); // so that nobody goes without
  const issues = Math.ceil(lines / linesOfAnIssue);
  const terms = {
    ...{ issueId: '', roundId: 'herd', kind: 'ordinary', deadline: herdDay, measures: [] },
    ...{ policy: simplePolicy, calendar: sliceOf(bundledCalendar, '2023-12-01', '2026-12-31') },
    ...{ clock: { kind: 'real' }, launchedAt: at('2024-01-08', '09:00'), firstMail: 'inHours' },
  } satisfies IssueTerms;
  await ledger.round.create({
    data: {
      ...{ id: 'herd', name: '量一量', codePrefix: 'LL', state: 'launched', policyVersion: 1 },
      bodies: { create: { id: 'herd-body', name: '甲市乙局' } },
    },
  });
  await ledger.$executeRaw`
    INSERT INTO "Person" (id, name, email, unit)
    SELECT 'person-' || n, '责任人' || n, 'person-' || n || '@unit.example', '第' || n || '科' FROM generate_series(0, ${people - 1}::int) n`;
  await ledger.$executeRaw`
    INSERT INTO "Issue" (id, "roundId", "bodyId", number, code, title, text, kind, "firstDeadline", terms)
    SELECT 'issue-' || n, 'herd', 'herd-body', n, 'LL-' || n, '第' || n || '项制度落实不到位', '', 'ordinary', ${herdDay}::date,
      jsonb_set(${JSON.stringify(terms)}::jsonb, '{issueId}', to_jsonb('issue-' || n))
    FROM generate_series(1, ${issues}::int) n`;
  await ledger.$executeRaw`
    INSERT INTO "Assignment" (id, "roundId", "issueId", role, "personId")
    SELECT 'held-' || n, 'herd', 'issue-' || n, 'handler', 'person-' || n % ${people}::int FROM generate_series(1, ${issues}::int) n`;
  await ledger.$executeRaw`
    INSERT INTO "Measure" ("issueId", number, text, deadline)
    SELECT 'issue-' || n, m, '修订第' || m || '项管理办法，明确责任和时限', ${herdDay}::date
    FROM generate_series(1, ${issues}::int) n, generate_series(1, ${linesOfAnIssue}::int) m
    WHERE (n - 1) * ${linesOfAnIssue}::int + m <= ${lines}::int`;
  await ledger.$executeRaw`
    INSERT INTO "Obligation" ("issueId", cycle, id, kind, role, measure, "openedAt", "dueOn")
    SELECT "issueId", 1, 'evidence-' || number || '-1', 'evidence', 'handler', number, ${terms.launchedAt}::timestamptz, deadline FROM "Measure"`;
  await ledger.$executeRaw`
    INSERT INTO "OutboxRow" (key, "clockId", kind, "roundId", "issueId", cycle, "obligationId", "rungId", letter, role,
      "plannedOn", "earliestAt", "latestAt", missed, "policyVersion", "calendarVersion", because)
    SELECT "issueId" || '/1/evidence-' || number || '-1/on-day/handler/' || ${herdDay}, 'real', 'reminder', 'herd', "issueId", 1,
      'evidence-' || number || '-1', 'on-day', 'reminder', 'handler', ${herdDay}::date, ${herdHour}::timestamptz,
      ${at(herdDay, '18:00')}::timestamptz, 'sendLate', 1, 1, '{}'
    FROM "Measure"`;
  await ledger.$executeRaw`ANALYZE`;
}
