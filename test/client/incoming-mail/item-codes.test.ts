import { expect, test } from 'vitest';
import { codesInFileName, sectionsOf } from '../../../client/incoming-mail/item-codes.ts';

const codes = ['GM-01', 'GM-02', 'GM-03', 'GM-12'];

test('a line that begins with a code, however it is spelled, belongs to it until the next', () => {
  expect(sectionsOf('各位好\nGM-01 收到\nｇｍ－０２：已完成\n照片附后\nGM3、进展中\n【gm—12】好', codes)).toEqual([
    { codes: [], unknownCodes: [], text: '各位好' },
    { codes: ['GM-01'], unknownCodes: [], text: '收到' },
    { codes: ['GM-02'], unknownCodes: [], text: '已完成\n照片附后' },
    { codes: ['GM-03'], unknownCodes: [], text: '进展中' },
    { codes: ['GM-12'], unknownCodes: [], text: '好' },
  ]);
});

test.each<[string, string[], string]>([
  ['GM-01、GM-02，GM-12 已完成', ['GM-01', 'GM-02', 'GM-12'], '已完成'],
  ['GM-01、02 收到', ['GM-01', 'GM-02'], '收到'],
  ['GM-01、3条措施都落实了', ['GM-01'], '3条措施都落实了'],
  ['GM-01，3份材料附后', ['GM-01'], '3份材料附后'],
  ['1. GM-01 收到', ['GM-01'], '收到'],
  ['说到 GM-01 时', [], '说到 GM-01 时'],
])('“%s” is about %j', (line, about, text) => {
  expect(sectionsOf(line, codes)).toEqual([{ codes: about, unknownCodes: [], text }]);
});

test('a code like ours that is not among them is named as unknown, not taken for another', () => {
  expect(sectionsOf('GM-99 收到\nGM-011 收到', codes)).toEqual([
    { codes: [], unknownCodes: ['GM-99'], text: '收到' },
    { codes: [], unknownCodes: ['GM-011'], text: '收到' },
  ]);
});

test('codes that are bare numbers name nothing: many lines begin with one', () => {
  expect(sectionsOf('1 收到', ['1', '2'])).toEqual([{ codes: [], unknownCodes: [], text: '1 收到' }]);
});

test.each<[string, string[]]>([
  ['整改-gm-12措施2.pdf', ['GM-12']],
  ['GM01、GM02.zip', ['GM-01', 'GM-02']],
  ['XGM-01.pdf', []],
  ['材料.pdf', []],
])('the file name “%s” names %j', (fileName, named) => {
  expect(codesInFileName(fileName, codes)).toEqual(named);
});

test.each<[string, string[]]>([
  ['查询 GM-07', []],
  ['查詢ＧＭ－０１', ['GM-01']],
  ['麻烦查一下 GM-02', ['GM-02']],
  ['GM-03 目前进展如何？', ['GM-03']],
  ['GM-01、GM-12 办得怎么样了', ['GM-01', 'GM-12']],
  ['查询', []],
  ['查询全部问题的进展', []],
  ['这几项到什么程度了？', []],
])('“%s” asks how things stand', (text, about) => {
  expect(sectionsOf(text, codes)).toMatchObject([{ codes: about, query: 'asked', text: '' }]);
});

test.each([
  'GM-01 进展情况：已完成两项',
  'GM-02 已查询登记台账，未发现类似问题',
  '查询了全部台账，没有问题',
  '情况如下：',
])('“%s” tells something and asks nothing', (text) => {
  expect(sectionsOf(text, codes).every(({ query }) => query === undefined)).toBe(true);
});
