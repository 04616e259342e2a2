import type { Role } from '../../workflows/rules/policy.ts';
import type { KnownIssue, Subject } from './assign-rows.ts';

/**
 * The issues that nobody but their measures' handlers answers for, though not every measure has one: these answer for
 * the rest too, before anybody of the body or the round does. In a sentence each.
 */
export function coveredByMeasureHandlers(
  issues: readonly KnownIssue[],
  held: readonly (Subject & { readonly role: Role })[],
): string[] {
  return issues.flatMap(({ id, code, measures }) => {
    const handlers = held.filter(({ issueId, role }) => issueId === id && role === 'handler');
    const covered = new Set(handlers.map(({ measure }) => measure));
    if (covered.size === 0 || covered.has(null)) return [];
    const left = measures.filter(({ number }) => !covered.has(number)).map(({ number }) => String(number));
    if (left.length === 0) return [];
    return [`${code} 只有部分措施写了责任人，措施${left.join('、')}也由他们负责；另有其人的请写明`];
  });
}
