import type { Ledger } from '../../prisma/client.ts';
import { lightColumns } from '../../prisma/projected-lights.ts';
import { sliceOf } from '../../workflows/rules/calendar.ts';
import type { IssuePhase, Obligation } from '../../workflows/rules/events.ts';
import { addDays, at, dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { lightDaysOfMeasures } from '../../workflows/rules/lights.ts';
import { type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

const issuesOfARound = 5_000;
const people = 500;
const units = 60;
const shapes = 240;
const measuresEach = 3;

/** What texts are made of: the first word stands in every issue, the last in every five hundredth. */
const phrases = [
  ...[
    '整改主体责任落实不到位，',
    '公务用车管理不规范，',
    '事前审批手续不全，',
    '项目结算资料没有归档，',
    '财务报销审核不严，',
  ],
  ...[
    '干部人事档案缺少任免材料，',
    '国有资产长期闲置，',
    '生活垃圾分类投放点没有全覆盖，',
    '食品安全抽检台账缺失，',
    '工程变更没有集体研究，',
  ],
  ...['党费收缴不及时，', '谈心谈话流于形式，', '采购合同倒签，', '三重一大事项没有上会，', '信访件超期未结，'],
];
const rarePhrase = '发现超标准接待线索。';

/** A round for each five thousand issues, with measures, evidence, mails and all that lists, pages and figures read of them. */
export async function fillWeb(ledger: Ledger, issues: number, note: (line: string) => void): Promise<void> {
  const today = dayOf(new Date().toISOString());
  const templates = Array.from({ length: shapes }, (_, shape) => templateOf(shape, today));
  await fillRounds(ledger, issues, today);
  note('问题……');
  await ledger.$executeRaw`
    INSERT INTO "Issue" (id, "roundId", "bodyId", number, code, title, text, kind, unit, "firstDeadline", weight, source,
      terms, phase, "phaseSince", deadline, sequence, progress, step, "lookAgainAt", "lightIdle", "yellowFrom", "redFrom", "closedAs")
    SELECT 'i' || n, round, round || '-b' || n % 4, n % ${issuesOfARound}::int + 1, 'W' || (n / ${issuesOfARound}::int) || '-' || n % ${issuesOfARound}::int + 1,
      phrases[2 + n % (k - 1)] || phrases[2 + n * 7 % (k - 1)], phrases[1] || phrases[2 + n * 3 % (k - 1)] || phrases[2 + n * 5 % (k - 1)]
        || phrases[2 + n * 11 % (k - 1)] || phrases[2 + n * 13 % (k - 1)] || '涉及' || n || '项。'
        || CASE WHEN n % 500 = 0 THEN ${rarePhrase} ELSE '' END,
      'ordinary', '第' || n % ${units}::int || '科', (t.terms->>'deadline')::date, 'ordinary', '巡察反馈',
      t.terms || jsonb_build_object('issueId', 'i' || n, 'roundId', round), t.phase::"IssuePhase", (t.progress->>'phaseSince')::timestamptz,
      (t.terms->>'deadline')::date, 2, t.progress, 2, now() + interval '30 days',
      t."lightIdle"::"IdleLight", t."yellowFrom", t."redFrom", t."closedAs"::"ClosureOutcome"
    FROM generate_series(0, ${issues - 1}::int) n
    CROSS JOIN LATERAL (SELECT 'w' || n / ${issuesOfARound}::int AS round) r
    CROSS JOIN (SELECT ${phrases}::text[] AS phrases, ${phrases.length}::int AS k) p
    JOIN jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) AS t(shape int, phase text, terms jsonb, progress jsonb,
      "lightIdle" text, "yellowFrom" date, "redFrom" date, "closedAs" text) ON t.shape = n % ${shapes}::int`;
  await fillBeside(ledger, issues, templates, today);
  note('邮件……');
  await fillMails(ledger, Math.ceil(issues / 2), today);
  await ledger.$executeRawUnsafe('VACUUM ANALYZE');
}

async function fillRounds(ledger: Ledger, issues: number, today: IsoDate): Promise<void> {
  const last = Math.ceil(issues / issuesOfARound) - 1;
  const feedbackOn = addDays(today, -120);
  await ledger.$executeRaw`
    INSERT INTO "CalendarVersion" (version, body, source) VALUES (1, ${JSON.stringify(bundledCalendar)}::jsonb, '') ON CONFLICT DO NOTHING`;
  await ledger.$executeRaw`
    INSERT INTO "Round" (id, name, "codePrefix", state, "feedbackOn", "concentratedEndsOn", "createdAt", "launchedAt")
    SELECT 'w' || n, '甲市乙局' || n || '巡察整改', 'W' || n, 'launched', ${feedbackOn}::date, ${addDays(today, 60)}::date,
      now() + n * interval '1 minute', now() FROM generate_series(0, ${last}::int) n`;
  await ledger.$executeRaw`
    INSERT INTO "PolicyVersion" ("roundId", version, body) SELECT id, 1, ${JSON.stringify(simplePolicy)}::jsonb FROM "Round"`;
  await ledger.$executeRaw`
    INSERT INTO "Body" (id, "roundId", name) SELECT id || '-b' || n, id, '第' || n || '党支部' FROM "Round", generate_series(0, 3) n`;
  await ledger.$executeRaw`
    INSERT INTO "Person" (id, name, email, unit)
    SELECT 'p' || n, '张' || n, 'p' || n || '@unit.example', '第' || n % ${units}::int || '科' FROM generate_series(0, ${people - 1}::int) n`;
  await ledger.$executeRaw`
    INSERT INTO "Assignment" (id, "roundId", role, "personId")
    SELECT id || role, id, role::"Role", 'p' || place FROM "Round",
      unnest(ARRAY['responsibleLeader', 'groupHead', 'office', 'reviewer']) WITH ORDINALITY AS held(role, place)`;
}

async function fillBeside(
  ledger: Ledger,
  issues: number,
  templates: readonly Template[],
  today: IsoDate,
): Promise<void> {
  await ledger.$executeRaw`
    INSERT INTO "Assignment" (id, "roundId", "issueId", role, "personId")
    SELECT 'h' || i.id, i."roundId", i.id, 'handler', 'p' || i.number % ${people}::int FROM "Issue" i`;
  const measures = templates.flatMap(({ shape, measures: those }) => those.map((measure) => ({ shape, ...measure })));
  const shaped = JSON.stringify(measures);
  await ledger.$executeRaw`
    INSERT INTO "Measure" ("issueId", number, text, unit, deadline, "lightIdle", "yellowFrom", "redFrom")
    SELECT 'i' || n, m.number, '修订第' || m.number || '项管理办法，明确责任和时限。',
      CASE WHEN m.number = ${measuresEach}::int AND n % 10 = 0 THEN '第' || (n + 7) % ${units}::int || '科' ELSE '' END,
      m.deadline, m.idle::"IdleLight", m."yellowFrom", m."redFrom"
    FROM generate_series(0, ${issues - 1}::int) n
    JOIN jsonb_to_recordset(${shaped}::jsonb) AS m(shape int, number int, deadline date, idle text, "yellowFrom" date, "redFrom" date)
      ON m.shape = n % ${shapes}::int`;
  await ledger.$executeRaw`
    INSERT INTO "Obligation" ("issueId", cycle, id, kind, role, measure, "openedAt", "dueOn")
    SELECT i.id, 1, o.body->>'id', (o.body->>'kind')::"ObligationKind", (o.body->>'role')::"Role", (o.body->>'measure')::int,
      (o.body->>'openedAt')::timestamptz, (o.body->>'dueOn')::date
    FROM "Issue" i CROSS JOIN LATERAL jsonb_array_elements(i.progress->'obligations') AS o(body)`;
  await ledger.$executeRaw`
    INSERT INTO "IssueEvent" ("issueId", sequence, at, cycle, type, by, source, "requestId", detail)
    SELECT i.id, s, ${at(addDays(today, -90), '10:00')}::timestamptz, 1, 'acknowledged', 'p' || i.number % ${people}::int, 'page', i.id || '/' || s, '{}'
    FROM "Issue" i, generate_series(1, 2) s`;
  await ledger.$executeRaw`
    INSERT INTO "OutboxRow" (key, "clockId", kind, "roundId", "issueId", cycle, "obligationId", "rungId", letter, role,
      "plannedOn", "earliestAt", "latestAt", missed, "policyVersion", "calendarVersion", because)
    SELECT i.id || '/1/check-in-1/' || s, 'real', 'reminder', i."roundId", i.id, 1, 'check-in-1', 'before', 'reminder', 'handler',
      day, day + interval '1 hour', day + interval '10 hours', 'sendLate', 1, 1, '{}'
    FROM "Issue" i, generate_series(1, 2) s CROSS JOIN LATERAL (SELECT ${today}::date + 1 + (i.number + s * 20) % 100 AS day) d`;
  await ledger.$executeRaw`INSERT INTO "EvidenceFile" (sha256, "sizeBytes", "mediaType") SELECT 'f' || id, 88064, 'application/pdf' FROM "Issue"`;
  await ledger.$executeRaw`
    INSERT INTO "Evidence" (id, "issueId", cycle, measure, sha256, "fileName", "personId", "receivedAt")
    SELECT 'e' || i.id, i.id, 1, 1, 'f' || i.id, (${['公务用车检查台账', '整改情况报告', '结算资料归档清单', '会议纪要']}::text[])[1 + i.number % 4]
      || i.number || CASE WHEN i.number % 500 = 0 THEN '接待清单' ELSE '' END || '.pdf', 'p1', now() - i.number * interval '1 minute'
    FROM "Issue" i`;
}

async function fillMails(ledger: Ledger, mails: number, today: IsoDate): Promise<void> {
  const sentOn = at(addDays(today, -100), '09:00');
  await ledger.$executeRaw`
    INSERT INTO "Mail" (id, key, "clockId", kind, "personId", address, "messageId", "tokenHash", subject, raw, state, "preparedAt", "acceptedAt")
    SELECT 'm' || n, 'k' || n, 'real', 'reminder', 'p' || n % ${people}::int, 'p@unit.example', 'm' || n || '@bench.invalid', 't' || n,
      '【整改督办】' || n % 9 || '项待办', 'x', 'accepted', at, at
    FROM generate_series(1, ${mails}::int) n CROSS JOIN LATERAL (SELECT ${sentOn}::timestamptz + n * interval '1 minute' AS at) t`;
  await ledger.$executeRaw`
    INSERT INTO "IncomingMail" (id, "messageId", "envelopeTo", "clockId", "receivedAt", raw, state, subject, text, "mailId", "personId")
    SELECT 'c' || n, 'c' || n || '@unit.example', '', 'real', ${sentOn}::timestamptz + n * interval '1 minute', 'x', 'handled', '回复：【整改督办】',
      phrases[1 + n % k] || '已按要求整改，第' || n || '次报送。' || phrases[1 + n * 3 % k] || CASE WHEN n % 500 = 0 THEN ${rarePhrase} ELSE '' END,
      'm' || n, 'p' || n % ${people}::int
    FROM generate_series(1, ${mails}::int) n CROSS JOIN (SELECT ${phrases}::text[] AS phrases, ${phrases.length}::int AS k) p`;
}

type Template = ReturnType<typeof templateOf>;

/** One of the ways an issue may stand, with its lights. */
function templateOf(shape: number, today: IsoDate) {
  const launchedAt = at(addDays(today, -100), '09:00');
  const deadline = addDays(today, ((shape * 37) % 150) - 30);
  const numbers = Array.from({ length: measuresEach }, (_, index) => index + 1);
  const terms: IssueTerms = {
    ...{
      issueId: '',
      roundId: '',
      kind: 'ordinary',
      deadline,
      measures: numbers.map((number) => ({ number, deadline })),
    },
    ...{ policy: simplePolicy, calendar: sliceOf(bundledCalendar, '2025-01-01', '2026-12-31') },
    ...{ clock: { kind: 'real' }, launchedAt, firstMail: 'inHours' },
  };
  const phase: IssuePhase =
    shape === 0 ? 'closureReview' : shape % 5 === 1 ? 'lookBack' : shape % 11 === 2 ? 'longTerm' : 'rectification';
  const owed = (id: string, kind: Obligation['kind'], measure?: number): Obligation => ({
    ...{ id, kind, role: kind === 'closureDecision' ? 'office' : 'handler', dueOn: deadline, openedAt: launchedAt },
    ...{ overdue: 'no', proposedRungs: [], ...(measure !== undefined && { measure }) },
  });
  const obligations =
    phase === 'rectification'
      ? [owed('check-in-1', 'checkIn'), ...numbers.slice(1).map((n) => owed(`evidence-${String(n)}-1`, 'evidence', n))]
      : phase === 'closureReview'
        ? [owed('closure-decision-1', 'closureDecision')]
        : [];
  const evidence = [{ evidenceId: 'e', by: 'p1', state: 'received' as const }];
  const opened = openIssue(terms, launchedAt);
  const progress: IssueProgress = {
    ...{ ...opened, phase, obligations, sequence: 2 },
    measures: opened.measures.map((one) => (one.number === 1 ? { ...one, evidence } : one)),
    ...(phase === 'lookBack' && {
      closed: { approvedBy: 'p2', at: launchedAt, outcome: shape % 2 === 0 ? 'done' : 'basicallyDone' },
    }),
  };
  const lights = lightDaysOfMeasures(terms, progress);
  const measures = numbers.map((number) => ({ number, deadline, ...lights.get(number) }));
  return { shape, phase, terms, progress, measures, ...lightColumns(terms, progress) };
}
