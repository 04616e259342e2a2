/**
 * Prepares everything that `npm start` and `npm test` need: packages, the embedded PostgreSQL's libraries, Temporal's
 * dev server and time-skipping test server, Prisma's client. The databases themselves are made at the first start.
 *
 * Plain Node, no packages. A second run finds its stamp and does nothing. `--browser=wanted` also installs Chromium where
 * it can, `--browser=required` fails where apt cannot; `--mail-servers` installs Postfix and Dovecot.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './setup/lock.mjs';
import { SetupError, cache, fingerprint, root } from './setup/progress.mjs';
import { checkEsbuild, installPackages, installedAsLocked, preparePostgres } from './setup/packages.mjs';
import { generateLedgerClient } from './setup/ledger-client.mjs';
import { provideBrowser } from './setup/browser.mjs';
import { provideMailServers } from './setup/mail-servers.mjs';
import { provideTemporal } from './setup/temporal.mjs';

const stamp = join(cache, 'setup.stamp');

/** Everything whose change means that there is something to do. */
function inputs() {
  const own = readdirSync(join(root, 'scripts/setup')).sort();
  return fingerprint({
    texts: [process.version, process.platform, process.arch, root, process.env['TEMPORAL_CLI_PATH'] ?? ''],
    files: [
      'package-lock.json',
      'prisma/schema.prisma',
      'scripts/setup.mjs',
      ...own.map((name) => `scripts/setup/${name}`),
    ],
  });
}

function ready() {
  const outputs = ['.cache/bin/temporal', '.cache/bin/temporal-test-server', 'prisma/generated/client.ts'];
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs()) return false;
  return outputs.every((output) => existsSync(join(root, output))) && installedAsLocked();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node.js ${process.version}`, '版本太旧', '请安装 Node.js 20.19 以上版本');
  }
}

async function setup() {
  const started = Date.now();
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(1)} 秒`;
  checkNode();
  if (process.argv.includes('--browser=required')) provideBrowser('required');
  if (process.argv.includes('--browser=wanted')) provideBrowser('wanted');
  if (process.argv.includes('--mail-servers')) provideMailServers();
  if (ready()) {
    console.log(`· 环境已就绪（${elapsed()}）`);
    return;
  }
  await alone(async () => {
    if (ready()) return; // another set-up did the work while this one waited
    installPackages();
    checkEsbuild();
    preparePostgres();
    await provideTemporal();
    generateLedgerClient();
    mkdirSync(cache, { recursive: true });
    writeFileSync(stamp, inputs());
  });
  console.log(`· 环境准备完成（${elapsed()}）`);
}

try {
  await setup();
} catch (error) {
  if (error instanceof SetupError) console.error(`✗ ${error.message}`);
  else console.error('✗ 环境准备失败（程序缺陷，请附上以下内容报告）\n', error);
  process.exit(1);
}
