import { byRule } from '../../../workflows/rules/events.ts';
import { addMs, type IsoInstant } from '../../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../../workflows/rules/ladder.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import { openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';

/** The keys that leave an issue's outbox while nobody does anything: rows as the workflow writes and cancels them. */
export function silentOutbox(terms: IssueTerms, until: IsoInstant): string[] {
  const waiting = new Map<string, PlannedLine>();
  const written = new Set<string>();
  const sent: string[] = [];
  let progress = openIssue(terms, terms.launchedAt);
  for (let now: IsoInstant | undefined = terms.launchedAt; now !== undefined && now <= until;) {
    const lookedAt: IsoInstant = now;
    const plan = planned(terms, progress, lookedAt);
    for (const fact of plan.facts) {
      progress = record(progress, byRule(fact, progress.sequence + 1, lookedAt));
    }
    const keys = new Set(plan.lines.map(({ key }) => key));
    for (const key of waiting.keys()) if (!keys.has(key)) waiting.delete(key);
    for (const line of plan.lines) {
      if (written.has(line.key) || line.latestAt <= lookedAt) continue;
      written.add(line.key);
      waiting.set(line.key, line);
    }
    // What falls due at the very moment of the next look is judged by that look.
    const next: IsoInstant | undefined = plan.lookAgainAt;
    const before = next === undefined || next > until ? addMs(until, 1) : next;
    for (const [key, { earliestAt }] of waiting) {
      if (earliestAt >= before) continue;
      sent.push(key);
      waiting.delete(key);
    }
    now = next;
  }
  return sent.sort();
}
