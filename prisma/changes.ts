import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Ledger } from './client.ts';

/** Something that pages show has changed: ids alone, for whoever listens reads it himself. */
export interface Change {
  readonly clockId: string;
  readonly roundId: string;
  /** Null when it is the round's own, or more issues than are worth naming. */
  readonly issueId: string | null;
}

const channel = 'huitoukan_changes';
const gatheredForMs = 200;
/** NOTIFY carries 8,000 bytes at most; more issues of one round than this are told as the round's change. */
const namedAtMost = 40;

/**
 * Tells whoever listens, in this process or another, what has changed: after it was committed and some at a time, since a
 * NOTIFY within a transaction makes commits wait for each other. What is told is a hint; one that gets lost costs a
 * page its freshness for a while.
 */
export function createAnnouncer(ledger: Ledger): { readonly announce: (change: Change) => void } {
  const gathered = new Map<string, Change>();
  let isWaiting = false;
  const tell = async () => {
    await pause(gatheredForMs, undefined, { ref: false });
    isWaiting = false;
    const changes = [...gathered.values()];
    gathered.clear();
    const told = changes.length <= namedAtMost ? changes : ofRounds(changes);
    for (let first = 0; first < told.length; first += namedAtMost) {
      const payload = JSON.stringify(told.slice(first, first + namedAtMost));
      await ledger.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
    }
  };
  return {
    announce(change) {
      gathered.set(`${change.roundId}/${change.issueId ?? ''}`, change);
      if (isWaiting) return;
      isWaiting = true;
      tell().catch(() => undefined); // the ledger is away: pages that could be told are as well
    },
  };
}

function ofRounds(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((one) => [one.roundId, { ...one, issueId: null }])).values()];
}

export interface Listening {
  /** A second call finds it ended. */
  stop(): Promise<void>;
}

const againAfterMs = 1_000;

/**
 * Listens for changes over a connection of its own, which is made anew whenever it breaks.
 *
 * @param onChange gets what was told; undefined when something may have been missed
 */
export async function listenToChanges(
  databaseUrl: string,
  onChange: (change: Change | undefined) => void,
): Promise<Listening> {
  let isWanted = true;
  let client: pg.Client | undefined;

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    fresh.on('notification', ({ payload = '[]' }) => {
      for (const change of JSON.parse(payload) as Change[]) onChange(change);
    });
    fresh.on('error', () => undefined); // it ends thereafter
    fresh.once('end', () => {
      if (client === fresh && isWanted) void reconnect();
    });
    await fresh.connect();
    await fresh.query(`LISTEN ${channel}`);
    client = fresh;
  };
  const reconnect = async () => {
    while (isWanted) {
      await pause(againAfterMs, undefined, { ref: false });
      try {
        await connect();
        onChange(undefined);
        return;
      } catch {
        // the ledger is away; it is asked again
      }
    }
  };

  await connect();
  return {
    async stop() {
      if (!isWanted) return;
      isWanted = false;
      await client?.end();
    },
  };
}
