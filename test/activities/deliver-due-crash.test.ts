import { createServer, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMailActivities, expireLeases } from '../../activities/deliver-due.ts';
import { type MailTransport, smtpTransport } from '../../activities/mail/transport.ts';
import { openLedger } from '../../prisma/client.ts';
import { at } from '../../workflows/rules/instants.ts';
import { mailRoom } from './mail/mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.issue(1);
  await room.owes('issue-1', 'evidence-1-1', 'evidence', friday, { measure: 1 });
});

/** Waits in real time for what another connection does within moments. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error('it did not happen within 10 seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('an answer', () => {
  it('that commits before the claim keeps the reminder from leaving', async () => {
    const row = await room.row({ on: friday });
    let delivering: Promise<unknown> | undefined;
    await room.ledger.$transaction(async (tx) => {
      await tx.outboxRow.update({ where: { key: row }, data: { state: 'cancelled' } });
      await tx.obligation.updateMany({ data: { closedAt: nine } });
      delivering = room.deliver(nine); // has read the row as planned, and now waits for it
      await until(async () => {
        const [waiting] = await room.ledger.$queryRaw<{ n: number }[]>`
          SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
        return waiting!.n > 0;
      });
    });
    await delivering;
    expect(room.server.taken).toEqual([]);
    expect(await room.state(row)).toBe('cancelled');
    expect(await room.ledger.mail.count()).toBe(0);
  });

  it('that commits after the claim has crossed the mail, which goes', async () => {
    const row = await room.row({ on: friday });
    const crossed: MailTransport = {
      ...room.transport,
      send: async (handover) => {
        await room.meets('issue-1', 'evidence-1-1');
        await room.ledger.outboxRow.updateMany({ where: { key: row, state: 'planned' }, data: { state: 'cancelled' } });
        return room.transport.send(handover);
      },
    };
    await room.deliver(nine, { transport: crossed });
    expect(room.server.taken).toHaveLength(1);
    expect(await room.state(row)).toBe('sent');
  });

  it('whose row was left behind is found: nothing is sent for what is no longer owed', async () => {
    const row = await room.row({ on: friday });
    await room.meets('issue-1', 'evidence-1-1');
    expect(await room.deliver(nine)).toEqual({ delivered: 0, nextAt: null });
    expect([await room.state(row), await room.reason(row)]).toEqual(['cancelled', '发信前已办结']);
  });
});

describe('a worker that dies', () => {
  it('after the claim and before SMTP leaves a mail that the next one sends once, in the same bytes', async () => {
    await room.row({ on: friday });
    let looks = 0; // at the clock: when it is called, and before a mail leaves
    const activities = createMailActivities({
      ledger: room.ledger,
      transportFor: () => room.transport,
      secret: 'test-secret',
      mailDomain: 'huitoukan.example',
      publicUrl: 'https://huitoukan.example',
      leaseOwner: 'worker-1',
      realNow: () => {
        if ((looks += 1) > 1) throw new Error('killed');
        return nine;
      },
    });
    await expect(activities.deliverDue({ clockId: 'real', now: nine })).rejects.toThrow('killed');
    const claimed = await room.mail();
    expect(claimed).toMatchObject({ state: 'prepared', attempts: 0 });
    expect(await room.deliver(at(friday, '09:05'), { owner: 'worker-2' })).toMatchObject({ delivered: 1 });
    expect(room.server.taken.map(({ raw }) => raw)).toEqual([claimed.raw]);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 0 });
  });

  it('after SMTP and before the answer is written leaves an unknown outcome: the same bytes again, counted', async () => {
    const row = await room.row({ on: friday });
    const deadly: MailTransport = {
      ...room.transport,
      send: async (handover) => {
        await room.transport.send(handover);
        return new Promise(() => undefined);
      },
    };
    void room.deliver(nine, { transport: deadly });
    await until(() => room.server.taken.length === 1);

    const { delivered, nextAt } = await room.deliver(nine, { owner: 'worker-2' });
    expect(delivered).toBe(0); // its lease may still be worked on
    expect(Date.parse(nextAt!) - Date.parse(nine)).toBeGreaterThan(0);
    expect(Date.parse(nextAt!) - Date.parse(nine)).toBeLessThanOrEqual(61_000);

    await expireLeases(room.ledger, 'worker-2');
    await room.deliver(nine, { owner: 'worker-2' });
    const [first, second] = room.server.taken.map(({ raw }) => raw);
    expect(second).toBe(first);
    expect(room.server.taken).toHaveLength(2);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 1 });
    expect(await room.state(row)).toBe('sent');
  });

  it('leaves its own leases alone when it starts the others anew', async () => {
    await room.row({ on: friday });
    const hanging: MailTransport = { ...room.transport, send: () => new Promise(() => undefined) };
    void room.deliver(nine, { transport: hanging });
    await until(async () => (await room.ledger.mail.count({ where: { state: 'handedOver' } })) === 1);
    await expireLeases(room.ledger, 'worker-1');
    await room.deliver(nine);
    expect(room.server.taken).toEqual([]);
  });

  it('before the row was marked as sent leaves that to the next one, who sends nothing', async () => {
    const row = await room.row({ on: friday });
    await room.deliver(nine);
    await room.ledger.outboxRow.update({ where: { key: row }, data: { state: 'claimed', sentAt: null } });
    expect(await room.deliver(nine, { owner: 'worker-2' })).toEqual({ delivered: 0, nextAt: null });
    expect(await room.state(row)).toBe('sent');
    expect(room.server.taken).toHaveLength(1);
  });
});

describe('a mail server', () => {
  it('that is busy gets the same bytes again later, and not before', async () => {
    const row = await room.row({ on: friday });
    room.server.onRecipient = () => ({ code: 451, text: '4.7.1 greylisted chen@unit.example' });
    const { delivered, nextAt } = await room.deliver(nine);
    expect(delivered).toBe(0);
    const waitMs = Date.parse(nextAt!) - Date.parse(nine);
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThan(70_000);
    expect(room.logged.join()).toContain('greylisted');
    expect(room.logged.join()).not.toContain('chen');

    room.server.onRecipient = () => undefined;
    await room.deliver(nine);
    expect(room.server.taken).toEqual([]);
    await room.ledger.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`;
    expect(await room.deliver(at(friday, '09:01'))).toMatchObject({ delivered: 1, nextAt: null });
    expect(room.server.taken.map(({ raw }) => raw)).toEqual([(await room.mail()).raw]);
    expect(await room.mail()).toMatchObject({ state: 'accepted', attempts: 2, uncertain: 0 });
    expect(await room.state(row)).toBe('sent');
  });

  it('that answers with what no ledger can keep has its mails written down as accepted', async () => {
    const row = await room.row({ on: friday });
    await through(
      (socket) => socket.write('250 2.0.0 Ok\0: queued as 1\r\n'),
      (transport) => room.deliver(nine, { transport }),
    );
    expect(await room.mail()).toMatchObject({ state: 'accepted', response: '250 2.0.0 Ok: queued as 1' });
    expect(await room.state(row)).toBe('sent');
  });

  it('that is away is no failure of the post-office', async () => {
    await room.row({ on: friday });
    const nowhere = smtpTransport('smtp://127.0.0.1:1', 'world');
    expect(await room.deliver(nine, { transport: nowhere })).toMatchObject({ delivered: 0 });
    expect(await room.mail()).toMatchObject({ state: 'prepared', attempts: 1 });
    nowhere.close();
  });

  it('that breaks the line after the bytes leaves an unknown outcome', async () => {
    await room.row({ on: friday });
    await through(
      (socket) => socket.destroy(),
      async (transport) => expect(await room.deliver(nine, { transport })).toMatchObject({ delivered: 0 }),
    );
    expect(await room.mail()).toMatchObject({ state: 'handedOver', uncertain: 0 });
    await room.ledger.$executeRaw`UPDATE "Mail" SET "leaseUntil" = now()`;
    await room.deliver(nine);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 1 });
  });
});

describe('a mail that cannot be written', () => {
  it('is a loud defect and holds up no other', async () => {
    const good = await room.row({ on: friday });
    const bad = await room.row({ key: 'issue-1/1/answer-4/handler', kind: 'answer', on: friday });
    await expect(room.deliver(nine)).rejects.toThrow();
    expect(await room.state(good)).toBe('sent');
    expect(await room.state(bad)).toBe('planned');
    expect(await room.server.lines()).toEqual([[good]]);
  });

  it('holds up no other where not even what it is about can be read, a page neither', async () => {
    await room.ledger.person.create({ data: { id: 'sun', name: '孙副局长', email: null } });
    const good = await room.row({ on: friday });
    const answer = { key: 'issue-1/1/answer-4/leader', kind: 'answer', role: 'responsibleLeader' } as const;
    await room.assign('sun', 'responsibleLeader');
    const bad = await room.row({ ...answer, on: friday });
    const ledger = room.ledger.$extends({
      query: {
        issueEvent: {
          findMany: () => {
            throw new Error('cannot be read');
          },
        },
      },
    }) as unknown as typeof room.ledger;
    await expect(room.deliver(nine, { ledger })).rejects.toThrow('cannot be read');
    expect([await room.state(good), await room.state(bad)]).toEqual(['sent', 'planned']);
  });
});

describe('two post-offices at once', () => {
  it('send no line twice to the same person and lose none', async () => {
    const people = Array.from({ length: 20 }, (_, n) => `p${String(n)}`);
    const rows: string[] = [];
    for (const [n, id] of people.entries()) await room.person(id, `经办人${String(n)}`);
    for (const [n, id] of people.entries()) {
      const issueId = await room.issue(n + 10);
      await room.assign(id, 'handler', { issueId });
      await room.assign(people[(n + 1) % people.length]!, 'handler', { issueId });
      for (const obligationId of ['check-in-1', 'evidence-1-1', 'evidence-2-1']) {
        await room.owes(issueId, obligationId, obligationId === 'check-in-1' ? 'checkIn' : 'evidence', friday);
        rows.push(await room.row({ issueId, obligationId, on: friday }));
      }
    }
    const other = openLedger(room.url);
    try {
      await Promise.all([
        room.deliver(nine),
        room.deliver(nine, { owner: 'worker-2', ledger: other }),
        room.deliver(nine, { owner: 'worker-3' }),
      ]);
      await room.deliver(nine);
    } finally {
      await other.$disconnect();
    }
    const lines = await room.server.lines();
    const copies = lines.flatMap((keys, index) => keys.map((key) => `${key} ${room.server.taken[index]!.to}`));
    expect(copies).toHaveLength(rows.length * 2);
    expect(new Set(copies).size).toBe(copies.length);
    expect(room.server.taken).toHaveLength(people.length);
    expect(await room.ledger.outboxRow.count({ where: { state: 'sent' } })).toBe(rows.length);
    expect((await room.mails()).every(({ state, uncertain }) => state === 'accepted' && uncertain === 0)).toBe(true);
  });
});

/** Sends through a server that does this when it has all of a mail's bytes. */
async function through(
  atTheEnd: (socket: Socket) => void,
  deliver: (transport: MailTransport) => Promise<unknown>,
): Promise<void> {
  const server = createServer((socket) => {
    let isData = false;
    socket.write('220 ready\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (isData) {
        if (text.includes('\r\n.\r\n')) atTheEnd(socket);
      } else if (text.startsWith('DATA')) {
        isData = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const transport = smtpTransport(
    `smtp://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`,
    'world',
  );
  await deliver(transport);
  transport.close();
  await new Promise((resolve) => server.close(resolve));
}
