import { describe, expect, it, test } from 'vitest';
import { extendedTo, type SpokenExtension } from '../../../client/incoming-mail/extension-words.ts';
import { itemNumbersIn } from '../../../client/incoming-mail/item-numbers.ts';
import { spokenIn } from '../../../client/incoming-mail/spoken-requests.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { openIssue } from '../../../workflows/rules/progress.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const context = { today: '2024-03-25', calendar: bundledCalendar };
const read = (text: string) => spokenIn(text, context);

describe('申请延期', () => {
  test.each<[string, Partial<SpokenExtension>]>([
    [
      '申请延期 2024-06-30 理由：招标流标，需重新组织；进展：已完成方案和预算',
      { until: '2024-06-30', reason: '招标流标，需重新组织', progress: '已完成方案和预算' },
    ],
    [
      '申请延期至6月30日，理由是设备供货推迟。目前主体工程已完成70%。',
      { until: '2024-06-30', reason: '设备供货推迟', progress: '目前主体工程已完成70%' },
    ],
    [
      '因招标流标两次，设备不能按期到货，特申请措施2延期一个月，目前已完成场地平整。',
      {
        until: { count: 1, unit: 'month' },
        measures: [2],
        reason: '因招标流标两次，设备不能按期到货',
        progress: '目前已完成场地平整',
      },
    ],
    [
      '延期 2024年6月底\n原因：人员调整\n进展：制度初稿已完成',
      { until: '2024-06-30', reason: '人员调整', progress: '制度初稿已完成' },
    ],
    ['申请延期10个工作日', { until: { count: 10, unit: 'workday' }, reason: '', progress: '' }],
    ['申请延期', { until: undefined, reason: '', progress: '' }],
    [
      '因招標流標，申請延期至2024年6月30日，目前已完成設計。',
      { until: '2024-06-30', reason: '因招標流標', progress: '目前已完成設計' },
    ],
  ])('“%s” asks for it, and what is missing is empty', (text, extension) => {
    expect(read(text)).toMatchObject({ requests: [{ kind: 'extension', ...extension }], mentioned: [] });
  });

  test.each(['能否申请延期？', '如需申请延期应如何办理', '想延期到下月'])(
    '“%s” asks for none: the person is told how to ask',
    (text) => {
      expect(read(text)).toEqual({ requests: [], mentioned: ['extension'] });
    },
  );

  test.each(['因雨天工期延长，正在抢工', '供货推迟，已催办'])('“%s” speaks of none', (text) => {
    expect(read(text)).toEqual({ requests: [], mentioned: [] });
  });

  it('counts a length from the deadline that would expire: the measure’s own, else the issue’s', () => {
    const progress = openIssue(ordinaryTerms(), '2024-01-08T00:00:00.000Z');
    const month = { kind: 'extension', until: { count: 1, unit: 'month' }, reason: '', progress: '' } as const;
    expect(extendedTo({ ...month, measures: [1] }, progress, bundledCalendar)).toBe('2024-03-29');
    expect(extendedTo({ ...month, measures: [] }, progress, bundledCalendar)).toBe('2024-04-29');
  });
});

test.each([
  ['不属实，经查该笔费用有凭证。', '经查该笔费用有凭证。'],
  ['经核实，该问题不属实：用车均有审批单', '用车均有审批单'],
  ['不属实', ''],
  ['經核實，該問題不屬實：用車均有審批單', '用車均有審批單'],
])('“%s” disputes the finding because of “%s”', (text, reason) => {
  expect(read(text).requests).toEqual([{ kind: 'dispute', reason }]);
});

test.each([
  ['转交 王五', '王五'],
  ['请将该问题转交财务科办理，我已调岗', '财务科'],
  ['轉交 張麗華', '張麗華'],
  ['转交给王五同志', '王五'],
])('“%s” wishes that %s had it', (text, to) => {
  expect(read(text).requests).toEqual([{ kind: 'handover', to, words: text }]);
});

test.each(['反映内容部分不属实', '是否不属实？', '已移交司法机关', '12号暂不提请出库', '出库3项'])(
  '“%s” is a note and no request',
  (text) => {
    expect(read(text)).toEqual({ requests: [], mentioned: [] });
  },
);

test.each<[string, readonly number[] | 'all']>([
  ['提请出库 3、5、7号', [3, 5, 7]],
  ['3号、5号黑点已整治完毕，提请出库', [3, 5]],
  ['第1-4项、第9项提请出库，附3月5日照片', [1, 2, 3, 4, 9]],
  ['全部条目申请出库', 'all'],
  ['提请出库', []],
])('“%s” asks for %j to leave', (text, items) => {
  expect(read(text).requests).toEqual([{ kind: 'askToLeave', items }]);
});

test.each<[string, readonly number[] | 'all']>([
  ['开始整治 3、5、7号', [3, 5, 7]],
  ['本月安排如下\n已开始整治第1至3项。', [1, 2, 3]],
  ['开始整治：3、5', [3, 5]],
  ['开始整治全部点位', 'all'],
  ['开始整治第三项', []],
  ['开始整治5月3号', []],
])('“%s” says that work on %j has begun', (text, items) => {
  expect(read(text).requests).toEqual([{ kind: 'beginWork', items }]);
});

test.each(['已开始整治3处点位', '开始整治 3项', '我们已开始整治，3号现场最难', '尚未开始整治 3、5号', '开始整治'])(
  '“%s” begins no work: it may be a count, a report or a denial',
  (text) => {
    expect(read(text).requests).toEqual([]);
  },
);

test('work that has begun is said before what asks to leave, in one mail', () => {
  const { requests } = read('提请出库 1号\n开始整治 1、2号');
  expect(requests.map(({ kind }) => kind)).toEqual(['beginWork', 'askToLeave']);
});

test('a day is no item’s number', () => {
  expect(itemNumbersIn('2024年3月5日现场复核，第3号')).toEqual([3]);
});

test('a promise carries its day and the one measure it names; with a request for an extension there is none', () => {
  expect(read('措施2将于6月15日前完成').requests).toEqual([{ kind: 'promise', until: '2024-06-15', measure: 2 }]);
  expect(read('申请延期至6月30日，6月15日前完成').requests.map(({ kind }) => kind)).toEqual(['extension']);
});
