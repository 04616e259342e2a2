/**
 * Run by `bench mail`: `mail.ts FOLDER MAILS` prepares so many digest mails on a PostgreSQL of its own in the folder, hands
 * them over to a mail server that takes everything, and lets Postfix's `smtp-source` hand as many of the same size over to
 * another one of the kind; prints both as JSON.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { claimAllDue } from '../../activities/mail/claim-due.ts';
import { loadSecrecy } from '../../activities/mail/secrecy.ts';
import { sendMails, startSending } from '../../activities/mail/send.ts';
import { smtpTransport } from '../../activities/mail/transport.ts';
import { loadWaiting } from '../../activities/mail/waiting.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { addMs } from '../../workflows/rules/instants.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { fillHerd, herdHour } from './herd-ledger.ts';
import { type Sink, startSink } from './sink-process.ts';

const peerProgram = '/usr/sbin/smtp-source';
const linesAMail = 2;
const connections = 10;
const clockId = 'real';
const sender = { secret: 'bench', mailDomain: 'bench.invalid' };

const [dataDir = '', given = ''] = process.argv.slice(2);
const mails = Number(given);
const note = (line: string) => console.error(line);

if (!existsSync(peerProgram)) {
  note('没有找到 smtp-source，请先 node scripts/setup.mjs --mail-servers');
  process.exit(1);
}
const postgres = await startPostgres({ dataDir, log: note });
const ledger = openLedger(postgres.url, 20);
const sinks: Sink[] = [];
try {
  await migrate(postgres.url);
  note(`写好 ${String(mails)} 封……`);
  await fillHerd(ledger, { lines: mails * linesAMail, people: mails });
  await prepare(ledger);
  const [size] = await ledger.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(round(avg(length(raw))), 0)::int AS bytes FROM "Mail"`;
  const bytes = size?.bytes ?? 0;
  note(`发出 ${String(mails)} 封，平均 ${String(bytes)} 字节……`);
  const ours = await ourSeconds(ledger);
  note('对照：smtp-source……');
  const smtpSource = await peerSeconds(bytes, 1);
  const smtpSourceAbreast = await peerSeconds(bytes, connections);
  console.log(JSON.stringify({ ours, smtpSource, smtpSourceAbreast, bytes, connections }));
} finally {
  for (const sink of sinks) sink.stop();
  await ledger.$disconnect();
  await postgres.stop();
}

/** Makes the mails of the day without sending one. */
async function prepare(ledger: Ledger): Promise<void> {
  const secrecyOf = await loadSecrecy(ledger, { reach: 'practiceMailbox' });
  const handOver = () => Promise.resolve();
  await claimAllDue({ ledger, sender, publicUrl: 'http://127.0.0.1', clockId, now: herdHour, secrecyOf, handOver });
}

/** From the first lease until the last outcome is written down. */
async function ourSeconds(ledger: Ledger) {
  const sink = await newSink();
  const transport = smtpTransport(sink.url, 'practiceMailbox', connections);
  try {
    const waiting = await loadWaiting(ledger, clockId, herdHour);
    const startedAt = performance.now();
    const sending = startSending({
      ...{ ledger, transport, sender, leaseOwner: 'bench', log: () => undefined, now: herdHour },
      ...{ presentTime: () => herdHour, turnEndsAt: addMs(herdHour, 1), pauseSeconds: () => 60 },
    });
    await sendMails(sending, waiting);
    const seconds = (performance.now() - startedAt) / 1000;
    const keys = (await sink.taken()).flatMap(({ lines }) => lines);
    const distinct = new Set(keys).size;
    const recorded = await ledger.mail.count({ where: { state: 'accepted' } });
    return {
      seconds,
      twice: keys.length - distinct,
      missing: mails * linesAMail - distinct,
      unrecorded: mails - recorded,
    };
  } finally {
    transport.close();
  }
}

/** Over so many connections, each kept open (`-d`), one recipient a mail. */
async function peerSeconds(bytes: number, sessions: number) {
  const sink = await newSink();
  const options = ['-d', '-s', String(sessions), '-m', String(mails), '-l', String(bytes)];
  const addresses = ['-f', 'reply@bench.invalid', '-t', 'person@unit.example'];
  const startedAt = performance.now();
  await promisify(execFile)(peerProgram, [...options, ...addresses, new URL(sink.url).host]);
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, missing: mails - (await sink.taken()).length };
}

async function newSink(): Promise<Sink> {
  const sink = await startSink();
  sinks.push(sink);
  return sink;
}
