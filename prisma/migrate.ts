import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

interface Migration {
  name: string;
  sql: string;
  sha256: string;
}

/** Chosen once at random; whoever migrates this ledger holds it, so that two starts take turns. */
const advisoryLock = 7_305_118_264;

/**
 * Brings a database to the newest form of the ledger: runs the migrations that it has not seen, in the order of their
 * names, each in a transaction of its own together with its entry in `_migrations`. What stopped half-way (also by
 * kill -9) therefore never happened, and the next call goes on there. A second call does nothing; two at once take turns.
 *
 * @param folder another place than `prisma/migrations`, for tests
 * @returns the names of the migrations that were applied by this call
 * @throws Error with a sentence for people when an applied migration was changed or is unknown to this program
 * (the database is newer), or when one cannot be applied; everything before it stays applied
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'huitoukan-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS _migrations (
         name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz(3) NOT NULL DEFAULT now())`,
    );
    const migrations = migrationsIn(folder);
    const applied = await appliedTo(client);
    refuseOtherHistory(migrations, applied);
    const owed = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of owed) await apply(client, migration);
    return owed.map(({ name }) => name);
  } finally {
    await client.end(); // which also gives the advisory lock back
  }
}

/** The migrations of this program. */
export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** The migrations of a folder in the order in which they are applied: every subfolder with a `migration.sql`. */
export function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      // A checkout with CRLF line ends is the same migration.
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

async function appliedTo(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM _migrations');
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseOtherHistory(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    const ours = known.get(name);
    if (ours === undefined) {
      throw new Error(`台账数据库比程序新：其中的迁移 ${name} 本版本没有。请改用较新的程序版本`);
    }
    if (ours !== sha256) {
      throw new Error(`迁移 ${name} 已应用到台账数据库，之后文件又被改动。请恢复该文件，改动另写一个新的迁移`);
    }
  }
  const newest = [...applied.keys()].sort().at(-1) ?? '';
  const late = migrations.find(({ name }) => !applied.has(name) && name < newest);
  if (late) throw new Error(`迁移 ${late.name} 排在已应用的 ${newest} 之前。请给它一个更大的编号`);
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO _migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof pg.DatabaseError ? describe(error, sql) : String(error);
    throw new Error(`迁移 ${name} 无法应用，台账数据库没有改动：${reason}`, { cause: error });
  }
}

function describe(error: pg.DatabaseError, sql: string): string {
  const position = Number(error.position);
  if (!position) return error.message;
  return `${error.message}（第 ${sql.slice(0, position).split('\n').length} 行）`;
}
