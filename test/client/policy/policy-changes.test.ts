import { expect, test } from 'vitest';
import { policyChanges } from '../../../client/policy/policy-changes.ts';
import { presetPolicy } from '../../../workflows/rules/presets/index.ts';
import { due } from '../../../workflows/rules/presets/ladders.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';

test('every setting that differs is named; the version is no setting', () => {
  const evidence = simplePolicy.ladders.evidence!;
  const changed = {
    ...simplePolicy,
    version: 2,
    sendAt: '10:00',
    closure: {
      levels: [
        { role: 'office', of: 'all' },
        { role: 'reviewer', of: 'major' },
      ],
      satisfaction: 'none',
    },
    ladders: {
      ...simplePolicy.ladders,
      evidence: [
        ...evidence
          .filter(({ id }) => id !== 'after-3')
          .map((rung) => (rung.id === 'after-1' ? { ...rung, to: ['handler', 'responsibleLeader'] as const } : rung)),
        due(4, 'urge', ['handler']),
      ],
    },
  } as const;

  expect(policyChanges(simplePolicy, changed).map(({ field, before, after }) => [field, before, after])).toEqual([
    ['“发送时间”', '09:00', '10:00'],
    ['阶梯·佐证·第5级（after-3）', evidence[4], undefined],
    ['阶梯·佐证·第4级（after-1）“接收人”', ['handler'], ['handler', 'responsibleLeader']],
    ['阶梯·佐证·第8级（after-4）', undefined, due(4, 'urge', ['handler'])],
    ['销号审核“审核层级”', [{ role: 'office', of: 'all' }], changed.closure.levels],
  ]);
});

test('a policy of an earlier form differs in nothing from one that says what holds without saying', () => {
  const { closure: _closure, dispute: _dispute, suspension: _suspension, ...early } = simplePolicy;
  expect(policyChanges(early, { ...simplePolicy, version: 2 })).toEqual([]);
});

test('duties that another preset brings are named one by one', () => {
  const weekly = presetPolicy('周检查·月调度·定期评估', { feedbackOn: '2024-01-05' });
  const fields = policyChanges(simplePolicy, weekly).map(({ field }) => field);
  expect(fields).toContain('定期事项·第2项（weekly-check）');
  expect(fields).toContain('“长期坚持复核”');
});

test('a policy differs in nothing from itself as the ledger keeps it, with its keys in another order', () => {
  const levels = [{ of: 'all', role: 'office' }] as const;
  const kept = { ...simplePolicy, closure: { satisfaction: 'none', levels } } as const;
  const said = { ...simplePolicy, closure: { levels: [{ role: 'office', of: 'all' }], satisfaction: 'none' } } as const;
  expect(policyChanges(kept, said)).toEqual([]);
});
