import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, migrationsFolder, migrationsIn } from '../../prisma/migrate.ts';
import { emptyDatabase, testDatabase } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function migrations(sqlByName: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, sql] of Object.entries(sqlByName)) write(folder, name, sql);
  return folder;
}

function write(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

async function fresh(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  return url;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

test('applies what is owed in the order of the names, and nothing at the second call', async () => {
  const url = await fresh();
  const folder = migrations({ '0002_b': 'INSERT INTO t VALUES (2);', '0001_a': 'CREATE TABLE t (n int);' });
  expect(await migrate(url, folder)).toEqual(['0001_a', '0002_b']);
  expect(await migrate(url, folder)).toEqual([]);
  write(folder, '0003_c', 'INSERT INTO t VALUES (3);');
  expect(await migrate(url, folder)).toEqual(['0003_c']);
  expect(await ask(url, 'SELECT n FROM t ORDER BY n')).toEqual([2, 3]);
});

test('two starts at once take turns: each migration is applied once', async () => {
  const url = await fresh();
  const folder = migrations({
    '0001_a': 'CREATE TABLE t (n int); SELECT pg_sleep(0.2);',
    '0002_b': 'INSERT INTO t VALUES (1);',
  });
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(applied.flat().sort()).toEqual(['0001_a', '0002_b']);
});

test('one that fails changes nothing, names itself and the line, and leaves those before it applied', async () => {
  const url = await fresh();
  const folder = migrations({
    '0001_a': 'CREATE TABLE t (n int);',
    '0002_b': 'INSERT INTO t VALUES (1);\nINSERT INTO u VALUES (1);',
  });
  await expect(migrate(url, folder)).rejects.toThrow(/迁移 0002_b 无法应用，.*"u" does not exist（第 2 行）/);
  expect(await ask(url, 'SELECT count(*)::int FROM t')).toEqual([0]);
  write(folder, '0002_b', 'INSERT INTO t VALUES (1);');
  expect(await migrate(url, folder)).toEqual(['0002_b']);
});

test('SQL of one’s own with functions, triggers and several statements is taken as it stands', async () => {
  const url = await fresh();
  const body = `CREATE TABLE event (n int);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '只增不改；%', OLD.n; END $$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse();`;
  await migrate(url, migrations({ '0001_a': body }));
  await expect(ask(url, 'INSERT INTO event VALUES (7); DELETE FROM event')).rejects.toThrow('只增不改；7');
});

test('a migration that was changed after it was applied is refused', async () => {
  const url = await fresh();
  const folder = migrations({ '0001_a': 'CREATE TABLE t (n int);' });
  await migrate(url, folder);
  write(folder, '0001_a', 'CREATE TABLE t (n bigint);');
  write(folder, '0002_b', 'CREATE TABLE u (n int);');
  await expect(migrate(url, folder)).rejects.toThrow('迁移 0001_a 已应用到台账数据库，之后文件又被改动');
  expect(await ask(url, "SELECT to_regclass('u')::text")).toEqual([null]);
});

test('line ends of another system are not a change', async () => {
  const url = await fresh();
  const folder = migrations({ '0001_a': 'CREATE TABLE t (\n n int);\n' });
  await migrate(url, folder);
  write(folder, '0001_a', 'CREATE TABLE t (\r\n n int);\r\n');
  expect(await migrate(url, folder)).toEqual([]);
});

test('a database of a newer version is refused, and so is a migration that comes late', async () => {
  const url = await fresh();
  await migrate(url, migrations({ '0001_a': 'SELECT 1;', '0003_c': 'SELECT 3;' }));
  await expect(migrate(url, migrations({ '0001_a': 'SELECT 1;' }))).rejects.toThrow(
    '台账数据库比程序新：其中的迁移 0003_c',
  );
  const late = migrations({ '0001_a': 'SELECT 1;', '0002_b': 'SELECT 2;', '0003_c': 'SELECT 3;' });
  await expect(migrate(url, late)).rejects.toThrow('迁移 0002_b 排在已应用的 0003_c 之前');
});

test('the schema has not been changed without a migration', () => {
  const newest = migrationsIn(migrationsFolder).at(-1)?.name ?? '';
  const migrated = readFileSync(join(migrationsFolder, newest, 'schema-after.prisma'), 'utf8');
  const present = readFileSync(join(migrationsFolder, '../schema.prisma'), 'utf8');
  expect(meaning(present), 'run: node scripts/new-migration.mjs NAME').toEqual(meaning(migrated));
});

test('every field of every model can be read from a migrated database', async () => {
  const { url, drop } = await testDatabase();
  onTestFinished(drop);
  const { PrismaClient } = await import('../../prisma/generated/client.ts');
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  onTestFinished(() => prisma.$disconnect());
  const models = Object.values(prisma).filter(
    (value): value is { findFirst(): Promise<unknown> } =>
      typeof value === 'object' && value !== null && 'findFirst' in value,
  );
  expect(models.length).toBeGreaterThan(0);
  for (const model of models) expect(await model.findFirst()).toBeNull();
});

/** A schema without its comments and its spacing. */
function meaning(schema: string): string[] {
  return schema
    .split('\n')
    .map((line) =>
      line
        .replace(/\/\/.*/, '')
        .trim()
        .replaceAll(/\s+/g, ' '),
    )
    .filter((line) => line !== '');
}
