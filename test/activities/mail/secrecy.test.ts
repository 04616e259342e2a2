import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnswerContent } from '../../../activities/mail/letter.ts';
import { assign } from '../../../client/rounds/assign.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');
/** Stands in everything that somebody wrote: no mail to a domain that is not trusted may carry it. */
const words = '机密词';

beforeEach(async () => {
  await room.ledger.$executeRaw`TRUNCATE "MailDomainDecision"`;
  await room.decide('unit.example', 'trusted');
  await room.person('chen', '陈办事员', 'handler');
  await room.person('wang', '王主任', 'office');
  await room.issue(1, `${words}公务用车`, [`${words}补登记录`, `${words}问责`]);
  // As the office says it in a draft: what is written there is what the loaders read.
  await room.ledger.round.update({ where: { id: 'round' }, data: { state: 'draft' } });
  const nobody = () => Promise.reject(new Error('a draft has nobody to tell'));
  const issues = { askPermitted: nobody };
  await assign(
    { ledger: room.ledger, issues },
    { roundId: 'round', rows: [{ line: 0, issues: '1.2', people: {}, measureKind: '追责问责' }] },
  );
  await room.ledger.round.update({ where: { id: 'round' }, data: { state: 'launched' } });
});

async function moveTo(personId: string, email: string): Promise<void> {
  await room.ledger.person.update({ where: { id: personId }, data: { email } });
}

type Read = Email & { text: string; html: string };

/** Everything in a mail that a reader or a server on the way can read. */
function allOf({ subject = '', text, html, headers, from }: Read): string {
  return [subject, text, html, from?.name ?? '', ...headers.map(({ value }) => decodeURIComponent(value))].join('\n');
}

async function mailTo(address: string, now = nine): Promise<Read> {
  await room.deliver(now);
  const index = room.server.taken.findIndex(({ to }) => to === address);
  const mail = (await room.server.mails())[index];
  if (mail === undefined) throw new Error(`no mail to ${address}`);
  return { ...mail, text: mail.text ?? '', html: mail.html ?? '' };
}

async function owesMeasures(): Promise<void> {
  for (const measure of [1, 2]) {
    const obligationId = `evidence-${String(measure)}-1`;
    // Different days keep them apart: two measures of one day are named by their numbers alone.
    await room.owes('issue-1', obligationId, 'evidence', measure === 1 ? '2024-03-26' : '2024-04-02', { measure });
    await room.row({ obligationId, on: friday });
  }
}

describe('a reminder to a domain that is not on the list', () => {
  it('carries code, what is owed, day and link, and not a word of the finding', async () => {
    await moveTo('chen', 'chen@qq.example');
    await owesMeasures();
    const mail = await mailTo('chen@qq.example');
    expect(allOf(mail)).not.toContain(words);
    for (const part of [
      'LN-01',
      '要交：措施1佐证',
      '应于：2024年3月26日(周二)',
      '查看：https://huitoukan.example/a/',
      '直接回复本邮件就行',
      'LN-01 措施1佐证见附件',
      '按保密要求，本邮件只写编号、时限和链接',
    ])
      expect(mail.text).toContain(part);
    expect(mail.html).toContain('href="https://huitoukan.example/a/');
    expect(mail.replyTo?.[0]?.address).toMatch(/^reply\+/);
  });

  it('says by which rule it has no words', async () => {
    await moveTo('chen', 'chen@qq.example');
    await owesMeasures();
    await room.deliver(nine);
    expect(await room.ledger.mail.findFirstOrThrow()).toMatchObject({
      told: 'codeOnly',
      toldBecause: { told: 'codeOnly', rule: 'unlistedDomain', domain: 'qq.example' },
    });
  });

  it('tells a leader neither who owes it nor what may be proposed against him', async () => {
    await room.person('li', '李局长', 'responsibleLeader');
    await moveTo('li', 'li@qq.example');
    await room.owes('issue-1', 'evidence-1-1', 'evidence', '2024-03-18', { measure: 1 });
    await room.row({ obligationId: 'evidence-1-1', rungId: 'after-5', role: 'responsibleLeader', on: friday });
    const mail = await mailTo('li@qq.example');
    expect(allOf(mail)).not.toMatch(new RegExp(`${words}|陈办事员|约谈`));
    expect(mail.text).toContain('情况：尚未提交措施1佐证');
  });

  it('of a duty of the round leaves out its title and its task', async () => {
    await moveTo('wang', 'wang@qq.example');
    const scope = { issueIds: ['issue-1'] };
    await room.owesDuty('supervision-batch-1-1', 'supervisionBatch', friday, { title: `${words}督办`, scope });
    await room.ledger.supervisionBatch.create({
      data: {
        id: 'batch',
        roundId: 'round',
        number: 1,
        title: words,
        task: words,
        dueOn: new Date(friday),
        issueIds: [],
        issuedAt: nine,
      },
    });
    await room.dutyRow({ obligationId: 'supervision-batch-1-1', on: friday });
    const mail = await mailTo('wang@qq.example');
    expect(allOf(mail)).not.toContain(words);
    expect(mail.text).toContain('涉及：LN-01');
  });
});

describe('a mail to a trusted domain', () => {
  it('carries the words, and says by which entry of the list', async () => {
    await moveTo('chen', 'chen@Xin.Unit.Example');
    await owesMeasures();
    await room.deliver(nine);
    const [mail] = await room.server.mails();
    expect(mail?.text).toContain(`LN-01　${words}公务用车`);
    expect(mail?.text).toContain(`措施2佐证，即${words}问责`);
    expect(await room.ledger.mail.findFirstOrThrow()).toMatchObject({
      toldBecause: { rule: 'trustedDomain', domain: 'unit.example' },
    });
  });

  it('names a measure that holds people to account by its number to whoever only stands in', async () => {
    await room.person('sun', '孙科员');
    const [fromAt, untilAt] = [at('2024-03-25', '00:00'), at('2024-04-01', '00:00')];
    await room.ledger.delegation.create({ data: { fromPersonId: 'chen', toPersonId: 'sun', fromAt, untilAt } });
    await owesMeasures();
    const { text } = await mailTo('sun@unit.example');
    expect(text).toContain(`措施1佐证，即${words}补登记录`);
    expect(text).toMatch(/要交：措施2佐证$/m);
  });
});

describe('what does not leave the machine', () => {
  it('carries the words: a drill’s mails go to the practice mailbox, whatever their address', async () => {
    await moveTo('chen', 'chen@qq.example');
    await room.owes('issue-1', 'evidence-1-1', 'evidence', friday, { measure: 1 });
    await room.row({ obligationId: 'evidence-1-1', clockId: 'drill-1', on: friday });
    await room.deliver(nine, { clockId: 'drill-1' });
    const [mail] = await room.practice.mails();
    expect(mail?.text).toContain(words);
    expect(await room.ledger.mail.findFirstOrThrow()).toMatchObject({ toldBecause: { rule: 'practiceMailbox' } });
  });
});

describe('of a confidential issue', () => {
  const notice = '保密问题，内容请到督办办公室查阅或登录查看';

  it.each([
    ['a mail to a trusted domain', 'chen@unit.example', 'world'],
    ['a mail in the practice mailbox', 'chen@unit.example', 'practiceMailbox'],
    ['a page', null, 'world'],
  ] as const)('%s tells no word, of what stands beside it everything', async (_, email, reach) => {
    await room.ledger.person.update({ where: { id: 'chen' }, data: { email } });
    await room.issue(2, '另一公开问题');
    await room.restrict('issue-1');
    await owesMeasures();
    await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
    await room.deliver(nine, reach === 'world' ? {} : { transport: room.practiceTransport });
    const { subject, raw, told } = await room.ledger.mail.findFirstOrThrow();
    const [mail] = await (reach === 'world' ? room.server : room.practice).mails();
    const text = email === null ? Buffer.from(raw).toString() : allOf(mail as Read);
    expect(`${subject}\n${text}`).not.toContain(words);
    for (const part of ['LN-01', '要交', '措施1佐证', '2024年3月26日(周二)', notice, '另一公开问题'])
      expect(text).toContain(part);
    expect(told).toBe('words');
  });

  it('a leader reads neither who owes it nor what may be proposed', async () => {
    await room.restrict('issue-1');
    await room.person('li', '李局长', 'responsibleLeader');
    await room.owes('issue-1', 'evidence-1-1', 'evidence', '2024-03-18', { measure: 1 });
    await room.row({ obligationId: 'evidence-1-1', rungId: 'after-5', role: 'responsibleLeader', on: friday });
    const mail = await mailTo('li@unit.example');
    expect(allOf(mail)).not.toMatch(new RegExp(`${words}|陈办事员|约谈`));
    expect(mail.text).toContain(notice);
  });

  it('a duty of the round that is about it, too, has neither title nor task', async () => {
    await room.restrict('issue-1');
    const batch = {
      id: 'secret-batch',
      roundId: 'round',
      number: 1,
      title: words,
      task: words,
      dueOn: new Date(friday),
    };
    await room.ledger.supervisionBatch.create({ data: { ...batch, issueIds: ['issue-1'], issuedAt: nine } });
    const scope = { issueIds: ['issue-1'] };
    await room.owesDuty('supervision-batch-1-1', 'supervisionBatch', friday, { title: `${words}督办`, scope });
    await room.dutyRow({ obligationId: 'supervision-batch-1-1', on: friday });
    const mail = await mailTo('wang@unit.example');
    expect(allOf(mail)).not.toContain(words);
    expect(mail.text).toContain('涉及：LN-01');
  });

  it('a receipt repeats nothing that was written about it', async () => {
    await room.restrict('issue-1');
    const content = { subject: `Re: ${words}`, text: `陈办事员：\n\n${words}`, issueIds: ['issue-1'] };
    const key = 'ack/confidential';
    await room.row({ key, kind: 'acknowledgement', personId: 'chen', issueId: null, on: friday, content });
    const mail = await mailTo('chen@unit.example');
    expect(allOf(mail)).not.toContain(words);
    expect(mail.text).toContain('来信已收到并存档。');
  });
});

describe('a mail that waits with words', () => {
  const busy = () => ({ code: 451, text: '4.3.0 try later' });

  it('is written anew without them when its domain is struck off the list before it has left', async () => {
    await owesMeasures();
    room.server.onRecipient = busy;
    await room.deliver(nine);
    expect(await room.mail()).toMatchObject({ state: 'prepared', attempts: 1, told: 'words' });
    await room.decide('unit.example', 'distrusted');
    room.server.onRecipient = () => undefined;
    const mail = await mailTo('chen@unit.example', at(friday, '09:10'));
    expect(allOf(mail)).not.toContain(words);
    expect(room.server.taken).toHaveLength(1);
    expect(await room.mail()).toMatchObject({ state: 'accepted', told: 'codeOnly' });
    expect(await room.ledger.delivery.count()).toBe(2);
    expect(await room.ledger.outboxRow.findMany({ select: { state: true } })).toEqual([
      { state: 'sent' },
      { state: 'sent' },
    ]);
  });

  it('is written anew without them when its issue becomes confidential before it has left', async () => {
    await owesMeasures();
    room.server.onRecipient = busy;
    await room.deliver(nine);
    await room.restrict('issue-1', at(friday, '09:02'));
    room.server.onRecipient = () => undefined;
    const mail = await mailTo('chen@unit.example', at(friday, '09:10'));
    expect(allOf(mail)).not.toContain(words);
    expect(room.server.taken).toHaveLength(1);
  });

  it('is not written anew when it knew that its issue is confidential', async () => {
    await room.restrict('issue-1');
    await owesMeasures();
    room.server.onRecipient = busy;
    await room.deliver(nine);
    const { preparedAt } = await room.ledger.mail.findFirstOrThrow();
    await room.deliver(at(friday, '09:10'));
    expect(await room.ledger.mail.findFirstOrThrow()).toMatchObject({ preparedAt, state: 'prepared' });
  });

  it('is written anew when a mail server takes the place of the practice mailbox', async () => {
    await moveTo('chen', 'chen@qq.example');
    await owesMeasures();
    room.practice.onRecipient = busy;
    await room.deliver(nine, { transport: room.practiceTransport });
    expect(await room.mail()).toMatchObject({ state: 'prepared', told: 'words' });
    const mail = await mailTo('chen@qq.example', at(friday, '09:10'));
    expect(allOf(mail)).not.toContain(words);
  });
});

/** Every letter there is: a new kind of answer does not compile until it stands here. */
const letters: Readonly<Record<AnswerContent['about'], Prisma.InputJsonObject>> = {
  closureReturned: { reason: words, measures: [1] },
  closureApproved: { outcome: 'basicallyDone', stateHash: '', acceptedEvidence: [] },
  rebounded: { finding: words, deadline: '2024-06-28' },
  extensionGranted: { deadline: '2024-06-28', days: 30, measures: [], moved: [], reason: words },
  extensionRefused: { reason: words },
  disputeRejected: { reason: words },
  withdrawn: { reason: words, because: 'disputeUpheld' },
  mergedInto: { issueId: 'issue-2', reason: words },
  evidenceJudged: { accepted: [], returned: ['piece'], reason: words },
  itemsRechecked: { left: [], back: ['item'], finding: words },
  proposalDecided: { proposalId: 'proposal-1', decision: 'accepted', reason: words },
  undone: { undoneSequence: 1, undone: 'extensionRefused', reason: words },
  handoverWished: { reason: words },
};

const ways = {
  'to a domain that is not on the list': ['chen@qq.example', '按保密要求'],
  'about a confidential issue': ['chen@unit.example', '保密问题，内容请到督办办公室查阅或登录查看。'],
} as const;

describe.each(Object.entries(ways))('an answer %s', (_, [address, because]) => {
  it.each(Object.keys(letters) as AnswerContent['about'][])('of %s tells code, day and link alone', async (about) => {
    await moveTo('chen', address);
    if (address === 'chen@unit.example') await room.restrict('issue-1');
    await room.issue(2, `${words}另一问题`);
    await room.ledger.evidenceFile.createMany({
      data: { sha256: 'a', sizeBytes: 1, mediaType: 'text/plain' },
      skipDuplicates: true,
    });
    const piece = { id: 'piece', issueId: 'issue-1', cycle: 1, measure: 1, sha256: 'a', receivedAt: nine };
    await room.ledger.evidence.create({ data: { ...piece, fileName: `${words}.pdf` } });
    await room.ledger.ledgerItem.create({ data: { id: 'item', issueId: 'issue-1', number: 3, name: words } });
    const event = { issueId: 'issue-1', cycle: 1, at: at('2024-03-28', '10:00') };
    const proposal = { proposalId: 'proposal-1', measure: 'talk', obligationId: 'evidence-1-1', rungId: 'r' };
    await room.ledger.issueEvent.createMany({
      data: [
        { ...event, sequence: 1, type: 'proposalRaised', detail: proposal },
        { ...event, sequence: 2, by: 'wang', type: about, detail: letters[about] },
      ],
    });
    const key = 'issue-1/1/answer-2/handler';
    await room.row({ key, kind: 'answer', on: friday, content: { about, reason: words } });
    const mail = await mailTo(address);
    expect(allOf(mail)).not.toMatch(new RegExp(`${words}|约谈`));
    expect(mail.text).toContain('LN-01');
    expect(mail.text).toContain('查看：https://huitoukan.example/issues/issue-1');
    expect(mail.text).toContain(because);
  });
});

describe('the acknowledgement to a domain that is not on the list', () => {
  const content = {
    subject: `Re: ${words}`,
    text: `陈办事员：\n\n${words}`,
    inReplyTo: 'a@qq.example',
    codeOnly: {
      opening: '陈办事员：您2024年3月28日(周四)的来信已收到。',
      items: [{ code: 'LN-01', lines: ['来信内容已登记，办理结果见链接。'], page: '/issues/issue-1' }],
      closing: [],
    },
  };
  const acknowledge = (changes: object = {}) =>
    room.row({
      key: 'ack/1',
      kind: 'acknowledgement',
      personId: 'chen',
      on: friday,
      content: { ...content, ...changes },
    });

  it('repeats neither what he wrote nor his subject, and stays in the thread', async () => {
    await moveTo('chen', 'chen@qq.example');
    await acknowledge();
    const mail = await mailTo('chen@qq.example');
    expect(allOf(mail)).not.toContain(words);
    expect(mail).toMatchObject({ subject: 'Re: 【整改督办】来信回执(LN-01)', inReplyTo: '<a@qq.example>' });
    expect(mail.text).toContain('查看：https://huitoukan.example/issues/issue-1');
  });

  it('is a short one when the row is older than the rule', async () => {
    await moveTo('chen', 'chen@qq.example');
    await acknowledge({ codeOnly: undefined });
    const mail = await mailTo('chen@qq.example');
    expect(allOf(mail)).not.toContain(words);
    expect(mail.text).toContain('来信已收到并存档。');
  });
});
