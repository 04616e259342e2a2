import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts } from '../../../client/commands/free-ports.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { migrate } from '../../../prisma/migrate.ts';
import { type Postgres, startPostgres } from '../../../worker/embedded/postgres.ts';
import { killTree } from '../../kill/process-tree.ts';
import { type Dovecot, listening, startDovecot } from '../dovecot.ts';
import { type Postfix, startPostfix } from '../postfix.ts';
import { Watch } from './moments.ts';
import { tapPostgres } from './postgres-tap.ts';
import { loadSender } from './load-sender.ts';
import type { SenderName, SenderRun } from './sender-run.ts';
import { tapSmtp } from './smtp-tap.ts';

/** Real servers, each of which can be killed, with a sender whose every verb and commit is watched. */
export class World {
  readonly watch = new Watch();
  readonly postfix: Postfix;
  readonly folder: string;
  readonly #dovecot: Dovecot;
  readonly #smtpTap: Server;
  readonly #postgresTap: Server;
  readonly #postgresPort: number;
  #postgres: Postgres;
  #isPostgresDead = false;
  #isPostfixDead = false;
  #ledger: Ledger;
  readonly #warm = new Map<SenderName, Promise<ChildProcess>>();
  #runs = 0;

  private constructor(parts: {
    folder: string;
    dovecot: Dovecot;
    postfix: Postfix;
    postgres: Postgres;
    taps: readonly [Server, Server];
    watch: Watch;
  }) {
    this.folder = parts.folder;
    this.#dovecot = parts.dovecot;
    this.postfix = parts.postfix;
    this.#postgres = parts.postgres;
    this.#postgresPort = parts.postgres.port;
    [this.#smtpTap, this.#postgresTap] = parts.taps;
    this.watch = parts.watch;
    this.#ledger = openLedger(parts.postgres.url);
  }

  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'huitoukan-matrix-'));
    chmodSync(folder, 0o755); // Postfix and Dovecot run as users of their own
    const [smtpPort, lmtpPort, imapPort] = (await freePorts(3)).map(Number) as [number, number, number];
    const dovecot = await startDovecot({ folder: join(folder, 'dovecot'), lmtpPort, imapPort });
    const postfix = await startPostfix({
      folder: join(folder, 'postfix'),
      port: smtpPort,
      routes: {},
      mailboxesPort: lmtpPort,
    });
    await listening(smtpPort);
    const postgres = await startPostgres({ log: () => undefined, dataDir: folder });
    await migrate(postgres.url);
    const watch = new Watch();
    const taps = [await tapSmtp(smtpPort, watch), await tapPostgres(postgres.port, watch)] as const;
    return new World({ folder, dovecot, postfix, postgres, taps, watch });
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** What a sender is told. Watched, it talks through the taps; else to the servers themselves. */
  run(sender: SenderName, now: string, way: 'watched' | 'direct'): SenderRun {
    const database = new URL(this.#postgres.url);
    if (way === 'watched') database.port = String(portOf(this.#postgresTap));
    const { configFolder, logFile, port } = this.postfix;
    return {
      ...{ sender, now, databaseUrl: database.href, postfix: { configFolder, logFile } },
      smtpUrl: `smtp://127.0.0.1:${String(way === 'watched' ? portOf(this.#smtpTap) : port)}?ignoreTLS=true`,
      leaseOwner: `run-${String((this.#runs += 1))}`,
    };
  }

  /** Runs a sender in this process until it ends, however it ends, and all its connections have. */
  async runHere(run: SenderRun): Promise<void> {
    await (await loadSender(run.sender))(run).catch(() => undefined);
    await this.isQuiet();
  }

  /** A sender that is loaded in a process of its own and waits for its run. */
  async apart(sender: SenderName): Promise<{ kill: () => Promise<void>; run: (run: SenderRun) => Promise<void> }> {
    const child = await (this.#warm.get(sender) ?? startedChild(sender));
    this.#warm.set(sender, startedChild(sender)); // the next one loads meanwhile
    const dead = once(child, 'exit');
    const kill = async () => {
      child.kill('SIGKILL');
      await dead;
    };
    return {
      kill,
      run: async (run) => {
        const done = once(child, 'message');
        child.send(run);
        await Promise.race([done, dead]);
        await this.isQuiet();
        await kill();
      },
    };
  }

  /** Waits until nobody is connected to the mail server through the tap. */
  async isQuiet(): Promise<void> {
    const connections = () => promisify(this.#smtpTap.getConnections.bind(this.#smtpTap))();
    for (const until = Date.now() + 5_000; (await connections()) > 0 && Date.now() < until;) await pause(5);
  }

  async killPostgres(): Promise<void> {
    this.#isPostgresDead = true;
    await killTree(this.#postgres.pid);
  }

  async killPostfix(): Promise<void> {
    this.#isPostfixDead = true;
    await this.postfix.kill();
  }

  /** As its operator would, also while mails come in. */
  async restartPostfix(): Promise<void> {
    this.postfix.stop();
    this.postfix.start();
    await this.listening();
  }

  listening(): Promise<void> {
    return listening(this.postfix.port);
  }

  /** Starts whatever was killed, as a supervisor of processes would. */
  async restart(): Promise<void> {
    if (this.#isPostgresDead) {
      await this.#ledger.$disconnect().catch(() => undefined);
      this.#postgres = await startPostgres({
        log: () => undefined,
        dataDir: this.folder,
        port: this.#postgresPort,
      });
      this.#ledger = openLedger(this.#postgres.url);
      this.#isPostgresDead = false;
    }
    if (this.#isPostfixDead) {
      this.postfix.start();
      await listening(this.postfix.port);
      this.#isPostfixDead = false;
    }
  }

  /** All that is in the mailboxes of one address, as Dovecot keeps it (Maildir). */
  mailsOf(address: string): string[] {
    const folder = join(this.folder, 'dovecot/mail', address);
    return ['new', 'cur'].flatMap((part) => {
      const place = join(folder, part);
      return namesIn(place).map((name) => readFileSync(join(place, name), 'latin1'));
    });
  }

  async close(): Promise<void> {
    for (const child of this.#warm.values()) (await child).kill('SIGKILL');
    await this.restart();
    await this.#ledger.$disconnect();
    this.#smtpTap.close();
    this.#postgresTap.close();
    await this.postfix.close();
    await this.#dovecot.stop();
    await this.#postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function startedChild(sender: SenderName): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'sender-child.ts'), [sender], {
    execArgv: ['--import', 'tsx'],
    stdio: 'ignore',
  });
  await once(child, 'message');
  return child;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has written to this address
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
