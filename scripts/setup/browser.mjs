import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, lastLines, say } from './progress.mjs';

/**
 * Installs a browser for the browser tests where that is ours to do: root on a system with apt.
 * Elsewhere it only says that those tests will be skipped. A browser that is there stays.
 */
export function provideBrowser() {
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
    if (result.status !== 0) {
      throw new SetupError(
        `apt-get ${args[0]}`,
        `退出码 ${result.status}\n    ${lastLines(result.stderr)}`,
        '请自行安装 chromium 与 fonts-noto-cjk 后重试，或不加 --with-browser（浏览器测试会跳过）',
      );
    }
  }
}
