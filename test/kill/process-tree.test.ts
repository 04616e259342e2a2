import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { killTree, runs, treeOf } from './process-tree.ts';

/** Starts a child in a session of its own, which starts another such; prints when both run. */
const nested = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', "require('node:child_process').spawn('sleep', ['600'], { detached: true }); console.log('up'); setInterval(() => {}, 1000)"], { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  setInterval(() => {}, 1000);`;

async function started(script: string) {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) if (line === 'up') break;
  return child;
}

it('a process is killed with its descendants in sessions of their own, and nobody else', async () => {
  const bystander = await started("console.log('up'); setInterval(() => {}, 1000)");
  const root = await started(nested);

  const killed = await killTree(root.pid!);

  expect(killed).toHaveLength(3);
  expect(killed.filter(runs)).toEqual([]);
  expect(treeOf(bystander.pid!)).toHaveLength(1);
  bystander.kill('SIGKILL');
});

it('a process that has ended has no tree', async () => {
  const child = await started("console.log('up')");
  await new Promise((ended) => (child.exitCode === null ? child.once('exit', ended) : ended(undefined)));
  expect(await killTree(child.pid!)).toEqual([]);
});
