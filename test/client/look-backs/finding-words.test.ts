import { describe, expect, test } from 'vitest';
import { findingOf, type Sheet } from '../../../client/look-backs/finding-words.ts';

const kept = { measure: 1, standing: 'kept', note: '' } as const;
const sheet: Sheet = { lines: [kept], words: '抽查30卷。', outcome: 'holds' };
const refused = (changed: Partial<Sheet>) => {
  try {
    findingOf({ ...sheet, ...changed }, 0);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('the finding of a look-back sheet', () => {
  test('has a line for each measure by its number alone, the whole, and how many photos there are', () => {
    const lines = [kept, { measure: 2, standing: 'partly', note: '台账停在9月。' } as const];
    expect(findingOf({ ...sheet, lines, outcome: 'partly' }, 2)).toBe(
      '措施1：仍在落实。\n措施2：部分落实。台账停在9月。\n总的情况：抽查30卷。\n照片2张，留底。',
    );
    expect(findingOf({ ...sheet, lines: [{ ...kept, measure: 0 }] }, 0)).toBe(
      '整改成果：仍在落实。\n总的情况：抽查30卷。',
    );
  });

  test('is asked for whole: every measure, the words of what is not kept up, the whole, and the outcome', () => {
    expect(
      refused({
        lines: [
          { measure: 1, standing: undefined, note: '' },
          { measure: 2, standing: 'gone', note: '' },
        ],
        words: '',
        outcome: undefined,
      }).split('\n'),
    ).toEqual([
      '措施1：请选择仍在落实、部分落实还是没有落实',
      '措施2：不是仍在落实的，请写明看到的情况',
      '请写明总的情况：看了什么、结果如何',
      '请选择没有反弹、部分巩固还是反弹',
    ]);
  });

  test('does not say that all holds where a measure does not, but may say that the problem is back where all do', () => {
    const lines = [{ measure: 1, standing: 'partly', note: '停了' } as const];
    expect(refused({ lines })).toContain('不能登记为没有反弹');
    expect(refused({ lines, outcome: 'rebound' })).toBe('');
    expect(refused({ outcome: 'rebound' })).toBe('');
  });
});
