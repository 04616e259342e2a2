import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoundAdoption } from '../../../client/adoption/adopt.ts';
import { errorAnswer } from '../../../client/api/answers.ts';
import { calendarRoutes } from '../../../client/api/calendars.ts';
import { policyRoutes } from '../../../client/api/policies.ts';
import { Instance } from '../../../client/commands/instance.ts';
import type { Output } from '../../../client/commands/output.ts';
import { calendarCommands, policyCommands } from '../../../client/commands/policy-commands.ts';
import type { PolicyForm } from '../../../client/policy/policy-json.ts';
import { findRound } from '../../../client/rounds/find-round.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { gatedApi } from '../../support/gated-api.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { noticeOf, sample2027 } from '../calendar/holidays.ts';

let database: TestDatabase;
let ledger: Ledger;
let server: ServerType;
let instance: Instance;
const defects: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const issues = { ask: () => Promise.reject(new Error('a draft has no issues to ask')) };
  const nobody = () => Promise.reject(new Error('a draft has no workflow to ask'));
  const roundDuties: RoundAdoption = { adoptRoundPolicy: nobody, adoptRoundCalendar: nobody };
  const rounds = { find: (ref: string) => findRound(ledger, ref) };
  const api = gatedApi(ledger, {
    '/rounds': policyRoutes({ ledger, rounds, issues, roundDuties }),
    '/calendar': calendarRoutes({ ledger, issues, roundDuties }),
  });
  api.onError((error, context) => errorAnswer(context, error, (line) => defects.push(line)));
  const port = await new Promise<number>((listening) => {
    server = serve({ fetch: api.fetch, hostname: '127.0.0.1', port: 0 }, (info) => listening(info.port));
  });
  instance = new Instance({ url: `http://127.0.0.1:${String(port)}`, token: 'a-token' });
  await ledger.person.create({ data: { id: cast.wang, name: '王' } });
  await ledger.round.create({
    data: {
      id: 'round-1',
      name: '试点轮次',
      codePrefix: 'SD',
      policies: { create: { version: 1, body: { ...simplePolicy } as unknown as Prisma.InputJsonObject } },
    },
  });
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await ledger.$disconnect();
  await database.drop();
  expect(defects).toEqual([]);
});

/** Runs a command and gives what it answered. */
async function run(...args: string[]): Promise<{ value: unknown; words: string }> {
  const answers: { value: unknown; words: string }[] = [];
  const nothing = (): void => undefined;
  const answer: Output['answer'] = (value, words) => void answers.push({ value, words: words() });
  const surroundings = {
    output: () => ({ format: 'json' as const, answer, refused: nothing, raw: nothing, note: nothing }),
    instance: () => Promise.resolve(instance),
    environmentWith: () => ({}),
  };
  const program = new Command().exitOverride();
  policyCommands(program, surroundings);
  calendarCommands(program.command('calendar'), surroundings);
  await program.parseAsync(args, { from: 'user' });
  expect(answers).toHaveLength(1);
  return answers[0]!;
}

function fileWith(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe('without a running instance', () => {
  test('the presets are listed, and their JSON passes the check as it is', async () => {
    const { value, words } = await run('policy', 'presets', '--feedback', '2024-03-01');
    expect(words.split('\n')).toHaveLength(5);
    expect(words).toMatch(/周检查·月调度·定期评估\s+集中整改 6 个月.*销号 3 级审核.*周检查、月调度/u);
    for (const form of value as PolicyForm[]) {
      const checked = await run('policy', 'check', fileWith('办法.json', JSON.stringify(form)));
      expect(checked).toEqual({
        value: { name: form.name, problems: [], warnings: [] },
        words: `办法.json：“${form.name}”可以采用`,
      });
    }
    await expect(run('policy', 'presets', '--feedback', '3月1日')).rejects.toMatchObject({ name: 'MisuseError' });
  });

  test('a check lists every problem at once; what is no JSON is misuse', async () => {
    const wrong = fileWith('办法.json', JSON.stringify({ ...simplePolicy, attestEveryMonths: 0, sendAt: '20:00' }));
    await expect(run('policy', 'check', wrong)).rejects.toMatchObject({
      code: 'ImportProblems',
      message:
        '有 2 处要改，什么都没有写入：\n“长期坚持确认间隔（月）”应是1至12的整数，现为 0\n“发送时间”应在发送时段 08:30 至 18:00（不含）之内，现为 20:00',
      problems: [{ path: ['attestEveryMonths'] }, { path: ['sendAt'] }],
    });
    await expect(run('policy', 'check', fileWith('办法.json', '{'))).rejects.toMatchObject({ name: 'MisuseError' });
  });
});

describe('on a round that is not yet launched', () => {
  test('a policy is shown, changed, saved and adopted', async () => {
    const { value } = await run('policy', 'show', '试点轮次');
    expect(value).toMatchObject({ name: '简明', version: 1, phases: [], attestation: null });

    const path = fileWith(
      '新办法.json',
      JSON.stringify({ ...(value as PolicyForm), name: '从严', attestEveryMonths: 1 }),
    );
    const saved = await run('policy', 'save', '试点轮次', path, '--note', '每月确认');
    expect(saved.value).toEqual({ roundId: 'round-1', version: 2, warnings: [] });
    expect((await run('policy', 'show', '试点轮次')).value).toMatchObject({ name: '简明' });
    const shown = await run('policy', 'show', '试点轮次', '--version', '2');
    expect(shown.value).toMatchObject({ name: '从严', version: 2, attestEveryMonths: 1 });
    expect(shown.words).toMatch(/第2版\s+从严\s+未采用\s+每月确认/u);

    await expect(run('policy', 'adopt', 'round-1', '2', '--preview')).rejects.toMatchObject({ code: 'NotLaunched' });
    await expect(run('policy', 'adopt', 'round-1', '2')).rejects.toMatchObject({ name: 'MisuseError' });
    await expect(run('policy', 'adopt', 'round-1', '9', '--by', '王')).rejects.toMatchObject({ code: 'UnknownPolicy' });
    const adopted = await run('policy', 'adopt', 'round-1', '2', '--by', '王');
    expect(adopted.value).toMatchObject({ version: 2, state: 'adopted', outcomes: [] });
    expect((await run('policy', 'show', '试点轮次')).value).toMatchObject({ name: '从严' });
    expect(await ledger.policyVersion.findFirst({ where: { version: 2 } })).toMatchObject({ adoptedBy: cast.wang });
  });

  test('what is wrong with a policy is told by the instance as well, and nothing is kept', async () => {
    const path = fileWith('新办法.json', JSON.stringify({ ...simplePolicy, closure: { levels: [] } }));
    await expect(run('policy', 'save', 'round-1', path, '--note', '试')).rejects.toMatchObject({
      code: 'ImportProblems',
      problems: [{ path: ['closure', 'levels'] }, { path: ['closure', 'satisfaction'] }],
    });
    expect(await ledger.policyVersion.count()).toBe(2);
  });
});

test('a year is read, previewed, published, and adopted by whoever is named', async () => {
  const path = fileWith('样例.txt', noticeOf(sample2027));
  expect((await run('calendar', 'read', path)).value).toMatchObject({ year: 2027, problems: [] });
  expect((await run('calendar', 'publish', path, '--preview')).value).toMatchObject({ written: 'preview', version: 2 });
  expect((await run('calendar', 'publish', path)).value).toMatchObject({ written: 'yes', version: 2 });
  expect((await run('calendar', 'publish', path, '--by', '王')).value).toMatchObject({ written: 'unchanged' });
  expect((await run('calendar', 'versions')).words).toMatch(/^第2版 +\d{4}-\d\d-\d\d +样例\.txt\n第1版 /u);
  expect((await run('calendar', 'adopt', '--preview')).value).toEqual({ version: 2, rounds: [] });
  await expect(run('calendar', 'adopt')).rejects.toMatchObject({ name: 'MisuseError' });
  expect(await run('calendar', 'adopt', '--by', '王')).toEqual({
    value: { version: 2, state: 'adopted', rounds: [] },
    words: '日历第2版已采用',
  });
});
