import { beforeEach, describe, expect, it } from 'vitest';
import { settleRows } from '../../../prisma/settle-rows.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');
const monday = '2024-04-01';

beforeEach(async () => {
  await room.chenOwesEvidence(friday);
});

const toChen = () =>
  room.ledger.mail.findMany({
    where: { personId: 'chen' },
    select: { state: true, digestOn: true, raw: true, lines: { select: { rowKey: true } } },
    orderBy: { preparedAt: 'asc' },
  });
const pagesOf = async () => (await toChen()).filter(({ state }) => ['toPrint', 'printed', 'lapsed'].includes(state));
const rowFor = (measure: 1 | 2) => room.row({ obligationId: `evidence-${String(measure)}-1`, on: friday });

function refuseChen(code: number, text: string): void {
  room.server.onRecipient = (address) =>
    address.startsWith('chen') ? { code, text: `${text} ${address}` } : undefined;
}

describe('a mail that the mail server refuses for good', () => {
  it('becomes a page with the same lines at once: each stands on one of the two, and why tells it', async () => {
    const rows = [await rowFor(1), await rowFor(2)];
    refuseChen(550, '5.1.1 no such user');
    await room.deliver(nine);

    const mails = await toChen();
    expect(mails.map(({ state, lines }) => [state, lines.length]).sort()).toEqual([
      ['replaced', 0],
      ['toPrint', 2],
    ]);
    const page = mails.find(({ state }) => state === 'toPrint');
    expect(Buffer.from(page!.raw).toString()).toContain('规范公务用车管理');
    for (const row of rows)
      expect([await room.state(row), await room.reason(row)]).toEqual(['claimed', '对方邮件系统拒收，改为打印送达']);
    expect(room.logged.join()).toContain('no such user');
    expect(room.logged.join()).not.toContain('chen');
  });

  it('is told to the office in its mail, once, and is not sent again', async () => {
    await rowFor(1);
    refuseChen(550, '5.1.1 no such user');
    for (let looks = 0; looks < 3; looks += 1) await room.deliver(nine);

    expect(room.server.taken.map(({ to }) => to)).toEqual(['wang@unit.example']);
    expect((await room.server.mails())[0]?.subject).toContain('1份打印件待送达');
    expect(await pagesOf()).toHaveLength(1);
  });

  it('marks an address that does not exist, so that what follows is printed from the beginning', async () => {
    await rowFor(1);
    refuseChen(550, '5.1.1 no such user <chen@unit.example>');
    await room.deliver(nine);
    const { unreachable } = await room.ledger.person.findUniqueOrThrow({ where: { id: 'chen' } });
    expect(unreachable).toMatch(/^2024-03-29拒收：.*5\.1\.1 no such user … …$/);

    room.server.onRecipient = () => undefined;
    const next = await room.row({ obligationId: 'evidence-1-1', on: monday, rungId: 'after-1' });
    await room.deliver(at(monday, '09:00'));
    expect(await room.state(next)).toBe('claimed');
    expect(room.server.taken.filter(({ to }) => to.startsWith('chen'))).toEqual([]);
  });

  it.each([
    [550, '5.7.1 looks like spam'],
    [552, '5.2.2 mailbox full'],
    [554, '5.6.0 cannot take this'],
  ])('for %i %s is printed, and the person still has mail the next day', async (code, text) => {
    await rowFor(1);
    refuseChen(code, text);
    await room.deliver(nine);
    expect(await pagesOf()).toHaveLength(1);
    expect((await room.ledger.person.findUniqueOrThrow({ where: { id: 'chen' } })).unreachable).toBeNull();

    room.server.onRecipient = () => undefined;
    const next = await room.row({ obligationId: 'evidence-1-1', on: monday, rungId: 'after-1' });
    await room.deliver(at(monday, '09:00'));
    expect(await room.state(next)).toBe('sent');
  });

  it('that is only put off makes no page', async () => {
    await rowFor(1);
    refuseChen(421, '4.7.0 try again later');
    await room.deliver(nine);

    expect(await pagesOf()).toEqual([]);
    expect((await toChen()).map(({ state }) => state)).toEqual(['prepared']);
  });

  it('is on paper only with what is still owed then', async () => {
    const [met, owed] = [await rowFor(1), await rowFor(2)];
    refuseChen(550, '5.7.1 looks like spam');
    await room.deliver(nine);
    await killBeforeThePage();
    const where = { issueId: 'issue-1', id: 'evidence-1-1' };
    await room.ledger.obligation.updateMany({ where, data: { closedAt: nine } });
    await room.deliver(nine);

    const [page] = await pagesOf();
    expect(page?.lines.map(({ rowKey }) => rowKey)).toEqual([owed]);
    expect(await room.state(met)).not.toBe('claimed');
  });

  it('is made a page after a crash between the refusal and the page, and once', async () => {
    const row = await rowFor(1);
    refuseChen(550, '5.7.1 looks like spam');
    await room.deliver(nine);
    await killBeforeThePage();
    await settleRows(room.ledger, 'real');
    expect(await room.state(row)).toBe('claimed');

    await Promise.all([room.deliver(nine), room.deliver(nine)]);
    expect(await pagesOf()).toHaveLength(1);
    expect(await room.ledger.delivery.count({ where: { rowKey: row, personId: 'chen' } })).toBe(1);
  });
});

/** Puts the ledger back to where it stands when the process is killed after the refusal: nothing is made of it yet. */
async function killBeforeThePage(): Promise<void> {
  await room.ledger.$transaction(async (tx) => {
    const mails = await tx.mail.findMany({ where: { personId: 'chen' }, select: { id: true, state: true } });
    const idOf = (state: string) => mails.find((mail) => mail.state === state)?.id ?? '';
    await tx.delivery.updateMany({ where: { mailId: idOf('toPrint') }, data: { mailId: idOf('replaced') } });
    await tx.mail.delete({ where: { id: idOf('toPrint') } });
    await tx.mail.update({ where: { id: idOf('replaced') }, data: { state: 'refused' } });
    await tx.outboxRow.deleteMany({ where: { kind: 'notice' } });
  });
}
