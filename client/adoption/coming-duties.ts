import { dutyCode } from '../../workflows/rules/round/duty-code.ts';
import { hadTheirMoment } from '../../workflows/rules/outbox-changes.ts';
import { roundPlanned } from '../../workflows/rules/round/planner.ts';
import { resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { carriedFrom, type ChangedRules, goesBy } from './changed-rules.ts';
import { asComing, type ComingUnder } from './coming-lines.ts';
import type { RunningRound } from './running.ts';

const nothing: ComingUnder = { state: 'already', before: [], after: [], proposalsSilenced: 0 };

/** What the round's own workflow would make of the change: its duties' lines before and after. */
export function comingOfRound(round: RunningRound, change: ChangedRules): ComingUnder {
  if (round.duties === null) return nothing;
  const { now, codePrefix } = round;
  const { terms } = round.duties;
  const progress = resumedRound(round.duties.progress as RoundProgress);
  // How many issues are unsettled decides only when the round ends, and that plans no line.
  const lines = (by: RoundTerms, from: RoundProgress, written: ReadonlySet<string>) => {
    if (by.policy === undefined || by.calendar === undefined) return { coming: [], written };
    const { facts, lines: all } = roundPlanned(by, from, now, { unsettled: round.issues.length });
    const opened = facts.flatMap((fact) => (fact.type === 'obligationOpened' ? [fact] : []));
    const dueOn = new Map([
      ...from.obligations.map(({ id, dueOn: day }) => [id, day] as const),
      ...opened.map(({ obligationId, dueOn: day }) => [obligationId, day] as const),
    ]);
    const bodies = new Map([
      ...from.obligations.map(({ id, scope }) => [id, scope?.bodyId] as const),
      ...opened.map(({ obligationId, scope }) => [obligationId, scope?.bodyId] as const),
    ]);
    const bodyOf = (obligationId: string) => bodies.get(obligationId);
    const codeOf = (obligationId: string) => dutyCode(codePrefix, obligationId);
    const had = hadTheirMoment({ written, had: new Set() }, all, now, (terms.policy ?? by.policy).sendAt);
    const coming = asComing(all, now, { round, issueId: null, codeOf, bodyOf, policy: by.policy, dueOn, had });
    return { coming, written: new Set(all.map(({ key }) => key)) };
  };
  const { coming: before, written } = lines(terms, progress, new Set());
  if (goesBy(terms, change)) return { ...nothing, before, after: before };
  const who = { sequence: progress.sequence + 1, at: now, by: null, source: null, requestId: null };
  switch (change.kind) {
    case 'policy': {
      const adopted = recordRound(progress, { ...who, type: 'policyAdopted', version: change.policy.version });
      return {
        ...nothing,
        state: 'running',
        before,
        after: lines({ ...terms, policy: change.policy }, adopted, written).coming,
      };
    }
    case 'calendar': {
      const calendar = terms.calendar === undefined ? change.calendar : carriedFrom(change.calendar, terms.calendar);
      const adopted = recordRound(progress, { ...who, type: 'calendarAdopted', version: calendar.version });
      return { ...nothing, state: 'running', before, after: lines({ ...terms, calendar }, adopted, written).coming };
    }
  }
}
