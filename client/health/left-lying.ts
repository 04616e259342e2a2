import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { domainListOf, loadDomainDecisions } from '../../prisma/domain-list.ts';
import { domainAndAbove } from '../../workflows/rules/mail-domain.ts';
import { unverifiedOn } from '../reading/unverified.ts';
import { type Check, check, type Found, sampleSize } from './check.ts';

/** What is this late has been missed, not merely delayed. */
const graceMs = 15 * 60_000;
/** An hour's outage of a mail server is normal … */
const mailGraceMs = 2 * 3_600_000;
/** … a day's is a failure. */
const mailFaultMs = 24 * 3_600_000;

const real = { clockId: 'real' } as const;

/** Whether anything of the real clock that was due has been left lying (watchdog). Reads the ledger alone. */
export async function leftLying(ledger: Ledger, now: Date): Promise<Check[]> {
  const since = (ms: number) => ({ lt: new Date(now.getTime() - ms) });
  return Promise.all([
    check('问题流程', { when: 'down', words: (n) => `有 ${n} 个问题到时没有复看` }, async () => {
      const where = { lookAgainAt: since(graceMs), round: { ...real, state: 'launched' as const } };
      const issues = await ledger.issue.findMany({
        where,
        select: { code: true },
        take: sampleSize,
        orderBy: { lookAgainAt: 'asc' },
      });
      return found(
        issues.map(({ code }) => code),
        await ledger.issue.count({ where }),
      );
    }),
    check('轮次流程', { when: 'down', words: (n) => `有 ${n} 个轮次到时没有复看` }, async () => {
      const where = { ...real, lookAgainAt: since(graceMs), state: 'launched' as const };
      const rounds = await ledger.round.findMany({ where, select: { name: true }, take: sampleSize });
      return found(
        rounds.map(({ name }) => name),
        await ledger.round.count({ where }),
      );
    }),
    check('待发的行', { when: 'down', words: (n) => `有 ${n} 行提醒过了时间没有发出` }, () =>
      rowsWhere(ledger, Prisma.sql`r.state = 'planned' AND r."earliestAt" < ${since(graceMs).lt}::timestamptz`),
    ),
    check('发送中的行', { when: 'down', words: (n) => `有 ${n} 行提醒领出一天以上还没有发完` }, () =>
      rowsWhere(
        ledger,
        // What was claimed by then was due by then: the index knows when it was due.
        Prisma.sql`r.state = 'claimed' AND r."earliestAt" < ${since(mailFaultMs).lt}::timestamptz
          AND r."claimedAt" < ${since(mailFaultMs).lt}::timestamptz
          AND NOT EXISTS (SELECT 1 FROM "Delivery" d JOIN "Mail" m ON m.id = d."mailId"
            WHERE d."rowKey" = r.key AND m.state = 'toPrint')`,
      ),
    ),
    check('交付中的邮件', { when: 'attention', words: (n) => `有 ${n} 封邮件拟好两小时以上还没有送达` }, () =>
      mailsWhere(ledger, { ...real, state: { in: ['prepared', 'handedOver'] }, preparedAt: since(mailGraceMs) }),
    ),
    check('外发邮件', { when: 'attention', words: (n) => `有 ${n} 封邮件没有送达（被拒收，或不知是否送达）` }, () =>
      mailsWhere(ledger, { ...real, OR: [{ state: { in: ['refused', 'replaced'] } }, { uncertain: { gt: 0 } }] }),
    ),
    check('打印送达', { when: 'attention', words: (n) => `有 ${n} 份打印件等送达` }, () =>
      mailsWhere(ledger, { ...real, state: 'toPrint' }),
    ),
    check('打印送达逾期', { when: 'attention', words: (n) => `有 ${n} 份打印件备好一个工作日以上还没有送达` }, () =>
      mailsWhere(ledger, { ...real, state: 'toPrint', deliverBy: { lt: fromIsoDate(dayOf(now.toISOString())) } }),
    ),
    check('收件', { when: 'down', words: (n) => `有 ${n} 封来信还没有处理完` }, () =>
      incomingWhere(ledger, { state: 'stored', receivedAt: since(graceMs) }),
    ),
    check('来信核实', { when: 'attention', words: (n) => `有 ${n} 封来信等核实` }, () =>
      incomingWhere(ledger, unverifiedOn('real')),
    ),
    check(
      '邮件保密',
      { when: 'attention', words: (n) => `有 ${n} 个邮箱域名还没有决定是否可信，发往那里的邮件只写编号、时限和链接` },
      () => undecidedInUse(ledger),
    ),
    check('通讯录', { when: 'attention', words: (n) => `有 ${n} 人的邮箱送不到` }, async () => {
      const where = { scope: 'real', unreachable: { not: null } };
      const people = await ledger.person.findMany({
        where,
        select: { name: true },
        take: sampleSize,
        orderBy: { name: 'asc' },
      });
      return found(
        people.map(({ name }) => name),
        await ledger.person.count({ where }),
      );
    }),
  ]);
}

/** Domains to which a mail went without words because nobody had decided on them, and still nobody has. */
async function undecidedInUse(ledger: Ledger): Promise<Found> {
  const used = await ledger.$queryRaw<{ domain: string }[]>`
    SELECT DISTINCT "toldBecause"->>'domain' AS domain FROM "Mail"
    WHERE "clockId" = 'real' AND "toldBecause"->>'rule' = 'unlistedDomain' ORDER BY domain`;
  const list = domainListOf(await loadDomainDecisions(ledger));
  const open = used
    .map(({ domain }) => domain)
    .filter((domain) => !domainAndAbove(domain).some((one) => list.has(one)));
  return found(open.slice(0, sampleSize), open.length);
}

type Where<Model extends 'mail' | 'incomingMail'> = NonNullable<
  NonNullable<Parameters<Ledger[Model]['findMany']>[0]>['where']
>;

/** Rows `r` that still wait; asked for by the column that their index is made of. */
async function rowsWhere(ledger: Ledger, condition: Prisma.Sql): Promise<Found> {
  const rows = await ledger.$queryRaw<{ key: string; count: number }[]>`
    SELECT r.key, (count(*) OVER ())::int AS count FROM "OutboxRow" r
    WHERE r."clockId" = 'real' AND r.waits AND ${condition} ORDER BY r."earliestAt", r.key LIMIT ${sampleSize}::int`;
  return found(
    rows.map(({ key }) => key),
    rows[0]?.count ?? 0,
  );
}

async function mailsWhere(ledger: Ledger, where: Where<'mail'>): Promise<Found> {
  const mails = await ledger.mail.findMany({
    where,
    select: { subject: true, person: { select: { name: true } } },
    take: sampleSize,
    orderBy: { preparedAt: 'asc' },
  });
  return found(
    mails.map(({ subject, person }) => `${person.name} ${subject}`),
    await ledger.mail.count({ where }),
  );
}

async function incomingWhere(ledger: Ledger, where: Where<'incomingMail'>): Promise<Found> {
  const mails = await ledger.incomingMail.findMany({
    where,
    select: { fromAddress: true, subject: true },
    take: sampleSize,
    orderBy: { receivedAt: 'asc' },
  });
  return found(
    mails.map(({ fromAddress, subject }) => `${fromAddress} ${subject}`.trim()),
    await ledger.incomingMail.count({ where }),
  );
}

function found(sample: readonly string[], count: number): Found {
  return { count, sample };
}
