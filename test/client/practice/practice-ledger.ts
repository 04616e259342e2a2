import { onTestFinished } from 'vitest';
import { startInboundDoor } from '../../../client/incoming-mail/door.ts';
import { tokenHashOf } from '../../../client/incoming-mail/reply-address.ts';
import { readOutgoingMail } from '../../../client/practice/outgoing-mail.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testDatabase } from '../../support/servers.ts';
import { outgoingBytes } from './outgoing.ts';

const launchedAt = '2024-03-01T01:00:00.000Z';
export const token = 'abcdefghijklmnopqrstuvwxyz';

/** A ledger with one drill of one issue, `GM-01`, and one mail to its handler with the given lines. */
export async function practiceLedger({ staff = 'diligent', lines }: { staff?: string; lines: readonly string[] }) {
  const database = await testDatabase();
  const ledger = openLedger(database.url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await database.drop();
  });
  await ledger.round.create({ data: { id: 'r1', name: '演练', codePrefix: 'GM', clockId: 'd1' } });
  await ledger.drill.create({
    data: {
      id: 'd1',
      roundId: 'r1',
      seed: 's',
      staff,
      secondsPerDay: 0,
      now: '2024-03-01T03:00:00.000Z',
      endsBy: '2025-03-01T00:00:00.000Z',
    },
  });
  await ledger.person.create({
    data: { id: 'p1', scope: 'd1', name: '办公室经办人', email: 'office-handler@practice.invalid' },
  });
  await ledger.issue.create({
    data: {
      id: 'i1',
      roundId: 'r1',
      number: 1,
      code: 'GM-01',
      title: '会议制度不落实',
      text: '原文',
      kind: 'ordinary',
      firstDeadline: fromIsoDate('2024-06-28'),
    },
  });
  const raw = await outgoingBytes({ lines });
  await ledger.mail.create({
    data: {
      id: 'm1',
      key: 'p1/2024-03-01',
      clockId: 'd1',
      kind: 'reminder',
      personId: 'p1',
      address: 'office-handler@practice.invalid',
      messageId: 'abc@mail.test',
      tokenHash: tokenHashOf(token),
      subject: '今天有 2 件事项',
      raw: Uint8Array.from(raw),
      preparedAt: launchedAt,
    },
  });
  return { ledger, mail: readOutgoingMail(raw, 'office-handler@practice.invalid') };
}

export async function openObligation(ledger: Ledger, id: string): Promise<void> {
  await ledger.obligation.create({
    data: {
      issueId: 'i1',
      cycle: 1,
      id,
      kind: 'checkIn',
      role: 'handler',
      openedAt: launchedAt,
      dueOn: fromIsoDate('2024-03-15'),
    },
  });
}

/** The real door, with an inbox behind it that handles what comes in and closes what the test says. */
export async function doorWith(ledger: Ledger, handle: (incomingId: string) => Promise<void>) {
  const stored: string[] = [];
  const door = await startInboundDoor({
    port: 0,
    ledger,
    mailDomain: 'mail.test',
    onStored(id) {
      stored.push(id);
      handle(id)
        .then(() => ledger.incomingMail.update({ where: { id }, data: { state: 'handled' } }))
        .catch(() => undefined);
    },
  });
  onTestFinished(() => door.close());
  return { door: { host: '127.0.0.1', port: door.port }, stored };
}
