import { expect, onTestFinished, test } from 'vitest';
import { cast } from '../../support/cast.ts';
import { addressOf, clockId, MailWorld } from './mail-world.ts';

async function mailWorld(): Promise<MailWorld> {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  return world;
}

const ended = (world: MailWorld, id: string, phaseSince: string) =>
  world.ledger.issue.update({ where: { id }, data: { phase: 'archived', phaseSince } });
const timeIs = (world: MailWorld, now: string) => world.ledger.drill.update({ where: { id: clockId }, data: { now } });

test.each([
  { by: 'less', on: '2024-06-29T02:00:00.000Z', kind: 'reply' },
  { by: 'more', on: '2024-07-01T02:00:00.000Z', kind: 'unverified' },
])('an answer $by than thirty days after all of its mail has ended is $kind', async ({ on, kind }) => {
  const world = await mailWorld();
  const [one, two] = [await world.issue(1), await world.issue(2)];
  const token = await world.mailAbout([one, two]);
  await ended(world, one, '2024-04-01T02:00:00.000Z');
  await ended(world, two, '2024-05-31T01:00:00.000Z');
  await timeIs(world, on);
  expect(await world.verdict(await world.answered({ token, text: 'CS-01 收到' }))).toMatchObject({ kind });
});

test('an answer is good as long as one issue of its mail goes on, however late', async () => {
  const world = await mailWorld();
  const [one, two] = [await world.issue(1), await world.issue(2)];
  const token = await world.mailAbout([one, two]);
  await ended(world, one, '2024-04-01T02:00:00.000Z');
  await timeIs(world, '2025-04-01T02:00:00.000Z');
  await world.answered({ token, text: 'CS-02 收到' });
  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId: two }]);
});

test('a mail that names two senders counts as neither’s', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);
  const id = await world.answered({ token, from: `${addressOf(cast.chen)}, x@elsewhere.example`, text: '收到' });
  expect(await world.verdict(id)).toEqual({ kind: 'unverified', because: 'ambiguousSender' });
  expect(world.issues.calls).toEqual([]);
});

test('whoever has handed an issue over answers for it no longer: his late words are kept, he is told, and nothing else', async () => {
  const world = await mailWorld();
  const [gone, kept] = [await world.issue(1), await world.issue(2)];
  const token = await world.mailAbout([gone, kept]);
  await world.ledger.assignment.updateMany({
    where: { issueId: gone },
    data: { untilAt: '2024-03-01T00:00:00.000Z' },
  });
  const id = await world.answered({ token, text: 'CS-01 三项措施均已落实，申请销号\nCS-02 收到' });
  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId: kept }]);
  expect(await world.ledger.progressNote.findMany()).toMatchObject([{ issueId: gone, personId: cast.chen }]);
  expect((await world.acknowledgement(id))!.text).toContain('这件事现在不由您负责');
});

test('whoever was written to as a stand-in answers as one', async () => {
  const world = await mailWorld();
  const issueId = await world.issue(1);
  const token = await world.mailAbout([issueId], cast.zhou);
  await world.ledger.delivery.updateMany({ data: { onBehalfOf: cast.chen } });
  await world.answered({ token, from: addressOf(cast.zhou), text: '收到' });
  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId, by: cast.zhou }]);
});

test.each([
  { vouched: 'mx.office.example; dmarc=pass header.from=practice.test', kind: 'reply' },
  { vouched: 'mx.office.example; dmarc=fail header.from=practice.test', kind: 'unverified' },
  { vouched: 'mx.elsewhere.example; dmarc=pass header.from=practice.test', kind: 'unverified' },
])('where our mail server has to vouch for it, an answer with “$vouched” is $kind', async ({ vouched, kind }) => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);
  await world.ledger.mail.updateMany({ data: { clockId: 'real' } });
  await world.ledger.round.updateMany({ data: { clockId: 'real' } });
  const headers = { 'Authentication-Results': vouched };
  const id = await world.deliver({ token, text: '收到', headers });
  await world.newInbox({ authservId: 'mx.office.example' }).handle(id);
  expect(await world.verdict(id)).toMatchObject(kind === 'reply' ? { kind } : { kind, because: 'notAuthenticated' });
  expect(world.issues.calls).toHaveLength(kind === 'reply' ? 1 : 0);
});

test('practice staff need nobody to vouch for them', async () => {
  const world = await mailWorld();
  const token = await world.mailAbout([await world.issue(1)]);
  const id = await world.deliver({ token, text: '收到' });
  await world.newInbox({ authservId: 'mx.office.example' }).handle(id);
  expect(await world.verdict(id)).toMatchObject({ kind: 'reply' });
});
