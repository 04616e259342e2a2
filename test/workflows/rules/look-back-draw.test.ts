import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawLookBacks, type LookBackCandidate } from '../../../workflows/rules/look-back-draw.ts';

const candidate = (number: number, words: Partial<LookBackCandidate> = {}): LookBackCandidate => ({
  issueId: `i-${String(number)}`,
  code: `YL-${String(number).padStart(2, '0')}`,
  unit: '办公室',
  weight: 'ordinary',
  ...words,
});
const ordinary = (count: number) => Array.from({ length: count }, (_, index) => candidate(index + 1));
const draw = (population: readonly LookBackCandidate[], share: number, failedUnits: readonly string[] = []) =>
  drawLookBacks({ seed: '2024-06-03', share, population, failedUnits });

describe('the draw of look-backs', () => {
  it('takes all major issues and all of a unit whose look-back failed, whatever the share', () => {
    const population = [
      candidate(1, { weight: 'major' }),
      candidate(2, { unit: '财务股' }),
      candidate(3, { unit: '财务股', weight: 'major' }),
      candidate(4),
    ];
    const { drawn, left } = draw(population, 0, ['财务股']);
    expect(drawn).toEqual([
      { issueId: 'i-1', because: 'major' },
      { issueId: 'i-3', because: 'major' },
      { issueId: 'i-2', because: 'failedUnit' },
    ]);
    expect(left).toEqual(['i-4']);
  });

  it.each([
    [0, 10, 0],
    [0.2, 10, 2],
    [0.21, 10, 3],
    [0.3, 10, 3],
    [0.01, 10, 1],
    [0.07, 100, 7],
    [0.2, 1, 1],
    [1, 10, 10],
    [0.5, 0, 0],
  ])('a share of %d of %d is %d', (share, count, expected) => {
    const { drawn, left } = draw(ordinary(count), share);
    expect(drawn).toHaveLength(expected);
    expect(left).toHaveLength(count - expected);
  });

  it('can be done again by hand: SHA-256 of seed and code, the smallest first', () => {
    const byHand = ordinary(30)
      .map(({ issueId, code }) => ({
        issueId,
        lot: createHash('sha256').update(`2024-06-03/${code}`).digest('hex'),
      }))
      .sort((one, other) => (one.lot < other.lot ? -1 : 1))
      .slice(0, 6)
      .map(({ issueId }) => issueId);
    expect(draw(ordinary(30), 0.2).drawn.map(({ issueId }) => issueId)).toEqual(byHand);
  });

  it('another seed draws others', () => {
    const others = drawLookBacks({ seed: '2024-06-04', share: 0.2, population: ordinary(30), failedUnits: [] });
    expect(others.drawn).not.toEqual(draw(ordinary(30), 0.2).drawn);
  });

  it('the population’s hash changes with every word that matters', () => {
    const hash = draw(ordinary(3), 0.2).populationHash;
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(draw(ordinary(3), 0.9).populationHash).toBe(hash);
    expect(draw(ordinary(4), 0.2).populationHash).not.toBe(hash);
    expect(draw(ordinary(3), 0.2, ['办公室']).populationHash).not.toBe(hash);
    const [first, ...rest] = ordinary(3);
    expect(draw([{ ...first!, weight: 'major' }, ...rest], 0.2).populationHash).not.toBe(hash);
  });

  it.each([-0.1, 1.1, NaN, Infinity])('a share of %d is a defect', (share) => {
    expect(() => draw(ordinary(3), share)).toThrow(RangeError);
  });

  it('an issue that stands in the population twice is a defect', () => {
    expect(() => draw([candidate(1), candidate(1)], 0.5)).toThrow(RangeError);
  });
});

describe('whatever is drawn from', () => {
  const population = fc.uniqueArray(
    fc.record({
      issueId: fc.nat(200).map((n) => `i-${String(n)}`),
      code: fc.nat(60).map((n) => `YL-${String(n)}`), // also codes that stand twice
      unit: fc.constantFrom('办公室', '财务股', '人事股'),
      weight: fc.constantFrom('ordinary' as const, 'major' as const),
    }),
    { selector: ({ issueId }) => issueId, maxLength: 60 },
  );
  const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
  const failedUnits = fc.subarray(['办公室', '财务股', '人事股']);
  const seed = fc.string();
  const lot = fc.record({ seed, share, population, failedUnits });

  it('an issue of which a failed unit answers for a measure alone is drawn; without such units nothing differs', () => {
    const measured = candidate(1, { measureUnits: ['财务股'] });
    expect(draw([measured, candidate(2)], 0, ['财务股']).drawn).toEqual([{ issueId: 'i-1', because: 'failedUnit' }]);
    expect(draw([measured, candidate(2)], 0, ['人事股']).drawn).toEqual([]);
    expect(draw([measured], 0).populationHash).not.toBe(draw([candidate(1)], 0).populationHash);
  });

  it('every issue is in exactly one list', () => {
    fc.assert(
      fc.property(lot, (given) => {
        const { drawn, left } = drawLookBacks(given);
        const all = [...drawn.map(({ issueId }) => issueId), ...left].sort();
        expect(all).toEqual(given.population.map(({ issueId }) => issueId).sort());
      }),
    );
  });

  it('the order of the population and of the units does not matter', () => {
    fc.assert(
      fc.property(lot, (given) => {
        const turned = {
          ...given,
          population: [...given.population].reverse(),
          failedUnits: [...given.failedUnits, ...given.failedUnits].reverse(),
        };
        expect(drawLookBacks(turned)).toEqual(drawLookBacks(given));
      }),
    );
  });

  it('a larger share only adds', () => {
    fc.assert(
      fc.property(lot, share, (given, other) => {
        const [less, more] = [Math.min(given.share, other), Math.max(given.share, other)];
        const small = drawLookBacks({ ...given, share: less }).drawn;
        expect(drawLookBacks({ ...given, share: more }).drawn.slice(0, small.length)).toEqual(small);
      }),
    );
  });
});
