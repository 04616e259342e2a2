import type { Hono } from 'hono';
import { createApi } from '../../client/api/index.ts';
import { Issues } from '../../client/issues.ts';
import { Rounds } from '../../client/rounds.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { cast } from './cast.ts';
import type { IssueWorld } from './issue-world.ts';

const token = 'a-token-of-this-test';

/** Who holds which role of the round, by what the cast's people are called. */
const holders: readonly (readonly [Role, string, string])[] = [
  ['handler', cast.chen, '陈某'],
  ['responsibleLeader', cast.li, '李某'],
  ['office', cast.wang, '王某'],
  ['office', cast.qian, '钱某'],
  ['reviewer', cast.zhao, '赵某'],
];

/** An issue that runs in earnest, and the API through which people ask things of it. */
export class AskedIssue {
  readonly world: IssueWorld;
  readonly issueId: string;
  readonly roundId: string;
  readonly #api: Hono;

  private constructor(world: IssueWorld, issueId: string, roundId: string) {
    this.world = world;
    this.issueId = issueId;
    this.roundId = roundId;
    const { ledger, client: temporal } = world;
    this.#api = createApi({
      ledger,
      temporal,
      token,
      issues: new Issues({ ledger, temporal }),
      rounds: new Rounds({ ledger, temporal }),
      drills: { start: never, progress: never, result: never },
      files: { keep: (bytes) => keep(world, bytes) },
      inbox: { handleStored: () => Promise.resolve() },
      mailDomain: 'huitoukan.test',
      verify: never,
      log: (line) => {
        throw new Error(line);
      },
    });
  }

  static async launch(world: IssueWorld, changes: Partial<IssueTerms> = {}): Promise<AskedIssue> {
    const { issueId } = await world.launch(changes);
    const { ledger } = world;
    const { roundId } = await ledger.issue.update({ where: { id: issueId }, data: { unit: '综合股' } });
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    const people = [...holders.map(([, id, name]) => ({ id, name })), { id: cast.zhou, name: '周某' }];
    await ledger.person.createMany({ data: people, skipDuplicates: true });
    await ledger.assignment.createMany({
      data: holders.map(([role, personId]) => ({
        roundId,
        role,
        personId,
        issueId: role === 'handler' ? issueId : null,
      })),
    });
    return new AskedIssue(world, issueId, roundId);
  }

  /** One request of `rules/requests/`, by name. */
  async ask(name: string, body: object) {
    return this.call('POST', `/issues/${this.issueId}/requests/${name}`, body);
  }

  /** Everything that can be sent to the API about this issue and its round. */
  get paths(): readonly { readonly method: string; readonly path: string }[] {
    const named = this.#api.routes.filter(({ method }) => ['POST', 'PUT', 'DELETE'].includes(method));
    const filled = named.flatMap(({ method, path }) => {
      const ref = path.includes('/rounds/') ? this.roundId : this.issueId;
      const here = path.replace(':ref', ref).replace(/:(?!name)\w+/gu, 'none');
      const requests = here.includes(':name') ? Object.keys(requestRules) : [''];
      return requests.map((name) => ({ method, path: here.replace(':name', name) }));
    });
    return filled.filter(({ path }) => !path.includes('*'));
  }

  async call(method: string, path: string, body?: object) {
    const response = await this.#api.request(path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

function never(): Promise<never> {
  return Promise.reject(new Error('not asked here'));
}

async function keep({ ledger }: IssueWorld, bytes: Uint8Array) {
  const kept = { sha256: Buffer.from(bytes).toString('hex').padEnd(64, '0').slice(0, 64), sizeBytes: bytes.byteLength };
  await ledger.evidenceFile.createMany({ data: { ...kept, mediaType: 'text/plain' }, skipDuplicates: true });
  return kept;
}
