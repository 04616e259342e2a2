import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { validatePolicy } from '../../client/policy/validate-policy.ts';
import { policies } from './arbitraries/policy.ts';
import { holdInHistories } from './histories.ts';

describe('what must always hold', () => {
  test('holds in five thousand histories of one kind of chance', { timeout: 900_000 }, () => {
    holdInHistories(5_000, 1);
  });

  test('is asked of policies that the office could have written', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(validatePolicy(policy)).toHaveProperty('policy');
      }),
      { numRuns: 300 },
    );
  });
});
