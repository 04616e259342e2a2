import type { Ledger } from '../../../prisma/client.ts';
import { closureStateHash } from '../../../workflows/rules/closure.ts';
import { weeklyMonthly } from '../../../workflows/rules/presets/weekly-monthly.ts';
import { ToldRound } from './builder.ts';

/** What stands in a measure that holds somebody to account; nobody may read it on a leader's page. */
export const confidentialText = '给予驾驶员钱某警告处分。';

export const attestedText = '一季度改造公园2处，巡查12次，没有反弹。';

/**
 * A bureau on 29 March 2024 by the policy with a leader's level: LN-01 is red, LN-02 waits for the leader's review, LN-03
 * for his endorsement, LN-04 for the office's decision on an extension, LN-05 has a leader of its own and is red as well.
 */
export async function leadersBureau(ledger: Ledger): Promise<ToldRound> {
  const round = await ToldRound.launched(
    ledger,
    [
      { title: '规范公务用车管理', unit: '办公室', measures: ['2024年2月底前完成逐条核实。', confidentialText] },
      { title: '营造城市门户景观', unit: '园林绿化科', measures: ['2024年3月15日前完成方案。'] },
      { title: '持续推进老旧公园改造', unit: '园林绿化科', longTerm: true, measures: ['列入年度计划。'] },
      { title: '干部人事档案专项审核不到位', unit: '人事科', measures: ['2024年4月底前完成复审。'] },
      { title: '规范项目结算工作', unit: '市政管理科', measures: ['2024年2月20日前完成结算资料补报。'] },
    ],
    { policy: weeklyMonthly },
  );
  await ledger.measure.updateMany({
    where: { issueId: round.idOf('LN-01'), number: 2 },
    data: { kind: 'accountability' },
  });
  await round.assign('responsibleLeader', await round.person('另一副局长', '局机关'), round.idOf('LN-05'));
  await round.until('2024-01-03T02:12:00.000Z');
  for (const [code, unit] of Object.entries(units)) await round.tell(code, `${unit}经办人`, { type: 'acknowledged' });
  await round.submit('LN-03', '园林绿化科经办人', 1, '公园年度计划.docx');
  await keptUp(round, 'LN-03');
  await round.until('2024-03-25T03:20:00.000Z');
  await round.submit('LN-02', '园林绿化科经办人', 1, '门户景观方案.docx');
  await round.proposeClosure('LN-02', '园林绿化科经办人');
  const { closure, measures } = round.progressOf('LN-02');
  await round.tell('LN-02', '督办专责', {
    type: 'closureLevelApproved',
    level: 0,
    stateHash: closure?.stateHash ?? '',
    acceptedEvidence: measures.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId)),
  });
  await round.tell('LN-04', '人事科经办人', {
    type: 'extensionRequested',
    until: '2024-06-28',
    measures: [],
    reason: '档案外借',
    progress: '已复审八成',
  });
  await round.until('2024-03-28T02:00:00.000Z');
  await round.report('LN-03', '园林绿化科经办人', attestedText);
  await round.until('2024-03-29T02:26:00.000Z');
  return round;
}

const units = {
  'LN-01': '办公室',
  'LN-02': '园林绿化科',
  'LN-03': '园林绿化科',
  'LN-04': '人事科',
  'LN-05': '市政管理科',
};

/** Proposed and approved as one to be kept up (长期坚持). */
async function keptUp(round: ToldRound, code: string): Promise<void> {
  const outcome = 'longTerm';
  const stateHash = closureStateHash(round.idOf(code), round.progressOf(code), outcome);
  await round.tell(code, '园林绿化科经办人', { type: 'closureProposed', outcome, stateHash });
  const acceptedEvidence = round
    .progressOf(code)
    .measures.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId));
  await round.tell(code, '分管副局长', { type: 'closureApproved', outcome, stateHash, acceptedEvidence });
}
