import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEvidenceStore } from '../../client/evidence-store.ts';
import { openLedger } from '../../prisma/client.ts';
import { testDatabase } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function openStore() {
  const { url, drop } = await testDatabase();
  const ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  const folder = join(temporaryFolder(), 'evidence');
  return { ledger, folder, store: createEvidenceStore({ folder, ledger }) };
}

const content = Buffer.from('会议纪要');
const sha256 = createHash('sha256').update(content).digest('hex');

test('a file stands under its sha256, with its row behind it, and can be read again', async () => {
  const { ledger, folder, store } = await openStore();

  expect(await store.keep(content, 'text/plain')).toEqual({ sha256, sizeBytes: 12 });

  expect(readFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2)))).toEqual(content);
  expect(await ledger.evidenceFile.findMany()).toMatchObject([{ sha256, sizeBytes: 12, mediaType: 'text/plain' }]);
  const { stream, ...opened } = await store.open(sha256);
  expect(opened).toEqual({ sha256, sizeBytes: 12, mediaType: 'text/plain' });
  expect(Buffer.concat(await stream.toArray())).toEqual(content);
});

test('the same content is kept once, also when it is handed in twice at the same time', async () => {
  const { ledger, folder, store } = await openStore();

  await Promise.all([store.keep(content, 'text/plain'), store.keep(content, 'application/octet-stream')]);
  await store.keep(content, 'text/plain');

  expect(await ledger.evidenceFile.count()).toBe(1);
  expect(readdirSync(join(folder, sha256.slice(0, 2)))).toEqual([sha256.slice(2)]);
});

test('the row says what the content is, not what it was sent as', async () => {
  const { ledger, store } = await openStore();
  await store.keep(Buffer.from('%PDF-1.7 /Encrypt'), 'image/jpeg');
  const kept = { mediaType: 'application/pdf', kind: 'pdf', concerns: ['encrypted'] };
  expect(await ledger.evidenceFile.findMany()).toMatchObject([kept]);
});

test('a crash between file and row leaves a file that the next call finds', async () => {
  const { ledger, store } = await openStore();
  await store.keep(content, 'text/plain');
  await ledger.evidenceFile.deleteMany();

  await store.keep(content, 'text/plain');

  expect(await ledger.evidenceFile.count()).toBe(1);
});

test('a file that is gone or cut short is written anew', async () => {
  const { folder, store } = await openStore();
  await store.keep(content, 'text/plain');
  const path = join(folder, sha256.slice(0, 2), sha256.slice(2));
  writeFileSync(path, 'cut');
  await store.keep(content, 'text/plain');
  expect(readFileSync(path)).toEqual(content);
  rmSync(path);
  await store.keep(content, 'text/plain');
  expect(existsSync(path)).toBe(true);
});

test('a content that was never kept is refused', async () => {
  const { store } = await openStore();

  await expect(store.open('../../etc/passwd')).rejects.toMatchObject({ name: 'RefusedError', code: 'NoSuchFile' });
});
