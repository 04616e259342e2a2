import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { addBatch, addNaiveBatch, type BatchLine, nine, prepareRound } from './batches.ts';
import { killEvery, type Moment } from './moments.ts';
import { moments, naiveMoment, type Victim } from './points.ts';
import type { SenderName } from './sender-run.ts';
import { type LineFate, type Played, queueIdOf, type Tally, tallied } from './tally.ts';
import { World } from './world.ts';

const victims: readonly Victim[] = ['worker', 'postgres', 'postfix'];
const say = (line: string) => void process.stderr.write(`${line}\n`);

interface Part {
  readonly victim: Victim;
  readonly sender: SenderName;
  readonly tally: Tally;
  readonly sentences: readonly string[];
}

const parts: Part[] = [];
const startedAt = Date.now();

describe.concurrent('before or after any commit or SMTP verb', () => {
  test.for(victims)(
    '%s is killed, and our sender loses no mail and doubles none',
    { timeout: 3_600_000 },
    async (victim) => {
      const played = await playVictim(victim);
      parts.push(...played);
      const [ours, naive] = played as [Part, Part];
      for (const each of ours.sentences) say(each);
      const { lost, doubled, points, mails, uncertain } = ours.tally;
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      // Of 76 for each victim, together more than 200; a few of the commits come only when one is late.
      expect(points).toBeGreaterThanOrEqual(Math.floor(moments.length * 0.9));
      // Postfix can be asked even after it was killed: its queue and what it has logged outlive it.
      expect(uncertain / mails).toBeLessThanOrEqual(0.005);
      // The matrix does find what it looks for.
      if (killEvery === 1) expect(naive.tally.doubled).toBeGreaterThan(0);
    },
  );
});

afterAll(() => {
  process.stderr.write(table(parts));
  say(`${String(Math.round((Date.now() - startedAt) / 1000))} s`);
});

async function playVictim(victim: Victim): Promise<Part[]> {
  const world = await World.start();
  try {
    await prepareRound(world.ledger);
    const played: Played[] = [];
    for (const [batch, moment] of moments.entries()) {
      played.push(await play(world, { sender: 'ours', victim, moment }, await addBatch(world.ledger, batch)));
      const lines = await addNaiveBatch(world.ledger, batch);
      played.push(await play(world, { sender: 'naive', victim, moment: naiveMoment(moment) }, lines));
      if (batch % 10 === 9) say(`${victim}: ${String(batch + 1)} of ${String(moments.length)} points`);
    }
    while (world.postfix.queued() > 0) await pause(100);
    const fateOf = await fatesIn(world);
    return (['ours', 'naive'] as const).map((sender) => ({
      ...{ victim, sender },
      ...tallied(
        played.filter((each) => each.sender === sender),
        fateOf,
      ),
    }));
  } finally {
    await world.close();
  }
}

async function play(
  world: World,
  { sender, victim, moment }: { sender: SenderName; victim: Victim; moment: Moment },
  lines: readonly BatchLine[],
): Promise<Played> {
  const { watch } = world;
  const run = world.run(sender, nine, 'watched');
  if (victim === 'worker') {
    const worker = await world.apart(sender);
    watch.expect(moment, worker.kill);
    await worker.run(run);
  } else {
    watch.expect(moment, () => (victim === 'postgres' ? world.killPostgres() : world.killPostfix()));
    await world.runHere(run);
  }
  await watch.struck();
  const { reached } = watch;
  watch.expect(undefined, () => Promise.resolve());
  await world.restart();
  await untilQuiet(world, sender);
  return { sender, victim, moment, reached, lines };
}

/** Lets whoever is started anew send until nothing is left to do; what waits for a later attempt is tried now. */
async function untilQuiet(world: World, sender: SenderName): Promise<void> {
  for (let runs = 0; runs < 50; runs += 1) {
    const { ledger } = world;
    if (sender === 'naive') {
      const [left] = await ledger.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM "NaiveMail" WHERE NOT sent`;
      if (left!.n === 0) return;
    } else {
      const left = await ledger.outboxRow.count({ where: { state: { in: ['planned', 'claimed'] } } });
      if (left === 0) return;
      await ledger.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now(), "leaseUntil" = now()
        WHERE state IN ('prepared', 'handedOver')`;
    }
    if (runs > 2) await pause(100); // Postfix has not done with the connection that was cut
    await world.runHere(world.run(sender, nine, 'direct'));
  }
  throw new Error('it does not come to rest');
}

async function fatesIn(world: World): Promise<(line: BatchLine) => LineFate> {
  const mails = await world.ledger.mail.findMany({
    select: { address: true, uncertain: true, response: true },
  });
  const byAddress = new Map(mails.map((mail) => [mail.address, mail]));
  return ({ address }) => ({
    queueIds: world.mailsOf(address).map(queueIdOf),
    uncertain: byAddress.get(address)?.uncertain ?? 0,
    foundByAsking: byAddress.get(address)?.response?.includes('查实') ?? false,
  });
}

function table(parts: readonly Part[]): string {
  const columns: readonly (keyof Tally)[] = [
    ...(['points', 'notReached', 'mails', 'lost', 'doubled'] as const),
    ...(['uncertain', 'uncertainTwice', 'byPostfix', 'foundByAsking'] as const),
  ];
  const cell = (text: string | number) => String(text).padStart(15);
  const rows = parts.map(({ sender, victim, tally }) => [sender, victim, ...columns.map((column) => tally[column])]);
  return [['sender', 'killed', ...columns], ...rows].map((row) => `${row.map(cell).join('')}\n`).join('');
}
