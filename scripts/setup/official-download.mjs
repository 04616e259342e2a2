import { spawnSync } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lastLines, root } from './progress.mjs';

/** Temporal's own download service, the one its SDKs use. */
const service = 'https://temporal.download';

/** Where it cannot be reached, the next way is tried soon. */
const answerWithinMs = 5_000;
const downloadWithinMs = 180_000;

/**
 * Fetches a program of Temporal from its makers.
 *
 * @param {{ artifact: string }} program
 * @param {string} scratch an existing folder
 * @param {string} from another service that answers alike
 * @returns {Promise<string>} the path of the unpacked program
 */
export async function officialDownload(program, scratch, from = service) {
  const description = new URL(`${from}/${program.artifact}/default`);
  for (const [name, value] of Object.entries({
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
    platform: process.platform === 'win32' ? 'windows' : process.platform,
    format: 'tar.gz',
    'sdk-name': 'sdk-typescript',
    'sdk-version': sdkVersion(),
  })) {
    description.searchParams.set(name, value);
  }
  const described = await answer(description.href, answerWithinMs);
  const { archiveUrl, fileToExtract } = await described.json();
  const archive = join(scratch, 'archive.tar.gz');
  const body = (await answer(archiveUrl, downloadWithinMs)).body;
  if (!body) throw new Error('下载内容为空');
  await pipeline(Readable.fromWeb(body), createWriteStream(archive));
  const unpacked = spawnSync('tar', ['-xzf', archive, '-C', scratch, fileToExtract], { encoding: 'utf8' });
  if (unpacked.status !== 0) throw new Error(`解压失败：${unpacked.error?.message ?? lastLines(unpacked.stderr, 1)}`);
  return join(scratch, fileToExtract);
}

/** @param {string} url
 * @param {number} withinMs */
async function answer(url, withinMs) {
  const response = await fetch(url, { signal: AbortSignal.timeout(withinMs) }).catch((error) => {
    throw new Error(`连不上（${error?.cause?.code ?? error?.name ?? error}）`);
  });
  if (!response.ok) throw new Error(`服务器答复 ${response.status}`);
  return response;
}

function sdkVersion() {
  return JSON.parse(readFileSync(join(root, 'node_modules/@temporalio/client/package.json'), 'utf8')).version;
}
