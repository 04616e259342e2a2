import { setTimeout as pause } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { createMailActivities } from '../../../activities/deliver-due.ts';
import { createDrillActivities } from '../../../activities/drill.ts';
import { createLedgerActivities } from '../../../activities/ledger.ts';
import { smtpTransport } from '../../../activities/mail/transport.ts';
import { createRoundActivities } from '../../../activities/round.ts';
import { ensurePostOffice, rowsPlanned as callPostOffice } from '../../../client/post-office.ts';
import { openLedger } from '../../../prisma/client.ts';
import { startTemporal } from '../../../worker/embedded/temporal-server.ts';
import { quietTemporal, startWorkers } from '../../../worker/worker.ts';
import { killTree } from '../../kill/process-tree.ts';
import { addBatch, nine, prepareRound } from './batches.ts';
import { tried, type Verb } from './moments.ts';
import { type Played, queueIdOf, tallied } from './tally.ts';
import { World } from './world.ts';

const verbs: readonly Verb[] = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'end of data', 'reply', 'commit'];
/** The n-th commits of a batch: the call, a claim, a lease, an outcome, one of the last. */
const commits = [1, 3, 7, 11, 14];

const moments = tried(
  (['before', 'after'] as const).flatMap((when) =>
    verbs.flatMap((verb) => (verb === 'commit' ? commits : [1]).map((nth) => ({ verb, when, nth }))),
  ),
);

const silent = { log: () => undefined };

test('whenever the Temporal server is killed, the post-office sends each mail once', async () => {
  quietTemporal(silent.log);
  const world = await World.start();
  await prepareRound(world.ledger);
  let server = await startTemporal({ ...silent, dataDir: world.folder });
  const port = Number(server.address.split(':').at(-1));
  const { databaseUrl, smtpUrl } = world.run('ours', nine, 'watched');
  const ledger = openLedger(databaseUrl);
  let transport = smtpTransport(smtpUrl, 'world');
  const connection = await Connection.connect({ address: server.address });
  const temporal = new Client({ connection });
  const activities = createMailActivities({
    ...{
      ledger,
      transportFor: () => transport,
      leaseOwner: 'worker',
      heartbeat: () => heartbeat(),
      realNow: () => nine,
    },
    ...{ secret: 'ring-secret', mailDomain: 'huitoukan.example', publicUrl: 'https://huitoukan.example' },
  });
  const never = () => Promise.reject(new Error('no drill is played here'));
  const workers = await startWorkers({
    ...{ address: server.address, namespace: 'default' },
    activities: {
      ...createLedgerActivities({ ledger, rowsPlanned: never }),
      ...createRoundActivities({ ledger, temporal, heartbeat }),
      ...createDrillActivities({ ledger, doors: { tellMoment: never, answerAs: never } as never, heartbeat }),
    },
    // The workflow's clock is the world's; the batches are due on a day of their own.
    mailActivities: { deliverDue: ({ clockId }) => activities.deliverDue({ clockId, now: nine }) },
  });
  const call = callPostOffice({ ledger: world.ledger, temporal });
  try {
    await ensurePostOffice(temporal, { kind: 'real' }, nine);
    const played: Played[] = [];
    for (const [batch, moment] of moments.entries()) {
      // On connections of its own, for each of which EHLO is said.
      transport.close();
      transport = smtpTransport(smtpUrl, 'world');
      const kill = async () => {
        await killTree(server.pid);
        server = await startTemporal({ ...silent, dataDir: world.folder, port });
      };
      world.watch.expect(moment, kill, 'passedOn');
      const lines = await addBatch(world.ledger, batch);
      const settled = () => world.ledger.outboxRow.count({ where: { state: { in: ['planned', 'claimed'] } } });
      while ((await settled()) > 0) {
        await call('real', new Date(0).toISOString()).catch(() => undefined); // the server may be away
        await pause(200);
      }
      await world.watch.struck();
      if (!world.watch.reached) process.stderr.write(`not reached: ${JSON.stringify(moment)}\n`);
      played.push({ sender: 'ours', victim: 'temporal', moment, reached: world.watch.reached, lines });
    }
    while (world.postfix.queued() > 0) await pause(100);
    const mails = await world.ledger.mail.findMany({ select: { address: true, uncertain: true } });
    const uncertainBy = new Map(mails.map(({ address, uncertain }) => [address, uncertain]));
    const { tally, sentences } = tallied(played, ({ address }) => ({
      queueIds: world.mailsOf(address).map(queueIdOf),
      uncertain: uncertainBy.get(address) ?? 0,
      foundByAsking: false,
    }));
    process.stderr.write(`${[...sentences, `temporal: ${JSON.stringify(tally)}`].join('\n')}\n`);
    expect(tally).toMatchObject({ lost: 0, doubled: 0, uncertain: 0, notReached: 0, mails: 6 * moments.length });
  } finally {
    await workers.stop().catch(() => undefined);
    await connection.close();
    transport.close();
    await ledger.$disconnect();
    await server.stop();
    await world.close();
  }
}, 1_200_000);
