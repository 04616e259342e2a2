import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { readDirectoryImports } from '../../client/directory-imports.ts';
import { importPeople, readPeople } from '../../client/people-import.ts';
import { openLedger } from '../../prisma/client.ts';
import { testDatabase } from '../support/servers.ts';

const list = '姓名,邮箱,单位\n王某,wang@example.test,督办办公室\n周某,zhou@example.test,综合股\n';
const moved = list.replace('综合股', '法规股');

async function office() {
  const { url, drop } = await testDatabase();
  const ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  const imported = async (text: string, by?: string, fileName = '人员.csv') => {
    const bytes = Buffer.from(text);
    return importPeople(ledger, readPeople(bytes, fileName), { by, file: { fileName, bytes } });
  };
  const assigned = async () => {
    const { id: personId } = await ledger.person.findFirstOrThrow({ where: { name: '王某' } });
    const assignments = { create: { role: 'office' as const, personId } };
    await ledger.round.create({ data: { id: 'r1', name: '轮次', codePrefix: 'LN', assignments } });
  };
  return { ledger, imported, assigned };
}

test('the first import needs nobody, and may be signed by somebody whom the file itself brings', async () => {
  const unsigned = await office();
  await unsigned.imported(list);
  expect(await readDirectoryImports(unsigned.ledger)).toMatchObject([{ number: 1, by: null, fileName: '人员.csv' }]);

  const signed = await office();
  await signed.ledger.person.create({ data: { id: 'd1-wang', scope: 'd1', name: '王某' } });
  await signed.imported(list, '王某');
  expect(await readDirectoryImports(signed.ledger)).toMatchObject([{ by: '王某', added: ['王某', '周某'] }]);
  const wang = await signed.ledger.person.findFirstOrThrow({ where: { name: '王某', scope: 'real' } });
  expect(await signed.ledger.directoryImport.findFirst()).toMatchObject({ importedBy: wang.id });
});

test('an import is kept with the file and what it changed; the same again keeps nothing and needs nobody', async () => {
  const { ledger, imported, assigned } = await office();
  await imported(list);
  await assigned();
  await imported(moved, 'wang@example.test', '新名单.csv');
  expect(await imported(moved)).toMatchObject({ written: 'yes', unchanged: 2 });
  const [last, ...before] = await readDirectoryImports(ledger);
  expect(before).toHaveLength(1);
  expect(last).toMatchObject({
    by: '王某',
    fileName: '新名单.csv',
    sha256: createHash('sha256').update(moved).digest('hex'),
    added: [],
    changed: [{ name: '周某', changes: ['单位：综合股 → 法规股'] }],
    unchanged: 1,
  });
});

test('of two imports of one file at the same moment one adds its people, and one finds them', async () => {
  const { ledger, imported } = await office();
  const both = await Promise.all([imported(`${list}孙某,,综合股\n`), imported(`${list}孙某,,综合股\n`)]);
  expect(both.map(({ added }) => added.length).sort()).toEqual([0, 3]);
  expect([await ledger.person.count(), await ledger.directoryImport.count()]).toEqual([3, 1]);
});

test('once somebody is of the office, an import by nobody or by an outsider changes nothing', async () => {
  const { ledger, imported, assigned } = await office();
  await imported(list);
  await assigned();
  await expect(imported(moved)).rejects.toMatchObject({ code: 'AuthorMissing' });
  await expect(imported(moved, '周某')).rejects.toMatchObject({ code: 'NotOffice' });
  await expect(imported(`${moved}新来,new@example.test,\n`, '新来')).rejects.toMatchObject({ code: 'NotOffice' });
  expect(await ledger.person.count()).toBe(2);
  expect(await ledger.person.findFirst({ where: { name: '周某' } })).toMatchObject({ unit: '综合股' });
  expect(await ledger.directoryImport.count()).toBe(1);
});
