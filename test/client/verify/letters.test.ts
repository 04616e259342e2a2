import { beforeAll, expect, test } from 'vitest';
import { writeBatchLetters } from '../../../client/letters/batch-letters.ts';
import { writeDecisionLetter } from '../../../client/letters/decision-letter.ts';
import { verifyLetters } from '../../../client/verify/letters.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';

const ledger = await testLedger();
let round: ToldRound;
let issueId: string;

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [
    { title: '公务用车管理不规范', measures: ['补登台账。'] },
    { title: '学习不够深入', measures: ['集中学习。'] },
  ]);
  await round.until('2024-09-02T02:00:00.000Z');
  issueId = round.idOf('LN-01');
  const [proposal] = round.progressOf('LN-01').proposals;
  const decision = { type: 'proposalDecided', proposalId: proposal!.id, decision: 'accepted', reason: '未果' } as const;
  await round.tell('LN-01', '督办专责', decision);
  const decided = await ledger.issueEvent.findFirstOrThrow({ where: { issueId, type: 'proposalDecided' } });
  await writeDecisionLetter(ledger, issueId, decided.requestId!);

  const units = [{ unit: '办公室', issueIds: [issueId] }];
  const batch = { number: 1, title: '督办', task: '查清原因', dueOn: '2024-09-30', units };
  const issued = { roundId: round.roundId, sequence: 90, at: round.now, type: 'batchIssued', detail: batch };
  await ledger.roundEvent.create({ data: issued });
  const by = { issuedBy: round.personId('督办专责'), issuedAt: round.now };
  await writeBatchLetters(ledger, { roundId: round.roundId, ...batch, ...by });
});

async function found(): Promise<[string, string][]> {
  const { differences } = await verifyLetters(ledger);
  return differences.map(({ row, field, replayed }) => [
    `${row.split('（')[1]!.slice(0, -1)} ${field}`,
    String(replayed),
  ]);
}

test('a letter is in order when it follows from an accepted proposal or from a batch that was issued', async () => {
  expect(await verifyLetters(ledger)).toEqual({ letters: 2, differences: [] });
});

test('the letter whose proposal nobody decided is named, and the one that was given to another issue by SQL', async () => {
  const letter = await ledger.issuedLetter.findFirstOrThrow({ where: { issueId } });
  const planted = `letter/${issueId}/1`; // the launch's first event decides nothing
  await ledger.issuedLetter.create({ data: { ...letter, id: planted, number: 7 } });
  expect(await found()).toEqual([[`${planted} row`, '没有同意这项提请的记录']]);
  await ledger.issuedLetter.delete({ where: { id: planted } });

  const moved = (to: string) => ledger.$executeRaw`UPDATE "IssuedLetter" SET "issueId" = ${to} WHERE id = ${letter.id}`;
  await moved(round.idOf('LN-02'));
  expect(await found()).toEqual([[`${letter.id} row`, '没有同意这项提请的记录']]);
  await moved(issueId);
});

test('the letter of a batch that was never issued, or of a unit that it has not, is named', async () => {
  const letter = await ledger.issuedLetter.findFirstOrThrow({ where: { issueId: null } });
  for (const [index, id] of ['batch-1/2', 'batch-2/1'].entries())
    await ledger.issuedLetter.create({
      data: { ...letter, id: `letter/${round.roundId}/${id}`, number: 8 + index },
    });
  expect(await found()).toEqual(
    ['batch-1/2', 'batch-2/1'].map((id) => [`letter/${round.roundId}/${id} row`, '没有下发或更正这一督办批次的记录']),
  );
  await ledger.issuedLetter.deleteMany({ where: { number: { gte: 8 } } });
});
