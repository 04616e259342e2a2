import { describe, expect, it } from 'vitest';
import type { AnswerFacts } from '../../../activities/mail/answer-facts.ts';
import { answerLetter } from '../../../activities/mail/answer-letter.ts';
import type { AnswerContent } from '../../../activities/mail/letter.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const { calendar, policy } = ordinaryTerms();
const nothing: AnswerFacts = {
  fact: undefined,
  evidence: new Map(),
  items: new Map(),
  into: undefined,
  proposal: undefined,
  undone: undefined,
  remainder: [],
};

function letter(
  about: AnswerContent['about'],
  facts: Partial<AnswerFacts> = {},
  reason = '理由一',
  evidenceDue: readonly (readonly [number, string])[] = [],
) {
  return answerLetter(
    { about, reason },
    {
      greeting: '陈办事员',
      issue: {
        id: 'issue-7',
        roundId: 'round-1',
        secrecy: 'ordinary',
        code: 'LN-07',
        title: '公务用车管理不规范',
        phase: 'rectification',
        deadline: '2024-06-28',
        bodyName: '岭南市城管局',
        roundName: '第三轮',
        concentratedEndsOn: null,
      },
      facts: { ...nothing, ...facts },
      hours: { calendar, policy },
      nextDueOn: '2024-04-02',
      evidenceDue: new Map(evidenceDue),
      publicUrl: 'https://huitoukan.example',
      office: '督办办公室',
      channel: 'mail',
    },
  );
}

const textOf = (label: string, { fields }: ReturnType<typeof letter>) =>
  fields.find((field) => field.label === label)?.text;

describe('the letter of an answer', () => {
  it('of a returned closure lists the measures that were returned, the reason and the new day', () => {
    const fact = { type: 'closureReturned', reason: '理由一', measures: [2, 3] } as const;
    const words = letter('closureReturned', { fact }, '理由一', [
      [1, '2024-04-05'],
      [2, '2024-04-12'],
      [3, '2024-04-12'],
    ]);
    expect(textOf('退回的措施', words)).toBe('2、3');
    expect(textOf('退回理由', words)).toBe('理由一');
    expect(textOf('补充时限', words)).toBe('2024年4月12日(周五)');
    expect(words.subject).toBe('【整改督办】LN-07 销号申请被退回,请补充材料 — 岭南市城管局巡察整改');
  });

  it('of what was returned tells the day of each measure that was, and of nothing else that is owed', () => {
    const due = [
      [1, '2024-04-05'],
      [2, '2024-12-27'],
      [3, '2024-04-12'],
    ] as const;
    const returned = (measures: readonly number[]) =>
      letter('closureReturned', { fact: { type: 'closureReturned', reason: '', measures } }, '', due);
    expect(textOf('补充时限', returned([2]))).toBe('2024年12月27日(周五)');
    expect(textOf('补充时限', returned([3, 2]))).toBe('措施2：2024年12月27日(周五)；措施3：2024年4月12日(周五)');
    const pieces = new Map([['e1', { fileName: '台账.pdf', measure: 2 }]]);
    const judged = { type: 'evidenceJudged', accepted: [], returned: ['e1'], reason: '' } as const;
    expect(textOf('补充时限', letter('evidenceJudged', { fact: judged, evidence: pieces }, '', due))).toBe(
      '2024年12月27日(周五)',
    );
  });

  it('of a closure as basically done names what is left and is still chased', () => {
    const words = letter('closureApproved', {
      fact: { type: 'closureApproved', outcome: 'basicallyDone', stateHash: '', acceptedEvidence: [] },
      remainder: [{ measure: 3, deadline: '2024-12-31' }],
    });
    expect(words.headline).toBe('LN-07 已同意按基本完成销号');
    expect(textOf('余下的措施', words)).toBe('措施3（应于2024年12月31日(周二)）');
  });

  it('of an extension says how long and until when', () => {
    const words = letter('extensionGranted', {
      fact: { type: 'extensionGranted', deadline: '2024-06-28', days: 30, measures: [], moved: [], reason: '' },
    });
    expect(words.paragraphs).toEqual(['“LN-07 公务用车管理不规范”的延期申请，经审定同意延期30天。']);
    expect(textOf('新的时限', words)).toBe('2024年6月28日(周五)');
  });

  it('of returned evidence names the files', () => {
    const words = letter('evidenceJudged', {
      fact: { type: 'evidenceJudged', accepted: [], returned: ['e1', 'e2'], reason: '' },
      evidence: new Map([
        ['e1', { fileName: '纪要.pdf', measure: 2 }],
        ['e2', { fileName: '照片.jpg', measure: 0 }],
      ]),
    });
    expect(textOf('退回的材料', words)).toBe('纪要.pdf（措施2）、照片.jpg');
  });

  it('of a re-check names the items that go back to work, in the order of their numbers', () => {
    const words = letter('itemsRechecked', {
      fact: { type: 'itemsRechecked', left: [], back: ['k8', 'k2'], finding: '' },
      items: new Map([
        ['k8', { number: 8, name: '点位8' }],
        ['k2', { number: 2, name: '点位2' }],
      ]),
    });
    expect(textOf('退回的条目', words)).toBe('2号（点位2）、8号（点位8）');
  });

  it('of a decided proposal says what was decided against whom the ladder had asked it', () => {
    const words = letter('proposalDecided', {
      proposal: { type: 'proposalRaised', proposalId: 'p1', measure: 'talk', obligationId: 'o', rungId: 'r' },
    });
    expect(words.headline).toBe('LN-07 已决定约谈');
    expect(words.closing[0]).toBe('约谈的时间、地点由督办办公室另行通知。');
  });

  it('of a withdrawal and of a merger says why and where it is followed now', () => {
    const upheld = letter('withdrawn', { fact: { type: 'withdrawn', reason: '', because: 'disputeUpheld' } });
    expect(upheld.paragraphs[0]).toContain('经核实成立，该问题予以撤销');
    const merged = letter('mergedInto', { into: { code: 'LN-09', title: '车辆台账不全' } });
    expect(merged.paragraphs[0]).toContain('已并入“LN-09 车辆台账不全”');
  });

  it('of a step taken back names the step', () => {
    const words = letter('undone', { undone: { type: 'closureReturned', reason: '', measures: [] } });
    expect(words.paragraphs[0]).toContain('“退回销号申请”，已由作出的人撤回');
  });

  it('to the office carries the handler’s wish and leaves the decision to it', () => {
    const words = letter('handoverWished', {}, '转交 王五，我已调岗');
    expect(textOf('来信内容', words)).toBe('转交 王五，我已调岗');
    expect(words.closing[0]).toContain('决定以前，仍由原责任人办理');
  });

  it('says so where no reason was given', () => {
    expect(textOf('审定意见', letter('extensionRefused', {}, ' '))).toBe('（未写明）');
  });
});
