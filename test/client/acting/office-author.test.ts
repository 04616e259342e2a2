import { afterAll, beforeAll, expect, test } from 'vitest';
import { officeAuthor } from '../../../client/acting/office-author.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { cast } from '../../support/cast.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const names = { [cast.wang]: '王某', [cast.qian]: '钱某', [cast.zhou]: '周某', [cast.li]: '李某' };
  await ledger.person.createMany({ data: Object.entries(names).map(([id, name]) => ({ id, name })) });
  await ledger.person.create({ data: { id: 'd1-wang', scope: 'd1', name: '演练王' } });
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

const author = async (by?: string, more: { scope?: string; himself?: string } = {}) =>
  (await officeAuthor(ledger, { scope: 'real', act: '登记委托', by, ...more })).author;

const officeUntil = (personId: string, untilAt: Date | null) => ({ role: 'office' as const, personId, untilAt });

test('while nobody is of the office nobody has to sign, and whoever of the directory is named does', async () => {
  expect(await author()).toBeNull();
  expect(await author('周某')).toBe(cast.zhou);
  await expect(author('演练王')).rejects.toMatchObject({ code: 'UnknownPerson' });
  await expect(author('无此人')).rejects.toMatchObject({ code: 'UnknownPerson' });
});

test('from then on one of the office signs, or who stands in for him; of the others only whom it is about', async () => {
  const assignments = { create: [officeUntil(cast.wang, null), officeUntil(cast.qian, new Date('2024-01-01'))] };
  await ledger.round.create({ data: { id: 'r1', name: '轮次', codePrefix: 'LN', assignments } });
  await expect(author()).rejects.toMatchObject({ code: 'AuthorMissing' });
  expect(await author('王某')).toBe(cast.wang);
  for (const by of ['周某', '钱某', '演练王']) await expect(author(by)).rejects.toMatchObject({ code: 'NotOffice' });
  expect(await author('周某', { himself: cast.zhou })).toBe(cast.zhou);
  await expect(author('李某', { himself: cast.zhou })).rejects.toMatchObject({
    message: '只有督办办公室和委托人本人可以登记委托',
  });

  const hour = 3_600_000;
  const window = { fromAt: new Date(Date.now() - hour), untilAt: new Date(Date.now() + hour) };
  await ledger.delegation.create({ data: { fromPersonId: cast.wang, toPersonId: cast.zhou, ...window } });
  expect(await author('周某')).toBe(cast.zhou);
});

test('a drill needs no author, and takes one of its own office only', async () => {
  const drill = { id: 'd1', seed: 's', staff: 'mixed', secondsPerDay: 0, now: new Date(), endsBy: new Date() };
  const assignments = { create: officeUntil('d1-wang', null) };
  const round = { id: 'r-d1', name: '演练', codePrefix: 'YL', clockId: 'd1', assignments };
  await ledger.round.create({ data: { ...round, drill: { create: drill } } });
  expect(await author(undefined, { scope: 'd1' })).toBeNull();
  expect(await author('演练王', { scope: 'd1' })).toBe('d1-wang');
  await expect(author('王某', { scope: 'd1' })).rejects.toMatchObject({ code: 'NotOffice' });
  expect(await author('王某')).toBe(cast.wang);
});
