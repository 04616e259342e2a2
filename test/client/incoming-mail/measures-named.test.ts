import { expect, test } from 'vitest';
import { measuresNamed } from '../../../client/incoming-mail/measures-named.ts';

test.each<[string, number[]]>([
  ['措施2-制度.pdf', [2]],
  ['措施1、3', [1, 3]],
  ['措施一', [1]],
  ['措施十二和措施3', [3, 12]],
  ['措施1至3', [1, 2, 3]],
  ['措施 ２', [2]],
  ['措施1-1会议纪要', [1]],
  ['第二条措施', [2]],
  ['措施12', [12]],
  ['措施二十一', [21]],
])('“%s” names %j', (text, numbers) => {
  expect(measuresNamed(text)).toEqual(numbers);
});

test.each(['措施3条', '采取措施2次', '本措施', '整改措施已落实'])('“%s” names no measure', (text) => {
  expect(measuresNamed(text)).toEqual([]);
});
