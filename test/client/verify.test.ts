import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../client/verify.ts';
import { evidenceReceived, issueUpdate } from '../../workflows/messages.ts';
import { addMonths } from '../../workflows/rules/instants.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';

let world: IssueWorld;
let issueId: string;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  const deadline = addMonths(await world.today(), 3);
  const issue = await world.launch({ deadline, measures: [{ number: 1, deadline }] });
  const said = { by: cast.chen, source: 'page', at: await world.now() };
  await issue.signal(evidenceReceived, { ...said, requestId: 'r1', evidence: [{ evidenceId: 'e1', measure: 1 }] });
  await issue.executeUpdate(issueUpdate('proposeClosure'), { args: [{ ...said, requestId: 'r2' }] });
  issueId = issue.issueId;
});
afterAll(() => world.close());

describe('verify', () => {
  beforeEach(async () => {
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test('finds nothing where the rows are what the events say', async () => {
    expect(await verify(world.ledger)).toMatchObject({ issues: 1, differences: [] });
  });

  test.each([
    { field: 'phase', sql: `"phase" = 'archived'`, undo: `"phase" = 'closureReview'` },
    { field: 'cycle', sql: `"cycle" = 2`, undo: `"cycle" = 1` },
    { field: 'deadline', sql: `"deadline" = "deadline" + 1`, undo: `"deadline" = "deadline" - 1` },
  ])('names the issue and the field when $field was altered by SQL', async ({ field, sql, undo }) => {
    await world.ledger.$executeRawUnsafe(`UPDATE "Issue" SET ${sql} WHERE id = '${issueId}'`);
    const { differences } = await verify(world.ledger);
    await world.ledger.$executeRawUnsafe(`UPDATE "Issue" SET ${undo} WHERE id = '${issueId}'`);
    expect(differences).toMatchObject([{ row: `Issue CS-01（${issueId}）`, field }]);
  });

  test('names the obligation whose day was altered by SQL', async () => {
    const one = `"issueId" = '${issueId}' AND id = 'closure-decision-1'`;
    await world.ledger.$executeRawUnsafe(`UPDATE "Obligation" SET "dueOn" = "dueOn" + 7 WHERE ${one}`);
    const { differences } = await verify(world.ledger);
    await world.ledger.$executeRawUnsafe(`UPDATE "Obligation" SET "dueOn" = "dueOn" - 7 WHERE ${one}`);
    expect(differences).toMatchObject([{ row: 'Obligation CS-01/1/closure-decision-1', field: 'dueOn' }]);
  });

  test('names the obligation that was taken away by SQL', async () => {
    const kept = await world.ledger.obligation.findFirstOrThrow({ where: { issueId, id: 'closure-decision-1' } });
    await world.ledger.obligation.deleteMany({ where: { issueId, id: 'closure-decision-1' } });
    const { differences } = await verify(world.ledger);
    await world.ledger.obligation.create({ data: kept });
    expect(differences).toMatchObject([{ row: 'Obligation CS-01/1/closure-decision-1', stored: '无' }]);
  });

  test('an event cannot be altered: the ledger refuses it', async () => {
    const update = `UPDATE "IssueEvent" SET "type" = 'acknowledged' WHERE "issueId" = '${issueId}'`;
    await expect(world.ledger.$executeRawUnsafe(update)).rejects.toThrow('events are never changed');
  });
});
