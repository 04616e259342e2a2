/**
 * A longer check: each notice given (the published ones beside the checkout when none is) is played to its end by a
 * silent staff, and its mails are laid next to the rehearsal of its round. Prints every difference; fails when there is
 * any.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { startDrill, untilEnded } from '../kill/drill-runs.ts';
import { OwnInstance } from '../kill/own-instance.ts';
import { compareWithRehearsal } from '../client/rehearsal/compare-with-rehearsal.ts';

const root = resolve(import.meta.dirname, '../..');
const published = resolve(root, '../shared/notices');
const shown = 20;

const source = existsSync(published) ? published : join(root, 'samples');
const given = process.argv.slice(2);
const notices =
  given.length > 0
    ? given
    : readdirSync(source)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => join(source, name));
if (given.length === 0 && source !== published)
  console.log('../shared/notices is missing: the samples are played instead');

const folder = mkdtempSync(join(tmpdir(), 'huitoukan-rehearsal-'));
let running: OwnInstance | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (running?.discard() ?? Promise.resolve()).then(() => process.exit(1)));
}
let differing = 0;
for (const notice of notices) {
  const fileName = basename(notice);
  const own = new OwnInstance(join(folder, fileName));
  running = own;
  try {
    await own.start();
    const instance = await own.serving();
    const plan = { bytes: readFileSync(notice), fileName, seed: '1', staff: 'silent' };
    const drillId = await startDrill(instance, plan);
    await untilEnded(own, instance, drillId, (line) => console.error(`${fileName} ${line}`));
    const { differences, ...figures } = await own.withLedger((ledger) =>
      compareWithRehearsal(ledger, drillId, own.acceptedFile),
    );
    console.log(JSON.stringify({ notice: fileName, ...figures, differences: differences.length }));
    for (const difference of differences.slice(0, shown)) console.error(JSON.stringify(difference));
    differing += differences.length;
    await own.stop();
  } finally {
    await own.discard();
  }
}
if (differing === 0) rmSync(folder, { recursive: true, force: true });
else console.error(`the folders are kept in ${folder}`);
process.exitCode = differing === 0 ? 0 : 1;
