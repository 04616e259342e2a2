import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, cache, fingerprint, lastLines, root, say } from './progress.mjs';

const schema = join(root, 'prisma/schema.prisma');
const generated = join(root, 'prisma/generated/client.ts');
const stamp = join(cache, 'ledger-client.stamp');

/** Generates Prisma's client into prisma/generated, without the network. An unchanged schema is not generated again. */
export function generateLedgerClient() {
  if (!existsSync(schema)) {
    throw new SetupError(schema, '不存在', '请取得完整的源代码后重试');
  }
  const inputs = fingerprint({ files: ['prisma/schema.prisma', 'node_modules/prisma/package.json'] });
  if (existsSync(generated) && stamped() === inputs) return;
  say('生成台账的数据库客户端（prisma generate）……');
  const prisma = join(root, 'node_modules/prisma/build/index.js');
  const result = spawnSync(process.execPath, [prisma, 'generate', '--schema', schema, '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // Generating needs no schema engine, but Prisma would download one; any program in its place keeps it offline.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (result.status !== 0 || !existsSync(generated)) {
    throw new SetupError(
      schema,
      `prisma generate 失败\n    ${lastLines(result.stderr || result.stdout, 20)}`,
      '请按上面的提示改正数据库模型后重试',
    );
  }
  writeFileSync(stamp, inputs);
}

function stamped() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}
