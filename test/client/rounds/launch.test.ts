import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Drills } from '../../../client/drills.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';
import { ensurePostOffice, rowsPlanned } from '../../../client/post-office.ts';
import { Rounds } from '../../../client/rounds.ts';
import { loadRound } from '../../../client/rehearsal/load-round.ts';
import { addBody, putUnderBody } from '../../../client/rounds/bodies.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { RoundTerms } from '../../../workflows/rules/terms.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

const notice = `某市城管局党组关于巡察整改进展情况的通报

2024年3月4日至4月30日，市委第二巡察组对市城管局党组进行了巡察，并于2024年6月8日反馈了巡察意见。现将整改情况公布如下。

一、整改落实情况

1.学习不够深入。一是集中学习。二是建立制度。

2.监管不够到位。一是开展检查。二是2027年底前完成改造。
`;
const reading = readNotice(new TextEncoder().encode(notice), 'mingcheng.txt');
const request = {
  reading,
  fileName: 'mingcheng.txt',
  sha256: 'b'.repeat(64),
  staff: 'mixed',
  secondsPerDay: 0,
} as const;

interface Started {
  readonly type: string;
  readonly workflowId: string;
  readonly args: readonly unknown[];
  readonly signalArgs?: readonly unknown[];
}

/** A Temporal that starts each workflow once; its rounds launch their issues at once, as the worker's do. */
class StubTemporal {
  readonly started: Started[] = [];
  /** Workflow ids that have run and ended. */
  readonly ended = new Set<string>();
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get client(): Client {
    const start = async (type: string, options: Omit<Started, 'type'>) => {
      if (this.ended.has(options.workflowId)) {
        throw new WorkflowExecutionAlreadyStartedError('it has ended', options.workflowId, type);
      }
      if (this.started.some(({ workflowId }) => workflowId === options.workflowId)) return;
      this.started.push({ type, ...options });
      if (type !== 'keepRound') return;
      const [{ roundId, launchedAt }] = options.args as [{ roundId: string; launchedAt: string }];
      await this.#ledger.issue.updateMany({ where: { roundId }, data: { sequence: 1 } });
      await this.#ledger.round.update({ where: { id: roundId }, data: { state: 'launched', launchedAt } });
    };
    const signalWithStart = (type: string, options: Omit<Started, 'type'>) => {
      this.started.push({ type, ...options });
      return Promise.resolve();
    };
    const getHandle = (workflowId: string) => ({
      result: () => Promise.reject(new WorkflowNotFoundError('no such workflow', workflowId, undefined)),
    });
    return { workflow: { start, signalWithStart, getHandle } } as unknown as Client;
  }

  ids(): string[] {
    return this.started.map(({ workflowId }) => workflowId);
  }
}

let database: TestDatabase;
let ledger: Ledger;
let temporal: StubTemporal;
let rounds: Rounds;
let drills: Drills;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
});

beforeEach(() => {
  temporal = new StubTemporal(ledger);
  rounds = new Rounds({ ledger, temporal: temporal.client });
  drills = new Drills({ ledger, temporal: temporal.client, rounds });
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('a launch', () => {
  it('starts the post-office and the round once, and a second one changes nothing', async () => {
    const names = ['甲', '乙', '丙', '丁', '戊'];
    await rounds.importPeople(
      names.map((name, n) => ({ line: n + 2, name, email: `x${String(n)}@example.test`, unit: '', position: '' })),
    );
    const { roundId } = await rounds.createFromReading({ ...request, feedbackOn: '2026-08-31' });
    await rounds.assign({
      roundId,
      rows: [
        { line: 0, issues: '全部', people: { handler: '甲', responsibleLeader: '乙' } },
        { line: 0, issues: '*', people: { groupHead: '丙', office: '丁', reviewer: '戊' } },
      ],
    });
    await rounds.launch(roundId, { firstMail: 'now' });
    expect(temporal.ids()).toEqual(['post-office/real', `round/${roundId}`]);
    expect(temporal.started[1]?.args).toMatchObject([
      {
        roundId,
        concentratedEndsOn: '2027-02-28',
        feedbackOn: '2026-08-31',
        clock: { kind: 'real' },
        launchedAt: expect.any(String) as string,
        lateDutiesDueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u) as string,
        policy: { version: 1 },
        calendar: { version: 1 },
      },
    ]);
    expect(temporal.started[1]?.args[0]).not.toHaveProperty('bodies'); // there is one alone
    const launched = await ledger.round.findUniqueOrThrow({ where: { id: roundId } });
    expect(launched).toMatchObject({ state: 'launched', firstMail: 'now' });
    await rounds.launch(roundId);
    expect(temporal.started).toHaveLength(2);
    expect(await ledger.round.findUnique({ where: { id: roundId } })).toEqual(launched);

    const reassigning = { by: 'anybody', reason: '调离', source: 'page' };
    await rounds.assign({ roundId, rows: [{ line: 0, issues: '1', people: { handler: '丁' } }], reassigning });
    const handlers = await ledger.assignment.findMany({
      where: { issueId: `${roundId}-i01`, role: 'handler' },
      include: { person: true },
    });
    const windows = handlers.map(({ person, fromAt, untilAt }) => [person.name, fromAt, untilAt] as const);
    expect(windows).toEqual([
      ['甲', null, expect.any(Date)],
      ['丁', windows[0]?.[2], null],
    ]);
    const late = rounds.assign({ roundId, rows: [{ line: 0, issues: '1', people: {}, deadline: '2027年底前' }] });
    await expect(late).rejects.toMatchObject({ code: 'ImportProblems' });
  });
});

describe('the bodies of a round', () => {
  it('owe duties of their own where several have issues, by the order of the round; the others are not named', async () => {
    const { roundId } = await rounds.createFromReading({ ...request, codePrefix: 'DW', feedbackOn: '2026-08-31' });
    for (const name of ['大王村', '空村']) await addBody(ledger, roundId, name);
    const everybody = { handler: '甲', responsibleLeader: '乙', groupHead: '丙', office: '丁', reviewer: '戊' };
    await rounds.assign({ roundId, rows: [{ line: 0, issues: '全部', people: everybody }] });
    await putUnderBody(ledger, roundId, '大王村', '2');
    await rounds.launch(roundId);
    const bodies = await ledger.body.findMany({ where: { roundId }, orderBy: { id: 'asc' } });
    const [terms] = temporal.started.find(({ workflowId }) => workflowId === `round/${roundId}`)!.args;
    const named = bodies.slice(0, 2).map(({ id, name }) => ({ id, name }));
    expect([(terms as RoundTerms).bodies, named[1]?.name]).toEqual([named, '大王村']);
    expect((await loadRound(ledger, roundId)).round.bodies).toEqual(named);
  });
});

describe('a drill', () => {
  it('has ids that follow from seed, notice and staff; the second of its kind is another one', async () => {
    const { drillId, roundId } = await drills.start({ ...request, seed: 'seven' });
    expect(drillId).toMatch(/^d[0-9a-f]{10}$/u);
    expect(roundId).toBe(drillId);
    expect(temporal.ids()).toEqual([`post-office/${drillId}`, `round/${drillId}`, `conductor/${drillId}`]);
    expect(temporal.started[2]?.args).toEqual([{ drillId, secondsPerDay: 0 }]);

    // 2024-06-08 is a Saturday before a holiday; the first workday is the 11th, 08:00 in Beijing.
    const drill = await ledger.drill.findUniqueOrThrow({ where: { id: drillId }, include: { round: true } });
    expect(drill).toMatchObject({
      seed: 'seven',
      staff: 'mixed',
      now: new Date('2024-06-11T00:00:00.000Z'),
      endedAt: null,
    });
    // The last deadline is the end of 2027: time for its closure and its look-back is left.
    expect(drill.endsBy).toEqual(new Date('2028-12-30T16:00:00.000Z'));
    expect(drill.round).toMatchObject({ clockId: drillId, codePrefix: 'MC', state: 'launched' });
    const people = await ledger.person.findMany({ where: { scope: drillId } });
    expect(people.every(({ id, email }) => id.startsWith(`${drillId}-p`) && email?.endsWith('@practice.invalid'))).toBe(
      true,
    );
    expect(await rounds.missingForLaunch(drillId)).toEqual([]);

    const again = await drills.start({ ...request, seed: 'seven' });
    expect(again.drillId).not.toBe(drillId);
    const elsewhere = await testDatabase();
    const other = openLedger(elsewhere.url);
    try {
      const stub = new StubTemporal(other);
      const same = new Drills({
        ledger: other,
        temporal: stub.client,
        rounds: new Rounds({ ledger: other, temporal: stub.client }),
      });
      expect((await same.start({ ...request, seed: 'seven' })).drillId).toBe(drillId);
    } finally {
      await other.$disconnect();
      await elsewhere.drop();
    }
  });

  it('begins when the notice names no feedback, in the year before it was signed', async () => {
    const round = { ...reading.round, feedbackOn: null, signedOn: '2025-02-01' };
    const { drillId } = await drills.start({
      ...request,
      reading: { ...reading, round },
      seed: 'no feedback',
      lastDays: 10,
    });
    const drill = await ledger.drill.findUniqueOrThrow({ where: { id: drillId } });
    expect(drill.now).toEqual(new Date('2024-01-02T00:00:00.000Z'));
    expect(drill.endsBy).toEqual(new Date('2024-01-11T16:00:00.000Z'));
  });

  it('is taken up at the next start when the last one died half way, and left alone when it has ended', async () => {
    const under = await drills.start({ ...request, seed: 'under way' });
    const over = await drills.start({ ...request, seed: 'over' });
    await ledger.drill.update({ where: { id: over.drillId }, data: { endedAt: new Date() } });
    await ledger.drill.updateMany({ where: { id: { notIn: [under.drillId] } }, data: { endedAt: new Date() } });
    const next = new StubTemporal(ledger);
    next.ended.add(`post-office/${under.drillId}`);
    const resumed = new Drills({
      ledger,
      temporal: next.client,
      rounds: new Rounds({ ledger, temporal: next.client }),
    });
    await resumed.resume();
    expect(next.ids()).toEqual([`conductor/${under.drillId}`]);
  });

  it('says how far it is, and refuses what it does not know', async () => {
    const { drillId } = await drills.start({ ...request, seed: 'far' });
    expect(await drills.progress(drillId)).toMatchObject({
      state: 'running',
      today: '2024-06-11',
      days: 0,
      issues: 2,
      phases: { assignment: 2 },
      mails: 0,
    });
    await expect(drills.progress('none')).rejects.toMatchObject({ code: 'UnknownDrill' });
    await expect(drills.whenEnded('none')).rejects.toMatchObject({ code: 'UnknownDrill' });
    await expect(drills.start({ ...request, secondsPerDay: Number.NaN })).rejects.toMatchObject({
      name: 'MisuseError',
    });
  });
});

describe('the post-office', () => {
  const earliestAt = '2026-12-01T01:00:00.000Z';

  it('is called when a line comes before the moment it waits for, and not otherwise', async () => {
    const call = rowsPlanned({ ledger, temporal: temporal.client });
    const waits = async (wakeAt: string | null) => {
      const row = { wakeAt: wakeAt === null ? null : new Date(wakeAt) };
      await ledger.postOffice.upsert({ where: { clockId: 'real' }, create: { clockId: 'real', ...row }, update: row });
      temporal.started.length = 0;
      await call('real', earliestAt);
      return temporal.started.map(({ signalArgs }) => signalArgs);
    };
    expect(await waits(null)).toEqual([[{ earliestAt }]]);
    expect(await waits('2026-12-01T01:00:00.001Z')).toEqual([[{ earliestAt }]]);
    expect(await waits(earliestAt)).toEqual([]);
    expect(await waits('2026-11-30T00:00:00.000Z')).toEqual([]);
  });

  it('of a drill is not called: its conductor looks', async () => {
    await rowsPlanned({ ledger, temporal: temporal.client })('d123', earliestAt);
    expect(temporal.started).toEqual([]);
  });

  it('of a drill that has been closed stays closed', async () => {
    temporal.ended.add('post-office/d123');
    await ensurePostOffice(temporal.client, { kind: 'drill', drillId: 'd123' }, earliestAt);
    expect(temporal.started).toEqual([]);
  });
});
