import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../client/health/check.ts';
import { readHealth, readWatch } from '../../../client/health/health.ts';
import { addMonths } from '../../../workflows/rules/instants.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { IssueWorld } from '../../support/issue-world.ts';

let world: IssueWorld;
let issue: AskedIssue;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  const deadline = addMonths(await world.today(), 3);
  issue = await AskedIssue.launch(world, { deadline, measures: [{ number: 1, deadline }] });
}, 60_000);
afterAll(() => world.close());

const dependencies = () => ({ ledger: world.ledger, temporal: world.client });
const named = (checks: readonly Check[], name: string) => checks.find((one) => one.name === name);
const tomorrow = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('the health', () => {
  test('is good where everything that is due was done and the rows say what the workflows say', async () => {
    const { healthy, checks } = await readHealth(dependencies(), 'all');
    expect(checks.filter(({ state }) => state === 'down')).toEqual([]);
    expect(healthy).toBe(true);
    expect(named(checks, '台账与问题流程')).toMatchObject({ state: 'ok', count: 0 });
  });

  test('names the issue whose projection differs from its workflow', async () => {
    const { issueId } = issue;
    const change = (phase: string) =>
      world.ledger.$executeRawUnsafe(
        `UPDATE "Issue" SET progress = jsonb_set(progress, '{phase}', '"${phase}"') WHERE id = '${issueId}'`,
      );
    await change('archived');
    const { healthy, checks } = await readHealth(dependencies());
    await change('assignment');
    expect(named(checks, '台账与问题流程')).toMatchObject({ state: 'down', count: 1, sample: ['CS-01'] });
    expect(healthy).toBe(false);
    expect((await readHealth(dependencies())).checks.filter(({ state }) => state === 'down')).toEqual([]);
  });

  test('counts an issue that was not looked at and a line that did not leave, each with its sample', async () => {
    const { ledger } = world;
    const where = { id: issue.issueId };
    const { lookAgainAt } = await ledger.issue.findUniqueOrThrow({ where });
    await ledger.issue.update({ where, data: { lookAgainAt: tomorrow(-1) } });
    const rows = await ledger.outboxRow.findMany({ where: { issueId: issue.issueId, state: 'planned' }, take: 1 });
    const { key, earliestAt } = rows[0]!;
    await ledger.outboxRow.update({ where: { key }, data: { earliestAt: tomorrow(-1) } });
    const checks = await readWatch(ledger);
    await ledger.outboxRow.update({ where: { key }, data: { earliestAt } });
    await ledger.issue.update({ where, data: { lookAgainAt } });
    expect(named(checks, '问题流程')).toMatchObject({ state: 'down', count: 1, sample: ['CS-01'] });
    expect(named(checks, '待发的行')).toMatchObject({ state: 'down', count: 1, sample: [key] });
  });

  test('says how many mails wait for the sending rate and until when, and that this is in order', async () => {
    const { ledger } = world;
    const rate = async () => named(await readWatch(ledger, new Date('2024-03-29T01:02:00Z')), '发信限速');
    const board = (held: number, heldUntil: string | null) => {
      const seen = { held, heldUntil };
      return ledger.postOffice.upsert({
        where: { clockId: 'real' },
        create: { clockId: 'real', ...seen },
        update: seen,
      });
    };
    await board(40, '2024-03-29T01:12:05.000Z');
    expect(await rate()).toMatchObject({ state: 'ok', count: 40, message: '限速中，余 40 封，预计 09:12 发完' });
    await board(3, '2024-04-01T00:30:00.000Z');
    expect((await rate())?.message).toBe('限速中，余 3 封，预计 4月1日(周一) 08:30 发完');
    await board(0, null);
    expect(await rate()).toMatchObject({ state: 'ok', count: 0, message: '正常' });
  });

  test('says which years have no days off yet, and calls it a fault once the year has begun', async () => {
    const { ledger } = world;
    const { key, because, plannedOn } = await ledger.outboxRow.findFirstOrThrow({
      where: { issueId: issue.issueId, state: 'planned' },
    });
    const data = { because: { ...(because as object), calendar: 'provisional' }, plannedOn: new Date('2031-03-03') };
    await ledger.outboxRow.update({ where: { key }, data });
    const before = named(await readWatch(ledger), '工作日历');
    const begun = named(await readWatch(ledger, new Date('2031-01-02T00:00:00Z')), '工作日历');
    await ledger.outboxRow.update({ where: { key }, data: { because: because as object, plannedOn } });
    expect(before?.state).toBe('attention');
    expect(before?.sample.at(-1)).toContain('2031年');
    expect(begun?.state).toBe('down');
  });

  test('tells of people whom mail does not reach without calling it a fault', async () => {
    await world.ledger.person.update({ where: { id: 'p-zhou' }, data: { unreachable: '地址不存在' } });
    const { healthy, checks } = await readHealth(dependencies());
    await world.ledger.person.update({ where: { id: 'p-zhou' }, data: { unreachable: null } });
    expect(named(checks, '通讯录')).toMatchObject({ state: 'attention', sample: ['周某'] });
    expect(healthy).toBe(true);
  });
});
