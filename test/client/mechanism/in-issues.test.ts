import { describe, expect, test } from 'vitest';
import { answering, codes, firstIssueLine, noticeLines, read } from './mechanism-of.ts';

describe('sub-ledgers', () => {
  const ledger = (answer: string): ReturnType<typeof answering> => answering(`关于易涝点久拖不治的问题。${answer}`);

  test.each([
    [
      '一是建立易涝点台账，要求各所每月上报进展。二是反馈的35处易涝点中，治理完毕并申请出库复核的易涝点20处，正在治理的易涝点15处。',
      { itemName: '易涝点', entered: 35, askedToLeave: 20, inWork: 15, left: 0, reportEvery: 'month' },
    ],
    [
      '一是易涝点入库18处，按季度报送。其中提请销账12处，仍在整治6处。',
      { entered: 18, askedToLeave: 12, inWork: 6, left: 0, reportEvery: 'quarter' },
    ],
    [
      '一是每月报送进展。二是30处易涝点中，已出库10处，申请出库12处，正在整治8处。',
      { itemName: '易涝点', entered: 30, askedToLeave: 12, inWork: 8, left: 10, reportEvery: 'month' },
    ],
  ])('%s', (answer, expected) => {
    const mechanism = ledger(answer);
    expect(mechanism.subLedgers).toMatchObject([{ issue: 1, line: firstIssueLine, ...expected }]);
    expect(codes(mechanism)).toEqual([]);
    expect(mechanism.preset.name).toBe('黑点月报');
  });

  test('figures that do not add up are kept as printed and named', () => {
    const mechanism = ledger('一是每月报送。二是35处易涝点中，申请出库20处，正在治理14处。');
    expect(mechanism.subLedgers).toMatchObject([{ entered: 35, askedToLeave: 20, inWork: 14 }]);
    expect(mechanism.problems).toMatchObject([
      { code: 'sub-ledger-sum', line: firstIssueLine, message: expect.stringMatching(/35.*20.*14.*34/u) as string },
    ]);
  });

  test('a period of report that is not said is taken as a month and asked about', () => {
    const mechanism = ledger('35处易涝点中，申请出库20处，正在治理15处。');
    expect(mechanism.subLedgers).toMatchObject([{ reportEvery: 'month' }]);
    expect(codes(mechanism)).toEqual(['sub-ledger-cadence-unsaid']);
  });

  test('figures that are missing are asked for', () => {
    const mechanism = ledger('治理完毕的易涝点及时申请出库复核。');
    expect(mechanism.subLedgers).toEqual([]);
    expect(codes(mechanism)).toEqual(['sub-ledger-unread']);
  });

  test('the store-room’s 出入库 is no sub-ledger', () => {
    const mechanism = ledger('一是完善物资出入库登记，入库防汛沙袋300个，出库120个。');
    expect(mechanism.subLedgers).toEqual([]);
    expect(codes(mechanism)).toEqual([]);
  });
});

describe('recurring duties', () => {
  const duties = (answer: string): string[] =>
    answering(`关于管理松散的问题。${answer}`).duties.map(
      ({ every, title, issue }) => `${issue ?? '-'} ${every} ${title}`,
    );

  test.each<[string, string[]]>([
    [
      '一是自9月起，每月5日前向各所印发提示单；二是每季度至少开展2次研讨；三是每年专题研究1次。',
      ['1 month 每月5日前向各所印发提示单', '1 quarter 每季度至少开展2次研讨', '1 year 每年专题研究1次'],
    ],
    ['一是每半年分析研判一次，每半个月公开一次。', ['1 halfYear 每半年分析研判一次', '1 halfMonth 每半个月公开一次']],
    ['一是每月根据检查结果，更新责任清单。', ['1 month 每月根据检查结果，更新责任清单']],
    ['一是落实好每日一巡查、每周一通报的要求。', ['1 day 每日一巡查', '1 week 每周一通报']],
    ['一是建立季度会商机制，坚持季度会商。', ['1 quarter 季度会商']],
    ['一是按合同按月支付费用，每人每年2000元，在每周排名中位居前列。', []],
    ['一是在每月5日前报送进展。', ['1 month 在每月5日前报送进展']],
    ['一是学习《每月巡查制度》，结合每季度的排查完善台账，按年度计划逐年推进。', []],
    ['一是定期检查，12月通报1次，利用周例会强调要求。', []],
  ])('%s', (answer, expected) => expect(duties(answer)).toEqual(expected));

  test('what the inspectors found is no duty of the body', () => {
    const { duties: found } = answering('每周检查流于形式。整改情况：一是每月抽查一次。');
    expect(found).toEqual([{ title: '每月抽查一次', every: 'month', line: firstIssueLine, issue: 1 }]);
  });

  test('a weekly meeting of one issue suggests the cadence and says so', () => {
    const { preset } = answering('关于市容反复的问题。一是每周召开例会，通报上周落实情况并及时要结果。');
    expect(preset.name).toBe('周检查·月调度·定期评估');
    expect(preset.because).toMatch(new RegExp(`第${firstIssueLine}行.*每周召开例会.*请确认`, 'u'));
  });

  test('a weekly check of medicine cupboards suggests nothing', () => {
    expect(answering('关于药箱管理的问题。一是建立药箱每周检查机制。').preset.name).toBe('简明');
  });
});

describe('accountability', () => {
  const outcomes = (answer: string): unknown[] =>
    answering(`关于审核不严的问题。一是学习制度；二是${answer}`).accountability.map(({ outcome, body, persons }) => [
      outcome,
      body,
      persons,
    ]);

  test.each<[string, unknown[]]>([
    ['经局党委会议研究决定，对3名责任人予以批评教育。', [['dealtWith', '局党委', 3]]],
    ['县纪委监委已给予2名责任人员政务警告处分。', [['dealtWith', '县纪委监委', 2]]],
    ['驻局纪检监察组已分别对有关责任人进行诫勉。', [['dealtWith', '驻局纪检监察组', null]]],
    ['已依规依纪对相关责任人予以处理。', [['dealtWith', null, null]]],
    ['配合局党组调查核实，已对相关责任人予以处理。', [['dealtWith', null, null]]],
    ['经局党组会议研究，对经办人免予处分。', [['notPursued', '局党组', null]]],
    ['问责5人，其中约谈3人。', [['dealtWith', null, 5]]],
    ['对47起案件依法进行处理，对分管负责人开展提醒谈话。', []],
    ['今后对落实不力的责任人一律予以问责。', []],
    ['将对相关责任人予以严肃处理。', []],
    ['给予1人党内警告处分、给予2人诫勉。', [['dealtWith', null, 1]]],
    ['由派驻纪检组对相关责任人予以通报批评。', [['dealtWith', '派驻纪检组', null]]],
    ['对当事人予以处理，对12起投诉不予立案，给予困难职工3人慰问。', []],
    ['学习《中国共产党纪律处分条例》，建立责任追究制度。', []],
  ])('%s', (answer, expected) => expect(outcomes(answer)).toEqual(expected));
});

describe('disputes, other authorities and reorganisations', () => {
  const about = (answer: string): ReturnType<typeof answering> => answering(`关于程序不规范的问题。${answer}`);

  test.each([
    '一是组织学习；二是经核查，该项目采购程序符合规定，不予问责。',
    '经调查了解，反映的情况与事实不符。一是加强宣传。',
    '经核实，合同未约定预付款，局党组依据《县财政局关于资金支付的通知》研究后支付。一是组织学习。',
  ])('“%s” disputes the finding', (answer) => {
    const mechanism = about(answer);
    expect(mechanism.disputed).toEqual([{ issue: 1, line: firstIssueLine }]);
    expect(codes(mechanism)).toEqual([]);
  });

  test.each([
    '一是经调查核实后，派驻纪检组已对相关责任人予以处理。',
    '经核实，情况属实，系按照旧文件执行所致。一是立即纠正。',
    '一是经核实，经办人履职不力，已作自我批评，现符合规定。',
    '一是经排查，未发现类似问题，管理符合要求。',
    '一是完成整治，经复核，符合销号要求。',
    '一是补办手续，经核实，整改后符合规定。',
  ])('“%s” disputes nothing', (answer) => {
    const mechanism = about(answer);
    expect(mechanism.disputed).toEqual([]);
    expect(codes(mechanism)).toEqual([]);
  });

  test('an explanation that neither admits nor cites is asked about', () => {
    const mechanism = about('经核实，该项目于2021年开工。一是加强管理。');
    expect(mechanism.disputed).toEqual([]);
    expect(codes(mechanism)).toEqual(['dispute-uncertain']);
  });

  test.each<[string, string | null]>([
    ['一是方案已定稿，待县委编委会研究。', '县委编委会'],
    ['一是调整方案上报区委编办，目前待批复。', '区委编办'],
    ['一是项目等待市生态环境局审批。', '市生态环境局'],
    ['一是相关事项待上级批复后实施。', '上级'],
    ['一是培训有待加强，公务接待审批手续齐全。', null],
    ['一是方案待完善后印发。', null],
  ])('%s', (answer, authority) => {
    expect(about(answer).waiting).toEqual(authority === null ? [] : [{ issue: 1, authority, line: firstIssueLine }]);
  });

  test.each<[string, { by: string | null }[]]>([
    ['一是因机构改革，市容监管职能已划转至县综合执法局，由其统一负责。', [{ by: '县综合执法局' }]],
    ['一是根据机构调整方案，园林管护单位并入县市政中心。', [{ by: '县市政中心' }]],
    ['一是因机构改革，原监管平台已撤销。', [{ by: null }]],
    ['一是固定资产划转至县国资中心，2名干部调整到一线岗位。', []],
    ['一是将问题线索移交县公安局。', []],
  ])('%s', (answer, expected) => {
    expect(about(answer).overtaken).toEqual(expected.map((each) => ({ issue: 1, line: firstIssueLine, ...each })));
  });
});

describe('the place of what is read', () => {
  test('each fact belongs to its own issue, by place in the reading, also when several stand in one paragraph', () => {
    const { mechanism, reading } = read([
      ...noticeLines('', []).slice(0, 5),
      '1.关于甲的问题。一是每月检查。2.关于乙的问题。一是每季度检查。3.关于丙的问题。一是待县政府批复。',
      '三、需长期整改的问题',
      '1.关于丁的问题。一是每年检查。',
    ]);
    expect(reading.issues).toHaveLength(4);
    expect(mechanism.duties.map(({ issue, every, line }) => [issue, every, line])).toEqual([
      [1, 'month', 6],
      [2, 'quarter', 6],
      [4, 'year', 8],
    ]);
    expect(mechanism.waiting).toEqual([{ issue: 3, authority: '县政府', line: 6 }]);
  });

  test('a block that stands twice says nothing of the whole round', () => {
    const block = '（1）实行每周调度并通报各所落实情况，严格按照考核办法兑现奖惩，推动各项任务落到实处。';
    const { mechanism, reading } = read(noticeLines('', [`关于甲的问题。\n${block}\n${block}`]));
    expect(reading.problems.map(({ code }) => code)).toContain('duplicated-block');
    expect(mechanism.duties.map(({ issue }) => issue)).toEqual([1]);
  });

  test('a sentence across a page break keeps the line on which it begins', () => {
    const { mechanism } = read(noticeLines('', ['关于甲的问题。一是学习制度并严格\n执行到位。二是每月检查。']));
    expect(mechanism.duties).toEqual([{ title: '每月检查', every: 'month', line: firstIssueLine + 1, issue: 1 }]);
  });
});
