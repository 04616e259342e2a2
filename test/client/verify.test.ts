import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEvidenceStore, evidencePath } from '../../client/evidence-store.ts';
import { verify } from '../../client/verify.ts';
import { evidenceReceived, issueUpdate } from '../../workflows/messages.ts';
import { addMonths } from '../../workflows/rules/instants.ts';
import { cast } from '../support/cast.ts';
import { IssueWorld } from '../support/issue-world.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const photo = Buffer.from('a photograph');
const sha256 = createHash('sha256').update(photo).digest('hex');

let world: IssueWorld;
let issueId: string;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  const deadline = addMonths(await world.today(), 3);
  const issue = await world.launch({ deadline, measures: [{ number: 1, deadline }] });
  const said = { by: cast.chen, source: 'page', at: await world.now() };
  await world.ledger.evidenceFile.create({ data: { sha256, sizeBytes: photo.byteLength, mediaType: 'image/jpeg' } });
  await world.ledger.evidence.create({
    data: { id: 'e1', issueId: issue.issueId, cycle: 1, measure: 1, sha256, fileName: '现场.jpg', receivedAt: said.at },
  });
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

  test('names the piece of evidence that an event names and that was taken away by SQL, or given to another issue', async () => {
    const kept = await world.ledger.evidence.findUniqueOrThrow({ where: { id: 'e1' } });
    await world.ledger.evidence.delete({ where: { id: 'e1' } });
    const { differences, evidence } = await verify(world.ledger);
    await world.ledger.evidence.create({ data: kept });

    expect(evidence).toBe(1);
    expect(differences).toEqual([
      {
        row: 'Evidence CS-01/e1',
        field: 'row',
        stored: '无',
        replayed: expect.stringContaining('evidenceReceived') as string,
      },
    ]);
  });

  test('names the file whose content has changed or is gone, and no other', async () => {
    const folder = temporaryFolder();
    await createEvidenceStore({ folder, ledger: world.ledger }).keep(photo, 'image/jpeg');
    const path = evidencePath(folder, sha256);
    const said = async () => (await verify(world.ledger, folder)).differences.map(({ row, stored }) => [row, stored]);

    expect(await verify(world.ledger, folder)).toMatchObject({ files: 1, differences: [] });
    writeFileSync(path, 'another one');
    expect(await said()).toEqual([[`EvidenceFile ${sha256}`, '内容已改变']]);
    rmSync(path);
    expect(await said()).toEqual([[`EvidenceFile ${sha256}`, '文件不在或读不了']]);
  });

  test('an event cannot be altered: the ledger refuses it', async () => {
    const update = `UPDATE "IssueEvent" SET "type" = 'acknowledged' WHERE "issueId" = '${issueId}'`;
    await expect(world.ledger.$executeRawUnsafe(update)).rejects.toThrow('events are never changed');
  });
});
