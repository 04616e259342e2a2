import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupError, lastLines, say } from './progress.mjs';

/** Whether installing programs is ours to do: root on a system with apt. */
export function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian's packages, telling what for.
 *
 * @throws SetupError when apt refuses
 */
export function install(what, packages) {
  say(`安装${what}（apt-get install ${packages.join(' ')}）……`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const result = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.status === 0) continue;
    const why = `退出码 ${result.status}\n    ${lastLines(result.stderr)}`;
    throw new SetupError(`apt-get ${args[0]}`, why, `请自行安装 ${packages.join(' 与 ')} 后重试`);
  }
}
