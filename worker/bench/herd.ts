/**
 * Run by `bench herd`: `herd.ts FOLDER LINES PEOPLE` lets so many lines fall due at one instant, on a PostgreSQL of its own
 * in the folder and into a mail server that takes everything, once with our post-office and once with graphile-worker;
 * prints, as JSON, how long after the hour the lines were accepted.
 */
import { createMailActivities } from '../../activities/deliver-due.ts';
import { smtpTransport } from '../../activities/mail/transport.ts';
import { openLedger } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { addMs, type IsoInstant } from '../../workflows/rules/instants.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { fillHerd, type Herd, herdHour } from './herd-ledger.ts';
import { runPeer } from './herd-peer.ts';
import type { Taken } from './sink.ts';
import { type Sink, startSink } from './sink-process.ts';

/** How a herd was served. */
export interface Served {
  /** Seconds after the hour by which half of the lines, 99 of 100, and all were accepted. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly mails: number;
  /** Lines accepted before the hour, more than once, and never. */
  readonly early: number;
  readonly twice: number;
  readonly missing: number;
}

const peerPreparesMs = 3_000;

const [dataDir = '', lines = '', people = ''] = process.argv.slice(2);
const herd: Herd = { lines: Number(lines), people: Number(people) };
const note = (line: string) => console.error(line);

const postgres = await startPostgres({ dataDir, log: note });
const sinks: Sink[] = [];
try {
  await migrate(postgres.url);
  note('对照：graphile-worker……');
  const graphileWorker = await measured((sink) => runPeer(postgres.url, sink, herd, peerPreparesMs));
  note(`回头看：${lines} 行同时到点……`);
  const ours = await measured((sink) => runOurs(postgres.url, sink));
  console.log(JSON.stringify({ ours, graphileWorker }));
} finally {
  for (const sink of sinks) sink.stop();
  await postgres.stop();
}

/** Serves the herd as the post-office does when its workflow wakes at the hour; says when that was. */
async function runOurs(databaseUrl: string, sink: Sink): Promise<number> {
  const ledger = openLedger(databaseUrl, 20);
  const transport = smtpTransport(sink.url, 'practiceMailbox');
  try {
    await fillHerd(ledger, herd);
    const hour = Date.now();
    const present = () => addMs(herdHour, Date.now() - hour);
    const activities = createMailActivities({
      ...{ ledger, transportFor: () => transport, publicUrl: 'http://127.0.0.1', leaseOwner: 'bench' },
      ...{ secret: 'bench', mailDomain: 'bench.invalid' },
      realNow: present,
    });
    for (let now: IsoInstant | null = herdHour; now !== null && now <= present();) {
      ({ nextAt: now } = await activities.deliverDue({ clockId: 'real', now }));
    }
    return hour;
  } finally {
    transport.close();
    await ledger.$disconnect();
  }
}

async function measured(serve: (sink: Sink) => Promise<number>): Promise<Served> {
  const sink = await startSink();
  sinks.push(sink);
  const hour = await serve(sink);
  return servedOf(await sink.taken(), hour);
}

function servedOf(taken: readonly Taken[], hour: number): Served {
  const waits = taken
    .flatMap(({ at, lines: keys }) => keys.map(() => (at - hour) / 1000))
    .sort((one, other) => one - other);
  const distinct = new Set(taken.flatMap(({ lines: keys }) => keys)).size;
  const after = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN;
  return {
    ...{ p50: after(0.5), p99: after(0.99), max: after(1), mails: taken.length },
    early: waits.filter((wait) => wait < 0).length,
    twice: waits.length - distinct,
    missing: herd.lines - distinct,
  };
}
