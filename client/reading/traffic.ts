import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { eventWords, peopleNamed, storedFact } from './event-words.ts';
import { type HeldMails, readHeldMails } from './held-mails.ts';

/** What came and went today, and how the post stands. */
export interface Traffic {
  readonly sentToday: number;
  readonly receivedToday: number;
  /** Mails prepared or handed over and not yet accepted. */
  readonly underWay: number;
  /** Mails the other side refused. */
  readonly refused: number;
  /** Sent again after an unknown outcome. */
  readonly uncertain: number;
  /** Mails under way that wait for nothing but the sending rate of their domain (限速). */
  readonly held: HeldMails;
  readonly nextAt: IsoInstant | null;
  /** What people did today, the last first. */
  readonly news: readonly NewsItem[];
}

export interface NewsItem {
  readonly at: IsoInstant;
  readonly issueId: string;
  readonly code: string;
  readonly person: string;
  readonly what: string;
}

const newsShown = 6;

/** Reads a clock's traffic since a moment; counted where the rows lie. */
export async function readTraffic(
  ledger: Ledger,
  clockId: string,
  { since, now }: { since: IsoInstant; now: IsoInstant },
): Promise<Traffic> {
  const [mails, receivedToday, held, [next], events] = await Promise.all([
    readMailCounts(ledger, clockId, { since, now }),
    ledger.incomingMail.count({ where: { clockId, receivedAt: { gte: since, lte: now } } }),
    readHeldMails(ledger, clockId),
    // `waits` is what the index of the outbox asks for.
    ledger.$queryRaw<{ earliestAt: Date }[]>`
      SELECT "earliestAt" FROM "OutboxRow" WHERE "clockId" = ${clockId} AND waits AND state = 'planned'
      ORDER BY "earliestAt" LIMIT 1`,
    ledger.issueEvent.findMany({
      where: { issue: { round: { clockId } }, by: { not: null }, at: { gte: since, lte: now } },
      orderBy: [{ at: 'desc' }, { sequence: 'desc' }],
      take: newsShown,
      select: { at: true, type: true, by: true, detail: true, issue: { select: { id: true, code: true } } },
    }),
  ]);
  const people = await ledger.person.findMany({
    where: { id: { in: [...events.flatMap(({ by }) => by ?? []), ...peopleNamed(events.map(storedFact))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    ...mails,
    receivedToday,
    held,
    nextAt: next?.earliestAt.toISOString() ?? null,
    news: events.map(({ at, type, by, detail, issue }) => ({
      at: at.toISOString(),
      issueId: issue.id,
      code: issue.code,
      person: names.get(by ?? '') ?? '',
      what: eventWords(storedFact({ type, detail }), { people: names }),
    })),
  };
}

type MailCounts = Pick<Traffic, 'sentToday' | 'underWay' | 'refused' | 'uncertain'>;

/** Each is counted by an index of few rows: what has been accepted on earlier days is not looked at. */
async function readMailCounts(
  ledger: Ledger,
  clockId: string,
  { since, now }: { since: IsoInstant; now: IsoInstant },
): Promise<MailCounts> {
  const [counts] = await ledger.$queryRaw<MailCounts[]>`
    SELECT (SELECT count(*)::int FROM "Mail" WHERE "clockId" = ${clockId} AND state = 'accepted'
        AND "acceptedAt" BETWEEN ${since}::timestamptz AND ${now}::timestamptz) AS "sentToday",
      (SELECT count(*)::int FROM "Mail" WHERE "clockId" = ${clockId} AND state IN ('prepared', 'handedOver')) AS "underWay",
      (SELECT count(*)::int FROM "Mail" WHERE "clockId" = ${clockId} AND state IN ('refused', 'replaced')) AS refused,
      (SELECT count(*)::int FROM "Mail" WHERE "clockId" = ${clockId} AND uncertain > 0) AS uncertain`;
  return counts!;
}
