import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { OwnInstance } from '../../kill/own-instance.ts';
import { startDrill, untilEnded } from '../../kill/drill-runs.ts';
import { compareWithRehearsal } from './compare-with-rehearsal.ts';

const own = new OwnInstance(mkdtempSync(join(tmpdir(), 'huitoukan-rehearsal-')));
afterAll(async () => {
  await own.discard();
  rmSync(own.folder, { recursive: true, force: true });
});

it('a drill of a silent staff sends what its rehearsal said, mail for mail', async () => {
  await own.start();
  const instance = await own.serving();
  const fileName = 'qinghe-2024.txt';
  const bytes = readFileSync(new URL(`../../../samples/${fileName}`, import.meta.url));
  const plan = { bytes, fileName, seed: '1', staff: 'silent', lastDays: '240' };
  const drillId = await startDrill(instance, plan);
  await untilEnded(own, instance, drillId, () => undefined);
  const compared = await own.withLedger((ledger) => compareWithRehearsal(ledger, drillId, own.acceptedFile));
  expect(compared.differences).toEqual([]);
  expect(compared.sentMails).toBe(compared.rehearsedMails);
  expect(compared.sentMails).toBeGreaterThan(300);
  expect(compared.lines).toBeGreaterThan(compared.sentMails);
}, 400_000);
