import { describe, expect, it } from 'vitest';
import { codePrefixOf, issueCode } from '../../../client/rounds/code-prefix.ts';
import { Directory } from '../../../client/rounds/directory.ts';
import { issuesNamed } from '../../../client/rounds/issue-range.ts';
import { deadlineInWords } from '../../../client/rounds/measure-deadline.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';

describe('the prefix of the codes', () => {
  it.each([
    ['gaoming-2024.txt', 'GM'],
    ['/somewhere/zhongshan-2024.html', 'ZS'],
    ['guangde.docx', 'GD'],
    ['henan-2024.txt', 'HN'],
    ['xinhua-2023.txt', 'XH'],
    ['C:\\notices\\Pingshan.txt', 'PS'],
    ['letter.txt', 'LE'],
    ['关于巡察整改进展情况的通报.docx', 'WT'],
    ['2024.txt', 'WT'],
    ['x.txt', 'WT'],
  ])('of %s is %s', (fileName, prefix) => {
    expect(codePrefixOf(fileName)).toBe(prefix);
  });

  it('is followed by a number of two digits, or as many as the round needs', () => {
    expect(issueCode('GM', 7, 18)).toBe('GM-07');
    expect(issueCode('GM', 7, 120)).toBe('GM-007');
  });
});

describe('a deadline in the words of a measure', () => {
  const context = { calendar: bundledCalendar, feedbackOn: '2023-09-22' };
  it.each([
    ['2025年底前逐步完成全部城市桥梁的结构定期检测', '2025-12-31', '2025年底前'],
    ['２０２３年１２月底前完成法治公园公厕改造', '2023-12-31', '２０２３年１２月底前'],
    ['2023 年 12 月底前完成龙舟1号公厕', '2023-12-31', '2023 年 12 月底前'],
    ['2024年3月15日前完成整改', '2024-03-15', '2024年3月15日前'],
    ['先于2023年12月底前完成一期，2024年6月底前完成二期', '2024-06-30', '2024年6月底前'],
  ])('“%s” is %s', (text, on, phrase) => {
    const worded = deadlineInWords(text, context);
    expect(worded).toEqual({ on, phrase });
  });

  it.each([
    ['截至2023年底前已完成12处', 'says up to when was counted'],
    ['2023年3月起每月检查一次', 'begins something'],
    ['2023年11月15日前往现场检查', 'goes somewhere on that day'],
    ['年底前完成', 'names no year'],
    ['2022年底前完成清理', 'lies before the feedback'],
    ['建立长效机制', 'names no day'],
  ])('“%s” is none: it %s', (text) => {
    expect(deadlineInWords(text, context)).toBeUndefined();
  });
});

describe('issues named in words', () => {
  const issues = [1, 2, 3, 4, 5].map((number) => ({
    id: `r-i0${String(number)}`,
    number,
    code: `GM-0${String(number)}`,
    title: `第${String(number)}个问题。`,
  }));
  it.each([
    ['3', [3]],
    ['1-3', [1, 2, 3]],
    ['GM-01、gm-03', [1, 3]],
    ['GM-02至GM-04', [2, 3, 4]],
    ['GM-02 - GM-04', [2, 3, 4]],
    ['GM-01-03', [1, 2, 3]],
    ['１～２，5', [1, 2, 5]],
    ['1 2；2', [1, 2]],
    ['全部', [1, 2, 3, 4, 5]],
    ['第4个问题', [4]],
  ])('“%s” are %j', (words, numbers) => {
    const read = issuesNamed(words, issues);
    expect(read.problems).toEqual([]);
    expect(read.issues.map(({ number }) => number)).toEqual(numbers);
  });

  it.each(['6', '4-9', '3-1', 'ZS-01', '桥梁', ''])('“%s” names something that is not there, and is said', (words) => {
    expect(issuesNamed(words, issues).problems).toHaveLength(1);
  });

  it('goes on after what it cannot resolve, so that everything is said at once', () => {
    const read = issuesNamed('1、X、9、2', issues);
    expect(read.problems).toHaveLength(2);
    expect(read.issues.map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe('the directory', () => {
  const person = (id: string, name: string, unit: string, email: string | null = `${id}@example.test`) => ({
    id,
    name,
    unit,
    email,
    position: '',
  });
  const directory = new Directory([
    person('p1', '李 明', '办公室'),
    person('p2', '王五', '综合股'),
    person('p3', '王五', '法规股'),
    person('p4', '赵六', '', null),
  ]);
  it.each([
    ['李明', ['p1']],
    ['李　明', ['p1']],
    ['王五（法规股）', ['p3']],
    ['综合股(王五)', ['p2']],
    ['p2@example.test', ['p2']],
    ['李明、赵六；', ['p1', 'p4']],
    ['李明 赵六', ['p1', 'p4']],
  ])('resolves “%s”', (cell, ids) => {
    expect(directory.named(cell)).toEqual({
      people: ids.map((id) => expect.objectContaining({ id }) as unknown),
      problems: [],
    });
  });

  it('guesses nobody: a name that two bear and a name nobody bears are both said', () => {
    const { people, problems } = directory.named('王五、孙七、李明');
    expect(people.map(({ id }) => id)).toEqual(['p1']);
    expect(problems).toEqual([
      '“王五”有 2 位：王五（综合股，p2@example.test）、王五（法规股，p3@example.test），请写成“姓名（单位）”或写邮箱',
      '“孙七”不在通讯录里',
    ]);
  });
});
