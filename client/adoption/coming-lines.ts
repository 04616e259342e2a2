import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import { hadTheirMoment } from '../../workflows/rules/outbox-changes.ts';
import { planned } from '../../workflows/rules/planner.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { record } from '../../workflows/rules/record.ts';
import type { RequestRule } from '../../workflows/rules/refusal.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { ruleWords } from '../reading/rule-words.ts';
import { carriedFrom, type ChangedRules } from './changed-rules.ts';
import { type ComingLine, comingOf } from './line-changes.ts';
import type { RunningIssue, RunningRound } from './running.ts';

/** An issue's or a round's lines that have still to leave, as things stand and under the changed rules. */
export interface ComingUnder {
  /** `already` when it goes by these rules, or later ones. */
  readonly state: 'running' | 'already';
  readonly before: readonly ComingLine[];
  readonly after: readonly ComingLine[];
  /** Rungs that would have asked the office to decide earlier, and ask for nothing any more. */
  readonly proposalsSilenced: number;
}

/** Nobody acts: what a preview asks is never recorded. */
const asker = { requestId: 'preview', by: '', source: 'preview' };

/** What the issue's workflow would make of the change, by its own rules. */
export function comingOfIssue(round: RunningRound, issue: RunningIssue, change: ChangedRules): ComingUnder {
  const { now } = round;
  const { terms, progress } = issue;
  let written: ReadonlySet<string> = new Set();
  const lines = (by: IssueTerms, from: typeof progress) => {
    const { facts, lines: all } = planned(by, from, now);
    const opened = facts.flatMap((fact) => (fact.type === 'obligationOpened' ? [fact] : []));
    const dueOn = new Map([
      ...from.obligations.map(({ id, dueOn: day }) => [id, day] as const),
      ...opened.map(({ obligationId, dueOn: day }) => [obligationId, day] as const),
    ]);
    const had = hadTheirMoment({ written, had: new Set() }, all, now, terms.policy.sendAt);
    written = new Set(all.map(({ key }) => key));
    return asComing(all, now, { round, issueId: issue.id, codeOf: () => issue.code, policy: by.policy, dueOn, had });
  };
  const before = lines(terms, progress);
  const [rule, request] = requestFor(terms, change);
  const standing = { terms, progress, now };
  if (rule.refusals(standing, request).length > 0) {
    return { state: 'already', before, after: before, proposalsSilenced: 0 };
  }
  const fact = rule.fact(standing, request);
  const event = { ...fact, ...asker, sequence: progress.sequence + 1, at: now };
  const after = lines(rule.terms?.(terms, request) ?? terms, record(progress, event));
  const passed = fact.type === 'policyAdopted' ? fact.passed : [];
  return {
    state: 'running',
    before,
    after,
    proposalsSilenced: passed.reduce((sum, { rungIds }) => sum + rungIds.length, 0),
  };
}

type Asked = { readonly requestId: string; readonly by: string };

function requestFor(terms: IssueTerms, change: ChangedRules): [RequestRule<object>, Asked] {
  switch (change.kind) {
    case 'policy':
      return [requestRules.adoptPolicy as RequestRule<object>, { ...asker, ...{ policy: change.policy } }];
    case 'calendar': {
      const calendar = carriedFrom(change.calendar, terms.calendar);
      return [requestRules.adoptCalendar as RequestRule<object>, { ...asker, ...{ calendar } }];
    }
  }
}

/** Planned lines as a preview names them, without those that have been settled already or `had` their moment. */
export function asComing(
  lines: readonly PlannedLine[],
  now: IsoInstant,
  of: {
    readonly round: RunningRound;
    readonly issueId: string | null;
    readonly codeOf: (obligationId: string) => string;
    readonly bodyOf?: (obligationId: string) => string | undefined;
    readonly policy: Policy;
    readonly dueOn: ReadonlyMap<string, IsoDate>;
    readonly had: ReadonlySet<string>;
  },
): ComingLine[] {
  return comingOf(lines, now)
    .filter(({ key }) => !of.round.settled.has(key) && !of.had.has(key))
    .map((line) => {
      const { key, obligationId, rungId, role, letter, plannedOn, earliestAt, ordinal } = line;
      const { kind, measure } = obligationIdParts(obligationId)!;
      const dueOn = of.dueOn.get(obligationId) ?? plannedOn;
      const rung = ladderOf(of.policy, kind).find(({ id }) => id === rungId);
      const bodyId = of.bodyOf?.(obligationId);
      const because = { kind, ...rung, ...(measure !== undefined && { measure }), dueOn };
      return {
        key,
        roundId: of.round.id,
        issueId: of.issueId,
        ...(bodyId !== undefined && { bodyId }),
        code: of.codeOf(obligationId),
        kind,
        ...(measure !== undefined && { measure }),
        obligationId,
        rungId,
        role,
        letter,
        dueOn,
        plannedOn,
        earliestAt,
        words: ruleWords({ kind: 'reminder', letter, plannedOn, calendarVersion: null, because, content: null }),
        ordinal,
      };
    });
}
