import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { install, mayInstall } from './apt.mjs';
import { SetupError, say } from './progress.mjs';

/**
 * Installs a browser for the browser tests where that is ours to do. A browser that is there stays. Elsewhere it only says
 * that those tests will be skipped; where the installation fails, too, unless the browser is required.
 *
 * @param {'wanted' | 'required'} need
 */
export function provideBrowser(need) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, 'chromium')))) return;
  if (!mayInstall()) {
    say('没有找到 chromium：浏览器测试将跳过（以 root 在 Debian 上可自动安装，其他系统请自行安装 chromium）');
    return;
  }
  try {
    install('浏览器与中文字体', ['chromium', 'fonts-noto-cjk']);
  } catch (error) {
    if (need === 'required' || !(error instanceof SetupError)) throw error;
    say(`浏览器没有装上，浏览器测试将跳过（${error.message}）`);
  }
}
