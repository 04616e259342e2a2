import { describe, expect, test } from 'vitest';
import { codes, organisationLine, saying } from './mechanism-of.ts';

describe('phases', () => {
  const spans = (words: string): string[] =>
    saying(words).phases.map(({ title, from, to }) => `${title} ${from} ${to}`);

  test.each<[string, string[]]>([
    [
      '整改分为三个阶段：第一阶段（2022年3月至2022年5月），边学边改；第二阶段（2022年5月至12月），完善制度；第三阶段（2023年1月至2024年2月），组织回头看。',
      ['第一阶段 2022-03-01 2022-05-31', '第二阶段 2022-05-01 2022-12-31', '第三阶段 2023-01-01 2024-02-29'],
    ],
    [
      '分两个阶段推进，动员部署阶段(2023年7月20日—8月5日)，集中整改阶段(8月6日至12月底)。',
      ['动员部署阶段 2023-07-20 2023-08-05', '集中整改阶段 2023-08-06 2023-12-31'],
    ],
    [
      '第一阶段：动员部署（2023年7月中旬至8月上旬）；第二阶段：整改落实（2023年8月中旬至2023年11月）。',
      ['第一阶段：动员部署 2023-07-11 2023-08-10', '第二阶段：整改落实 2023-08-11 2023-11-30'],
    ],
    ['巩固提升阶段(2024年1月)全面复核。', ['巩固提升阶段 2024-01-01 2024-01-31']],
    ['目前整改取得阶段性成效，进入新发展阶段。', []],
  ])('%s', (words, expected) => {
    const mechanism = saying(words);
    expect(spans(words)).toEqual(expected);
    expect(codes(mechanism).filter((code) => code.startsWith('phase'))).toEqual([]);
    for (const { line } of mechanism.phases) expect(line).toBe(organisationLine);
  });

  test.each([
    ['a first year that is not said', '动员部署阶段(7月至8月)，整改阶段(2023年9月至12月)。'],
    ['an end before its beginning', '动员部署阶段(2023年9月至2023年8月)，整改阶段(2023年9月至12月)。'],
    ['one day without a beginning', '动员部署阶段(2023年8月底前)，整改阶段(2023年9月至12月)。'],
    ['a day the calendar has not', '动员部署阶段(2023年6月31日至8月5日)，整改阶段(2023年9月至12月)。'],
  ])('%s is named and not guessed', (_, words) => {
    const mechanism = saying(words);
    expect(mechanism.phases.map(({ from }) => from)).toEqual(['2023-09-01']);
    expect(mechanism.problems.filter(({ code }) => code === 'phase-span-unreadable')).toMatchObject([
      { line: organisationLine, message: expect.stringContaining('动员部署阶段') as string },
    ]);
  });

  test('fewer phases than the notice claims are named', () => {
    const mechanism = saying('整改分四个阶段实施：第一阶段（2023年7月至8月），第二阶段（2023年9月至12月）。');
    expect(codes(mechanism)).toEqual(['phases-differ']);
    expect(mechanism.problems[0]?.message).toContain('分4个阶段');
  });
});

describe('the concentrated rectification', () => {
  test.each<[string, number | null]>([
    ['六个月以来，党组先后5次研究巡察整改工作。', 6],
    ['集中整改期为3个月，党组书记全程督导。', 3],
    ['经过三个月的集中整改，各项任务有序推进。', 3],
    ['集中整改期限(2个月)内，召开推进会4次。', 2],
    ['集中整改期间，召开推进会4次。', null],
    ['近六个月以来，信访量下降；整改有序。', null],
    ['十三个月集中整改。', null],
  ])('%s', (words, months) => {
    const mechanism = saying(words);
    expect(mechanism.concentratedMonths).toBe(months);
    expect(codes(mechanism)).toEqual([]);
  });

  test('two different lengths leave it open and are asked about', () => {
    const mechanism = saying('集中整改期为3个月。六个月以来，党组5次研究巡察整改工作。');
    expect(mechanism.concentratedMonths).toBeNull();
    expect(codes(mechanism)).toEqual(['concentrated-months-differ']);
  });
});

describe('feedback sources', () => {
  const titles = (words: string): string[] => saying(words).sources.map(({ title }) => title);

  test.each<[string, string[]]>([
    ['党组认领全部问题。', ['巡察反馈']],
    [
      '研究《县局党组关于巡察反馈问题的整改方案》《县局党组关于意识形态工作责任制专项检查反馈意见的整改方案》。',
      ['巡察反馈', '意识形态工作责任制专项检查'],
    ],
    [
      '市委组织部同步反馈了选人用人、机构编制和党建工作专项检查意见。',
      ['巡察反馈', '选人用人专项检查', '机构编制专项检查', '党建专项检查'],
    ],
    ['局党组开展网络安全专项检查3次，消除隐患。', ['巡察反馈']],
  ])('%s', (words, expected) => expect(titles(words)).toEqual(expected));

  test('the inspection comes first, at the line that says it fed back', () => {
    expect(saying('同步反馈了选人用人专项检查意见。').sources).toEqual([
      { title: '巡察反馈', line: 2 },
      { title: '选人用人专项检查', line: organisationLine },
    ]);
  });
});

describe('supervision batches', () => {
  test.each<[string, number[]]>([
    ['召开推进会5次，督办责任部门4批次。', [4]],
    ['分三批对进展缓慢的股室下发督办单。', [3]],
    ['下发督办函12份，接待来访2批次30人。', []],
    ['第一批督办事项已办结。', []],
    ['分五批次开展业务培训。', []],
  ])('%s', (words, counts) => {
    expect(saying(words).supervisionBatches).toEqual(counts.map((count) => ({ count, line: organisationLine })));
  });
});

describe('the preset', () => {
  test.each<[string, string, string]>([
    ['实行“周碰头、月会商、季度点评”机制。', '周检查·月调度·定期评估', '周碰头、月会商、季度点评'],
    ['坚持一周一调度、一月一通报。', '周检查·月调度·定期评估', '一周一调度、一月一通报'],
    ['整改办每周检查进度，每月召开调度会。', '周检查·月调度·定期评估', '整改办每周检查进度'],
    ['对整改事项实行红黄绿三色管理，超期亮红灯。', '三色预警', '红黄绿'],
    ['启动阶段(2023年7月至8月)，整改阶段(2023年9月至12月)。', '三阶段', '启动阶段、整改阶段'],
    ['党组先后5次研究整改。', '简明', '原文没有写到'],
    ['11月通报1次，上周例会已部署。', '简明', '原文没有写到'],
  ])('%s', (words, name, because) => {
    const mechanism = saying(words);
    expect(mechanism.preset.name).toBe(name);
    expect(mechanism.preset.because).toContain(because);
    if (name !== '简明') expect(mechanism.preset.because).toContain(`第${organisationLine}行`);
    expect(codes(mechanism)).toEqual([]);
  });

  test('where several are named, one is chosen and the other is reported', () => {
    const mechanism = saying('实行周调度。启动阶段(2023年7月至8月)，整改阶段(2023年9月至12月)。');
    expect(mechanism.preset.name).toBe('周检查·月调度·定期评估');
    expect(mechanism.problems).toMatchObject([
      { code: 'several-mechanisms', line: organisationLine, message: expect.stringContaining('三阶段') as string },
    ]);
  });
});
