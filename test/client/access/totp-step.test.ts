import { expect, it } from 'vitest';
import { totpStep } from '../../../client/access/totp-step.ts';

/** Of RFC 6238, appendix B (SHA-1), the last six digits of each code. */
const secret = '12345678901234567890';
it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
])('at %d seconds the code %s is of half minute %d', (seconds, code, step) => {
  expect(totpStep(secret, code, seconds * 1_000)).toBe(step);
});

it('a code counts half a minute early and late, and no longer', () => {
  const at = (seconds: number) => totpStep(secret, '081804', seconds * 1_000);
  expect([at(1_111_111_079), at(1_111_111_079 + 30), at(1_111_111_139)]).toEqual([37_037_036, 37_037_036, 37_037_036]);
  expect([at(1_111_111_049), at(1_111_111_170)]).toEqual([undefined, undefined]);
});
