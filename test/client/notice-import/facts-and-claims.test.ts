import { describe, expect, test } from 'vitest';
import { codes, contact, inResults, intro, noticeOf, read, results, signature, title } from './notice-of.ts';

describe('round facts', () => {
  const body = inResults('1.关于甲的问题。一是做。', '2.关于乙的问题。一是做。');
  const opening = (words: string): ReturnType<typeof read> => read([title, words, ...body, contact, ...signature]);
  const closing = (...lines: string[]): ReturnType<typeof read> => read([title, intro, ...body, ...lines]);

  test.each([
    ['2023年5月8日至7月21日，市委第二巡察组巡察。9月15日，反馈了意见。', '2023-05-08', '2023-07-21', '2023-09-15'],
    ['2023年11月6日至2024年1月12日，市委第二巡察组巡察，2月26日反馈了意见。', '2023-11-06', '2024-01-12', '2024-02-26'],
    ['2023年11月6日至2024年1月12日，市委第二巡察组巡察，1月5日反馈了意见。', '2023-11-06', '2024-01-12', null],
    [
      '２０２３年５月８日—５月２１日，市委第二巡察组巡察，反馈会于2023年6月1日召开。',
      '2023-05-08',
      '2023-05-21',
      '2023-06-01',
    ],
    ['2023.5.8-2023.7.21，市委第二巡察组巡察，2023.9.15反馈了意见。', '2023-05-08', '2023-07-21', '2023-09-15'],
    ['2023年5月至7月，市委第二巡察组巡察，9月上旬反馈了意见。', null, null, null],
    ['2023年5月8日至2月30日，市委第二巡察组巡察，2023年9月31日反馈了意见。', null, null, null],
  ])('%s', (words, inspectedFrom, inspectedTo, feedbackOn) => {
    const reading = opening(words);
    expect(reading.round).toMatchObject({ inspectedFrom, inspectedTo, feedbackOn, team: '市委第二巡察组' });
    expect(codes(reading).includes('missing-inspection')).toBe(inspectedFrom === null);
    expect(codes(reading).includes('missing-feedback')).toBe(feedbackOn === null);
  });

  test('the name of the body may be spread over lines and stand below page furniture', () => {
    const reading = read([
      '首页>政务公开>正文',
      '来源：本站 浏览：32次',
      '中共岭南市水务局',
      '党组关于巡察整改进展',
      '情况的通报',
      '发布时间：2024-02-01',
      intro,
      ...body,
      contact,
      ...signature,
      '附件下载',
      '上一篇：没有了',
    ]);
    expect(reading.round.bodyName).toBe('中共岭南市水务局党组');
    expect(codes(reading)).toEqual([]);
  });

  test('a contact block may stand in lines of its own', () => {
    const reading = closing(
      '公开期限：2024年1月30日—2月20日',
      '联系电话：（0799）6120011、13800000000',
      '通讯地址：岭南市清波路2号（邮编：999001）',
      '电子邮箱：zg@a.example.cn，wq@b.example.cn',
      ...signature,
    );
    expect(reading.round).toMatchObject({
      commentFrom: '2024-01-30',
      commentTo: '2024-02-20',
      phones: ['(0799)6120011', '13800000000'],
      postalAddress: '岭南市清波路2号',
      emails: ['zg@a.example.cn', 'wq@b.example.cn'],
      signedBy: '中共岭南市水务局党组',
      signedOn: '2024-01-30',
    });
    expect(codes(reading)).toEqual([]);
    expect(reading.joins).toBe(0);
  });

  test('a window that names no days leaves both null and is kept as text', () => {
    const { round, problems } = closing(
      '欢迎广大干部群众对巡察整改落实情况进行监督。公开期限：自公布之日起15个工作日。',
      ...signature,
    );
    expect(round).toMatchObject({ commentFrom: null, commentTo: null, commentText: '自公布之日起15个工作日' });
    expect(problems.map(({ code }) => code)).toContain('comment-window-unclear');
  });

  test.each(['25日', '2024927日', '2024年9月', '2024年2月30日', '9月27日'])(
    'a signing day that says “%s” is null and asked about',
    (day) => {
      const reading = closing(contact, '中共岭南市水务局党组', day);
      expect(reading.round.signedOn).toBeNull();
      expect(codes(reading)).toEqual(['malformed-signing-day']);
    },
  );

  test('a signing day in Chinese numerals is read', () => {
    expect(closing(contact, '中共岭南市水务局党组', '二〇二四年一月三十日').round.signedOn).toBe('2024-01-30');
  });

  test.each(['zg.163@com', 'zg#163.com', 'zg@163', '@163.com', 'zg@@163.com'])(
    'the e-mail address “%s” is left out and asked about',
    (email) => {
      const reading = closing(contact.replace('zg@shuiwu.example.cn', email), ...signature);
      expect(reading.round.emails).toEqual([]);
      expect(codes(reading)).toEqual(['malformed-email']);
    },
  );

  test('a phone with too few digits is left out and asked about', () => {
    const reading = closing(contact.replace('0799-6120011', '0799-61200'), ...signature);
    expect(reading.round.phones).toEqual([]);
    expect(codes(reading)).toEqual(['malformed-phone']);
  });

  test('a signature that names another body is asked about', () => {
    expect(codes(closing(contact, '中共岭南市林业局党组', '2024年1月30日'))).toEqual(['body-differs']);
  });
});

describe('the notice’s own claims', () => {
  const claiming = (words: string): ReturnType<typeof read> =>
    noticeOf([
      '一、党组履行主体责任情况',
      words,
      results,
      '（一）聚焦甲方面',
      '1.甲。一是做。二是做。',
      '（二）聚焦乙方面',
      '2.乙。一是做。',
      '三、需长期整改的问题',
      '1.丙。一是做。',
      '四、下一步工作打算',
      '巩固。',
    ]);

  test.each<[string, [string, number, number | null][], string[]]>([
    [
      '针对2个方面3个问题，制定整改措施4条。',
      [
        ['方面', 2, 2],
        ['问题', 3, 3],
        ['整改措施', 4, 4],
      ],
      [],
    ],
    [
      '针对三个方面四项问题，制定五条整改措施。',
      [
        ['方面', 3, 2],
        ['问题', 4, 3],
        ['整改措施', 5, 4],
      ],
      ['claim-differs', 'claim-differs', 'claim-differs'],
    ],
    [
      '反馈问题3个，已完成2个，需长期坚持1个，完成率66.7%。',
      [
        ['问题', 3, 3],
        ['已完成', 2, 2],
        ['长期坚持', 1, 1],
        ['完成率', 66.7, 66.7],
      ],
      [],
    ],
    [
      '反馈问题3个，已完成2个，正在推进2个，完成率70%。',
      [
        ['问题', 3, 3],
        ['已完成', 2, null],
        ['推进中', 2, null],
        ['完成率', 70, 67],
      ],
      ['claim-sum', 'claim-differs'],
    ],
    ['3个问题均已完成整改。', [['已完成', 3, 2]], ['claim-differs']],
    ['党组书记带头认领2个问题，召开会议8次，谈话12人次，发现一个问题解决一个问题。', [], []],
    ['其中选人用人问题1个，健全制度31项，开展检查发现问题27个。', [], []],
  ])('%s', (words, claims, problems) => {
    const reading = claiming(words);
    expect(reading.claims.map(({ what, claimed, found }) => [what, claimed, found])).toEqual(claims);
    expect(codes(reading)).toEqual(problems);
  });
});
