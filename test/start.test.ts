import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
      await until(() => output.includes('回头看已就绪'), 60_000);
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
);

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
