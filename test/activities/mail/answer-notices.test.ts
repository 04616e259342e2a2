import { beforeEach, expect, it } from 'vitest';
import { planNotices } from '../../../prisma/plan-notices.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const came = 'f'.repeat(64);

beforeEach(async () => {
  await room.ledger.$executeRaw`TRUNCATE "AnswerDecision", "IncomingMail" CASCADE`;
  await room.chenOwesEvidence(friday);
  await room.ledger.incomingMail.create({
    data: {
      id: came,
      messageId: 'x@qq.example',
      envelopeTo: 'reply',
      receivedAt: at('2024-03-28', '16:00'),
      raw: Buffer.from(''),
      state: 'handled',
      fromAddress: 'chen@qq.example',
      verdict: { kind: 'unverified', because: 'otherSender' },
    },
  });
  const waiting = { kind: 'answer', id: came, clockId: 'real', roundIds: ['round'] } as const;
  for (const time of ['16:00', '16:01'])
    await planNotices(room.ledger, waiting, ordinaryTerms(), at('2024-03-28', time));
});

const toWang = async () => (await room.server.mails()).filter(({ to }) => to?.[0]?.address?.startsWith('wang'));

it('an answer to be verified is told to the office in its mail of the day, once', async () => {
  await room.deliver(at('2024-03-28', '19:00'));
  for (const time of ['08:00', '09:00', '09:05']) await room.deliver(at(friday, time));
  const [mail, ...more] = await toWang();
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('【整改督办】1封来信待核实 — 岭南市城管局巡察整改');
  expect(mail?.text).toContain('来信 ffffffff，发自chen@qq.example，2024年3月28日(周四)收到');
  expect(mail?.text).toContain('在概览页“来信待核”打开来信');
  expect(mail?.html).toContain('来信待核');
});

it('an answer that was decided about in the meantime is told to nobody', async () => {
  await room.ledger.answerDecision.create({
    data: {
      incomingMailId: came,
      act: 'setAside',
      reason: '不是本人',
      decidedBy: 'wang',
      decidedAt: at(friday, '08:00'),
    },
  });
  await room.deliver(at(friday, '09:00'));
  expect(await toWang()).toEqual([]);
  const [row] = await room.ledger.outboxRow.findMany({ where: { kind: 'notice' } });
  expect([row?.state, row?.stateReason]).toEqual(['cancelled', '来信已核实']);
});

it('an answer that was decided about when one of two had read of it leaves nothing to do for the other', async () => {
  await room.person('zhang', '张科长', 'office');
  room.server.onRecipient = (address) => (address.startsWith('zhang') ? { code: 451, text: '4.3.2' } : undefined);
  await room.deliver(at(friday, '09:00'));
  const decidedAt = at(friday, '09:02');
  await room.ledger.answerDecision.create({
    data: { incomingMailId: came, act: 'setAside', reason: '不是本人', decidedBy: 'wang', decidedAt },
  });
  room.server.onRecipient = () => undefined;
  await room.retriesNow();
  expect(await room.deliver(at(friday, '09:05'))).toMatchObject({ nextAt: null });
  const [row] = await room.ledger.outboxRow.findMany({ where: { kind: 'notice' } });
  expect(row?.state).toBe('sent');
  expect(room.server.taken.map(({ to }) => to)).toEqual(['wang@unit.example']);
});
