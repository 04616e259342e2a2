import { describe, expect, test } from 'vitest';
import { policyJson } from '../../../client/policy/policy-json.ts';
import { policySchema } from '../../../client/policy/policy-schema.ts';
import { type PolicyProblem, validatePolicy } from '../../../client/policy/validate-policy.ts';
import { obligationNames } from '../../../workflows/rules/names.ts';
import { stems } from '../../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy, RoundObligationKind } from '../../../workflows/rules/policy.ts';
import { due } from '../../../workflows/rules/presets/ladders.ts';
import { presetNames, presetPolicy } from '../../../workflows/rules/presets/index.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';

/** The policy as JSON, with what stands at a path put in its place; undefined takes it away. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const policy = JSON.parse(JSON.stringify(policyJson(simplePolicy))) as Record<string | number, unknown>;
  let place = policy;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  place[path.at(-1) ?? ''] = value;
  return JSON.parse(JSON.stringify(policy));
}

function problemsOf(input: unknown): readonly PolicyProblem[] {
  const read = validatePolicy(input);
  return 'problems' in read ? read.problems : [];
}

const messages = (input: unknown) => problemsOf(input).map(({ message }) => message);

describe('the form that people edit', () => {
  test.each(presetNames)('%s says every section, and reads back as it was', (name) => {
    const policy = presetPolicy(name, { feedbackOn: '2024-03-01' });
    const form: unknown = JSON.parse(JSON.stringify(policyJson(policy)));
    expect(validatePolicy(form)).toMatchObject({ policy, warnings: [] });
    expect(Object.keys(policyJson(policy)).sort()).toEqual(Object.keys(policySchema.shape).sort());
  });

  test('a policy of the first form gets the sections that hold without it', () => {
    const { closure: _closure, extension: _extension, lookBack: _lookBack, ...old } = simplePolicy;
    expect(policyJson(old)).toMatchObject({
      closure: { levels: [{ role: 'office', of: 'all' }] },
      extension: { decidedBy: ['office', 'groupHead'], atMostDays: 180 },
      lookBack: { share: 1 },
      attestation: null,
    });
  });
});

describe('a problem names the setting, what stands there, and what may', () => {
  test.each<[readonly (string | number)[], unknown, string]>([
    [
      ['ladders', 'evidence', 3, 'workdays'],
      '三',
      '阶梯·佐证·第4级（after-1）“工作日数”应是-250至250的整数，现为 "三"',
    ],
    [['concentratedMonths'], 25, '“集中整改月数”应是1至24的整数，现为 25'],
    [['concentratedMonths'], undefined, '“集中整改月数”没有填写，应是1至24的整数'],
    [['lookBack', 'share'], 30, '回头看“抽取比例”应是0至1之间的数，如 0.3，现为 30'],
    [['sendAt'], '9点', '“发送时间”应是北京时间的时分，如 09:00，现为 "9点"'],
    [['sendAt'], '18:00', '“发送时间”应在发送时段 08:30 至 18:00（不含）之内，现为 18:00'],
    [['sendingHours', 'to'], '08:00', '发送时段“止”应晚于起 08:30，现为 08:00'],
    [
      ['ladders', 'evidence', 1, 'to', 0],
      '办公室',
      '阶梯·佐证·第2级（before-3）·接收人·第1项应是handler（责任人）、responsibleLeader（责任领导）、groupHead（组长）、office（督办办公室）、reviewer（巡察办(派驻纪检组)）之一，现为 "办公室"',
    ],
    [['ladders', 'evidence', 1, 'to'], [], '阶梯·佐证·第2级（before-3）“接收人”应是列表，1至5项，现为 []'],
    [
      ['ladders', 'evidence', 7, 'repeatEveryWorkdays'],
      0,
      '阶梯·佐证·第8级（after-11）“重复间隔（工作日）”应是1至250的整数，现为 0',
    ],
    [
      ['ladders', 'checkIn', 2],
      simplePolicy.ladders.checkIn?.[1],
      '阶梯·报进展·第3级（after-1）“编号”与第2项的编号 "after-1" 相同；编号不得重复',
    ],
    [
      ['ladders', 'checkIn', 2, 'workdays'],
      6,
      '阶梯·报进展·第3级（after-5）“编号”应与工作日数 6 一致，即 after-6，现为 "after-5"',
    ],
    [
      ['ladders', 'proposalDecision', 1, 'proposal'],
      'talk',
      '阶梯·决定提请事项·第2级（on-day）“提请”不能在这里设置：这类事项不提请谈话、通报或问责',
    ],
    [['closure', 'levels'], [], '销号审核“审核层级”应是列表，1至5项，现为 []'],
    [
      ['closure', 'levels'],
      [
        { role: 'office', of: 'all' },
        { role: 'office', of: 'major' },
      ],
      '销号审核·审核层级·第2项“承办角色”与第1级相同；各级应由不同的角色审核，现为 "office"',
    ],
    [
      ['closure', 'levels'],
      [{ role: 'reviewer', of: 'major' }],
      '销号审核“审核层级”至少应有一级适用于全部问题（all），现在各级都只审核重大问题（major）',
    ],
    [
      ['phases'],
      [{ id: 'first', title: '第一阶段', from: '2024-03-01', to: '2024-02-01' }],
      '阶段·第1项（first）“止”不能早于起 2024-03-01，现为 2024-02-01',
    ],
    [
      ['phases'],
      [{ id: 'first', title: '第一阶段', from: '2024-02-30', to: '2024-03-01' }],
      '阶段·第1项（first）“起”应是日期，如 2024-03-29，现为 "2024-02-30"',
    ],
    [
      ['quietDays'],
      [{ from: '2024-06-10', to: '2024-06-07' }],
      '静默日·第1项“止”不能早于起 2024-06-10，现为 2024-06-07',
    ],
    [
      ['duties'],
      [
        {
          id: 'check',
          kind: 'weeklyCheck',
          title: '周检查',
          role: 'office',
          cadence: { every: 'week', weekday: 6 },
          until: 'lastClosure',
        },
      ],
      '定期事项·第1项（check）·周期“星期”应是1至5的整数，现为 6',
    ],
    [
      ['duties'],
      [
        {
          ...{ id: 'check', kind: 'weeklyCheck', title: '周检查', role: 'office', until: 'lastClosure', per: 'body' },
          cadence: { every: 'week', weekday: 5 },
        },
      ],
      '定期事项·第1项（check）“由谁承担”应是round（全轮一项）：周检查、月调度由督办办公室对全轮进行，现为 "body"',
    ],
    [
      ['duties'],
      [
        {
          ...{ id: 'plan', kind: 'rectificationPlan', title: '报整改方案', role: 'office', until: 'lastClosure' },
          cadence: { every: 'once', after: 'feedback', months: 1 },
          per: '各村',
        },
      ],
      '定期事项·第1项（plan）“由谁承担”应是body（一轮有几个被巡察单位的，各单位分别承担）、round（全轮一项）之一，现为 "各村"',
    ],
    [
      ['extension', 'decidedBy', 0],
      'handler',
      '延期·逐次审批角色·第1项不能是责任人（handler）：不得审核、审批自己的事项',
    ],
  ])('%j as %j', (path, value, message) => {
    expect(messages(changed(path, value))).toEqual([message]);
  });

  test('a setting that is misspelt is named with those that are known', () => {
    const [problem, ...others] = problemsOf({ ...simplePolicy, dispute: { decideWithinWorkday: 5 } }).filter(
      ({ path }) => path.at(-1) === 'decideWithinWorkday',
    );
    expect(others).toEqual([]);
    expect(problem?.message).toBe('异议“decideWithinWorkday”不认识，可用的设置有 decideWithinWorkdays');
  });

  test.each([[null], [[]], ['政策'], [3]])('%j is no policy at all', (input) => {
    const [problem, ...others] = problemsOf(input);
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(/^办法应是一组设置，有 name、version/u);
  });
});

test('all problems are told at once, those between settings included', () => {
  const input = {
    ...simplePolicy,
    concentratedMonths: 0,
    sendAt: '07:00',
    duties: [duty('same'), { ...duty('same'), role: '办公室' }],
  };
  expect(problemsOf(input).map(({ path }) => path.join('.'))).toEqual([
    'concentratedMonths',
    'duties.1.role',
    'sendAt',
    'duties.1.id',
  ]);
});

test('a kind that will be owed and has no ladder is warned of, one that cannot come about is not', () => {
  const { weeklyCheck: _weekly, disputeDecision: _dispute, ...ladders } = simplePolicy.ladders;
  const policy: Policy = { ...simplePolicy, ladders: { ...ladders, statusAnswer: ladders.statusAnswer!.slice(0, 2) } };
  expect(validatePolicy(policy)).toEqual({
    policy,
    warnings: [
      '阶梯·核实异议：没有设置，到期不会提醒任何人',
      '阶梯·答复问询：没有重复的一级，也没有提请，无人答复时不会再提醒',
    ],
  });
  const withDuty = validatePolicy({ ...policy, duties: [duty('weekly')] });
  expect('warnings' in withDuty && withDuty.warnings).toContain('阶梯·周检查：没有设置，到期不会提醒任何人');
});

function duty(id: string): NonNullable<Policy['duties']>[number] {
  return {
    id,
    kind: 'weeklyCheck',
    title: '周检查',
    role: 'office',
    cadence: { every: 'week', weekday: 5 },
    until: 'concentratedPeriod',
  };
}

describe('a proposal against people (提请)', () => {
  /** All of them: a kind that is added is missed here. */
  const ofRound: Readonly<Record<RoundObligationKind, true>> = {
    rectificationPlan: true,
    planApproval: true,
    weeklyCheck: true,
    monthlyDispatch: true,
    periodicDuty: true,
    evaluation: true,
    progressReport: true,
    supervisionBatch: true,
    publicComment: true,
    lookBackDraw: true,
  };
  const kinds = (Object.keys(stems) as ObligationKind[]).map((kind) => [kind, obligationNames[kind]] as const);
  const proposing = { ...due(10, 'escalation', ['office']), proposal: 'reminderTalk' };
  const isVain = (kind: ObligationKind) => kind in ofRound || kind === 'proposalDecision';

  test.each(kinds.filter(([kind]) => isVain(kind)))(
    'on the ladder of %s (%s) would be raised by nobody, and is refused by its field’s name',
    (kind, name) => {
      expect(messages(changed(['ladders', kind], [proposing]))).toEqual([
        `阶梯·${name}·第1级（after-10）“提请”不能在这里设置：这类事项不提请谈话、通报或问责`,
      ]);
    },
  );

  test.each(kinds.filter(([kind]) => !isVain(kind)))('may stand on the ladder of %s (%s)', (kind) => {
    expect(messages(changed(['ladders', kind], [proposing]))).toEqual([]);
  });
});
