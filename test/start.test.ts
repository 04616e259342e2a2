import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const projectFolder = join(import.meta.dirname, '..');

test.each(['SIGTERM', 'SIGINT'] as const)(
  'npm start, told %s, ends within ten seconds with everything it started',
  async (signal) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'huitoukan-start-'));
    const npm = spawn('npm', ['start'], {
      cwd: projectFolder,
      env: { ...process.env, HUITOUKAN_DATA: dataDir },
      detached: true,
    });
    try {
      let output = '';
      npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await until(() => output.includes('回头看已就绪'), 120_000); // on a machine that does much else
      expect(output).toMatch(/回头看已就绪：http:\/\/127\.0\.0\.1:\d+/u);
      expect(processesKnowing(dataDir)).not.toEqual([]);
      npm.kill(signal); // npm alone: what it started hears of it from npm
      await until(() => processesKnowing(dataDir).length === 0 && npm.exitCode !== null, 10_000);
    } finally {
      for (const pid of processesKnowing(dataDir)) process.kill(pid, 'SIGKILL');
      npm.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  180_000,
);

test('it does not start, says why in one line and makes no folder, when the key to sign the mails with cannot be read', () => {
  const dataDir = join(tmpdir(), 'huitoukan-not-started');
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'worker/embedded.ts'], {
    cwd: projectFolder,
    env: { ...process.env, HUITOUKAN_DATA: dataDir, MAIL_DKIM_KEY: '/nowhere/key.pem' },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([
    1,
    '/nowhere/key.pem：没有这个 DKIM 私钥文件；请用 bin/huitoukan mail dkim-key 备一把，或不设 MAIL_DKIM_KEY（不签名）\n',
  ]);
  expect(existsSync(dataDir)).toBe(false);
});

/** Processes that have the folder in their command line or in their environment. */
function processesKnowing(dataDir: string): number[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return ''; // it has ended meanwhile
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(pid, 'cmdline').includes(dataDir) || read(pid, 'environ').includes(dataDir))
    .map(Number);
}

async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`it did not happen within ${String(withinMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
