/**
 * node scripts/new-migration.mjs NAME
 *
 * Writes prisma/migrations/NNNN_NAME/migration.sql: what turns the ledger of the newest migration into that of
 * prisma/schema.prisma. Read it before you commit it; SQL of your own (checks, triggers, data) goes below the generated
 * part. Beside it stands schema-after.prisma, the schema as it was then, from which the next migration starts: so
 * nothing of your own SQL is ever taken for a difference, and neither a database nor the network is needed.
 * To do a migration again that no database has seen, delete its folder. With nothing to change it writes an empty one
 * to fill by hand.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = join(root, 'prisma/schema.prisma');
const migrations = join(root, 'prisma/migrations');

/** The SQL from one schema to another; empty when they agree. Without an earlier schema everything is new. */
async function difference(earlier, later) {
  const asFiles = (content) => [{ path: 'schema.prisma', content }];
  const engine = await schemaEngine(later);
  try {
    const { stdout } = await engine.diff({
      from: earlier === undefined ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: asFiles(earlier) },
      to: { tag: 'schemaDatamodel', files: asFiles(later) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    if (!stdout || stdout.includes('This is an empty migration')) return '';
    // The schema is always there; making it would ask for a right that a hosted database may not give.
    return stdout.replace('-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n', '').trim();
  } finally {
    engine.free();
  }
}

/** Prisma's schema engine as WebAssembly. Its package leaves loading the module to a bundler, so it is loaded by hand. */
async function schemaEngine(schema) {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href);
  const wasm = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await globalThis.WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  const adapter = bindMigrationAwareSqlAdapterFactory(noDatabase);
  return bindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
}

/** The engine greets a database even where it compares two schemas: it is told of a PostgreSQL 18, and asks no more. */
const nameOfAdapter = { provider: 'postgres', adapterName: '@prisma/adapter-pg' };
const noConnection = {
  ...nameOfAdapter,
  queryRaw: async () => ({
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, 'PostgreSQL 18.4', 180004]],
  }),
  executeRaw: async () => 0,
  executeScript: async () => undefined,
  startTransaction: () => Promise.reject(new Error('no database')),
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: async () => undefined,
};
const noDatabase = { ...nameOfAdapter, connect: async () => noConnection, connectToShadowDb: async () => noConnection };

const [name = '', ...others] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name) || others.length > 0) {
  console.error('用法：node scripts/new-migration.mjs NAME（小写字母、数字、下划线，例如 add_public_comments）');
  process.exit(2);
}
mkdirSync(migrations, { recursive: true });
const earlier = readdirSync(migrations)
  .filter((entry) => /^\d{4}_/.test(entry))
  .sort();
const snapshots = earlier
  .map((entry) => join(migrations, entry, 'schema-after.prisma'))
  .filter((file) => existsSync(file));
const snapshot = snapshots.at(-1);
const schema = readFileSync(schemaFile, 'utf8');
const sql = await difference(snapshot && readFileSync(snapshot, 'utf8'), schema);
const number = Number(earlier.at(-1)?.slice(0, 4) ?? 0) + 1;
const folder = join(migrations, `${String(number).padStart(4, '0')}_${name}`);
mkdirSync(folder);
writeFileSync(join(folder, 'migration.sql'), sql === '' ? '-- 手写的 SQL:\n' : `${sql}\n`);
writeFileSync(join(folder, 'schema-after.prisma'), schema);
console.log(`${sql === '' ? '数据库模型没有变化，已建空的迁移' : '已写'}：${join(folder, 'migration.sql')}`);
