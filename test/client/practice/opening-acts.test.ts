import { describe, expect, it } from 'vitest';
import type { Mechanism } from '../../../client/mechanism/mechanism.ts';
import type { Doors } from '../../../client/practice/deciding.ts';
import { planOpeningActs } from '../../../client/practice/opening-acts.ts';
import { createPractice } from '../../../client/practice/practice.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { practiceLedger } from './practice-ledger.ts';

const line = 0;
const mechanism: Partial<Mechanism> = {
  subLedgers: [
    { issue: 1, itemName: '点位', entered: 3, askedToLeave: 2, inWork: 1, left: 0, reportEvery: 'month', line },
  ],
  supervisionBatches: [{ count: 2, line }],
  disputed: [{ issue: 2, line }],
  waiting: [{ issue: 3, authority: '主管机关', line }],
};

async function opened(staff = 'diligent'): Promise<Ledger> {
  const { ledger } = await practiceLedger({ staff, lines: [] });
  await ledger.round.update({
    where: { id: 'r1' },
    data: { mechanism: mechanism as unknown as Prisma.InputJsonObject, launchedAt: '2024-03-01T00:00:00.000Z' },
  });
  await ledger.issue.createMany({
    data: [2, 3, 4, 5].map((number) => ({
      id: `i${String(number)}`,
      roundId: 'r1',
      number,
      code: `GM-0${String(number)}`,
      title: '',
      text: '',
      kind: 'ordinary' as const,
      firstDeadline: fromIsoDate('2024-06-28'),
    })),
  });
  await ledger.ledgerItem.createMany({
    data: [1, 2, 3].map((number) => ({ id: `k${String(number)}`, issueId: 'i1', number, name: '' })),
  });
  await ledger.person.create({ data: { id: 'p2', scope: 'd1', name: '督办专责甲' } });
  await ledger.assignment.createMany({
    data: [
      { roundId: 'r1', role: 'office', personId: 'p2' },
      ...['i1', 'i2', 'i3'].map((issueId) => ({
        roundId: 'r1',
        issueId,
        role: 'handler' as const,
        personId: 'p1',
      })),
    ],
  });
  await planOpeningActs(ledger, 'd1');
  return ledger;
}

const planned = (ledger: Ledger) =>
  ledger.practiceAnswer.findMany({ where: { mailId: 'opening' }, orderBy: { answerAt: 'asc' } });

describe('what a notice says was done', () => {
  it('is planned from the launch on, each act by whoever does it, in office hours', async () => {
    const ledger = await opened();
    const acts = await planned(ledger);
    expect(acts.map(({ act, personId }) => [(act as { kind: string }).kind, personId])).toEqual([
      ['disputeFinding', 'p1'],
      ['suspendIssue', 'p2'],
      ['startItems', 'p1'],
      ['issueBatch', 'p2'],
      ['resumeIssue', 'p2'],
      ['issueBatch', 'p2'],
    ]);
    expect(acts[2]?.act).toMatchObject({ issueId: 'i1', itemIds: ['k1', 'k2', 'k3'] });
    expect(acts[0]?.answerAt.toISOString()).toMatch(/^2024-03-0\dT0[1-9]/u);
    expect(acts[1]?.act).toMatchObject({ issueId: 'i3', because: 'otherAuthority', authority: '主管机关' });
    expect(acts[3]?.act).toMatchObject({ roundId: 'r1', issueIds: ['i1', 'i2', 'i3'] });
    expect(acts[5]?.act).toMatchObject({ issueIds: ['i4', 'i5'] });
  });

  it('is planned once, however often it is asked for', async () => {
    const ledger = await opened();
    const before = await planned(ledger);
    await planOpeningActs(ledger, 'd1');
    expect(await planned(ledger)).toEqual(before);
  });

  it.each(['silent', 'humans'])('is left to nobody where the staff is %s', async (staff) => {
    expect(await planned(await opened(staff))).toEqual([]);
  });

  it('is done through the doors; a batch leaves out what has ended meanwhile', async () => {
    const ledger = await opened();
    await ledger.issue.update({ where: { id: 'i2' }, data: { phase: 'archived' } });
    const asked: unknown[] = [];
    const note = (...request: unknown[]) => Promise.resolve(void asked.push(request));
    const roundDuties = { issueBatch: note } as unknown as NonNullable<Doors['roundDuties']>;
    const door = { host: '127.0.0.1', port: 1 };
    const practice = createPractice({ ledger, issues: { ask: note }, roundDuties, door, mailDomain: 'mail.test' });
    const acts = await planned(ledger);
    for (const { id } of [acts[0]!, acts[2]!, acts[3]!]) await practice.perform(id);

    expect(asked).toMatchObject([
      ['disputeFinding', 'i2', { by: 'p1', requestId: acts[0]?.id }],
      ['moveItems', 'i1', { by: 'p1', source: 'practice', itemIds: ['k1', 'k2', 'k3'], to: 'inWork' }],
      ['r1', { by: 'p2', issueIds: ['i1', 'i3'] }],
    ]);
    const after = await planned(ledger);
    expect(after.filter(({ outcome }) => outcome === '已办理')).toHaveLength(3);
  });
});
