import { beforeEach, describe, expect, it } from 'vitest';
import { mailThread, referencesIn, threadIndex } from '../../../activities/mail/thread.ts';
import { at, type IsoDate } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const [thursday, friday]: IsoDate[] = ['2024-03-28', '2024-03-29'];
const domain = 'huitoukan.example';
const rootOf = (name: Parameters<typeof mailThread>[2]) => `<${mailThread('test-secret', domain, name).rootId}>`;

beforeEach(async () => {
  await room.chenOwesEvidence(friday!);
  await room.issue(2);
});

/** The mails taken so far, as far as their place among others goes. */
async function places() {
  const mails = await room.server.mails();
  return mails.map(({ headers, inReplyTo, references }) => ({
    kind: headers.find(({ key }) => key === 'x-huitoukan-kind')?.value,
    inReplyTo,
    references: references?.split(/\s+/),
    outlook: headers.find(({ key }) => key === 'thread-index')?.value,
  }));
}

/** What Outlook takes for the conversation: the GUID behind the six bytes of the head. */
const conversationOf = (index = '') => Buffer.from(index, 'base64').subarray(6, 22).toString('hex');

/** 陈 wrote in answer to the reminder of a day; this is the acknowledgement. */
const acknowledges = (...issueIds: string[]) =>
  room.row({
    key: `ack/${String(issueIds.length)}`,
    kind: 'acknowledgement',
    personId: 'chen',
    on: friday!,
    content: {
      subject: 'Re: 整改督办',
      text: '来信已收到。',
      inReplyTo: '<answer@qq.example>',
      references: [rootOf('person/chen'), '<reminder@huitoukan.example>', '<answer@qq.example>'],
      issueIds,
    },
  });

describe('the threads of a mailbox', () => {
  it('are one for the reminders of a person, from day to day; no reminder claims to answer another', async () => {
    await room.row({ on: thursday! });
    await room.deliver(at(thursday!, '09:00'));
    await room.row({ on: friday! });
    await room.deliver(at(friday!, '09:00'));
    const [first, second] = await places();
    expect(first).toMatchObject({ kind: 'reminder', references: [rootOf('person/chen')], inReplyTo: undefined });
    expect(second).toMatchObject({ kind: 'reminder', references: [rootOf('person/chen')], inReplyTo: undefined });
    expect(conversationOf(second!.outlook)).toBe(conversationOf(first!.outlook));
    expect(second!.outlook).not.toBe(first!.outlook);
  });

  it('are one for an issue: what is acknowledged and what is decided stand together, not with the reminders', async () => {
    await acknowledges('issue-1');
    await room.deliver(at(friday!, '09:00'));
    const content = { about: 'closureReturned', reason: '缺少签字' };
    await room.row({ key: 'issue-1/1/answer-4/handler', kind: 'answer', on: friday!, content });
    await room.row({ on: friday! });
    await room.deliver(at(friday!, '09:01'));
    const all = await places();
    const of = (kind: string) => all.find((place) => place.kind === kind)!;
    expect(of('acknowledgement')).toMatchObject({
      inReplyTo: '<answer@qq.example>',
      references: [rootOf('issue/issue-1'), '<answer@qq.example>'],
    });
    expect(of('answer')).toMatchObject({ references: [rootOf('issue/issue-1')], inReplyTo: undefined });
    expect(conversationOf(of('answer').outlook)).toBe(conversationOf(of('acknowledgement').outlook));
    expect(conversationOf(of('reminder').outlook)).not.toBe(conversationOf(of('answer').outlook));
  });

  it('keep the acknowledgement of an answer about several issues where the person wrote', async () => {
    await acknowledges('issue-1', 'issue-2');
    await room.deliver(at(friday!, '09:00'));
    const [place] = await places();
    expect(place).toMatchObject({
      inReplyTo: '<answer@qq.example>',
      references: [rootOf('person/chen'), '<reminder@huitoukan.example>', '<answer@qq.example>'],
    });
  });
});

describe('the root of a thread', () => {
  it('is the same for the same name, another for another, and names neither person nor issue', () => {
    const root = mailThread('secret', domain, 'person/chen');
    expect(mailThread('secret', domain, 'person/chen')).toEqual(root);
    const others = [
      mailThread('secret', domain, 'person/li'),
      mailThread('secret', domain, 'issue/chen'),
      mailThread('other', domain, 'person/chen'),
    ];
    expect(new Set([root, ...others].map(({ rootId }) => rootId))).toHaveLength(4);
    expect(new Set([root, ...others].map(({ guid }) => Buffer.from(guid).toString('hex')))).toHaveLength(4);
    expect(root.rootId).toMatch(/^[a-z2-7]{32}@huitoukan\.example$/);
    expect(root.rootId).not.toContain('chen');
  });

  it('comes first among the references, once', () => {
    const { rootId, ...root } = mailThread('secret', domain, 'person/chen');
    const references = referencesIn({ rootId, ...root }, ['a@b', `<${rootId}>`, '<c@d>']);
    expect(references).toEqual([`<${rootId}>`, '<a@b>', '<c@d>']);
  });

  it('gives Outlook an index of a head and one block, as of an answer', () => {
    const index = Buffer.from(threadIndex(mailThread('secret', domain, 'person/chen'), 'one@x'), 'base64');
    expect([index.length, index.toString('hex', 0, 6)]).toEqual([27, '010000000000']);
  });
});
