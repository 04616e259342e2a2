import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { planNotices } from '../../prisma/plan-notices.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Secrecy } from '../../workflows/rules/secrecy.ts';
import { compose } from './compose.ts';
import type { SigningKey } from './dkim.ts';
import type { MailPlan } from './gather.ts';
import type { Hours } from './hours.ts';
import { linkHash, linkToken, type MailIdentity, mailIdentity, type MailMarks } from './keys.ts';
import { deliverBy, roundsOf } from './pages.ts';
import type { Recipient } from './recipients.ts';
import { stillOwed, stillWaits } from './still-wanted.ts';
import { mailThread } from './thread.ts';
import type { Written } from './write-mail.ts';

/** Where our mail comes from, the key that its names are made with, and the one by which it is signed. */
export interface Sender {
  readonly secret: string;
  readonly mailDomain: string;
  readonly signing?: SigningKey | undefined;
}

export interface ClaimRequest {
  readonly plan: MailPlan;
  /** Without an address the mail is made to be printed (打印送达), and is not sent. */
  readonly to: Recipient;
  readonly clockId: string;
  readonly now: IsoInstant;
  /** Says what the mail with these lines of the plan says; computes, and reads nothing. */
  readonly write: (keys: ReadonlySet<string>, marks: MailMarks) => Written;
  /** By which the day is counted on which a page should be brought. */
  readonly hours: Hours;
}

/** `contended` when somebody else took part of it at the same time: look again. */
export type ClaimResult =
  { readonly kind: 'claimed'; readonly mail: FrozenMail } | { readonly kind: 'nothing' | 'contended' };

/**
 * Takes what is still owed of a plan's lines and freezes the mail that carries them, in one short transaction. What is
 * owed is judged here: an answer that commits later has crossed the mail. Running again finds the deliveries and
 * takes nothing.
 */
export async function claim(ledger: Ledger, sender: Sender, request: ClaimRequest): Promise<ClaimResult> {
  const allKeys = new Set(request.plan.lines.map(({ row }) => row.key));
  const expected = await freeze(sender, request, allKeys); // nearly always right, and the rows are locked no longer
  try {
    return await ledger.$transaction(async (tx) => {
      if (!(await giveUp(tx, request.plan))) return { kind: 'nothing' };
      const keys = await takeRows(tx, request.plan, request.now);
      if (keys.size === 0) return { kind: 'nothing' };
      const mail = keys.size === allKeys.size ? expected : await freeze(sender, request, keys);
      await keep(tx, request, mail);
      return { kind: 'claimed', mail };
    });
  } catch (error) {
    if (error instanceof TakenMeanwhile || isDeadlock(error)) return { kind: 'contended' };
    throw error;
  }
}

/**
 * Takes the lines that are still owed back from a refused mail, so that this mail can take them over; what it carried
 * stands in its bytes. False when somebody else has done so.
 */
async function giveUp(tx: LedgerTransaction, { replaces, personId, lines }: MailPlan): Promise<boolean> {
  if (replaces === undefined) return true;
  const { count } = await tx.mail.updateMany({
    where: { id: replaces, state: 'refused' },
    data: { state: 'replaced' },
  });
  if (count === 0) return false;
  const keys = lines.map(({ row }) => row.key);
  await tx.$executeRaw`
    DELETE FROM "Delivery" d USING "OutboxRow" r
    WHERE r.key = d."rowKey" AND d."mailId" = ${replaces} AND d."personId" = ${personId} AND r.key = ANY(${keys}::text[])
      AND (r.kind <> 'reminder' OR ${stillOwed})`;
  return true;
}

/** The mail of this key has been made by somebody else since we looked: nothing of ours may stay. */
class TakenMeanwhile extends Error {}

export interface FrozenMail {
  readonly identity: MailIdentity;
  readonly subject: string;
  readonly secrecy: Secrecy;
  readonly rowKeys: readonly string[];
  /** By line, of the lines whose link stands in the mail: an item of ten lines has one. */
  readonly linkHashes: ReadonlyMap<string, string>;
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** The mail with these lines as bytes; computes, and reads nothing. */
async function freeze(sender: Sender, request: ClaimRequest, keys: ReadonlySet<string>): Promise<FrozenMail> {
  const { plan, to, now, write } = request;
  const identity = mailIdentity(sender.secret, sender.mailDomain, plan.key);
  const linkHashes = new Map<string, string>();
  const { from, lines, headers, secrecy, ...rendered } = write(keys, {
    id: identity.id,
    linkTokenOf: (rowKey) => {
      const token = linkToken(sender.secret, plan.key, rowKey);
      linkHashes.set(rowKey, linkHash(token));
      return token;
    },
  });
  const { subject } = rendered;
  const rowKeys = lines.map(({ rowKey }) => rowKey);
  if (to.address === null) {
    const raw = Uint8Array.from(Buffer.from(rendered.html));
    return { identity, subject, secrecy, rowKeys, linkHashes: new Map(), raw }; // paper has no links
  }
  const raw = await compose({
    ...rendered,
    ...headers,
    thread: mailThread(sender.secret, sender.mailDomain, headers.thread),
    identity,
    kind: plan.kind,
    from: { name: from, address: `duban@${sender.mailDomain}` },
    to: { name: to.name, address: to.address },
    sentAt: now,
    lines,
    signing: sender.signing,
  });
  return { identity, subject, secrecy, rowKeys, linkHashes, raw: Uint8Array.from(raw) };
}

async function keep(tx: LedgerTransaction, request: ClaimRequest, mail: FrozenMail): Promise<void> {
  const { plan, to, clockId, now, hours } = request;
  const { identity, subject, secrecy, rowKeys, linkHashes, raw } = mail;
  const state = to.address === null ? 'toPrint' : 'prepared';
  const count = await tx.$executeRaw`
    INSERT INTO "Mail" (id, key, "clockId", kind, "personId", address, state, "messageId", "tokenHash", "digestOn", subject, raw,
      told, "toldBecause", "preparedAt", "deliverBy")
    VALUES (${identity.id}, ${plan.key}, ${clockId}, ${plan.kind}::"OutboxKind", ${plan.personId}, ${to.address ?? ''},
      ${state}::"MailState", ${identity.messageId}, ${identity.tokenHash}, ${plan.digestOn}::date, ${subject}, ${raw},
      ${secrecy.told}::"Told", ${JSON.stringify(secrecy)}::jsonb, ${now}::timestamptz,
      ${to.address === null ? deliverBy(hours, now) : null}::date)
    ON CONFLICT DO NOTHING`;
  if (count === 0) throw new TakenMeanwhile();
  if (to.address === null) {
    const rows = plan.lines.flatMap(({ row }) => (rowKeys.includes(row.key) ? [row] : []));
    const roundIds = await roundsOf(tx, rows);
    await planNotices(tx, { kind: 'page', id: identity.id, clockId, roundIds }, hours, now);
  }
  const holders = new Map(plan.lines.map(({ row, onBehalfOf }) => [row.key, onBehalfOf.get(plan.personId)]));
  const lines = rowKeys.map((rowKey, index) => ({
    rowKey,
    position: index + 1,
    onBehalfOf: holders.get(rowKey),
    linkHash: linkHashes.get(rowKey),
  }));
  await tx.$executeRaw`
    INSERT INTO "Delivery" ("rowKey", "personId", "mailId", position, "onBehalfOf", "linkHash")
    SELECT "rowKey", ${plan.personId}, ${identity.id}, position, "onBehalfOf", "linkHash"
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      AS line("rowKey" text, position int, "onBehalfOf" text, "linkHash" text)`;
  const mergedKeys = plan.merged.map(({ key }) => key);
  if (mergedKeys.length > 0) {
    await tx.outboxRow.updateMany({
      where: { key: { in: mergedKeys }, state: 'planned' },
      data: { state: 'collapsed', stateReason: plan.merged[0]!.reason },
    });
  }
}

/** The keys of the lines that are still owed to this person, and his from now on. */
async function takeRows(tx: LedgerTransaction, plan: MailPlan, now: IsoInstant): Promise<ReadonlySet<string>> {
  const keys = plan.lines.map(({ row }) => row.key);
  // Locked in one order first, so that two claims never wait for each other, and the next statement sees what
  // those who held the rows have committed.
  await tx.$queryRaw`SELECT key FROM "OutboxRow" WHERE key = ANY(${keys}::text[]) ORDER BY key FOR UPDATE`;
  const lines = plan.lines.map(({ row, recipients, reason }) => ({ key: row.key, recipients, reason }));
  const taken = await tx.$queryRaw<{ key: string }[]>`
    UPDATE "OutboxRow" r SET state = 'claimed',
      recipients = coalesce(r.recipients, line.recipients),
      "claimedAt" = coalesce(r."claimedAt", ${now}::timestamptz),
      "stateReason" = coalesce(line.reason, r."stateReason")
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line(key text, recipients jsonb, reason text)
    WHERE r.key = line.key AND r.state IN ('planned', 'claimed')
      AND coalesce(r.recipients, line.recipients) @> to_jsonb(${plan.personId}::text)
      AND NOT EXISTS (SELECT 1 FROM "Delivery" d WHERE d."rowKey" = r.key AND d."personId" = ${plan.personId})
      AND (r.kind <> 'reminder' OR ${stillOwed})
      AND (r.kind <> 'notice' OR ${stillWaits})
    RETURNING r.key`;
  return new Set(taken.map(({ key }) => key));
}

/** P2034 is Prisma's name for a deadlock or a write conflict, 40P01 PostgreSQL's for a deadlock. */
function isDeadlock(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'P2034' || (message?.includes('40P01') ?? false);
}
