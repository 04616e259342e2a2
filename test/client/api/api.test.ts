import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import type { IssueRequests } from '../../../client/api/issues.ts';
import { ensureToken, isToken, readToken } from '../../../client/api/token.ts';
import { Rounds } from '../../../client/rounds.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { createServer } from '../../../client/server.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const token = 'a-token-of-this-test';
const noTemporal = {} as Client;
const notice = `某市城管局党组关于巡察整改进展情况的通报

2024年3月4日至4月30日，市委第二巡察组对市城管局党组进行了巡察，并于2024年6月3日反馈了巡察意见。现将整改情况公布如下。

一、整改落实情况

1.学习不够深入。一是集中学习。二是建立制度。

2.监管不够到位。一是开展检查。二是2025年底前完成改造。
`;

let database: TestDatabase;
let ledger: Ledger;
const defects: string[] = [];
const asked: unknown[] = [];

const issues: IssueRequests = {
  status: () => Promise.reject(new Error('not asked here')),
  askPermitted: () => Promise.reject(new Error('not asked here')),
  ask: (name, issueId, request) => {
    if (name === 'proposeClosure') {
      return Promise.reject(new RefusedError('EvidenceMissing', '措施1还没有佐证材料；措施2还没有佐证材料'));
    }
    if (name === 'decideProposal') return Promise.reject(new Error('the disk is full'));
    asked.push({ name, issueId, ...request });
    return Promise.resolve();
  },
  acknowledge: () => Promise.resolve(),
  reportProgress: () => Promise.resolve(),
  commit: () => Promise.resolve(),
  submitEvidence: () => Promise.resolve(),
};

function server(publicUrl?: string) {
  const pages = new Hono();
  pages.get('/', (context) => context.html('<p>首页'));
  pages.post('/rounds', (context) => context.text('made'));
  return createServer({
    ledger,
    temporal: noTemporal,
    rounds: new Rounds({ ledger, temporal: noTemporal }),
    drills: {
      start: (request) => Promise.resolve({ drillId: `${request.staff} ${request.sha256.slice(0, 4)}`, roundId: 'r' }),
      progress: () => Promise.reject(new RefusedError('UnknownDrill', '没有这次演练')),
      result: () => Promise.reject(new RefusedError('UnknownDrill', '没有这次演练')),
    },
    issues,
    token,
    inbox: { handleStored: () => Promise.resolve() },
    mailDomain: 'huitoukan.test',
    verify: () => Promise.resolve({ differences: [] }),
    pages,
    publicUrl,
    log: (line) => defects.push(line),
  });
}

async function ask(method: string, path: string, body?: object | string, headers: Record<string, string> = {}) {
  const response = await server().request(`http://127.0.0.1:8787${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(typeof body === 'object' && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
});

afterEach(() => {
  asked.length = 0;
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('the doors of the server', () => {
  it('open the API to nobody without the token', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`]) {
      expect(await ask('GET', '/api/rounds', undefined, { authorization })).toMatchObject({
        status: 401,
        body: { code: 'Refused' },
      });
    }
    expect(await ask('GET', '/api/rounds')).toEqual({ status: 200, body: [] });
    expect((await ask('GET', '/api/nothing')).status).toBe(404);
  });

  it('answer by no other name than this machine’s, or the public one', async () => {
    const home = (host: string, publicUrl?: string) =>
      Promise.resolve(server(publicUrl).request('http://127.0.0.1/', { headers: { host } })).then(
        ({ status }) => status,
      );
    expect(await home('127.0.0.1:8787')).toBe(200);
    expect(await home('localhost:8787')).toBe(200);
    expect(await home('evil.example')).toBe(403);
    expect(await home('127.0.0.1.evil.example')).toBe(403);
    expect(await home('hui.example.org', 'https://hui.example.org')).toBe(200);
  });

  it('take no form from another site, and one of our own', async () => {
    const post = (headers: Record<string, string>) =>
      Promise.resolve(
        server().request('http://127.0.0.1:8787/rounds', {
          method: 'POST',
          headers: { host: '127.0.0.1:8787', ...headers },
        }),
      ).then(({ status }) => status);
    expect(await post({ origin: 'http://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ origin: 'http://127.0.0.1:8787', 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('let no page run anything inline', async () => {
    const response = await server().request('http://127.0.0.1/');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('keep a token that only its owner can read, and the same for every start', () => {
    const folder = join(temporaryFolder(), 'data');
    expect(readToken(folder)).toBeUndefined();
    const made = ensureToken(folder);
    expect(ensureToken(folder)).toBe(made);
    expect(readFileSync(join(folder, 'token'), 'utf8').trim()).toBe(made);
    expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600);
    expect(made.length).toBeGreaterThanOrEqual(43);
    expect([isToken(made, made), isToken(made.slice(1), made), isToken('', made)]).toEqual([true, false, false]);
  });
});

describe('the API', () => {
  let roundId: string;

  it('makes a round of an uploaded notice and shows it', async () => {
    const made = await ask('POST', '/api/rounds?fileName=mingcheng.txt&name=试用', notice);
    expect(made).toMatchObject({
      status: 201,
      body: { codePrefix: 'MC', issues: 2, measures: 4, feedbackOn: '2024-06-03' },
    });
    roundId = made.body['roundId'] as string;
    expect((await ask('GET', '/api/rounds')).body).toMatchObject([
      { id: roundId, state: 'draft', issues: 2, archived: 0 },
    ]);
    expect(await ask('GET', `/api/rounds/${encodeURIComponent('试用')}`)).toMatchObject({
      status: 200,
      body: { id: roundId },
    });
    expect((await ask('GET', '/api/issues?round=试用')).body).toMatchObject([{ code: 'MC-01' }, { code: 'MC-02' }]);
    expect((await ask('GET', '/api/issues/mc-02')).body).toMatchObject({ deadline: '2025-12-31' });
  });

  it.each([
    ['a day that does not exist', '/api/rounds?fileName=a.txt&feedback=2024-02-30', '不是有效日期'],
    ['a file without a name', '/api/rounds', '没有写明文件名'],
    ['an empty notice', '/api/rounds?fileName=a.txt', '空'],
  ])('answers %s with 400 and a sentence', async (_, path, sentence) => {
    const { status, body } = await ask('POST', path, '');
    expect([status, body['code']]).toEqual([400, 'Misuse']);
    expect(body['message']).toContain(sentence);
  });

  it('imports people and assigns them, or answers 409 with all problems', async () => {
    const refused = await ask('POST', '/api/people?fileName=p.csv', '姓名,邮箱\n,x\n');
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'ImportProblems', problems: [{ line: 2 }, { line: 2 }] },
    });
    const names = ['李一', '陈二', '王三', '赵四'].map((name, n) => `${name},p${String(n)}@example.test`).join('\n');
    expect((await ask('POST', '/api/people?fileName=p.csv', `姓名,邮箱\n${names}\n`)).body).toMatchObject({
      unchanged: 0,
    });
    expect((await ask('GET', '/api/people')).body).toHaveLength(4);

    const unknown = await ask('POST', `/api/rounds/${roundId}/assignments`, {
      rows: [{ issues: '1-9', people: { handler: '孙七' } }],
    });
    expect(unknown).toMatchObject({ status: 409, body: { code: 'ImportProblems' } });
    const rows = [
      { issues: '1-2', people: { handler: '陈二', responsibleLeader: '李一' }, unit: '综合股' },
      { issues: '*', people: { office: '王三', groupHead: '李一', reviewer: '赵四' } },
    ];
    const preview = await ask('POST', `/api/rounds/${roundId}/assignments?mode=preview`, { rows });
    expect(preview.body).toMatchObject({ written: 'preview', added: 7 });
    expect((await ask('GET', `/api/rounds/${roundId}/missing`)).body).toHaveLength(5);
    expect(await ask('PUT', `/api/rounds/${roundId}/launch`, {})).toMatchObject({
      status: 409,
      body: { code: 'NotReady', problems: [{ code: 'RoleMissing' }, {}, {}, {}, {}] },
    });
    await ask('POST', `/api/rounds/${roundId}/assignments`, { rows });
    expect((await ask('GET', `/api/rounds/${roundId}/missing`)).body).toEqual([]);
  });

  it('passes on who decides what, and tells refusals and defects apart', async () => {
    const returned = await ask('PUT', '/api/issues/MC-01/closure/decision', {
      by: '王三',
      decision: 'returned',
      reason: '缺会议纪要',
      measures: [1],
      requestId: 'once',
    });
    expect(returned).toMatchObject({ status: 200, body: { code: 'MC-01' } });
    const wang = await ledger.person.findFirstOrThrow({ where: { name: '王三' } });
    expect(asked).toEqual([
      {
        name: 'decideClosure',
        issueId: `${roundId}-i01`,
        requestId: 'once',
        by: wang.id,
        source: 'commandLine',
        decision: { kind: 'returned', reason: '缺会议纪要', measures: [1] },
      },
    ]);
    expect(await ask('POST', '/api/issues/MC-01/closure', { by: '陈二' })).toMatchObject({
      status: 409,
      body: { code: 'EvidenceMissing' },
    });
    expect(await ask('POST', '/api/issues/MC-01/closure', { by: '无此人' })).toMatchObject({
      status: 409,
      body: { code: 'UnknownPerson' },
    });
    const decision = { by: '王三', proposal: 'p', decision: 'accepted', reason: '同意' };
    expect(await ask('POST', '/api/issues/MC-01/proposal-decisions', decision)).toMatchObject({
      status: 500,
      body: { code: 'Defect' },
    });
    expect(defects.join()).toContain('the disk is full');
    expect(await ask('PUT', '/api/issues/MC-01/closure/decision', { by: '王三', decision: 'approved' })).toMatchObject({
      status: 400,
    });
  });

  it('opens a rebound with its new deadline', async () => {
    await ask('POST', '/api/issues/MC-02/look-back', { by: '赵四', finding: '又堆放了', rebound: '2026-03-31' });
    expect(asked).toMatchObject([{ finding: '又堆放了', rebound: { deadline: '2026-03-31' } }]);
  });

  it('tells why, of an issue or of a person', async () => {
    expect((await ask('GET', '/api/why/MC-01')).body).toMatchObject({ code: 'MC-01', lines: [] });
    expect((await ask('GET', '/api/why/王三')).body).toMatchObject({ person: { name: '王三' } });
    expect(await ask('GET', '/api/why/nobody')).toMatchObject({ status: 409, body: { code: 'Unknown' } });
  });

  it('starts a drill of an uploaded notice', async () => {
    expect(await ask('POST', '/api/drills?fileName=a.txt&staff=silent&secondsPerDay=0', notice)).toMatchObject({
      status: 201,
    });
    expect(await ask('POST', '/api/drills?fileName=a.txt&staff=lazy', notice)).toMatchObject({ status: 400 });
    expect(await ask('GET', '/api/drills/none')).toMatchObject({ status: 409, body: { code: 'UnknownDrill' } });
  });

  it('says how the system is, part by part', async () => {
    const { body } = await ask('GET', '/api/health');
    expect(body).toMatchObject({
      healthy: false,
      state: 'down',
      checks: [
        { name: '台账数据库', state: 'ok', count: 0, sample: [], message: '正常' },
        { name: 'Temporal', state: 'down', count: 1 },
      ].concat(Array.from({ length: 14 }, () => ({ state: 'ok', count: 0 }) as never)),
    });
    expect(body['parts']).toHaveLength(16);
  });
});
