import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { cast } from '../../support/cast.ts';
import {
  acknowledgementOwed,
  addressOf,
  attestationOwed,
  clockId,
  evidenceOwed,
  MailWorld,
  now,
} from './mail-world.ts';

async function mailWorld(): Promise<MailWorld> {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  return world;
}

test('收到 acknowledges the one issue of the mail, and the acknowledgement is planned in the thread', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const token = await world.mailAbout([issueId]);

  const id = await world.answered({ token, text: '收到。\n', messageId: '<one@practice.test>' });

  expect(id).toBe(createHash('sha256').update('one@practice.test').digest('hex'));
  expect(world.issues.calls).toEqual([
    { act: 'acknowledge', issueId, requestId: `${id}/${issueId}/1`, by: cast.chen, source: id },
  ]);
  expect(await world.ledger.progressNote.count()).toBe(0);
  const incoming = await world.ledger.incomingMail.findUniqueOrThrow({ where: { id } });
  expect(incoming).toMatchObject({
    state: 'handled',
    fromAddress: addressOf(cast.chen),
    personId: cast.chen,
    text: '收到。',
    clockId,
  });
  expect(incoming.mailId).not.toBeNull();
  expect(incoming.handledAt?.toISOString()).toBe(now);
  expect(await world.verdict(id)).toEqual({
    kind: 'reply',
    items: [{ issueId, code: 'CS-01', understood: ['已登记认领。'] }],
    problems: [],
  });
  const row = await world.ledger.outboxRow.findUniqueOrThrow({ where: { key: `ack/${id}` } });
  expect(row).toMatchObject({
    kind: 'acknowledgement',
    personId: cast.chen,
    clockId,
    missed: 'sendLate',
    because: { rule: 'acknowledgement' },
    content: {
      subject: 'Re: 【整改督办】待办事项',
      inReplyTo: '<one@practice.test>',
      references: ['<one@practice.test>'],
    },
  });
  expect(row.earliestAt.toISOString()).toBe(now);
  expect(row.latestAt.toISOString()).toBe('2024-03-25T10:00:00.000Z');
  expect(world.planned).toEqual([{ clockId, earliestAt: now }]);
});

test('the acknowledgement of a night waits for the sending hours of the next workday', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);
  await world.ledger.drill.update({ where: { id: clockId }, data: { now: '2024-03-29T13:00:00.000Z' } });

  const id = await world.answered({ token, text: '收到' });

  const row = await world.ledger.outboxRow.findUniqueOrThrow({ where: { key: `ack/${id}` } });
  expect(row.earliestAt.toISOString()).toBe('2024-04-01T00:30:00.000Z');
});

test('申请销号 while evidence is missing is refused with all that is missing, and the rest of the answer counts', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [acknowledgementOwed, evidenceOwed(1), evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);

  const id = await world.answered({ token, text: '申请销号：两项措施均已落实。' });

  expect(world.issues.calls.map(({ act }) => act)).toEqual(['reportProgress', 'proposeClosure']);
  expect(await world.verdict(id)).toMatchObject({
    items: [
      {
        understood: ['来信内容已记入进展。'],
        refused: '销号申请未受理：措施1还没有佐证材料；措施2还没有佐证材料。',
      },
    ],
  });
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('销号申请未受理：措施1还没有佐证材料；措施2还没有佐证材料。');
  expect(text).toContain(
    '还需办理：措施1的佐证材料，应于2024年3月29日(周五)；措施2的佐证材料，应于2024年3月29日(周五)。',
  );
});

test('evidence counts for the measure its name says, is kept by its content, and 申请销号 beside it comes after it', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1), evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);

  const id = await world.answered({
    token,
    text: '已完成，佐证材料见附件。',
    files: [
      { filename: '措施2 制度.txt', content: '制度' },
      { filename: '措施1-台账.txt', content: '台账' },
    ],
  });

  expect(world.issues.calls).toEqual([
    {
      act: 'submitEvidence',
      issueId,
      requestId: `${id}/${issueId}/2`,
      by: cast.chen,
      source: id,
      evidence: [
        { evidenceId: `${id}-1`, measure: 2 },
        { evidenceId: `${id}-2`, measure: 1 },
      ],
    },
    { act: 'proposeClosure', issueId, requestId: `${id}/${issueId}/3`, by: cast.chen, source: id },
  ]);
  const [first, second] = await world.ledger.evidence.findMany({ orderBy: { id: 'asc' }, include: { file: true } });
  expect(first).toMatchObject({ issueId, cycle: 1, measure: 2, fileName: '措施2 制度.txt', personId: cast.chen });
  expect(second).toMatchObject({ measure: 1, incomingMailId: id, file: { sizeBytes: 6 } });
  const { stream } = await world.evidenceStore.open(first!.sha256);
  expect(Buffer.concat(await stream.toArray()).toString()).toBe('制度');
  expect((await world.acknowledgement(id))!.text).toContain(
    '已收下佐证材料2份：措施2 制度.txt（措施2）、措施1-台账.txt（措施1）。',
  );
  expect((await world.acknowledgement(id))!.text).toContain('销号申请已提交审核。');
});

test('an attachment of which nobody says the measure is kept, meets nothing, and is asked about', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1), evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);

  const id = await world.answered({ token, text: '', files: [{ filename: '照片.jpg', content: 'x' }] });

  expect(world.issues.calls).toMatchObject([{ act: 'submitEvidence', evidence: [{ evidenceId: `${id}-1` }] }]);
  expect(world.issues.calls[0]!.evidence![0]).not.toHaveProperty('measure');
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('“照片.jpg”未写明对应哪条措施，尚未计入');
  expect(text).toContain('还需办理：措施1的佐证材料');
});

test('lines that begin with a code go to their issues, and the words of each are kept as they are', async () => {
  const world = await mailWorld();
  const [one, two, three] = [await world.issue(1), await world.issue(2), await world.issue(3)];
  const token = await world.mailAbout([one, two, three]);

  const id = await world.answered({
    token,
    text: '各位领导好：\n１. ｃｓ－０１ 收到\nCS-03：已走访3户，\n下周再走访2户。',
    files: [{ filename: 'CS03措施1走访记录.txt', content: '记录' }],
  });

  expect(world.issues.calls.map(({ act, issueId }) => [act, issueId])).toEqual([
    ['acknowledge', one],
    ['submitEvidence', three],
  ]);
  expect(world.issues.calls[1]).toMatchObject({ noteId: `${id}-${three}`, evidence: [{ measure: 1 }] });
  expect(await world.ledger.progressNote.findMany()).toMatchObject([
    { id: `${id}-${three}`, issueId: three, personId: cast.chen, text: '已走访3户，\n下周再走访2户。' },
  ]);
  expect((await world.acknowledgement(id))!.text).not.toContain('CS-02');
});

test('an answer without codes to a mail about several issues changes none and is asked back with the codes', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1), await world.issue(2)]);

  const id = await world.answered({ token, text: '已走访3户。', files: [{ filename: '记录.txt', content: 'x' }] });

  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.progressNote.count()).toBe(0);
  expect(await world.ledger.evidence.count()).toBe(0);
  const { text } = (await world.acknowledgement(id))!;
  expect(text).toContain('来信未写编号，您有2项待办，无法判断所指，内容已存档：“已走访3户。”');
  expect(text).toContain('附件“记录.txt”未写明编号');
  expect(text).toContain('CS-01 收到\nCS-02 ');
});

test('全部收到 acknowledges every issue of the mail', async () => {
  const world = await mailWorld();
  const [one, two] = [await world.issue(1), await world.issue(2)];
  const token = await world.mailAbout([one, two]);

  await world.answered({ token, text: '全部收到。' });

  expect(world.issues.calls.map(({ act, issueId }) => [act, issueId])).toEqual([
    ['acknowledge', one],
    ['acknowledge', two],
  ]);
});

test('a code the person may not answer is named back, and its words go to no other issue', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);

  const id = await world.answered({ token, text: 'CS-77 已完成' });

  expect(world.issues.calls).toEqual([]);
  expect((await world.acknowledgement(id))!.text).toContain('编号CS-77不在您经办的事项中');
});

test('an issue the mail did not ask about can be answered by its code by whoever is responsible for it', async () => {
  const world = await mailWorld();
  const [one, two] = [await world.issue(1), await world.issue(2)];
  const token = await world.mailAbout([one]);

  await world.answered({ token, text: 'CS-02 收到' });

  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId: two }]);
});

test('a reply from another address than the one written to is kept as unverified, without effect and without answer', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);

  const id = await world.answered({ token, from: addressOf(cast.zhou), text: '申请销号' });

  expect(await world.verdict(id)).toEqual({ kind: 'unverified', because: 'otherSender' });
  expect(world.issues.calls).toEqual([]);
  expect(await world.acknowledgement(id)).toBeUndefined();
  const incoming = await world.ledger.incomingMail.findUniqueOrThrow({ where: { id } });
  expect(incoming).toMatchObject({ state: 'handled', personId: null, text: '申请销号' });
});

test('an unknown token is unverified, whoever writes', async () => {
  const world = await mailWorld();
  const unknown = await world.answered({ token: 'a'.repeat(26), text: '收到' });
  expect(await world.verdict(unknown)).toEqual({ kind: 'unverified', because: 'unknownToken' });
});

test.each<[string, object]>([
  ['says Auto-Submitted', { headers: { 'Auto-Submitted': 'auto-replied' } }],
  ['carries the holiday mark of QQ', { headers: { 'X-QQ-HolidayReply': '1' } }],
  ['has a null envelope sender', { envelopeFrom: '' }],
  ['has an obvious subject', { subject: '自动回复：【整改督办】待办事项' }],
])('an automatic mail that %s has no effect and is never answered', async (_, marks) => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);

  const id = await world.answered({ token, text: '收到', ...marks });

  expect(await world.verdict(id)).toMatchObject({ kind: 'automatic' });
  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.outboxRow.count({ where: { kind: 'acknowledgement' } })).toBe(0);
});

test('a leader who is only told of an issue acknowledges nothing for its handler, and his words are no report', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const token = await world.mailAbout([issueId], cast.wang, 'office');

  const id = await world.answered({ token, from: addressOf(cast.wang), text: '收到，请抓紧。' });

  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.progressNote.findMany()).toMatchObject([{ issueId, personId: cast.wang }]);
  expect((await world.acknowledgement(id))!.text).toContain('来信内容已存档，未计入进展。');
});

test('确认 answers a duty to attest as a report does', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [attestationOwed]);
  const token = await world.mailAbout([issueId]);

  await world.answered({ token, text: '确认' });

  expect(world.issues.calls.map(({ act }) => act)).toEqual(['acknowledge', 'reportProgress']);
});

test('a reply to an acknowledgement is about the issues it acknowledged', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const id = await world.answered({ token: await world.mailAbout([issueId]), text: '收到' });
  const token = await world.mailAbout([]);
  const mail = await world.ledger.mail.findFirstOrThrow({ orderBy: { id: 'desc' }, where: { lines: { none: {} } } });
  await world.ledger.delivery.create({
    data: { rowKey: `ack/${id}`, personId: cast.chen, mailId: mail.id, position: 1 },
  });

  await world.answered({ token, text: '今天走访2户。' });

  expect(world.issues.calls.at(-1)).toMatchObject({ act: 'reportProgress', issueId });
});

test('a mail taken up again after a crash behind its evidence ends with the same rows and the same requests', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1), evidenceOwed(2)]);
  const token = await world.mailAbout([issueId]);
  await world.answered({ token, files: [{ filename: '措施1.txt', content: '一' }] });
  const id = await world.deliver({ token, text: '申请销号', files: [{ filename: '材料.txt', content: '二' }] });
  const before = world.issues.calls.length;
  world.issues.before = ({ act }) => {
    if (act === 'proposeClosure') throw new Error('killed');
  };
  await expect(world.inbox.handle(id)).rejects.toThrow('killed');
  const rows = await world.ledger.evidence.findMany({ orderBy: { id: 'asc' } });
  expect(await world.acknowledgement(id)).toBeUndefined();
  world.issues.before = undefined;

  await world.newInbox().handle(id); // measure 2, the only one without evidence then, has it now
  await world.newInbox().handle(id);

  expect(await world.ledger.evidence.findMany({ orderBy: { id: 'asc' } })).toEqual(rows);
  expect(world.issues.calls.slice(before)).toMatchObject([
    { act: 'submitEvidence', requestId: `${id}/${issueId}/2`, evidence: [{ evidenceId: `${id}-1`, measure: 2 }] },
    { act: 'submitEvidence', requestId: `${id}/${issueId}/2`, evidence: [{ evidenceId: `${id}-1`, measure: 2 }] },
    { act: 'proposeClosure', requestId: `${id}/${issueId}/3` },
  ]);
  expect(await world.ledger.outboxRow.count({ where: { key: `ack/${id}` } })).toBe(1);
  expect((await world.verdict(id)).kind).toBe('reply');
});

test('a crash between acknowledgement and verdict does not plan a second one, and the post-office is called again', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);
  const id = await world.answered({ token, text: '收到' });
  const sent = await world.acknowledgement(id);
  await world.ledger.incomingMail.update({ where: { id }, data: { state: 'stored' } });

  await world.inbox.handleStored();

  expect(await world.acknowledgement(id)).toEqual(sent);
  expect(world.planned).toHaveLength(2);
  expect(world.issues.calls.map(({ requestId }) => requestId)).toEqual(Array(2).fill(`${id}/issue-1/1`));
});

test('a mail that cannot be handled is kept and tried until it can, and holds up no other', async () => {
  const world = await mailWorld();
  const [one, two] = [await world.issue(1), await world.issue(2)];
  const bad = await world.deliver({ token: await world.mailAbout([one]), text: '收到' });
  const good = await world.deliver({
    token: await world.mailAbout([two], cast.li, 'responsibleLeader'),
    from: addressOf(cast.li),
    text: '已走访',
  });
  const working = world.issues.before;
  world.issues.before = ({ issueId }) => {
    if (issueId === one) throw new Error('a defect');
  };

  await world.inbox.handleStored();
  expect((await world.verdict(good)).kind).toBe('reply');
  expect(await world.ledger.incomingMail.findUnique({ where: { id: bad } })).toMatchObject({
    state: 'stored',
    verdict: { kind: 'problem', tries: 1 },
  });
  for (let tries = 2; tries <= 6; tries += 1) await world.inbox.handleStored();

  expect(await world.ledger.incomingMail.findUnique({ where: { id: bad } })).toMatchObject({
    state: 'stored',
    verdict: { kind: 'problem', problem: 'a defect', tries: world.failures.length },
  });
  world.issues.before = working;
  await world.inbox.handle(bad);
  expect((await world.verdict(bad)).kind).toBe('reply');
});

test('two calls for the same mail do its work once, and the mails of one person keep their order', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1, [evidenceOwed(1), evidenceOwed(2)]);
  const first = await world.deliver({ token: await world.mailAbout([issueId]), text: '第一封' });
  await world.ledger.drill.update({ where: { id: clockId }, data: { now: '2024-03-25T02:00:00.001Z' } });
  const second = await world.deliver({ token: await world.mailAbout([issueId]), text: '第二封' });

  await Promise.all([world.inbox.handleStored(), world.inbox.handleStored(), world.inbox.handle(first)]);

  expect(world.issues.calls.map(({ source }) => source)).toEqual([first, second]);
});

test('a mail that is no mail is kept as unreadable', async () => {
  const world = await mailWorld();
  await world.ledger.incomingMail.create({
    data: { id: 'x', messageId: '', envelopeTo: '', receivedAt: now, raw: Buffer.from([0, 1, 2, 255]) },
  });

  await world.inbox.handleStored();

  expect(await world.verdict('x')).toMatchObject({ kind: 'unreadable' });
});
