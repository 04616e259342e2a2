import type { Client } from '@temporalio/client';
import { Hono } from 'hono';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiDecision, apiDecisions } from '../../../client/access/api-decisions.ts';
import { lastTokenDay, makeToken, revokeToken } from '../../../client/access/tokens.ts';
import { createApi } from '../../../client/api/index.ts';
import { createApiGate } from '../../../client/api/gate.ts';
import type { IssueRequests } from '../../../client/api/issues.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { Rounds } from '../../../client/rounds.ts';
import { createServer } from '../../../client/server.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import { secretFile, secretWords, twoRounds } from '../access/two-rounds.ts';

const ledger = await testLedger();
const instanceToken = 'the token of this instance';
const logged: string[] = [];

/** What would act says that it was reached, and does nothing. */
const arrived = () => Promise.reject(new RefusedError('Arrived', '到了'));
const asked: unknown[] = [];
const issues: IssueRequests = {
  ask: (name, issueId, request) => {
    asked.push({ name, issueId, by: request.by });
    return Promise.resolve();
  },
  ...{ status: arrived, askPermitted: arrived, acknowledge: arrived },
  ...{ reportProgress: arrived, commit: arrived, submitEvidence: arrived },
};
const rounds = new Rounds({ ledger, temporal: {} as Client });
vi.spyOn(rounds, 'launch').mockImplementation(arrived);
vi.spyOn(rounds, 'discard').mockImplementation(arrived);
const dependencies = {
  ...{ ledger, issues, rounds, temporal: {} as Client },
  drills: { start: arrived, progress: arrived, result: arrived },
  inbox: { handleStored: () => Promise.resolve() },
  mailDomain: 'x.invalid',
  token: instanceToken,
  verify: () => Promise.resolve({ differences: [] }),
  log: (line: string) => logged.push(line),
};
const api = createApi(dependencies);

const routes = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
];

const whoAsks = ['none', 'wrong', 'revoked', 'expired', 'closed', 'office', 'person', 'instance'] as const;
type Who = (typeof whoAsks)[number];
const shut: readonly Who[] = ['none', 'wrong', 'revoked', 'expired', 'closed'];
const tokens = new Map<Who, string>([
  ['wrong', 'htk_another'],
  ['instance', instanceToken],
]);

beforeAll(async () => {
  await twoRounds(ledger);
  const now = new Date().toISOString();
  const accountOf = async (email: string) => (await ledger.account.findUniqueOrThrow({ where: { email } })).id;
  const made = async (email: string, name: string) => {
    const accountId = await accountOf(email);
    const { token } = await makeToken(ledger, { accountId, name, endsOn: lastTokenDay(now), now });
    const { id: tokenId } = await ledger.accountToken.findFirstOrThrow({ where: { accountId, name } });
    return { token, accountId, tokenId };
  };
  tokens.set('office', (await made('wang@office.example', '汇总')).token);
  tokens.set('person', (await made('chen@unit.example', '汇总')).token);
  const revoked = await made('wang@office.example', '作废的');
  await revokeToken(ledger, { ...revoked, now });
  tokens.set('revoked', revoked.token);
  const expired = await made('wang@office.example', '过期的');
  await ledger.accountToken.update({ where: { id: expired.tokenId }, data: { endsOn: fromIsoDate('2024-01-01') } });
  tokens.set('expired', expired.token);
  const closed = await made('zhao@unit.example', '停用的');
  await ledger.account.update({ where: { id: closed.accountId }, data: { closedAt: now } });
  tokens.set('closed', closed.token);
}, 60_000);

type World = 'own' | 'foreign' | 'drill' | 'none';
const targets: readonly World[] = ['own', 'foreign', 'drill', 'none'];

const refs: Readonly<Record<string, (world: World) => string>> = {
  issue: (world) => `${world}-1`,
  round: (world) => world,
  leader: (world) => ({ own: 'chen', foreign: 'zhou', drill: 'drill-chen', none: 'nobody' })[world],
};

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(who: Who, method: string, address: string, body: object = {}): Promise<Answer> {
  const token = tokens.get(who);
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  const answer = await api.request(address, { method, headers, body: method === 'GET' ? null : JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const about = (decision: ApiDecision | undefined, path: string) =>
  decision?.for === 'inSight' && decision.about !== 'lists'
    ? decision.about
    : path.startsWith('/issues/:ref')
      ? 'issue'
      : 'round';
const addressOf = (path: string, decision: ApiDecision | undefined, world: World) =>
  path.replace(':ref', refs[about(decision, path)]!(world)).replace(':name', 'resumeIssue').replace(/:\w+/g, 'some');

type Outcome = 'who are you' | 'not yours' | 'not there' | 'through';

function outcomeOf({ status, body }: Answer): Outcome {
  if (status === 401) return 'who are you';
  if (status === 403) return 'not yours';
  return /^Unknown(Issue|Round|Person)$/.test(String(body['code'])) ? 'not there' : 'through';
}

/** As the table of decisions has it. */
function expected(decision: ApiDecision, who: Who, world: World): Outcome | undefined {
  if (shut.includes(who)) return 'who are you';
  if (who !== 'person') return undefined; // any but the two that shut out
  if (decision.for === 'office') return 'not yours';
  if (decision.for === 'signedIn' || decision.about === 'lists') return 'through';
  return world === 'own' ? 'through' : 'not there';
}

it('every route of the API has a decision, and every decision a route', () => {
  expect(routes.toSorted()).toEqual([...apiDecisions.keys()].toSorted());
  expect(routes.length).toBeGreaterThan(70);
});

describe('every route of the API answers whoever its decision says', () => {
  it.each(routes)('%s', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    const decision = apiDecisions.get(route);
    for (const world of targets) {
      for (const who of whoAsks) {
        const address = addressOf(path, decision, world);
        const outcome = outcomeOf(await ask(who, method, address));
        const wanted = decision && expected(decision, who, world);
        const seen = { who, address, outcome };
        if (wanted !== undefined) expect(seen).toEqual({ who, address, outcome: wanted });
        else expect(['through', 'not there'], JSON.stringify(seen)).toContain(outcome);
      }
    }
  });

  it('and nobody by another kind of header, or by a session alone', async () => {
    for (const headers of [
      { authorization: 'Bearer ' },
      { authorization: `Basic ${instanceToken}` },
      { authorization: tokens.get('person')! },
      { cookie: `huitoukan.session_token=${tokens.get('person')!}` },
    ] as Record<string, string>[])
      for (const path of ['/issues', '/rounds', '/people', '/verify'])
        expect((await api.request(path, { headers })).status).toBe(401);
  });

  it('also below the server, where the API stands under /api', async () => {
    const server = createServer(dependencies);
    const status = async (path: string, who: Who) => {
      const headers = { authorization: `Bearer ${tokens.get(who)!}`, host: '127.0.0.1' };
      return (await server.request(`/api${path}`, { headers })).status;
    };
    expect(await status('/issues/own-1', 'person')).toBe(200);
    expect(await status('/issues/foreign-1', 'person')).toBe(409);
    expect(await status('/people', 'person')).toBe(403);
    expect(await status('/people', 'office')).toBe(200);
    expect(await status('/nothing', 'office')).toBe(404);
  });
});

it('a route without a decision answers nobody, not even the instance’s own token', async () => {
  const app = new Hono();
  app.use(createApiGate({ ledger, token: instanceToken }));
  app.get('/issues/:ref/whatever', (c) => c.json({ told: '全部' }));
  for (const who of ['office', 'instance'] as const) {
    const headers = { authorization: `Bearer ${tokens.get(who)!}` };
    expect((await app.request('/issues/own-1/whatever', { headers })).status).toBe(404);
  }
});

describe('with a person’s token', () => {
  it('what is out of sight is answered letter by letter like what does not exist', async () => {
    for (const [route, decision] of apiDecisions) {
      if (decision.for !== 'inSight' || decision.about === 'lists') continue;
      const [method, path] = route.split(' ') as [string, string];
      const [foreign, none] = (['foreign', 'none'] as const).map((world) => refs[decision.about]!(world));
      const hidden = await ask('person', method, path.replace(':ref', foreign!).replace(':name', 'resumeIssue'));
      const missing = await ask('person', method, path.replace(':ref', none!).replace(':name', 'resumeIssue'));
      expect(JSON.stringify(hidden).replaceAll(foreign!, '…')).toBe(JSON.stringify(missing).replaceAll(none!, '…'));
    }
  });

  it('lists hold what is in his sight alone, whatever is asked for', async () => {
    const codes = async (query = '') => {
      const { body } = await ask('person', 'GET', `/issues${query}`);
      return Array.isArray(body) ? body.map(({ code }: { code: string }) => code) : body['code'];
    };
    expect(await codes()).toEqual(['OWN-01', 'OWN-05']);
    expect(await codes('?round=own')).toEqual(['OWN-01', 'OWN-05']);
    expect(await codes('?text=foreign')).toEqual([]);
    expect(await codes('?round=foreign')).toBe('UnknownRound');
    expect((await ask('person', 'GET', '/rounds')).body).toMatchObject([{ id: 'own', issues: 2 }]);
    expect((await ask('office', 'GET', '/rounds')).body).toMatchObject([
      { id: 'own', issues: 3 },
      { id: 'foreign', issues: 3 },
      { id: 'drill', issues: 2 },
    ]);
  });

  it('a measure that is not for him is told without its words', async () => {
    await ledger.accountToken.deleteMany({ where: { name: '孙的' } });
    const { id: accountId } = await ledger.account.findUniqueOrThrow({ where: { email: 'sun@unit.example' } });
    const now = new Date().toISOString();
    const { token } = await makeToken(ledger, { accountId, name: '孙的', endsOn: lastTokenDay(now), now });
    const text = await (await api.request('/issues/own-1', { headers: { authorization: `Bearer ${token}` } })).text();
    expect([text.includes('修订采购办法'), text.includes(secretWords), text.includes(secretFile)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(JSON.stringify(await ask('person', 'GET', '/issues/own-1'))).toContain(secretWords);
  });
});

describe('what is asked for with a person’s token', () => {
  const closure = '/issues/own-1/closure';

  it('is asked for by himself, named or not', async () => {
    asked.length = 0;
    for (const by of [undefined, 'chen', '陈股长', 'chen@unit.example'])
      expect((await ask('person', 'POST', closure, by === undefined ? {} : { by })).status).toBe(200);
    expect(asked).toEqual(Array(4).fill({ name: 'proposeClosure', issueId: 'own-1', by: 'chen' }));
  });

  it.each(['person', 'office'] as const)(
    'is refused to a %s in anybody else’s name, and nothing is done',
    async (who) => {
      asked.length = 0;
      for (const body of [
        { by: 'li' },
        { by: '李副局长' },
        { by: ['chen'] },
        { by: 'li', recordedBy: 'chen' },
        { recordedBy: 'li' },
      ])
        expect(await ask(who, 'POST', closure, body)).toMatchObject({ status: 403, body: { code: 'NotYou' } });
      expect(asked).toEqual([]);
    },
  );

  /** Reads nothing of what is sent, and signs nothing. */
  const namesNobody = 'POST /rounds/:ref/links';
  it.each([...apiDecisions.keys()].filter((route) => !route.startsWith('GET') && route !== namesNobody))(
    'in another’s name: %s never goes through as he',
    async (route) => {
      const [method, path] = route.split(' ') as [string, string];
      const address = addressOf(path, apiDecisions.get(route), 'own');
      const before = asked.length;
      const query = `?fileName=x.csv&by=zhou&mode=preview`;
      const { status } = await ask('office', method, `${address}${query}`, { by: 'zhou', recordedBy: 'zhou' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(asked.length).toBe(before);
    },
  );

  it('is refused before it is looked for what it names, where he may not ask for it', async () => {
    for (const issue of ['foreign-1', 'none-1'])
      expect(await ask('person', 'POST', '/issues/own-1/requests/mergeInto', { issue, reason: '重复' })).toMatchObject({
        status: 409,
        body: { code: 'NotYours' },
      });
  });
});

it('keeps no token and logs none', async () => {
  const rows = JSON.stringify(await ledger.accountToken.findMany());
  for (const token of tokens.values()) {
    expect(rows).not.toContain(token);
    expect(logged.join('\n')).not.toContain(token);
  }
});
