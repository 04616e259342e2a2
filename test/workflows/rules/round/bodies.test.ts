import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at } from '../../../../workflows/rules/instants.ts';
import type { PolicyDuty } from '../../../../workflows/rules/policy.ts';
import type { BodyTerms } from '../../../../workflows/rules/terms.ts';
import { PlayedRound } from '../../../support/played-round.ts';
import { dutiesOfRound, roundPolicy, roundTerms } from '../../../support/round-terms.ts';

const { weeklyCheck, plan, evaluation } = dutiesOfRound;
const progressReport: PolicyDuty = {
  ...{ id: 'report', kind: 'progressReport', title: '集中整改进展情况报告', role: 'office', until: 'lastClosure' },
  cadence: { every: 'once', after: 'concentratedPeriod', months: 0 },
};
const town = { id: 'b-town', name: '乙镇党委' };
const village = { id: 'b-village', name: '大王村党总支' };
const bodies: readonly BodyTerms[] = [town, village];
const report = (obligationId: string) => ({ type: 'dutyReported', obligationId }) as const;
const round = (...duties: readonly PolicyDuty[]) => new PlayedRound(roundTerms(duties, { bodies }));
const owed = ({ progress }: PlayedRound) => progress.obligations.map(({ id, title, scope }) => [id, title, scope]);

describe('of several bodies', () => {
  test('each owes its own plan; the weekly check is the round’s', () => {
    const both = round(plan, weeklyCheck).until(at('2024-01-31', '12:00'));
    expect(owed(both).toSorted()).toEqual([
      ['rectification-plan-b1-1-1', '报整改方案（乙镇党委）', { bodyId: town.id }],
      ['rectification-plan-b2-1-1', '报整改方案（大王村党总支）', { bodyId: village.id }],
      ['weekly-check-1-4', '第4次周检查', undefined],
    ]);
    expect(both.plan.lines.map(({ key }) => key).filter((key) => key.includes('plan-b2'))).toEqual([
      'round-1/1/rectification-plan-b2-1-1/on-day/office/2024-02-02',
      'round-1/1/rectification-plan-b2-1-1/after-1/office/2024-02-04',
      'round-1/1/rectification-plan-b2-1-1/after-1/groupHead/2024-02-04',
    ]);
  });

  test.each([
    ['the plan', plan, 'body'],
    ['the report at the end of the period', progressReport, 'body'],
    ['the evaluation', evaluation, 'body'],
    ['the weekly check', weeklyCheck, 'round'],
    ['the plan, where the policy has one for all,', { ...plan, per: 'round' }, 'round'],
    ['another duty, where the policy asks each for it,', { ...weeklyCheck, kind: 'periodicDuty', per: 'body' }, 'body'],
  ] as const)('%s is owed by each as the policy says, or usually', (_what, duty, per) => {
    const one = round(duty).until(at('2024-12-31', '12:00'));
    const opened = one.events.flatMap((event) => (event.type === 'obligationOpened' ? [event.obligationId] : []));
    expect(opened.filter((id) => id.includes('-b1-')).length).toBe(per === 'body' ? opened.length / 2 : 0);
    expect(opened.filter((id) => id.includes('-b2-')).length).toBe(per === 'body' ? opened.length / 2 : 0);
    expect(opened).not.toEqual([]);
  });

  test('one hands its plan in, which is approved or returned for it alone', () => {
    const both = round(plan).until(at('2024-02-01', '10:00')).happens(report('rectification-plan-b2-1-1'), 'chen');
    expect(owed(both)).toEqual([
      ['rectification-plan-b1-1-1', '报整改方案（乙镇党委）', { bodyId: town.id }],
      ['plan-approval-b2-1', '审定整改方案（大王村党总支）', { bodyId: village.id }],
    ]);
    const decision = { decision: 'returned', reason: '责任不清' } as const;
    expect(both.asks('decidePlan', 'li', decision)).toEqual(['BodyNeeded']);
    expect(both.asks('decidePlan', 'li', { ...decision, bodyId: town.id })).toEqual(['NoPlan']);
    expect(both.asks('decidePlan', 'chen', { ...decision, bodyId: village.id })).toEqual(['SamePerson']);
    expect(both.asks('decidePlan', 'li', { ...decision, bodyId: village.id })).toEqual([]);
    expect(owed(both)).toEqual([
      ['rectification-plan-b1-1-1', '报整改方案（乙镇党委）', { bodyId: town.id }],
      ['rectification-plan-b2-1-2', '整改方案（重报）（大王村党总支）', { bodyId: village.id }],
    ]);
    both.happens(report('rectification-plan-b2-1-2'), 'chen').happens(report('rectification-plan-b1-1-1'), 'wang');
    expect(both.asks('decidePlan', 'li', { decision: 'approved', reason: '', bodyId: village.id })).toEqual([]);
    expect(both.open).toEqual(['plan-approval-b1-1']);
    expect(both.progress.plan).toBeUndefined();
  });

  test('each is evaluated by the round, and a bad one alone owes a second plan (二次整改)', () => {
    const both = round(evaluation).until(at('2024-07-24', '09:00'));
    expect(owed(both)).toEqual([
      ['evaluation-b1-1-1', '定期评估（乙镇党委）', { judgedBodyId: town.id }],
      ['evaluation-b2-1-1', '定期评估（大王村党总支）', { judgedBodyId: village.id }],
    ]);
    const scores = { organisation: 15, responsibility: 10, completion: 30, satisfaction: null, total: 61 };
    const bad = { scores, grade: 'ordinary', secondRectification: 'needed', note: '' } as const;
    const good = { ...bad, grade: 'good', secondRectification: 'notNeeded' } as const;
    expect(both.asks('recordEvaluation', 'wang', bad)).toEqual(['BodyNeeded']);
    both.asks('recordEvaluation', 'wang', { ...bad, bodyId: village.id });
    both.asks('recordEvaluation', 'wang', { ...good, bodyId: town.id });
    expect(owed(both)).toEqual([['rectification-plan-b2-1-1', '二次整改方案（大王村党总支）', { bodyId: village.id }]]);
    expect(both.progress.plan).toBeUndefined();
    expect(both.progress.evaluations).toMatchObject([{ bodyId: village.id }, { bodyId: town.id }]);
  });

  test('none owes any longer what an adopted policy asks of the round as a whole', () => {
    const both = round(plan).until(at('2024-01-26', '12:00'));
    const policy = { ...roundPolicy([{ ...plan, per: 'round' }]), version: 2 };
    expect(both.asks('adoptRoundPolicy', 'wang', { policy })).toEqual([]);
    expect(both.open).toEqual(['rectification-plan-1-1']);
    expect(both.duties.slice(-3)).toEqual([
      '2024-01-26 obligationOpened rectification-plan-1-1',
      '2024-01-26 obligationLapsed rectification-plan-b1-1-1',
      '2024-01-26 obligationLapsed rectification-plan-b2-1-1',
    ]);
  });

  test('none owes anything of its own in a round that was launched before there were such duties', () => {
    const earlier = new PlayedRound(roundTerms([plan, evaluation])).until(at('2024-07-24', '09:00'));
    expect(earlier.open).toEqual(['rectification-plan-1-1', 'evaluation-1-1']);
  });
});

const duties = fc.subarray<PolicyDuty>([plan, progressReport, evaluation, weeklyCheck]);
const cases = fc.record({ duties, count: fc.integer({ min: 2, max: 5 }), days: fc.integer({ min: 1, max: 400 }) });
const named = (count: number): BodyTerms[] =>
  Array.from({ length: count }, (_, index) => ({ id: `b${String(index)}`, name: `第${String(index)}村` }));
const silent = (of: readonly PolicyDuty[], given: { readonly bodies?: readonly BodyTerms[] }, days: number) =>
  new PlayedRound(roundTerms(of, given)).until(
    new Date(Date.parse('2024-01-08T00:00:00Z') + days * 86_400_000).toISOString(),
  );

describe('whatever is owed and however many bodies there are', () => {
  test('no two obligations and no two lines have the same name', () => {
    fc.assert(
      fc.property(cases, ({ duties: of, count, days }) => {
        const played = silent(of, { bodies: named(count) }, days);
        const opened = played.events.flatMap((one) => (one.type === 'obligationOpened' ? [one.obligationId] : []));
        const keys = played.plan.lines.map(({ key }) => key);
        expect([new Set(opened).size, new Set(keys).size]).toEqual([opened.length, keys.length]);
      }),
    );
  });

  test('each body owes, on the same days, what the one body of another round would', () => {
    fc.assert(
      fc.property(cases, ({ duties: of, count, days }) => {
        const alone = silent(of, {}, days);
        const several = silent(of, { bodies: named(count) }, days);
        for (let number = 1; number <= count; number += 1) {
          const own = several.duties.filter((words) => !/-b\d+-/.test(words) || words.includes(`-b${String(number)}-`));
          expect(own.map((words) => words.replace(/-b\d+-/, '-'))).toEqual(alone.duties);
        }
      }),
    );
  });

  test('nothing differs where the policy asks all of the round as a whole', () => {
    fc.assert(
      fc.property(cases, ({ duties: of, count, days }) => {
        const ofRound = of.map((duty): PolicyDuty => ({ ...duty, per: 'round' }));
        const several = silent(ofRound, { bodies: named(count) }, days);
        const alone = silent(ofRound, {}, days);
        expect([several.events, several.plan]).toEqual([alone.events, alone.plan]);
      }),
    );
  });
});
