import { expect, onTestFinished, test } from 'vitest';
import type { IssueProgress } from '../../../workflows/rules/progress.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, endorsementOwed, evidenceOwed, MailWorld, now } from './mail-world.ts';

async function mailWorld(): Promise<MailWorld> {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  return world;
}

const acts = (world: MailWorld) => world.issues.calls.map(({ act }) => act);
const progressOf = async (world: MailWorld, id: string) =>
  (await world.ledger.issue.findUniqueOrThrow({ where: { id } })).progress as unknown as IssueProgress;

test('a promise is recorded with its note instead of a plain report, and named in the acknowledgement', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1)]);
  const id = await world.answered({ token: await world.mailAbout([issueId]), text: '材料在整理，3月28日前报送。' });

  expect(world.issues.calls).toMatchObject([{ act: 'commit', until: '2024-03-28', noteId: `${id}-${issueId}` }]);
  expect((await progressOf(world, issueId)).commitment).toMatchObject({ until: '2024-03-28' });
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('来信内容已记入进展。');
  expect(text).toContain('已记下：3月28日(周四)前完成；届时未交将升级督促。');
});

test('a second promise while one stands is told that the first holds', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1)]);
  const token = await world.mailAbout([issueId]);
  await world.answered({ token, text: '3月27日前报送。' });
  const id = await world.answered({ token, text: '3月28日前报送。' });
  expect((await world.acknowledgement(id))!.text).toContain('此前已承诺3月27日(周三)前完成，仍以该承诺为准。');
});

test('申请延期 with day, reason and progress is asked for, and the words are a report', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);
  const id = await world.answered({ token, text: '申请延期 2024-05-31 理由：招标流标。进展：方案已批复。' });

  expect(acts(world)).toEqual(['reportProgress', 'requestExtension']);
  expect(world.issues.calls[1]).toMatchObject({
    requestId: `${id}/${issueId}/5`,
    until: '2024-05-31',
    measures: [],
    reason: '招标流标',
    progress: '方案已批复',
  });
  expect((await world.acknowledgement(id))!.text).toContain('延期申请已提交，申请延至2024年5月31日(周五)');
});

test('申请延期 without a day, reason or progress is refused with all that is missing, and the words are kept', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);
  const noDay = await world.answered({ token, text: '申请延期' });
  const noReason = await world.answered({ token, text: '申请延期至2024年5月31日' });

  expect((await world.acknowledgement(noDay))!.text).toContain(
    '延期申请未受理：没有写明延到哪一天；申请延期须写明理由；申请延期须写明目前进展。',
  );
  expect((await world.acknowledgement(noReason))!.text).toContain(
    '延期申请未受理：申请延期须写明理由；申请延期须写明目前进展。',
  );
  expect(await world.ledger.progressNote.count()).toBe(2);
  expect((await progressOf(world, issueId)).extension).toBeUndefined();
});

test('不属实 asks for the finding to be checked', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const token = await world.mailAbout([issueId]);
  const id = await world.answered({ token, text: '不属实，用车均有审批单。' });
  expect(world.issues.calls.at(-1)).toMatchObject({ act: 'disputeFinding', reason: '用车均有审批单。' });
  expect((await world.acknowledgement(id))!.text).toContain('异议已提交督办办公室核实');
});

test('转交 is kept and told to the office, hands nothing over and answers no duty', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const id = await world.answered({ token: await world.mailAbout([issueId]), text: '转交 王五，我已调岗' });

  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.progressNote.findMany()).toMatchObject([{ text: '转交 王五，我已调岗' }]);
  const row = await world.ledger.outboxRow.findFirstOrThrow({ where: { role: 'office', issueId } });
  expect(row).toMatchObject({
    kind: 'answer',
    content: { about: 'handoverWished', reason: '转交 王五，我已调岗' },
    earliestAt: new Date(now),
  });
  expect((await world.acknowledgement(id))!.text).toContain('已报督办办公室决定；决定以前仍请您办理');
  expect(await world.ledger.assignment.count({ where: { issueId } })).toBe(1);
});

test('查询 from a leader is answered with how it stands and what comes next, and leaves nothing that meets a duty', async () => {
  const world = await mailWorld();
  const [asked, other] = [await world.issue(1), await world.issue(7)];
  const token = await world.mailAbout([asked], cast.li, 'responsibleLeader');
  const id = await world.answered({ token, from: addressOf(cast.li), text: '查询 CS-07 进展如何' });

  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.progressNote.count()).toBe(0);
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toMatch(/CS-07　问题7\n　· 目前：待认领，整改时限2024年3月29日\(周五\)/);
  expect(text).toContain('下一步：');
  expect(await world.verdict(id)).toMatchObject({ items: [{ issueId: other }] });
});

test('查询 without a code asks about every item of the mail', async () => {
  const world = await mailWorld();
  const asked = [await world.issue(1), await world.issue(2), await world.issue(3)];
  const token = await world.mailAbout(asked, cast.li, 'responsibleLeader');
  const id = await world.answered({ token, from: addressOf(cast.li), text: '查詢' });
  expect(await world.verdict(id)).toMatchObject({ items: asked.map((issueId) => ({ issueId })), problems: [] });
  expect((await world.acknowledgement(id))!.text.match(/下一步：/g)).toHaveLength(3);
});

test('a leader who owes the endorsement of an attestation endorses by 同意; else his words are only kept', async () => {
  const world = await mailWorld();
  const [owed, other] = [await world.issue(1, [endorsementOwed]), await world.issue(2)];
  const token = await world.mailAbout([owed, other], cast.li, 'responsibleLeader');
  const id = await world.answered({ token, from: addressOf(cast.li), text: 'CS-01 同意。\nCS-02 同意' });

  expect(world.issues.calls).toMatchObject([{ act: 'endorseAttestation', issueId: owed, by: cast.li }]);
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('已登记复核，长期坚持情况予以确认。');
  expect(text).toContain('来信内容已存档，未计入进展。');
});

/** An issue with three items, of which these are worked on. */
async function issueWithItems(world: MailWorld, inWork: readonly string[]): Promise<string> {
  const itemIds = ['k1', 'k2', 'k3'];
  const issueId = await world.issue(1, [
    { type: 'itemsEntered', itemIds },
    { type: 'itemsMoved', itemIds: inWork, to: 'inWork' },
  ]);
  await world.ledger.ledgerItem.createMany({
    data: itemIds.map((id, index) => {
      const state = inWork.includes(id) ? ('inWork' as const) : ('entered' as const);
      return { id, issueId, number: index + 1, name: `点位${String(index + 1)}`, state };
    }),
  });
  return issueId;
}

test('提请出库 asks for the items by their numbers to leave, and names those that are unknown', async () => {
  const world = await mailWorld();
  const issueId = await issueWithItems(world, ['k1', 'k3']);
  const token = await world.mailAbout([issueId]);
  const id = await world.answered({ token, text: '本月治理2处，提请出库 1、3、9号' });

  expect(acts(world)).toEqual(['reportProgress', 'moveItems']);
  expect(world.issues.calls[1]).toMatchObject({ itemIds: ['k1', 'k3'], to: 'askedToLeave' });
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('第1、3项已提请出库，待复核。');
  expect(text).toContain('子台账没有第9项');
});

test('items that nobody has begun to work on do not leave: it is said how to enter it, and the others ask', async () => {
  const world = await mailWorld();
  const issueId = await issueWithItems(world, ['k2']);
  const id = await world.answered({ token: await world.mailAbout([issueId]), text: '提请出库 1至3号' });
  expect(world.issues.calls.at(-1)).toMatchObject({ act: 'moveItems', itemIds: ['k2'], to: 'askedToLeave' });
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('第2项已提请出库，待复核。');
  expect(text).toContain('第1、3项还没有登记开始整治，请先回信“开始整治 1、3号”');
});

test('开始整治 puts the items into work, and names those that are unknown or were worked on before', async () => {
  const world = await mailWorld();
  const issueId = await issueWithItems(world, ['k2']);
  const token = await world.mailAbout([issueId]);
  const id = await world.answered({ token, text: '本月进场\n开始整治 1、2、9号' });
  expect(world.issues.calls.at(-1)).toMatchObject({ act: 'moveItems', itemIds: ['k1'], to: 'inWork' });
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('第1项已登记开始整治。');
  expect(text).toContain('第2项此前已登记开始整治。');
  expect(text).toContain('子台账没有第9项');
});

test('items that have asked or left before are named as such, and the others ask', async () => {
  const world = await mailWorld();
  const itemIds = ['k1', 'k2'];
  const issueId = await world.issue(1, [
    { type: 'itemsEntered', itemIds },
    { type: 'itemsMoved', itemIds: ['k2'], to: 'inWork' },
  ]);
  await world.ledger.ledgerItem.createMany({
    data: [
      { id: 'k1', issueId, number: 1, name: '点位1', state: 'askedToLeave' },
      { id: 'k2', issueId, number: 2, name: '点位2', state: 'inWork' },
    ],
  });
  const id = await world.answered({ token: await world.mailAbout([issueId]), text: '提请出库1至2号' });
  expect(world.issues.calls.at(-1)).toMatchObject({ act: 'moveItems', itemIds: ['k2'] });
  expect((await world.acknowledgement(id))!.text).toContain('第1项此前已提请出库或已出库。');
});

test('a reply to a duty of the round reports it, its words staying with the mail', async () => {
  const world = await mailWorld();
  const token = await world.mailAboutDuties(['weekly-check-1-1', 'weekly-check-1-2']);
  const id = await world.answered({ token, from: addressOf(cast.wang), text: 'CS周检2：本周检查3个科室' });

  expect(world.reports).toEqual([
    {
      roundId: 'round-1',
      obligationId: 'weekly-check-1-2',
      noteId: id,
      requestId: `${id}/weekly-check-1-2/1`,
      by: cast.wang,
      source: id,
    },
  ]);
  expect(await world.verdict(id)).toMatchObject({ duties: [{ code: 'CS-周检2', understood: ['来信内容已登记。'] }] });
  expect((await world.acknowledgement(id))!.text).toContain('CS-周检2　第2次周检查');
});

test('whoever was only told of a duty reports nothing on it', async () => {
  const world = await mailWorld();
  const token = await world.mailAboutDuties(['weekly-check-1-1'], 'groupHead');
  const id = await world.answered({ token, from: addressOf(cast.wang), text: '请抓紧' });
  expect(world.reports).toEqual([]);
  expect((await world.acknowledgement(id))!.text).toContain('来信内容已存档，未计入办理情况。');
});
