import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Log } from './children.ts';

export interface PortChoice {
  /** What the port is for, as the person knows it (网页, 收件端口 …). */
  purpose: string;
  /** The port that the configuration names; it is taken or refused, never moved. */
  explicit?: number | undefined;
  /**
   * Remembers the choice in the data folder under this name, and prefers it at the next start: others, such as
   * mails that are under way, know the port by its number.
   */
  remember?: { dataDir: string; name: string } | undefined;
  log: Log;
}

/**
 * Chooses a port on 127.0.0.1: the explicit one, else the remembered one, else `preferred`, else any free one, saying so.
 *
 * @throws Error with a sentence for people when the explicit port is busy
 */
export async function choosePort(preferred: number, choice: PortChoice): Promise<number> {
  const { purpose, explicit, remember, log } = choice;
  if (explicit !== undefined) {
    if (!(await isFree(explicit))) {
      throw new Error(`${purpose}的端口 ${explicit} 已被占用：请结束占用它的程序，或在环境变量中另设一个端口`);
    }
    return explicit;
  }
  const wanted = (remember && rememberedPorts(remember.dataDir)[remember.name]) ?? preferred;
  const free = await isFree(wanted);
  const port = free ? wanted : await anyFreePort();
  if (!free) log(`${purpose}的端口 ${wanted} 已被占用，改用 ${port}`);
  if (remember) rememberPort(remember.dataDir, remember.name, port);
  return port;
}

/** A port, or how to choose one: asked again when another program took the port between choice and use. */
export type PortSource = number | (() => Promise<number>);

/** Asks the source; any free port when there is none. */
export async function chosen(source: PortSource = anyFreePort): Promise<number> {
  return typeof source === 'number' ? source : await source();
}

/** A port of 127.0.0.1 that nobody listens on at this moment, chosen by the system. */
export async function anyFreePort(): Promise<number> {
  const port = await listenOn(0);
  if (port === undefined) throw new Error('127.0.0.1 上没有可用的端口');
  return port;
}

/** Whether somebody accepts connections on this port of 127.0.0.1. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined;
}

/** Listens for a moment, which is the only reliable question; answers the port, or undefined when it is not to be had. */
function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

function rememberedPorts(dataDir: string): Record<string, number> {
  try {
    const value: unknown = JSON.parse(readFileSync(portsFile(dataDir), 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    const ports = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(ports.filter((entry): entry is [string, number] => Number.isInteger(entry[1])));
  } catch {
    return {};
  }
}

function rememberPort(dataDir: string, name: string, port: number): void {
  const ports = rememberedPorts(dataDir);
  if (ports[name] !== port) writeFileSync(portsFile(dataDir), JSON.stringify({ ...ports, [name]: port }, null, 2));
}

function portsFile(dataDir: string): string {
  return join(dataDir, 'ports.json');
}
