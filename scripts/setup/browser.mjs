import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, lastLines, say } from './progress.mjs';

/**
 * Installs a browser for the browser tests where that is ours to do: root on a system with apt. A browser that is there
 * stays. Elsewhere it only says that those tests will be skipped; where the installation fails, too, unless the browser
 * is required.
 *
 * @param {'wanted' | 'required'} need
 */
export function provideBrowser(need) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, 'chromium')))) return;
  const ours = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!ours) {
    say('没有找到 chromium：浏览器测试将跳过（以 root 在 Debian 上可自动安装，其他系统请自行安装 chromium）');
    return;
  }
  say('安装浏览器与中文字体（apt-get install chromium fonts-noto-cjk）……');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']]) {
    const result = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.status === 0) continue;
    const why = `退出码 ${result.status}\n    ${lastLines(result.stderr)}`;
    if (need === 'required') {
      throw new SetupError(`apt-get ${args[0]}`, why, '请自行安装 chromium 与 fonts-noto-cjk 后重试');
    }
    say(`浏览器没有装上，浏览器测试将跳过（apt-get ${args[0]}：${why}）`);
    return;
  }
}
