import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../client/refused-error.ts';
import { Rounds } from '../../../client/rounds.ts';
import { createServer } from '../../../client/server.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const program = resolve(import.meta.dirname, '../../../bin/huitoukan');
const sample = resolve(import.meta.dirname, '../../../samples/qinghe-2024.txt');
const noTemporal = {} as Client;
const unknown = () => Promise.reject(new RefusedError('WrongPhase', '现在是“待认领”，不能这样做'));

let database: TestDatabase;
let ledger: Ledger;
let server: ServerType;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const app = createServer({
    ledger,
    temporal: noTemporal,
    rounds: new Rounds({ ledger, temporal: noTemporal }),
    drills: { start: unknown, progress: unknown, result: unknown },
    issues: {
      status: unknown,
      ask: unknown,
      askPermitted: unknown,
      acknowledge: unknown,
      reportProgress: unknown,
      commit: unknown,
      submitEvidence: unknown,
    },
    token: 'the token',
    inbox: { handleStored: () => Promise.resolve() },
    mailDomain: 'huitoukan.test',
    verify: () =>
      Promise.resolve({
        issues: 1,
        events: 2,
        obligations: 3,
        differences: [{ row: 'Issue QH-01', field: 'phase', stored: 'archived', replayed: 'assignment' }],
      }),
    log: () => undefined,
  });
  server = await new Promise((done) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => done(started));
  });
});

afterAll(async () => {
  await new Promise((done) => server.close(done));
  await ledger.$disconnect();
  await database.drop();
});

/** An instance's folder, as a running one leaves its address there. */
function instanceFolder(): string {
  folder = temporaryFolder();
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'instance.json'), JSON.stringify({ url: `http://127.0.0.1:${String(port)}`, pid: 1 }));
  writeFileSync(join(folder, 'token'), 'the token\n');
  return folder;
}

function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { HUITOUKAN_DATA: folder };
  return new Promise((done) => {
    const child = execFile(process.execPath, [program, ...args], { env }, (_, stdout, stderr) => {
      done({ status: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

describe('the command line with a running instance', () => {
  it('takes an office from the notice to the threshold of the launch', async () => {
    instanceFolder();
    const people = join(folder, '人员.csv');
    writeFileSync(
      people,
      '姓名,邮箱\n李一,a@example.test\n陈二,b@example.test\n王三,c@example.test\n赵四,d@example.test\n',
    );
    expect((await run('people', 'import', people, '--preview')).stdout).toContain('（预览，未写入）新增 4 人');
    expect(JSON.parse((await run('people', 'import', people, '--json')).stdout)).toMatchObject({
      written: 'yes',
      unchanged: 0,
    });

    const created = await run('round', 'create', '--from', sample, '--name', '青禾 试用', '--code', 'qh', '--json');
    expect(created).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(created.stdout)).toMatchObject({ name: '青禾 试用', codePrefix: 'QH' });

    const refused = await run('round', 'launch', '青禾 试用', '--json');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('还没有责任人\n');
    expect(JSON.parse(refused.stdout)).toMatchObject({
      code: 'NotReady',
      problems: [{ code: 'RoleMissing' }, {}, {}, {}, {}],
    });

    const bad = join(folder, '分工.csv');
    writeFileSync(bad, '编号,责任人\n1-2,陈二\n99,孙七\n');
    const problems = await run('round', 'assign', '青禾', '--from', bad);
    expect([problems.status, problems.stdout]).toEqual([1, '']);
    expect(problems.stderr).toContain('分工.csv:3：没有第 99 个问题');
    expect(problems.stderr).toContain('分工.csv:3：责任人“孙七”不在通讯录里');

    const ways = [
      '--issues',
      '全部',
      '--handler',
      '陈二',
      '--leader',
      '李一',
      '--office',
      '王三',
      '--group-head',
      '李一',
    ];
    const assigned = await run('round', 'assign', '青禾', ...ways, '--reviewer', '赵四');
    expect(assigned.stdout).toContain('分派齐全，可以交办');
    expect(assigned.stdout).toContain('请留意：example.test（4人）不在可信邮箱域名名单内');
    expect((await run('round', 'status', '青禾')).stdout).toContain('青禾 试用');
    expect(JSON.parse((await run('round', 'status', '--json')).stdout)).toMatchObject([
      { name: '青禾 试用', state: 'draft' },
    ]);
    expect((await run('issue', 'list', '--round', '青禾')).stdout).toMatch(/^QH-01 /mu);
    expect((await run('issue', 'show', 'qh-02')).stdout).toContain('责任人：陈二');
    expect(JSON.parse((await run('why', 'QH-01', '--json')).stdout)).toMatchObject({ code: 'QH-01', lines: [] });
  });

  it('says who imported people and who entered a delegation, and asks for the name once there is an office', async () => {
    instanceFolder();
    const people = join(folder, '新来.csv');
    writeFileSync(people, '姓名,邮箱\n吴五,e@example.test\n');
    const unsigned = await run('people', 'import', people);
    expect([unsigned.status, unsigned.stdout]).toEqual([1, '']);
    expect(unsigned.stderr).toBe('导入人员须写明由谁办理：督办办公室的人（命令行用 --by）\n');
    expect((await run('people', 'import', people, '--by', '王三')).stdout).toContain('新增 1 人');
    expect((await run('people', 'import', people)).stdout).toContain('不变 1 人');
    expect((await run('people', 'imports')).stdout).toMatch(
      /^\d{4}-\d\d-\d\d +王三 +新来\.csv +新增 1 人.*\n\d{4}-\d\d-\d\d +（未写明） +人员\.csv +新增 4 人/u,
    );
    expect(JSON.parse((await run('people', 'imports', '--json')).stdout)).toMatchObject([
      { by: '王三', added: ['吴五'], sha256: createHash('sha256').update(readFileSync(people)).digest('hex') },
      { by: null },
    ]);
    const given = ['陈二', '吴五', '--from', '2030-01-01', '--until', '2030-01-05', '--reason', '出差'];
    const made = await run('people', 'delegate', ...given, '--by', '王三', '--json');
    const { id } = JSON.parse(made.stdout) as { id: string };
    expect((await run('people', 'revoke', id, '--by', '陈二')).stdout).toBe('已撤销委托\n');
    expect((await run('people', 'delegations')).stdout).toMatch(/王三登记，.* 陈二撤销$/mu);
  });

  it('makes one draft of several bodies and feedbacks', async () => {
    instanceFolder();
    const village = join(folder, 'dawang-2024.txt');
    const text = ['一、整改落实情况', '1.关于村务公开的问题。一是公开。', '2.关于集体资产的问题。一是清查。二是建账。'];
    writeFileSync(village, text.join('\n'));
    const json = async (...args: string[]): Promise<unknown> => JSON.parse((await run(...args, '--json')).stdout);

    expect(await json('round', 'bodies', 'list', '青禾')).toMatchObject([{ people: [], sources: ['巡察反馈'] }]);
    expect((await run('round', 'import', '青禾', '--from', village)).stderr).toContain('请用 --body 写明');
    expect((await run('round', 'bodies', 'add', '青禾', '大王村党总支')).stdout).toContain('已增加被巡察单位');
    const given = ['--from', village, '--body', '大王村', '--source', '对村巡察', '--code', 'DW'];
    expect(await json('round', 'import', '青禾', ...given)).toMatchObject({
      ...{ body: '大王村党总支', source: '对村巡察', codes: ['DW-01', 'DW-02'], measures: 3 },
    });
    expect(await json('round', 'import', '青禾', ...given)).toMatchObject({ code: 'AlreadyImported' });
    expect((await run('round', 'assign', '青禾', '--body', '大王村', '--group-head', '陈二')).status).toBe(0);
    expect((await run('round', 'bodies', 'rename', '青禾', '大王村', '大王村')).stdout).toMatch(
      /大王村\s+DW-01 至 DW-02，共 2 项\s+对村巡察\s+组长 陈二/u,
    );
    expect(await json('round', 'bodies', 'put', '青禾', '大王村', '--issues', 'QH-08')).toMatchObject([
      {},
      { codes: ['QH-08', 'DW-01', 'DW-02'] },
    ]);
    expect(await json('round', 'sources', 'put', '青禾', '选人用人专项检查', '--issues', 'QH-07')).toMatchObject([
      ...[{}, { source: '选人用人专项检查', codes: ['QH-07'] }, { source: '对村巡察' }],
    ]);
    expect((await run('round', 'sources', 'list', '青禾')).stdout).toContain('DW-01 至 DW-02');
    const kept = await run('round', 'bodies', 'remove', '青禾', '大王村');
    expect([kept.status, kept.stderr]).toEqual([1, '“大王村”还有 3 个问题，请先归入别的单位\n']);
    expect((await run('round', 'assign', '青禾', '--body', '大王村', '--issues', '1')).status).toBe(2);
  });

  it('passes refusals on, and says of an altered ledger where it differs', async () => {
    instanceFolder();
    const refused = await run(
      'issue',
      'return',
      'QH-01',
      '--by',
      '王三',
      '--reason',
      '缺会议纪要',
      '--measures',
      '1、2',
    );
    expect(refused).toEqual({ status: 1, stdout: '', stderr: '现在是“待认领”，不能这样做\n' });
    const misused = await run('issue', 'close', 'QH-01', '--by', '王三', '--state', '没看过');
    expect([misused.status, misused.stdout]).toEqual([2, '']);
    const altered = await run('verify', '--json');
    expect([altered.status, altered.stderr]).toEqual([1, '台账与事件记录不一致\n']);
    expect(JSON.parse(altered.stdout)).toMatchObject({ differences: [{ row: 'Issue QH-01', field: 'phase' }] });
    writeFileSync(join(folder, 'token'), 'another token');
    expect(await run('health')).toMatchObject({ status: 1, stdout: '', stderr: '令牌不对，或没有令牌\n' });
  });

  it('takes several files with what somebody said, and names the one that is not there', async () => {
    instanceFolder();
    const minutes = join(folder, '会议纪要.txt');
    writeFileSync(minutes, '会议纪要');
    const said = [
      'issue',
      'record',
      'QH-01',
      '--for',
      '陈二',
      '--by',
      '王三',
      '--channel',
      'paper',
      '--text',
      '交材料',
    ];
    const missing = await run(...said, '--file', minutes, '--file', join(folder, '照片.jpg'));
    expect([missing.status, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('照片.jpg');
    const refused = await run(...said, '--file', minutes, '--file', minutes);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).not.toContain('程序出错');
    const odd = await run(...said.map((word) => (word === 'paper' ? '短信' : word)));
    expect([odd.status, odd.stderr.trim()]).toEqual([2, '--channel 没有“短信”这种途径，请写 电话、微信、纸面、会上']);
    const named = await run(...said.map((word) => (word === 'paper' ? '纸面' : word)));
    expect(named.status).toBe(1); // as with `paper`
  });

  it('shows and changes to which mail domains a finding’s words may go, and who decided it', async () => {
    instanceFolder();
    expect((await run('mails', 'domains', 'list')).stdout).toContain('名单是空的');
    const by = ['--reason', '本单位内网邮箱'];
    const refused = await run('mails', 'domains', 'trust', 'example.test', '--by', '陈二', ...by);
    expect([refused.status, refused.stderr]).toEqual([1, '只有督办办公室可以决定哪些邮箱域名可信\n']);
    expect((await run('mails', 'domains', 'trust', '中国', '--by', '王三', ...by)).status).toBe(1);
    const trusted = await run('mails', 'domains', 'trust', 'Example.TEST', '--by', '王三', ...by, '--json');
    expect(JSON.parse(trusted.stdout)).toMatchObject({
      domain: 'example.test',
      changed: 'now',
      domains: [{ domain: 'example.test', trust: 'trusted', by: '王三', reason: '本单位内网邮箱' }],
      undecided: [],
    });
    const again = await run('mails', 'domains', 'trust', 'example.test', '--by', '王三', ...by);
    expect(again.stdout).toContain('早已如此');
    await run('mails', 'domains', 'distrust', 'example.test', '--by', '王三', '--reason', '邮箱外包');
    const listed = JSON.parse((await run('mails', 'domains', 'list', '--json')).stdout) as object;
    expect(listed).toMatchObject({
      domains: [{ domain: 'example.test', trust: 'distrusted' }],
      history: [{ trust: 'distrusted', reason: '邮箱外包' }, { trust: 'trusted' }],
    });
  });
});
