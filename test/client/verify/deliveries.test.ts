import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDeliveries } from '../../../client/verify/deliveries.ts';
import { cast } from '../../support/cast.ts';
import { MailWorld, now } from '../incoming-mail/mail-world.ts';

let world: MailWorld;
let mailId: string;
let rowKey: string;

beforeEach(async () => {
  world = await MailWorld.create();
  await world.mailAbout([await world.issue(1), await world.issue(2)]);
  const mail = await world.ledger.mail.findFirstOrThrow();
  mailId = mail.id;
  rowKey = `${mailId}/issue-1`;
  await world.ledger.mail.updateMany({ data: { state: 'accepted', acceptedAt: now } });
  await world.ledger.outboxRow.updateMany({ data: { state: 'sent', sentAt: now } });
});
afterEach(() => world.close());

/** What is found once the statement has been carried out past the foreign keys; it is undone afterwards. */
async function foundAfter(sql: string): Promise<unknown[]> {
  let found: unknown[] = [];
  const undo = new Error('undo');
  const played = world.ledger.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    await tx.$executeRawUnsafe(sql);
    const { differences } = await verifyDeliveries(tx);
    found = differences.map(({ row, field, stored }) => [row, field, stored]);
    throw undo;
  });
  await expect(played).rejects.toBe(undo);
  return found;
}

describe('the copies of lines', () => {
  test('are in order where every line that was sent stands in a mail that was accepted', async () => {
    expect(await verifyDeliveries(world.ledger)).toEqual({ deliveries: 2, differences: [] });
  });

  test('name the one whose line, or whose mail, was taken away by SQL', async () => {
    const row = `Delivery ${rowKey}/${cast.chen}`;
    expect(await foundAfter(`DELETE FROM "OutboxRow" WHERE key = '${rowKey}'`)).toEqual([[row, 'rowKey', rowKey]]);
    expect(await foundAfter('DELETE FROM "Mail"')).toEqual([
      [row, 'mailId', mailId],
      [`Delivery ${mailId}/issue-2/${cast.chen}`, 'mailId', mailId],
      [`OutboxRow ${rowKey}`, 'state', 'sent'],
      [`OutboxRow ${mailId}/issue-2`, 'state', 'sent'],
    ]);
  });

  test('name the one that was given to another reader than its mail by SQL', async () => {
    const given = `UPDATE "Delivery" SET "personId" = '${cast.zhou}' WHERE "rowKey" = '${rowKey}'`;
    expect(await foundAfter(given)).toEqual([[`Delivery ${rowKey}/${cast.zhou}`, 'personId', cast.zhou]]);
  });
});

describe('a line that counts as sent', () => {
  test('is named when its copy was taken away by SQL', async () => {
    expect(await foundAfter(`DELETE FROM "Delivery" WHERE "rowKey" = '${rowKey}'`)).toEqual([
      [`OutboxRow ${rowKey}`, 'state', 'sent'],
    ]);
  });

  test('is named when the only mail with it was refused, and not when that stands on a page that was brought', async () => {
    const state = (name: string) => `UPDATE "Mail" SET state = '${name}'`;
    expect(await foundAfter(state('refused'))).toHaveLength(2);
    expect(await foundAfter(state('printed'))).toEqual([]);
  });
});

describe('a mail', () => {
  test('is named when it carries no line, unless its lines have moved to a page', async () => {
    const { raw, ...mail } = await world.ledger.mail.findFirstOrThrow({ omit: { toldBecause: true } });
    const other = {
      ...mail,
      id: 'planted',
      key: 'planted',
      messageId: 'planted',
      tokenHash: 'planted',
      digestOn: null,
    };
    await world.ledger.mail.create({ data: { ...other, raw } });
    const differences = async () => (await verifyDeliveries(world.ledger)).differences;
    expect(await differences()).toMatchObject([{ row: 'Mail planted', field: 'lines', stored: '无（accepted）' }]);
    await world.ledger.mail.update({ where: { id: 'planted' }, data: { state: 'replaced' } });
    expect(await differences()).toEqual([]);
  });
});
