import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationFacts, Kept } from '../../../workflows/rules/evaluation-facts.ts';
import { evaluate, gradeWords } from '../../../workflows/rules/evaluation.ts';

const kept = (count: number, owed = count): Kept => ({ kept: count, owed });

/** A round in which everything was kept. */
const flawless: EvaluationFacts = {
  plan: 'onTime',
  weeklyChecks: kept(12),
  monthlyDispatches: kept(3),
  acknowledgements: kept(20),
  commitments: kept(4),
  punishments: { reminderTalk: 0, talk: 0, notice: 0, accountability: 0 },
  measures: kept(60),
  issues: { total: 20, done: 18, basicallyDone: 0, longTerm: 2, open: 0, withdrawn: 0, merged: 0 },
  concentratedPeriod: 'over',
  completionRate: 'longTermCounted',
  returnedClosures: 0,
  rebounds: 0,
  satisfaction: { satisfied: 5, basicallySatisfied: 0, unsatisfied: 0 },
};
const facts = (words: Partial<EvaluationFacts>): EvaluationFacts => ({ ...flawless, ...words });
const pointsOf = (given: EvaluationFacts) => {
  const { organisation, responsibility, completion, satisfaction } = evaluate(given);
  return [organisation.points, responsibility.points, completion.points, satisfaction.points];
};

describe('the periodic evaluation', () => {
  it('gives all points where everything was kept', () => {
    const evaluation = evaluate(flawless);
    expect(pointsOf(flawless)).toEqual([15, 15, 60, 10]);
    expect(evaluation).toMatchObject({ total: 100, grade: 'good', secondRectification: 'notNeeded', notes: [] });
    expect(
      [evaluation.organisation, evaluation.responsibility, evaluation.completion].map(({ outOf }) => outOf),
    ).toEqual([15, 15, 60]);
  });

  it.each<readonly [string, Partial<EvaluationFacts>, readonly (number | null)[]]>([
    ['a late plan is worth half', { plan: 'late' }, [12.5, 15, 60, 10]],
    ['a missing plan is worth nothing', { plan: 'missing' }, [10, 15, 60, 10]],
    [
      'a plan that nobody owes leaves its points to the checks',
      { plan: 'notOwed', weeklyChecks: kept(6, 12) },
      [11.3, 15, 60, 10],
    ],
    ['half of the weekly checks', { weeklyChecks: kept(6, 12) }, [12.5, 15, 60, 10]],
    ['a third of the promises broken', { commitments: kept(4, 6) }, [15, 11.7, 60, 10]],
    ['acknowledgements late', { acknowledgements: kept(15, 20) }, [15, 13.8, 60, 10]],
    [
      'each measure against people costs points',
      { punishments: { reminderTalk: 1, talk: 2, notice: 1, accountability: 1 } },
      [15, 2, 60, 10],
    ],
    [
      'but never more than the part has',
      { punishments: { reminderTalk: 0, talk: 9, notice: 9, accountability: 9 } },
      [15, 0, 60, 10],
    ],
    ['evidence late', { measures: kept(48, 60) }, [15, 15, 55, 10]],
    ['closures returned and rebounds', { returnedClosures: 4, rebounds: 2 }, [15, 15, 50, 10]],
    ['people half content', { satisfaction: { satisfied: 2, basicallySatisfied: 5, unsatisfied: 3 } }, [15, 15, 60, 6]],
    ['nobody asked', { satisfaction: { satisfied: 0, basicallySatisfied: 0, unsatisfied: 0 } }, [15, 15, 60, null]],
    [
      'nothing owed by the organisation',
      { plan: 'notOwed', weeklyChecks: kept(0), monthlyDispatches: kept(0) },
      [15, 15, 60, 10],
    ],
    ['nothing to acknowledge or promise', { acknowledgements: kept(0), commitments: kept(0) }, [15, 15, 60, 10]],
  ])('%s', (_, words, expected) => {
    expect(pointsOf(facts(words))).toEqual(expected);
  });

  it('counts issues kept up as the policy says', () => {
    const issues = { total: 20, done: 5, basicallyDone: 0, longTerm: 10, open: 5, withdrawn: 0, merged: 0 };
    expect(pointsOf(facts({ issues, completionRate: 'longTermCounted' }))[2]).toBe(51.3); // 15 of 20
    expect(pointsOf(facts({ issues, completionRate: 'longTermApart' }))[2]).toBe(42.5); // 5 of 10
  });

  it('scales the total to a hundred where nobody was asked whether he is satisfied, and says so', () => {
    const evaluation = evaluate(
      facts({ measures: kept(24, 60), satisfaction: { satisfied: 0, basicallySatisfied: 0, unsatisfied: 0 } }),
    );
    expect(evaluation.total).toBe(83.3); // 75 of 90
    expect(evaluation.grade).toBe('fairlyGood');
    expect(evaluation.notes).toEqual(['群众满意度没有评价，不计分；总分由其余90分折算为百分制。']);
  });

  it.each([
    [60, 'good', 'notNeeded'],
    [36, 'good', 'notNeeded'], // 90
    [35, 'fairlyGood', 'notNeeded'],
    [12, 'fairlyGood', 'notNeeded'], // 80
    [11, 'ordinary', 'needed'],
  ] as const)('%d of 60 measures in time are graded %s', (count, grade, secondRectification) => {
    expect(evaluate(facts({ measures: kept(count, 60) }))).toMatchObject({ grade, secondRectification });
  });

  it('below sixty is poor, and is rectified a second time', () => {
    const evaluation = evaluate(
      facts({
        plan: 'missing',
        measures: kept(10, 60),
        issues: { total: 20, done: 8, basicallyDone: 0, longTerm: 0, open: 12, withdrawn: 0, merged: 0 },
      }),
    );
    expect(evaluation).toMatchObject({ total: 53.2, grade: 'poor', secondRectification: 'needed' });
    expect(gradeWords[evaluation.grade!]).toBe('差');
  });

  it('orders no second rectification while the concentrated period still runs, and says so', () => {
    const evaluation = evaluate(facts({ measures: kept(0, 60), plan: 'missing', concentratedPeriod: 'running' }));
    expect(evaluation).toMatchObject({ grade: 'ordinary', secondRectification: 'notNeeded' });
    expect(evaluation.notes).toEqual(['集中整改期未满，不据此要求二次整改。']);
  });

  it('gives no grade where there is no task to judge', () => {
    const issues = { total: 1, done: 0, basicallyDone: 0, longTerm: 0, open: 0, withdrawn: 1, merged: 0 };
    const evaluation = evaluate(facts({ issues, measures: kept(0) }));
    expect(evaluation).toMatchObject({ total: null, grade: null, secondRectification: 'notNeeded' });
    expect(evaluation.notes).toEqual(['没有应完成的问题，不评总分和等次。']);
  });

  it('says for every part what it follows from', () => {
    const { organisation, responsibility, completion, satisfaction } = evaluate(
      facts({
        plan: 'late',
        weeklyChecks: kept(11, 12),
        punishments: { reminderTalk: 0, talk: 1, notice: 0, accountability: 0 },
        rebounds: 1,
      }),
    );
    expect(organisation.basis).toBe('整改方案逾期报送；周检查应开展12次、实际开展11次；月调度应开展3次、实际开展3次。');
    expect(responsibility.basis).toBe(
      '问题认领应认领20项、按时认领20项；到期承诺应兑现4项、实际兑现4项；提醒谈话0次、约谈1次、通报0次、问责建议0次，扣2分。',
    );
    expect(completion.basis).toBe(
      '完成率100.0%（长期坚持计入完成）：应完成20个，已完成18个、长期坚持2个；到期措施60项、佐证按时通过60项；销号退回0次、反弹1个，扣3分。',
    );
    expect(satisfaction.basis).toBe('群众评价5件：满意5件、基本满意0件、不满意0件。');
  });

  it.each<readonly [string, Partial<EvaluationFacts>]>([
    ['more kept than owed', { measures: kept(3, 2) }],
    ['a count below nothing', { rebounds: -1 }],
    ['a fraction', { returnedClosures: 0.5 }],
    ['issues that do not add up', { issues: { ...flawless.issues, total: 21 } }],
  ])('%s is a defect', (_, words) => {
    expect(() => evaluate(facts(words))).toThrow(RangeError);
  });
});

describe('whatever happened', () => {
  const count = fc.nat(30);
  const someKept = fc.tuple(count, count).map(([done, missed]) => kept(done, done + missed));
  const anyFacts: fc.Arbitrary<EvaluationFacts> = fc.record({
    plan: fc.constantFrom('onTime' as const, 'late' as const, 'missing' as const, 'notOwed' as const),
    weeklyChecks: someKept,
    monthlyDispatches: someKept,
    acknowledgements: someKept,
    commitments: someKept,
    punishments: fc.record({ reminderTalk: fc.nat(3), talk: fc.nat(3), notice: fc.nat(3), accountability: fc.nat(3) }),
    measures: someKept,
    issues: fc
      .record({ done: count, basicallyDone: count, longTerm: count, open: count, withdrawn: count, merged: count })
      .map((parts) => ({ ...parts, total: Object.values(parts).reduce((sum, one) => sum + one, 0) })),
    concentratedPeriod: fc.constantFrom('running', 'over'),
    completionRate: fc.constantFrom('longTermCounted' as const, 'longTermApart' as const),
    returnedClosures: fc.nat(10),
    rebounds: fc.nat(10),
    satisfaction: fc.record({ satisfied: count, basicallySatisfied: count, unsatisfied: count }),
  });

  it('no part and no total leaves its bounds', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { organisation, responsibility, completion, satisfaction, total } = evaluate(given);
        const parts = [organisation, responsibility, completion, satisfaction];
        expect(parts.map(({ outOf }) => outOf)).toEqual([15, 15, 60, 10]);
        for (const { points, outOf, basis } of parts) {
          expect(points ?? 0).toBeGreaterThanOrEqual(0);
          expect(points ?? 0).toBeLessThanOrEqual(outOf);
          expect(basis).toMatch(/。$/u);
        }
        expect(total ?? 0).toBeGreaterThanOrEqual(0);
        expect(total ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });

  const duties = ['weeklyChecks', 'monthlyDispatches', 'acknowledgements', 'commitments', 'measures'] as const;

  it('one duty more kept never costs points', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...duties), (given, duty) => {
        const { kept: done, owed } = given[duty];
        const better = { ...given, [duty]: kept(Math.min(done + 1, owed), owed) };
        expect(evaluate(better).total ?? 0).toBeGreaterThanOrEqual(evaluate(given).total ?? 0);
      }),
    );
  });

  it('an issue done instead of open, and a content person, never cost points', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { done, open } = given.issues;
        const closed = {
          ...given,
          issues: { ...given.issues, done: done + Math.min(open, 1), open: Math.max(0, open - 1) },
        };
        const content = {
          ...given,
          satisfaction: { ...given.satisfaction, satisfied: given.satisfaction.satisfied + 1 },
        };
        const total = evaluate(given).total ?? 0;
        expect(evaluate(closed).total ?? 0).toBeGreaterThanOrEqual(total);
        expect(evaluate(content).total ?? 0).toBeGreaterThanOrEqual(total);
      }),
    );
  });

  it('a measure against people, a returned closure and a rebound never bring points', () => {
    const worse = fc.constantFrom<(given: EvaluationFacts) => EvaluationFacts>(
      (given) => ({ ...given, punishments: { ...given.punishments, talk: given.punishments.talk + 1 } }),
      (given) => ({ ...given, punishments: { ...given.punishments, notice: given.punishments.notice + 1 } }),
      (given) => ({
        ...given,
        punishments: { ...given.punishments, accountability: given.punishments.accountability + 1 },
      }),
      (given) => ({ ...given, returnedClosures: given.returnedClosures + 1 }),
      (given) => ({ ...given, rebounds: given.rebounds + 1 }),
    );
    fc.assert(
      fc.property(anyFacts, worse, (given, worsened) => {
        expect(evaluate(worsened(given)).total ?? 0).toBeLessThanOrEqual(evaluate(given).total ?? 0);
      }),
    );
  });
});
