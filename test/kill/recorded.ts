import { createHash } from 'node:crypto';
import type { Instance } from '../../client/commands/instance.ts';
import type { AcceptedMail } from '../../client/practice/accepted-file.ts';
import { readAccepted } from '../../client/practice/accepted-file.ts';
import type { DrillResult } from '../../client/rounds/drill-result.ts';
import type { Verification } from '../../client/verify.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { OwnInstance } from './own-instance.ts';

/** What a drill left behind, as far as it must be the same however often it was killed on its way. */
export interface Recorded {
  /** By `GM-07 #12`. */
  readonly events: ReadonlyMap<string, object>;
  /** By row key. */
  readonly lines: ReadonlyMap<string, object>;
  /** By Message-ID: what the practice mailbox accepted, and the bytes' hash. */
  readonly mails: ReadonlyMap<string, object>;
  /** By Message-ID: what the inbox took in and made of it. */
  readonly replies: ReadonlyMap<string, object>;
  /** By the mail answered and a number. */
  readonly answers: ReadonlyMap<string, object>;
}

/** What may differ: how often a mail came, and how often it was sent again after an unknown outcome. */
export interface Traffic {
  /** By Message-ID: how often the practice mailbox accepted it. */
  readonly accepted: ReadonlyMap<string, number>;
  /** By Message-ID: how often it was sent again without knowing what had become of it. */
  readonly uncertain: ReadonlyMap<string, number>;
}

export interface DrillEnd {
  readonly recorded: Recorded;
  readonly traffic: Traffic;
  readonly result: DrillResult;
  readonly verification: Verification;
}

/** Reads all that a drill left behind from its instance, which must be running. */
export async function readDrillEnd(own: OwnInstance, instance: Instance, drillId: string): Promise<DrillEnd> {
  const result = await instance.get<DrillResult>(['drills', drillId, 'result']);
  const verification = await instance.get<Verification>(['verify']);
  const accepted = await readAccepted(own.acceptedFile);
  return own.withLedger(async (ledger) => {
    const mails = await ledger.mail.findMany({
      where: { clockId: drillId },
      select: { messageId: true, state: true, uncertain: true, acceptedAt: true, raw: true },
    });
    return {
      recorded: {
        events: await readEvents(ledger, drillId),
        lines: await readLines(ledger, drillId),
        mails: mailsOf(
          accepted,
          new Map(mails.map(({ messageId, raw, ...rest }) => [messageId, { ...rest, sha256: sha256(raw) }])),
        ),
        replies: await readReplies(ledger, drillId),
        answers: await readAnswers(ledger, drillId),
      },
      traffic: {
        accepted: counted(accepted.map(({ messageId }) => messageId)),
        uncertain: new Map(mails.map(({ messageId, uncertain }) => [messageId, uncertain])),
      },
      result,
      verification,
    };
  });
}

async function readEvents(ledger: Ledger, drillId: string): Promise<Map<string, object>> {
  const events = await ledger.issueEvent.findMany({
    where: { issue: { roundId: drillId } },
    include: { issue: { select: { code: true } } },
    orderBy: [{ issueId: 'asc' }, { sequence: 'asc' }],
  });
  return new Map(
    events.map(({ issue, issueId: _issueId, ...event }) => [`${issue.code} #${String(event.sequence)}`, event]),
  );
}

async function readLines(ledger: Ledger, drillId: string): Promise<Map<string, object>> {
  const rows = await ledger.outboxRow.findMany({
    where: { clockId: drillId },
    include: { deliveries: { select: { personId: true, mailId: true }, orderBy: { personId: 'asc' } } },
    orderBy: { key: 'asc' },
  });
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

async function readReplies(ledger: Ledger, drillId: string): Promise<Map<string, object>> {
  const replies = await ledger.incomingMail.findMany({
    where: { clockId: drillId },
    omit: { raw: true },
    orderBy: { id: 'asc' },
  });
  return new Map(replies.map(({ messageId, ...reply }) => [messageId, reply]));
}

async function readAnswers(ledger: Ledger, drillId: string): Promise<Map<string, object>> {
  const answers = await ledger.practiceAnswer.findMany({ where: { drillId }, orderBy: { id: 'asc' } });
  return new Map(answers.map(({ id, ...answer }) => [id, answer]));
}

interface StoredMail {
  readonly state: string;
  readonly acceptedAt: Date | null;
  readonly sha256: string;
}

function mailsOf(accepted: readonly AcceptedMail[], stored: ReadonlyMap<string, StoredMail>): Map<string, object> {
  const mails = new Map<string, object>();
  for (const { messageId, to, kind, lines, date } of accepted) {
    const { state, acceptedAt, sha256 } = stored.get(messageId) ?? {};
    mails.set(messageId, { to, kind, date, lines: [...lines].sort(), state, acceptedAt, sha256 });
  }
  return mails;
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
