import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unnamedEvidence } from '../../../client/verify/unnamed-evidence.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, MailWorld, now } from '../incoming-mail/mail-world.ts';

const yesterday = '2024-03-24T02:00:00.000Z';
const file = { filename: '措施1 台账.txt', content: '台账' };

let world: MailWorld;
let issueId: string;

beforeEach(async () => {
  world = await MailWorld.create();
  issueId = await world.issue(1);
});
afterEach(() => world.close());

/** Rows that the ledger did not get from anybody who handed something in. */
async function planted(id: string, more: Partial<Prisma.EvidenceUncheckedCreateInput> = {}): Promise<void> {
  const { sha256 } = await world.evidenceStore.keep(Buffer.from('台账'), 'text/plain');
  const piece = { id, issueId, cycle: 1, measure: 1, sha256, fileName: '台账.txt', receivedAt: yesterday };
  await world.ledger.evidence.create({ data: { ...piece, ...more } });
}

/** The event by which the issue was told of these pieces, as its workflow writes it down. */
async function told(source: string, evidenceIds: readonly string[], noteId?: string): Promise<void> {
  const evidence = evidenceIds.map((evidenceId) => ({ evidenceId, measure: 1 }));
  const detail = { evidence, ...(noteId !== undefined && { noteId }) };
  const head = { issueId, sequence: 1, at: now, cycle: 1, type: 'evidenceReceived' };
  await world.ledger.issueEvent.create({ data: { ...head, by: cast.chen, source, requestId: source, detail } });
}

async function found(): Promise<unknown[]> {
  const differences = await unnamedEvidence(world.ledger);
  return differences.map(({ row, field, stored, replayed }) => [row, field, stored, replayed]);
}
const named = (id: string, why: string) => [
  `Evidence CS-01/${id}`,
  'row',
  '有',
  expect.stringContaining(why) as unknown,
];

describe('a piece of evidence that no event names', () => {
  test('is in order while its mail is still being handled, and when somebody else than the handler sent it', async () => {
    const sent = await world.deliver({ token: await world.mailAbout([issueId]), files: [file] });
    await planted(`${sent}-1`, { incomingMailId: sent, personId: cast.chen });
    const byLeader = {
      token: await world.mailAbout([issueId], cast.li, 'responsibleLeader'),
      from: addressOf(cast.li),
    };
    await world.answered({ ...byLeader, text: '材料在此', files: [file] });
    expect(await world.ledger.evidence.count({ where: { issueId } })).toBe(2);
    expect(await found()).toEqual([]);
  });

  test('is named when its mail was handled and the event of that mail tells of another piece only', async () => {
    const mail = await world.answered({ token: await world.mailAbout([issueId]), text: '已办', files: [file] });
    const kept = await world.ledger.evidence.findMany({ where: { issueId } });
    await told(
      mail,
      kept.map(({ id }) => id),
    );
    expect(await found()).toEqual([]);
    await planted(`${mail}-9`, { incomingMailId: mail });
    expect(await found()).toEqual([named(`${mail}-9`, '其他材料有记录，没有提到它')]);
  });

  test('is named when there is no such mail, or the mail was about another issue', async () => {
    const other = await world.issue(2);
    const mail = await world.answered({ token: await world.mailAbout([other]), text: '已办' });
    await planted('lost-1', { incomingMailId: 'never came' });
    await planted('lost-2', { incomingMailId: mail });
    expect(await found()).toEqual([named('lost-1', '没有它所说的来信'), named('lost-2', '没有答复这个问题')]);
  });

  test('is named when nobody entered it', async () => {
    await planted('recorded-nobody-1');
    await planted('from nowhere');
    expect(await found()).toEqual([
      named('from nowhere', '查不到是谁代录的'),
      named('recorded-nobody-1', '查不到是谁代录的'),
    ]);
  });

  describe('and that the office entered', () => {
    const entered = async (personId: string, receivedAt = yesterday) => {
      const note = { id: `note-${issueId}`, issueId, personId, recordedBy: cast.wang, channel: 'paper' };
      await world.ledger.progressNote.create({ data: { ...note, text: '材料交来', at: receivedAt } });
      await planted(`recorded-${issueId}-1`, { personId, receivedAt });
    };

    test('is in order when a leader gave it, when it came just now, and when the issue had ended', async () => {
      await entered(cast.li);
      expect(await found()).toEqual([]);
      await world.ledger.evidence.updateMany({ where: { issueId }, data: { personId: cast.chen, receivedAt: now } });
      expect(await found()).toEqual([]);
      await world.ledger.evidence.updateMany({ where: { issueId }, data: { receivedAt: yesterday } });
      await world.ledger.issue.update({ where: { id: issueId }, data: { phase: 'archived', phaseSince: yesterday } });
      expect(await found()).toEqual([]);
    });

    test('is named when the handler gave it, or when it is missing among what was handed in with it', async () => {
      await entered(cast.chen);
      const id = `recorded-${issueId}-1`;
      expect(await found()).toEqual([named(id, '责任人交来的，没有一条记录提到它')]);
      await told('commandLine', [`recorded-${issueId}-2`], `note-${issueId}`);
      expect(await found()).toEqual([named(id, '同一次交来的其他材料有记录')]);
    });
  });
});
