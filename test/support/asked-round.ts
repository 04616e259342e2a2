import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createApi } from '../../client/api/index.ts';
import { Instance } from '../../client/commands/instance.ts';
import type { Output } from '../../client/commands/output.ts';
import { Issues } from '../../client/issues.ts';
import { Rounds } from '../../client/rounds.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { cast } from './cast.ts';
import { IssueWorld } from './issue-world.ts';
import { keptRound, standingAs } from './kept-round.ts';
import { dutiesOfRound, roundPolicy } from './round-terms.ts';

const token = 'a-token-of-this-test';
const never = () => Promise.reject(new Error('not asked here'));
const unused = () => {
  throw new Error('not used here');
};

/** The hash of whatever is kept. */
export const sha256 = 'ab'.repeat(32);

/**
 * A round that is kept in earnest, with three issues (1 and 2 of 一科, 3 of 二科) that are not, and the API and the command
 * line through which people ask things of it: 王某 of the office, 李某 at the head, 陈某 who handles all.
 */
export class AskedRound {
  readonly world: IssueWorld;
  readonly roundId: string;
  /** Texts that were kept. */
  readonly kept: string[] = [];
  readonly #api: Hono;

  private constructor(world: IssueWorld, roundId: string) {
    this.world = world;
    this.roundId = roundId;
    const { ledger, client: temporal } = world;
    const files = {
      keep: (bytes: Uint8Array) => {
        this.kept.push(new TextDecoder().decode(bytes));
        return Promise.resolve({ sha256, sizeBytes: bytes.byteLength });
      },
    };
    this.#api = createApi({
      ledger,
      temporal,
      token,
      issues: new Issues({ ledger, temporal }),
      rounds: new Rounds({ ledger, temporal }),
      drills: { start: never, progress: never, result: never },
      files,
      inbox: { handleStored: () => Promise.resolve() },
      mailDomain: 'huitoukan.test',
      verify: never,
      log: (line) => {
        throw new Error(line);
      },
    });
  }

  static async create(): Promise<AskedRound> {
    const world = await IssueWorld.create();
    await world.startWorker(standingAs(() => ({ unsettled: 3 })));
    const { ledger } = world;
    const people: readonly (readonly [Role, string, string])[] = [
      ['office', cast.wang, '王某'],
      ['groupHead', cast.li, '李某'],
      ['handler', cast.chen, '陈某'],
    ];
    await ledger.person.createMany({ data: people.map(([, id, name]) => ({ id, name })) });
    const lookBack = { share: 0.5, drawWithinWorkdays: 10, againAfterMonths: 3 };
    const policy = roundPolicy([dutiesOfRound.weeklyCheck, dutiesOfRound.plan], { lookBack });
    const { roundId } = await keptRound(world, [], { policy });
    await ledger.assignment.createMany({ data: people.map(([role, personId]) => ({ roundId, role, personId })) });
    await ledger.issue.createMany({
      data: [1, 2, 3].map((number) => ({
        id: `${roundId}-i${String(number)}`,
        roundId,
        number,
        code: `CS-0${String(number)}`,
        title: `问题${String(number)}`,
        text: '问题',
        kind: 'ordinary' as const,
        unit: number === 3 ? '二科' : '一科',
        firstDeadline: fromIsoDate('2027-03-31'),
      })),
    });
    return new AskedRound(world, roundId);
  }

  /** Below `/rounds`. */
  async call(method: string, path: string, body?: object) {
    const response = await this.#api.request(`/rounds/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** What the round owes. */
  async duties(which = 'open') {
    const { body } = await this.call('GET', `${this.roundId}/duties?which=${which}`);
    return body as unknown as { code: string; state: string; dueOn: string; title: string }[];
  }

  /** Runs commands against the API and gives the last one's words. */
  async commanded(run: (output: Output, instance: Instance, said: () => string) => Promise<void>): Promise<string> {
    const server = serve({ fetch: new Hono().route('/api', this.#api).fetch, hostname: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const instance = new Instance({ url: `http://127.0.0.1:${String(port)}`, token });
    let said = '';
    const answer = (_value: unknown, words: () => string) => (said = words());
    try {
      await run({ format: 'text', answer, refused: unused, raw: unused, note: unused }, instance, () => said);
    } finally {
      server.close();
      await once(server, 'close');
    }
    return said;
  }
}
