import { beforeAll, describe, expect, test } from 'vitest';
import { writeDecisionLetter } from '../../../client/letters/decision-letter.ts';
import { writeBatchLetters } from '../../../client/letters/batch-letters.ts';
import { readIssueList, readOverview, readRoundStatus } from '../../../client/reading/index.ts';
import { measuresOfOthers, unitOf } from '../../../client/reading/units.ts';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { ToldRound } from './builder.ts';

/** Measure 2 of the first issue is 法规科's; the second issue is 法规科's as a whole. */
const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [
    { title: '公务用车管理不规范', unit: '办公室', measures: ['补登台账。', '修订办法。'] },
    { title: '制度不健全', unit: '法规科', measures: ['建立制度。'] },
  ]);
  await ledger.measure.updateMany({ where: { issueId: round.idOf('LN-01'), number: 2 }, data: { unit: '法规科' } });
  await round.tell('LN-01', '办公室经办人', { type: 'acknowledged' });
});

describe('a measure of another unit', () => {
  test('is that unit’s; a measure without a unit of its own, or with its issue’s, goes with the issue', () => {
    const measures = [
      { number: 1, unit: '' },
      { number: 2, unit: '法规科' },
      { number: 3, unit: '办公室' },
    ];
    const issue = { unit: '办公室', measures };
    expect([1, 2, 3, undefined].map((measure) => unitOf(issue, measure))).toEqual([
      ...['办公室', '法规科', '办公室', '办公室'],
    ]);
    expect([...measuresOfOthers(issue)]).toEqual([['法规科', [2]]]);
  });

  test('lights its unit as well, and the issue is counted once among all', async () => {
    const status = await readRoundStatus(ledger, round.roundId);
    const open = (units: typeof status.units) => units.map(({ unit, open: count }) => [unit, count]).sort();
    expect(open(status.units)).toEqual([
      ['办公室', 1],
      ['法规科', 2],
    ]);
    const { lights, units } = await readOverview(ledger);
    expect(open(units)).toEqual(open(status.units));
    expect(lights.red + lights.yellow + lights.green).toBe(2);
    const page = await (await pagesOver(ledger).app.request(`/rounds/${round.roundId}`)).text();
    expect(page).toContain('在办2项');
    expect(page).toContain('一个问题由几个部门负责的，各部门都列；图例按问题计，只计一次。');
  });

  test('is found under its unit in the list of issues', async () => {
    const under = async (unit: string) => (await readIssueList(ledger, { unit })).map(({ code }) => code);
    expect([await under('法规科'), await under('办公室')]).toEqual([['LN-01', 'LN-02'], ['LN-01']]);
    expect((await readIssueList(ledger, { text: '法规' })).map(({ code }) => code)).toEqual(['LN-01', 'LN-02']);
  });

  test('names its unit in the letter of a batch, with the measure alone', async () => {
    const units = [
      { unit: '办公室', issueIds: [round.idOf('LN-01')] },
      {
        unit: '法规科',
        issueIds: [round.idOf('LN-02'), round.idOf('LN-01')],
        measures: { [round.idOf('LN-01')]: [2] },
      },
    ];
    const { roundId, now: issuedAt } = round;
    await writeBatchLetters(ledger, {
      ...{ roundId, number: 1, task: '月底前办结', dueOn: '2024-09-30', units, issuedBy: null, issuedAt },
    });
    const letters = await ledger.issuedLetter.findMany({ where: { roundId }, orderBy: { number: 'asc' } });
    expect(letters[0]?.text).toContain('以下1个问题列入第1批督办：\n　　1．公务用车管理不规范（LN-01）');
    expect(letters[1]?.text).toMatch(/^法规科：\n.*以下2个问题列入第1批督办（写明措施的，只指由你部门负责的措施）：/u);
    expect(letters[1]?.text).toContain('1．公务用车管理不规范（LN-01，措施2）\n　　2．制度不健全（LN-02）');
  });

  test('that is overdue is talked about with its unit, and so says the letter', async () => {
    await round.submit('LN-01', '办公室经办人', 1, '台账.pdf');
    await round.until('2024-09-02T02:00:00.000Z');
    const issueId = round.idOf('LN-01');
    const proposal = round
      .progressOf('LN-01')
      .proposals.find(({ obligationId }) => obligationId.startsWith('evidence-2'));
    const { duties } = await readOverview(ledger);
    expect(duties.proposals.find(({ proposalId }) => proposalId === proposal!.id)?.what).toBe('是否约谈法规科');
    const decided = {
      type: 'proposalDecided',
      proposalId: proposal!.id,
      decision: 'accepted',
      reason: '多次催办',
    } as const;
    await round.tell('LN-01', '督办专责', decided);
    const { requestId } = await ledger.issueEvent.findFirstOrThrow({ where: { issueId, type: 'proposalDecided' } });
    await writeDecisionLetter(ledger, issueId, requestId!);
    expect((await ledger.issuedLetter.findFirstOrThrow({ where: { issueId } })).text).toMatch(/^法规科：/);
  });
});
