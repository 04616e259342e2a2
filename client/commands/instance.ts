import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorAnswer } from '../api/answers.ts';
import { readToken } from '../api/token.ts';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';

/** Where the running instance is and how to speak to it. */
export interface InstanceAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** A refusal of the running instance, with what it lists. */
class InstanceRefusal extends RefusedError {
  readonly problems: ErrorAnswer['problems'];

  constructor({ code, message, problems }: ErrorAnswer) {
    super(code, message);
    this.problems = problems;
  }
}

const notRunning = '没有正在运行的回头看：请先 npm start';

/**
 * The instance that the environment names, else the one that runs on the data folder.
 *
 * @throws RefusedError `NotRunning`
 * @throws MisuseError when an address is given without its token
 */
export function instanceAddress(config: {
  readonly dataDir: string;
  readonly url: string | undefined;
  readonly token: string | undefined;
}): InstanceAddress {
  if (config.url !== undefined) {
    if (config.token === undefined) throw new MisuseError('设置了 HUITOUKAN_URL，请同时设置 HUITOUKAN_TOKEN');
    return { url: config.url, token: config.token };
  }
  const url = urlIn(config.dataDir);
  const token = config.token ?? readToken(config.dataDir);
  if (url === undefined || token === undefined) throw new RefusedError('NotRunning', notRunning);
  return { url, token };
}

/** Written by the instance when it serves. */
function urlIn(dataDir: string): string | undefined {
  try {
    const { url } = JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8')) as { url?: unknown };
    return typeof url === 'string' ? url.replace(/\/+$/u, '') : undefined;
  } catch {
    return undefined;
  }
}

interface Request {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: object;
  readonly bytes?: Uint8Array;
}

/** The running instance, asked over its JSON API. Errors come back as what they were there. */
export class Instance {
  readonly #address: InstanceAddress;

  constructor(address: InstanceAddress) {
    this.#address = address;
  }

  async get<Answer>(path: readonly string[], query?: Request['query']): Promise<Answer> {
    return this.#ask('GET', path, query ? { query } : {});
  }

  async post<Answer>(path: readonly string[], request: Request): Promise<Answer> {
    return this.#ask('POST', path, request);
  }

  async delete<Answer>(path: readonly string[], query?: Request['query']): Promise<Answer> {
    return this.#ask('DELETE', path, query ? { query } : {});
  }

  async put<Answer>(path: readonly string[], request: Request): Promise<Answer> {
    return this.#ask('PUT', path, request);
  }

  /** @throws RefusedError `NotRunning`, or the instance's own; MisuseError */
  async #ask<Answer>(method: string, path: readonly string[], { query = {}, json, bytes }: Request): Promise<Answer> {
    const url = new URL(`${this.#address.url}/api/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const headers: Record<string, string> = { authorization: `Bearer ${this.#address.token}` };
    if (json) headers['content-type'] = 'application/json';
    if (bytes) headers['content-type'] = 'application/octet-stream';
    const body = json ? JSON.stringify(json) : bytes;
    let response: Response;
    try {
      response = await fetch(url, { method, headers, redirect: 'error', ...(body !== undefined && { body }) });
    } catch (error) {
      throw new RefusedError('NotRunning', notRunning, { cause: error });
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as Answer;
    throw failure(response.status, answer);
  }
}

function failure(status: number, answer: unknown): Error {
  const isAnswer = typeof answer === 'object' && answer !== null && 'message' in answer && 'code' in answer;
  if (!isAnswer)
    return new RefusedError('Unexpected', `这个地址答复了 ${String(status)}，不像是回头看：请核对 HUITOUKAN_URL`);
  const told = answer as ErrorAnswer;
  return status === 400 || status === 413 ? new MisuseError(told.message) : new InstanceRefusal(told);
}
