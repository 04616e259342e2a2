import { describe, expect, test } from 'vitest';
import { faults } from './faults.ts';
import { foundIn } from './search.ts';

describe('a planted fault is found', () => {
  test.each(faults)('$name: within $within histories', (fault) => {
    const found = foundIn(fault, 1);
    expect(found, `not found in ${String(fault.within)} histories`).toBeDefined();
    expect(found?.violations.map(({ law }) => law)).toContain(fault.law);
  });

  test('there are twelve, each with a name of its own', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(12);
  });
});
