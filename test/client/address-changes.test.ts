import { beforeEach, describe, expect, test } from 'vitest';
import { changeAddress } from '../../client/address-changes.ts';
import { testLedger } from '../support/servers.ts';

const ledger = await testLedger();

beforeEach(async () => {
  await ledger.$executeRaw`TRUNCATE "Person", "Round" CASCADE`;
  const round = { id: 'r', name: '一轮', codePrefix: 'LN', state: 'launched' } as const;
  await ledger.round.create({ data: round });
  for (const [id, name, unreachable] of [
    ['chen', '陈某', '2024-03-29退信：地址不存在或不再收信（5.1.1）'],
    ['wang', '王某', null],
  ] as const) {
    await ledger.person.create({ data: { id, name, email: `${id}@unit.example`, unreachable } });
  }
  await ledger.assignment.create({ data: { roundId: 'r', role: 'office', personId: 'wang' } });
});

const again = { person: '陈某', reason: '本人来电更正', by: '王某', mode: 'write' } as const;
const chen = () => ledger.person.findUniqueOrThrow({ where: { id: 'chen' } });

describe('an address that did not take mail', () => {
  test('is good again, and who said so, when and why is kept', async () => {
    expect(await changeAddress(ledger, again)).toMatchObject({ written: 'yes', email: 'chen@unit.example' });
    expect(await chen()).toMatchObject({ email: 'chen@unit.example', unreachable: null });
    expect(await ledger.addressChange.findMany()).toMatchObject([
      {
        personId: 'chen',
        changedBy: 'wang',
        reason: '本人来电更正',
        wasUnreachable: expect.stringContaining('5.1.1') as string,
      },
    ]);
    await expect(changeAddress(ledger, again)).rejects.toMatchObject({ code: 'NothingChanged' });
  });

  test('is replaced by another', async () => {
    await changeAddress(ledger, { ...again, email: 'Chen2@Unit.example ' });
    expect(await chen()).toMatchObject({ email: 'chen2@unit.example', unreachable: null });
  });

  test('is only shown by a preview', async () => {
    expect(await changeAddress(ledger, { ...again, mode: 'preview' })).toMatchObject({ written: 'preview' });
    expect((await chen()).unreachable).not.toBeNull();
    expect(await ledger.addressChange.count()).toBe(0);
  });

  test.each([
    { why: 'who is not of the office', order: { by: '陈某' }, code: 'NotOffice' },
    { why: 'nobody', order: { by: undefined }, code: 'AuthorMissing' },
    { why: 'the office with what is no address', order: { email: 'chen@' }, code: 'AddressUnfit' },
    { why: 'the office with another’s address', order: { email: 'wang@unit.example' }, code: 'AddressTaken' },
    { why: 'the office for nobody known', order: { person: '赵某' }, code: 'UnknownPerson' },
  ])('is not changed by $why', async ({ order, code }) => {
    await expect(changeAddress(ledger, { ...again, ...order })).rejects.toMatchObject({ code });
    expect((await chen()).unreachable).not.toBeNull();
  });
});
