import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { isAlive } from '../../worker/embedded/processes.ts';

interface Left {
  postgres: number;
  temporal: number;
}

/**
 * Starts the children of an instance on this folder in a process of its own, kills that with -9, and says what it left
 * running. What still runs when the test has ended is killed.
 */
export async function leaveOrphans(dataDir: string): Promise<Left> {
  const script = join(import.meta.dirname, 'start-children.ts');
  const parent = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: parent.stdout })) {
    if (!line.startsWith('{')) continue;
    parent.kill('SIGKILL');
    const left = JSON.parse(line) as Left;
    onTestFinished(() => {
      for (const pid of [left.postgres, left.temporal]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    return left;
  }
  throw new Error('the instance ended by itself');
}
