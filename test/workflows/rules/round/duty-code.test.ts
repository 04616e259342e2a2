import { describe, expect, test } from 'vitest';
import { dutyCode, dutyOfCode } from '../../../../workflows/rules/round/duty-code.ts';

describe('the code of a duty', () => {
  test.each([
    ['weekly-check-1-3', 'GM-周检3'],
    ['weekly-check-2-3', 'GM-周检2-3'],
    ['supervision-batch-1-1', 'GM-督办1'],
    ['supervision-batch-1-2', 'GM-督办1-2'],
    ['rectification-plan-1-1', 'GM-方案1'],
    ['plan-approval-2', 'GM-审定2'],
    ['public-comment-12', 'GM-意见12'],
    ['look-back-draw-1', 'GM-抽取1'],
    ['rectification-plan-b2-1-1', 'GM-单位2方案1'],
    ['plan-approval-b12-3', 'GM-单位12审定3'],
    ['periodic-duty-b1-2-4', 'GM-单位1定期2-4'],
  ])('%s reads %s, and is read back', (obligationId, code) => {
    expect(dutyCode('GM', obligationId)).toBe(code);
    expect(dutyOfCode(code)).toEqual({ codePrefix: 'GM', obligationId });
  });

  test.each([
    ['gm－周检 3', 'weekly-check-1-3'],
    ['GM周检3', 'weekly-check-1-3'],
    ['ＧＭ—督办１－２', 'supervision-batch-1-2'],
    ['gm-单位 2-方案 1', 'rectification-plan-b2-1-1'],
  ])('is read as people type it: %s', (text, obligationId) => {
    expect(dutyOfCode(text)).toEqual({ codePrefix: 'GM', obligationId });
  });

  test.each(['GM-07', 'GM-周检', '周报3', 'GM-意见1-2', 'GM-单位2督办1', 'GM-单位2', ''])(
    'does not take “%s” for one',
    (text) => {
      expect(dutyOfCode(text)).toBeUndefined();
    },
  );

  test('an id of an issue has none', () => {
    expect(() => dutyCode('GM', 'evidence-1-1')).toThrow(RangeError);
  });
});
