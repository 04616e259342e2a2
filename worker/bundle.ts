import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const projectFolder = join(import.meta.dirname, '..');

/**
 * The workflows as one file for Temporal's sandbox. Bundling takes seconds, so the file is kept under `.cache` by the
 * hash of what went into it; a second call finds it.
 */
export async function bundledWorkflows(): Promise<{ codePath: string }> {
  const codePath = join(projectFolder, '.cache/workflows', `${await sourcesHash()}.js`);
  const known = await readFile(codePath).catch(() => undefined);
  if (known !== undefined) return { codePath };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(projectFolder, 'workflows/index.ts'),
    logger: { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: console.error },
  });
  await mkdir(join(codePath, '..'), { recursive: true });
  const unfinished = `${codePath}.${randomBytes(4).toString('hex')}`;
  await writeFile(unfinished, code);
  await rename(unfinished, codePath);
  return { codePath };
}

async function sourcesHash(): Promise<string> {
  const files = (await readdir(join(projectFolder, 'workflows'), { recursive: true })).filter((file) =>
    file.endsWith('.ts'),
  );
  const hash = createHash('sha256').update(await readFile(join(projectFolder, 'package-lock.json')));
  for (const file of files.sort()) {
    hash.update(file).update(await readFile(join(projectFolder, 'workflows', file)));
  }
  return hash.digest('hex').slice(0, 24);
}

function ignore(): void {
  // The bundler's progress interests nobody; its errors do.
}
