import { describe, expect, onTestFinished, test } from 'vitest';
import { type DecisionOrder, decideAnswer } from '../../../client/incoming-mail/decide-answer.ts';
import { storeIncoming } from '../../../client/incoming-mail/store-incoming.ts';
import { readDuties } from '../../../client/reading/duties.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, clockId, mailDomain, MailWorld, now } from './mail-world.ts';

const elsewhere = 'chen-at-home@qq.example';

async function mailWorld(): Promise<MailWorld> {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  return world;
}

const lettersOf = (world: MailWorld) =>
  world.ledger.outboxRow.findMany({
    where: { kind: 'acknowledgement' },
    orderBy: { key: 'asc' },
    select: { key: true, personId: true, content: true, because: true },
  });
const noticesOf = (world: MailWorld) =>
  world.ledger.outboxRow.findMany({
    where: { kind: 'notice' },
    orderBy: { key: 'asc' },
    select: { obligationId: true, roundId: true, rungId: true, role: true },
  });
const waiting = async (world: MailWorld) => (await readDuties(world.ledger, clockId, now)).unverified;
const timeIs = (world: MailWorld, at: string) =>
  world.ledger.drill.update({ where: { id: clockId }, data: { now: at } });

describe('an answer whose writer is not certain', () => {
  test('is told once a day to the person whose address it used, and to the office, and to no one else', async () => {
    const world = await mailWorld();
    const token = await world.mailAbout([await world.issue(1)]);
    const ids = [
      await world.answered({ token, from: elsewhere, text: '已完成' }),
      await world.answered({ token, from: 'somebody@else.example', text: '已完成' }),
    ];
    expect(await lettersOf(world)).toMatchObject([
      { key: `refusal/${cast.chen}/2024-03-25`, personId: cast.chen, because: { rule: 'answerTurnedAway' } },
    ]);
    const [letter] = await lettersOf(world);
    const { text, inReplyTo } = letter!.content as { text: string; inReplyTo?: string };
    expect(text).toContain(`发自${elsewhere}`);
    expect(text).toContain('没有计入进展，已转督办办公室核实');
    expect(inReplyTo).toBeUndefined();
    const asked = ids.map((obligationId) => ({ obligationId, roundId: 'round-1', rungId: 'answer', role: 'office' }));
    expect(new Set(await noticesOf(world))).toEqual(new Set(asked));
    expect(await waiting(world)).toMatchObject([
      { from: elsewhere, sentTo: '陈', because: '发信地址与收信人不符' },
      { from: 'somebody@else.example' },
    ]);

    await timeIs(world, '2024-03-26T02:00:00.000Z');
    await world.answered({ token, from: elsewhere, text: '已完成，再说一次' });
    expect((await lettersOf(world)).map(({ key }) => key)).toEqual([
      `refusal/${cast.chen}/2024-03-25`,
      `refusal/${cast.chen}/2024-03-26`,
    ]);
    expect(world.issues.calls).toEqual([]);
  });

  test('is told once when its handling broke off before midnight and ends after it', async () => {
    const world = await mailWorld();
    const token = await world.mailAbout([await world.issue(1)]);
    const id = await world.answered({ token, from: elsewhere, text: '已完成' });
    await world.ledger.incomingMail.update({ where: { id }, data: { state: 'stored', verdict: Prisma.DbNull } });
    await timeIs(world, '2024-03-25T16:00:01.000Z'); // a second into the next day in Beijing
    await world.inbox.handle(id);
    expect((await lettersOf(world)).map(({ key }) => key)).toEqual([`refusal/${cast.chen}/2024-03-25`]);
  });

  test('is not answered when a program wrote it', async () => {
    const world = await mailWorld();
    const token = await world.mailAbout([await world.issue(1)]);
    await world.answered({ token, from: elsewhere, text: '我在休假', headers: { 'Auto-Submitted': 'auto-replied' } });
    expect([await lettersOf(world), await noticesOf(world), await waiting(world)]).toEqual([[], [], []]);
  });

  test('with a token that nobody knows is answered only if a registered person can have written it', async () => {
    const world = await mailWorld();
    await world.issue(1);
    const unknown = 'z'.repeat(26);
    const kept = { clockId };
    for (const from of ['stranger@spam.example', addressOf(cast.chen)]) {
      const id = await world.deliver({ token: unknown, from, text: '已完成' });
      await world.ledger.incomingMail.update({ where: { id }, data: kept });
      await world.inbox.handle(id);
    }
    expect(await lettersOf(world)).toMatchObject([{ personId: cast.chen }]);
    expect(await noticesOf(world)).toMatchObject([{ roundId: 'round-1' }]);
    expect(await waiting(world)).toHaveLength(2);
  });

  test('that is too large to be opened is told to the person with what to do, and asks nothing of the office', async () => {
    const world = await mailWorld();
    const token = await world.mailAbout([await world.issue(1)]);
    const part = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n';
    const head = `From: ${addressOf(cast.chen)}\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`;
    const bytes = Buffer.from(`${head}${part.repeat(120)}--b--\r\n`);
    const envelopeTo = `reply+${token}@${mailDomain}`;
    const id = await storeIncoming(world.ledger, { bytes, envelopeFrom: addressOf(cast.chen), envelopeTo });
    await world.inbox.handle(id);
    const [letter] = await lettersOf(world);
    expect((letter!.content as { text: string }).text).toContain('请减少附件');
    expect([await noticesOf(world), await waiting(world)]).toEqual([[], []]);
  });
});

describe('the office', () => {
  const order = (changes: Partial<DecisionOrder> & { ref: string }): DecisionOrder => ({
    act: 'accepted',
    reason: '电话问过本人',
    by: cast.wang,
    ...changes,
  });

  async function answeredFromElsewhere(): Promise<{ world: MailWorld; issueId: string; ref: string }> {
    const world = await mailWorld();
    const issueId = await world.issue(1);
    const token = await world.mailAbout([issueId]);
    return { world, issueId, ref: await world.answered({ token, from: elsewhere, text: '收到\n正在查' }) };
  }

  test('accepts it as the person’s words, with both names, and he is told who vouched for it', async () => {
    const { world, issueId, ref } = await answeredFromElsewhere();
    expect(await decideAnswer(world.ledger, order({ ref: ref.slice(0, 8) }))).toEqual({
      incomingMailId: ref,
      act: 'accepted',
      person: '陈',
    });
    expect(await waiting(world)).toEqual([]);
    await world.newInbox().handleStored(); // as after a crash: what was decided is done by whoever looks next
    await world.newInbox().handleStored();
    expect(world.issues.calls).toMatchObject([
      { act: 'acknowledge', issueId, by: cast.chen, recordedBy: cast.wang, source: ref },
      { act: 'reportProgress', issueId, by: cast.chen, recordedBy: cast.wang },
    ]);
    expect(await world.ledger.progressNote.findMany()).toMatchObject([
      { personId: cast.chen, recordedBy: cast.wang, incomingMailId: ref },
    ]);
    expect(await world.verdict(ref)).toMatchObject({ kind: 'reply', items: [{ code: 'CS-01' }] });
    const { text } = (await world.acknowledgement(ref))!;
    expect(text).toContain(`（发自${elsewhere}）`);
    expect(text).toContain('经督办办公室王核实，按您本人的答复登记');
    await expect(decideAnswer(world.ledger, order({ ref }))).rejects.toMatchObject({ code: 'AlreadyAccepted' });
    await expect(decideAnswer(world.ledger, order({ ref, act: 'setAside' }))).rejects.toMatchObject({
      code: 'AlreadyAccepted',
    });
  });

  test('sets it aside, which does nothing, and may accept it later all the same', async () => {
    const { world, ref } = await answeredFromElsewhere();
    await decideAnswer(world.ledger, order({ ref, act: 'setAside', reason: '不是本人写的' }));
    await world.inbox.handleStored();
    expect([world.issues.calls, await waiting(world)]).toEqual([[], []]);
    await expect(decideAnswer(world.ledger, order({ ref, act: 'setAside' }))).rejects.toMatchObject({
      code: 'AlreadySetAside',
    });
    await decideAnswer(world.ledger, order({ ref }));
    await world.inbox.handleStored();
    expect(world.issues.calls).toHaveLength(2);
    expect(await world.ledger.answerDecision.count()).toBe(2);
  });

  test('says whose words they are, about what, where they answer no mail of ours', async () => {
    const { world, ref } = await answeredFromElsewhere();
    const two = await world.issue(2);
    await world.ledger.incomingMail.update({ where: { id: ref }, data: { mailId: null } });
    await world.ledger.mail.updateMany({ data: { tokenHash: 'gone' } });
    await expect(decideAnswer(world.ledger, order({ ref }))).rejects.toMatchObject({ code: 'PersonMissing' });
    const his = { ref, person: '陈' };
    await expect(decideAnswer(world.ledger, order(his))).rejects.toMatchObject({ code: 'IssueMissing' });
    await decideAnswer(world.ledger, order({ ...his, issues: ['cs-02'] }));
    await world.inbox.handleStored();
    expect(world.issues.calls).toMatchObject([
      { act: 'acknowledge', issueId: two, by: cast.chen, recordedBy: cast.wang },
      { act: 'reportProgress', issueId: two },
    ]);
  });

  test.each([
    { who: 'nobody of the office', by: cast.zhou, code: 'NotOffice' },
    { who: 'the person himself', by: cast.chen, code: 'NotOffice' },
  ])('is who decides: $who may not', async ({ by, code }) => {
    const { world, ref } = await answeredFromElsewhere();
    await expect(decideAnswer(world.ledger, order({ ref, by }))).rejects.toMatchObject({ code });
    expect(await waiting(world)).toHaveLength(1);
  });

  test('decides about its own person’s mail through another of it', async () => {
    const { world, ref } = await answeredFromElsewhere();
    await world.ledger.assignment.create({ data: { roundId: 'round-1', personId: cast.chen, role: 'office' } });
    await expect(decideAnswer(world.ledger, order({ ref, by: cast.chen }))).rejects.toMatchObject({
      code: 'OwnAnswer',
    });
  });

  test('is not asked about an answer that counts by itself', async () => {
    const world = await mailWorld();
    const token = await world.mailAbout([await world.issue(1)]);
    const ref = await world.answered({ token, text: '收到' });
    await expect(decideAnswer(world.ledger, order({ ref }))).rejects.toMatchObject({ code: 'AnswerCounts' });
    await expect(decideAnswer(world.ledger, order({ ref: 'ffffffffff' }))).rejects.toMatchObject({
      code: 'UnknownAnswer',
    });
  });
});
