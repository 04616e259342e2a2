import { beforeAll, describe, expect, test } from 'vitest';
import { writeBatchLetters } from '../../../client/letters/batch-letters.ts';
import { decisionLetterText, writeDecisionLetter } from '../../../client/letters/decision-letter.ts';
import { decisionLetter } from '../../../client/letters/letter-text.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [
    { title: '公务用车管理不规范', measures: ['补登台账。'] },
    { title: '学习不够深入', measures: ['集中学习。'] },
  ]);
});

describe('the letter that follows from an accepted proposal', () => {
  test('is written once, with what was owed, how late it is and how often it was asked for', async () => {
    await round.until('2024-09-02T02:00:00.000Z');
    const [proposal] = round.progressOf('LN-01').proposals;
    const decision = {
      type: 'proposalDecided',
      proposalId: proposal!.id,
      decision: 'accepted',
      reason: '多次催办未果',
    } as const;
    const issueId = round.idOf('LN-01');
    const { cycle } = round.progressOf('LN-01');
    const foreseen = await decisionLetterText(ledger, issueId, { ...decision, cycle, at: round.now });
    await round.tell('LN-01', '督办专责', decision);
    const { requestId } = await ledger.issueEvent.findFirstOrThrow({ where: { issueId, type: 'proposalDecided' } });
    await writeDecisionLetter(ledger, issueId, requestId!);
    await writeDecisionLetter(ledger, issueId, requestId!);
    const letters = await ledger.issuedLetter.findMany({ where: { issueId } });
    expect(letters).toMatchObject([
      {
        number: 1,
        kind: 'talk',
        title: '关于“公务用车管理不规范”整改工作的约谈通知',
        issuedBy: round.personId('督办专责'),
      },
    ]);
    const { text } = letters[0]!;
    expect(foreseen).toMatchObject({ text, title: letters[0]!.title });
    expect(text).toMatch(/^办公室：\n　　岭南市城管局巡察整改中“公务用车管理不规范”一项，/);
    expect(text).toMatch(/应于2024年\d+月\d+日前办结，截至2024年9月2日逾期\d+个工作日仍未办结，其间已提醒\d+次。/);
    expect(text).toContain('决定对责任领导分管副局长、责任人办公室经办人进行约谈。');
    expect(text).toContain('　　理由：多次催办未果。');
    expect(text).toContain('岭南市城管和执法局党组整改工作领导小组办公室');
  });

  test('is not written when the proposal was declined', async () => {
    const [proposal] = round.progressOf('LN-02').proposals;
    const decision = {
      type: 'proposalDecided',
      proposalId: proposal!.id,
      decision: 'declined',
      reason: '已在办',
    } as const;
    await round.tell('LN-02', '督办专责', decision);
    const issueId = round.idOf('LN-02');
    const { requestId } = await ledger.issueEvent.findFirstOrThrow({ where: { issueId, type: 'proposalDecided' } });
    await writeDecisionLetter(ledger, issueId, requestId!);
    expect(await ledger.issuedLetter.count({ where: { issueId } })).toBe(0);
  });

  test.each([
    ['reminderTalk', '综合股：', '进行提醒谈话。', '整改工作的提醒谈话通知'],
    ['notice', '各责任部门：', '决定予以通报。', '整改逾期情况的通报'],
    ['accountability', '某局党组整改工作领导小组：', '建议按照管理权限', '整改不力的问责建议'],
  ] as const)('reads as a %s', (kind, to, decides, title) => {
    const letter = decisionLetter({
      kind,
      roundName: '某局巡察整改',
      bodyName: '某局党组',
      code: 'MJ-01',
      issueTitle: '学习不够深入',
      unit: '综合股',
      leaders: [],
      handlers: [],
      owed: '措施1佐证',
      dueOn: '2024-03-29',
      workdaysLate: 0,
      remindersSent: 0,
      policyVersion: 2,
      reason: '',
      decidedOn: '2024-03-30',
    });
    expect(letter.title).toContain(title);
    expect(letter.text.startsWith(to)).toBe(true);
    expect(letter.text).toContain(decides);
    expect(letter.text).toContain('截至2024年3月30日已逾期仍未办结。');
    expect(letter.text).not.toContain('理由');
  });
});

describe('a supervision batch', () => {
  test('gives each unit its own 督办单 with its issues, the task and the day, numbered on', async () => {
    const batch = {
      roundId: round.roundId,
      number: 1,
      task: '查清原因，月底前办结',
      dueOn: '2024-09-30',
      units: [
        { unit: '办公室', issueIds: [round.idOf('LN-01')] },
        { unit: '综合股', issueIds: [round.idOf('LN-02')] },
      ],
      issuedBy: round.personId('督办专责'),
      issuedAt: round.now,
    };
    await writeBatchLetters(ledger, batch);
    await writeBatchLetters(ledger, batch);
    const letters = await ledger.issuedLetter.findMany({
      where: { roundId: round.roundId, kind: 'supervisionLetter' },
      orderBy: { number: 'asc' },
    });
    expect(letters.map(({ number, title }) => [number, title])).toEqual([
      [2, '督办单（第1批）'],
      [3, '督办单（第1批）'],
    ]);
    expect(letters[1]?.text).toContain('1．学习不够深入（LN-02）');
    expect(letters[1]?.text).toContain('请于2024年9月30日前书面答复办理情况');
  });
});
