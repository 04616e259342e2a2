import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { mergedReason } from './gather.ts';
import type { SecrecyOf } from './secrecy.ts';
import { stillOwed, stillWaits } from './still-wanted.ts';

interface TakingBack {
  readonly ledger: Ledger;
  readonly clockId: string;
  readonly secrecyOf: SecrecyOf;
  readonly now: IsoInstant;
}

/**
 * Takes back the mails that wait to leave and would be wrong by now; their lines are free again, and are judged and written
 * anew. A mail that may have arrived already is left as it is: every retry sends the same bytes. Running again finds nothing.
 */
export async function takeBack(taking: TakingBack): Promise<void> {
  const ids = [
    ...(await tellingTooMuch(taking)),
    ...(await tellingOfConfidential(taking)),
    ...(await outdated(taking)),
  ];
  if (ids.length === 0) return;
  const { ledger, now } = taking;
  await ledger.$transaction(async (tx) => {
    const free = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Mail" WHERE id = ANY(${ids}::text[]) AND state = 'prepared' AND uncertain = 0 ORDER BY id FOR UPDATE`;
    const mailIds = free.map(({ id }) => id);
    const lines = await tx.delivery.findMany({ where: { mailId: { in: mailIds } }, select: { rowKey: true } });
    const keys = lines.map(({ rowKey }) => rowKey);
    await tx.delivery.deleteMany({ where: { mailId: { in: mailIds } } });
    await tx.mail.deleteMany({ where: { id: { in: mailIds } } });
    // A line that nobody has is as if it had never been claimed: who holds the role now, and its rule for a missed window,
    // decide. Of one that somebody has, the others still get theirs.
    await tx.$executeRaw`
      UPDATE "OutboxRow" r SET state = 'planned', recipients = NULL, withheld = NULL, "claimedAt" = NULL
      WHERE r.key = ANY(${keys}::text[]) AND r.state = 'claimed' AND r.kind IN ('reminder', 'notice')
        AND NOT EXISTS (SELECT 1 FROM "Delivery" d WHERE d."rowKey" = r.key)`;
    await tx.outboxRow.updateMany({ where: { key: { in: keys }, state: 'claimed' }, data: { earliestAt: now } });
    // What ended because the mail said the same under another role may be somebody else's by now.
    await tx.$executeRaw`
      UPDATE "OutboxRow" r SET state = 'planned', "stateReason" = NULL FROM "OutboxRow" taken
      WHERE taken.key = ANY(${keys}::text[]) AND r.state = 'collapsed' AND r."stateReason" = ${mergedReason}
        AND r."issueId" IS NOT DISTINCT FROM taken."issueId" AND r."roundId" IS NOT DISTINCT FROM taken."roundId"
        AND r.cycle IS NOT DISTINCT FROM taken.cycle AND r."obligationId" = taken."obligationId"
        AND r."rungId" = taken."rungId" AND r."plannedOn" = taken."plannedOn"`;
  });
}

/**
 * With words of an issue that has become confidential (保密问题) since they were written. A decision bears the moment before its
 * commit: of what was written within the minute after it, too, nobody can say whether it knew.
 */
async function tellingOfConfidential({ ledger, clockId }: TakingBack): Promise<string[]> {
  const mails = await ledger.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT m.id FROM "Mail" m JOIN "Delivery" d ON d."mailId" = m.id JOIN "OutboxRow" r ON r.key = d."rowKey"
    LEFT JOIN "RoundObligation" o ON r."issueId" IS NULL AND o."roundId" = r."roundId" AND o.id = r."obligationId"
    JOIN "Issue" i ON i.secrecy = 'confidential' AND (i.id = r."issueId"
      OR r."issueId" IS NULL AND (r.content->'issueIds' ? i.id OR o.scope->'issueIds' ? i.id))
    WHERE m."clockId" = ${clockId} AND m.state = 'prepared' AND m.told = 'words' AND m.uncertain = 0
      AND m."preparedAt" < (SELECT max(c.at) FROM "IssueSecrecyChange" c WHERE c."issueId" = i.id) + interval '1 minute'`;
  return mails.map(({ id }) => id);
}

/**
 * With the finding's words for an address that may not get them any more (保密), because its domain was struck off the list or
 * the mail server was exchanged.
 */
async function tellingTooMuch({ ledger, clockId, secrecyOf }: TakingBack): Promise<string[]> {
  const mails = await ledger.mail.findMany({
    where: { clockId, state: 'prepared', told: 'words', uncertain: 0 },
    select: { id: true, address: true },
  });
  return mails.filter((mail) => secrecyOf(mail).told === 'codeOnly').map(({ id }) => id);
}

/**
 * Of a day that has passed, or with a line that is no longer owed: after an outage of the mail server people get one mail
 * with what holds then, not one for each day. What could leave at its own moment has crossed, as ever.
 */
async function outdated({ ledger, clockId, now }: TakingBack): Promise<string[]> {
  const mails = await ledger.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM "Mail" m
    WHERE m."clockId" = ${clockId} AND m.state = 'prepared' AND m.uncertain = 0 AND m."digestOn" IS NOT NULL
      AND m."preparedAt" < ${now}::timestamptz
      AND (m."digestOn" < ${dayOf(now)}::date OR EXISTS (
        SELECT 1 FROM "Delivery" d JOIN "OutboxRow" r ON r.key = d."rowKey" WHERE d."mailId" = m.id
          AND NOT CASE r.kind WHEN 'notice' THEN ${stillWaits} ELSE ${stillOwed} END))`;
  return mails.map(({ id }) => id);
}
