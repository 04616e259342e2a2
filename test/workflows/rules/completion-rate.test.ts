import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionRates, type CompletionCounts } from '../../../workflows/rules/completion-rate.ts';

const counts = (words: Partial<Omit<CompletionCounts, 'total'>>): CompletionCounts => {
  const parts = { done: 0, basicallyDone: 0, longTerm: 0, open: 0, withdrawn: 0, merged: 0, ...words };
  return { ...parts, total: Object.values(parts).reduce((sum, count) => sum + count, 0) };
};

describe('the completion rate', () => {
  it.each([
    [{ done: 28, basicallyDone: 1, longTerm: 2, open: 1 }, [31, 32, 96.9], [29, 30, 96.7]],
    [{ done: 2, open: 1 }, [2, 3, 66.7], [2, 3, 66.7]],
    [{ done: 3, longTerm: 2, withdrawn: 1, merged: 1 }, [5, 5, 100], [3, 3, 100]],
    [{ longTerm: 4 }, [4, 4, 100], [0, 0, null]],
    [{ withdrawn: 2 }, [0, 0, null], [0, 0, null]],
    [{ open: 5 }, [0, 5, 0], [0, 5, 0]],
    [{ done: 2999, open: 1 }, [2999, 3000, 99.9], [2999, 3000, 99.9]],
  ] as const)('%j', (words, counting, apart) => {
    const { countingLongTerm, longTermApart } = completionRates(counts(words));
    expect([countingLongTerm.done, countingLongTerm.of, countingLongTerm.percent]).toEqual(counting);
    expect([longTermApart.done, longTermApart.of, longTermApart.percent]).toEqual(apart);
  });

  it('says which of its meanings it has, and every figure it rests on', () => {
    const { countingLongTerm, longTermApart } = completionRates(
      counts({ done: 28, basicallyDone: 1, longTerm: 2, open: 1, withdrawn: 3, merged: 1 }),
    );
    expect(countingLongTerm.words).toBe(
      '完成率96.9%（长期坚持计入完成）：应完成32个，已完成28个、基本完成1个、长期坚持2个、整改中1个；撤销3个、并入其他问题1个不计入。',
    );
    expect(longTermApart.words).toBe(
      '完成率96.7%（长期坚持单列）：应完成30个，已完成28个、基本完成1个、整改中1个；另有长期坚持2个单列；撤销3个、并入其他问题1个不计入。',
    );
    expect(completionRates(counts({ done: 2 })).longTermApart.words).toBe(
      '完成率100.0%（长期坚持单列）：应完成2个，已完成2个。',
    );
    expect(completionRates(counts({})).countingLongTerm.words).toMatch(/^没有计入的问题，不算完成率/u);
  });

  it.each([
    ['parts that do not add up', { ...counts({ done: 2 }), total: 3 }],
    ['a count below nothing', { ...counts({ done: 2 }), done: -1, open: 3 }],
    ['a fraction', { ...counts({}), done: 0.5, open: 0.5, total: 1 }],
  ])('%s are a defect', (_, wrong) => {
    expect(() => completionRates(wrong)).toThrow(RangeError);
  });

  it('is never below nothing nor above a hundred, and a hundred only when all are done', () => {
    const count = fc.nat(5000);
    const anyCounts = fc
      .record({ done: count, basicallyDone: count, longTerm: count, open: count, withdrawn: count, merged: count })
      .map(counts);
    fc.assert(
      fc.property(anyCounts, (given) => {
        const { countingLongTerm, longTermApart } = completionRates(given);
        for (const { done, of, percent } of [countingLongTerm, longTermApart]) {
          expect(of - done).toBe(given.open);
          expect(percent === null).toBe(of === 0);
          expect(percent ?? 0).toBeGreaterThanOrEqual(0);
          expect(percent === 100).toBe(of > 0 && given.open === 0);
        }
        expect(countingLongTerm.of - longTermApart.of).toBe(given.longTerm);
      }),
    );
  });
});
