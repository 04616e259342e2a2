import { describe, expect, it } from 'vitest';
import { practiceCast } from '../../../client/practice/practice-people.ts';

describe('the cast of a drill', () => {
  it.each([1, 5, 29, 120])(
    'gives each of %i issues a handler, a leader, an office and a reviewer of its own, all different',
    (count) => {
      const { people, units, assignments } = practiceCast(count);
      expect(units).toHaveLength(count);
      const slugs = people.map(({ slug }) => slug);
      expect(new Set(slugs).size).toBe(slugs.length);
      for (let number = 1; number <= count; number += 1) {
        const held = assignments.filter(({ issueNumber }) => issueNumber === number);
        expect(held.map(({ role }) => role)).toEqual(['handler', 'responsibleLeader', 'office', 'reviewer']);
        expect(new Set(held.map(({ slug }) => slug)).size).toBe(4);
        expect(held.every(({ slug }) => slugs.includes(slug))).toBe(true);
      }
    },
  );

  it('writes to nobody outside', () => {
    expect(practiceCast(10).people.every(({ email, slug }) => email === `${slug}@practice.invalid`)).toBe(true);
  });
});
