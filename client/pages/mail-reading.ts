import { everything, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IncomingVerdict, ItemVerdict } from '../incoming-mail/verdict.ts';
import { outcomeOf } from '../reading/incoming-outcome.ts';

/** An answer to a mail, and what came of it. */
export interface ReplyReading {
  readonly id: string;
  readonly receivedAt: IsoInstant;
  readonly text: string;
  readonly outcome: string;
  readonly items: readonly ItemVerdict[];
}

/** A sent mail as far as the ledger knows it, with the answers that came to it, the last first. */
export interface MailInLedger {
  readonly clockId: string;
  readonly personId: string;
  readonly replies: readonly ReplyReading[];
}

/** Undefined when no such mail was sent. */
export async function readMailInLedger(ledger: Ledger, messageId: string): Promise<MailInLedger | undefined> {
  const mail = await ledger.mail.findUnique({
    where: { messageId },
    select: {
      clockId: true,
      personId: true,
      replies: {
        orderBy: { receivedAt: 'desc' },
        select: { id: true, receivedAt: true, text: true, state: true, verdict: true },
      },
    },
  });
  if (mail === null) return undefined;
  const { clockId, personId, replies } = mail;
  return {
    clockId,
    personId,
    replies: replies.map(replyReading),
  };
}

/** A mail that came in, as the ledger has it. */
export function replyReading({
  id,
  receivedAt,
  text,
  state,
  verdict,
}: {
  readonly id: string;
  readonly receivedAt: Date;
  readonly text: string;
  readonly state: string;
  readonly verdict: unknown;
}): ReplyReading {
  const outcome = outcomeOf(state, verdict as IncomingVerdict | null);
  return { id, receivedAt: receivedAt.toISOString(), text, ...outcome };
}

/** A mail that another one follows in its reader's mailbox. */
export interface EarlierMail {
  readonly path: string;
  readonly subject: string;
  readonly at: IsoInstant;
  readonly by: 'us' | 'reader';
}

/** The mails that these Message-IDs (with angle brackets) name, ours and those that came in, the first of them first. */
export async function readEarlierMails(ledger: Ledger, references: readonly string[]): Promise<EarlierMail[]> {
  if (references.length === 0) return [];
  const bare = references.map((id) => id.replace(/^<|>$/g, ''));
  const [sent, came] = await Promise.all([
    ledger.mail.findMany({
      where: { messageId: { in: bare } },
      select: { messageId: true, subject: true, preparedAt: true },
    }),
    ledger.incomingMail.findMany({
      where: { messageId: { in: [...references, ...bare] } },
      select: { id: true, subject: true, receivedAt: true },
    }),
  ]);
  const mails = [
    ...sent.map(({ messageId, subject, preparedAt }) => ({
      ...{ path: `/mailbox/${encodeURIComponent(messageId)}`, subject, at: preparedAt.toISOString() },
      by: 'us' as const,
    })),
    ...came.map(({ id, subject, receivedAt }) => ({
      ...{ path: `/mailbox/replies/${id}`, subject, at: receivedAt.toISOString() },
      by: 'reader' as const,
    })),
  ];
  return mails.sort((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1));
}

/** Whose mails there are, by person and clock. */
export async function readMailboxChoice(
  ledger: Ledger,
  wanted: { clockId?: string | undefined; personId?: string | undefined },
  { real, drills: drillsSeen }: Sight = everything,
) {
  const [rounds, drills] = await Promise.all([
    real === 'none' ? null : ledger.round.findFirst({ where: { clockId: 'real' }, select: { id: true } }),
    ledger.drill.findMany({
      where: drillsSeen === 'all' ? {} : { id: { in: [] } },
      select: { id: true, round: { select: { name: true } } },
      orderBy: { startedAt: 'desc' },
      take: 20,
    }),
  ]);
  const owner =
    wanted.personId === undefined
      ? null
      : await ledger.person.findUnique({ where: { id: wanted.personId }, select: { scope: true } });
  const clocks = [
    ...drills.map(({ id, round }) => ({ id, name: round.name })),
    ...(real === 'none' || (rounds === null && drills.length > 0) ? [] : [{ id: 'real', name: '真实轮次' }]),
  ];
  const asked = wanted.clockId ?? owner?.scope;
  const clockId = clocks.find(({ id }) => id === asked)?.id ?? clocks[0]?.id ?? (real === 'none' ? '' : 'real');
  const himself = clockId === 'real' && real !== 'all' && real !== 'none' ? real.personId : undefined;
  const people = await ledger.person.findMany({
    where: { scope: clockId, mails: { some: {} }, ...(himself !== undefined && { id: himself }) },
    select: { id: true, name: true, unit: true, _count: { select: { mails: true } } },
    orderBy: { name: 'asc' },
  });
  return {
    clocks,
    clockId,
    personId: himself ?? people.find(({ id }) => id === wanted.personId)?.id,
    people: people.map(({ _count, ...person }) => ({ ...person, mails: _count.mails })),
  };
}
