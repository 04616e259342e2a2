import type { IssueFact } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import { hadTheirMoment } from '../../workflows/rules/outbox-changes.ts';
import { planned } from '../../workflows/rules/planner.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
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

/** A request as it is asked, with who asks. */
export interface Asked<Request extends object = object> {
  readonly rule: RequestRule<Request>;
  readonly request: Request & { readonly requestId: string; readonly by: string; readonly source: string };
}

/** What the issue's workflow would make of changed rules. */
export function comingOfIssue(round: RunningRound, issue: RunningIssue, change: ChangedRules): ComingUnder {
  const asked = requestFor(issue.terms, change);
  if (asked.rule.refusals({ ...issue, now: round.now }, asked.request).length > 0) {
    const { before } = comingNow(round, issue);
    return { state: 'already', before, after: before, proposalsSilenced: 0 };
  }
  const { before, after, fact } = comingAfter(round, issue, asked);
  const passed = fact.type === 'policyAdopted' ? fact.passed : [];
  const proposalsSilenced = passed.reduce((sum, { rungIds }) => sum + rungIds.length, 0);
  return { state: 'running', before, after, proposalsSilenced };
}

/** What would come of a request, and how the issue would stand then. */
export interface ComingAfter {
  readonly fact: IssueFact;
  /** What rules and time add to the fact at once is in it. */
  readonly progress: IssueProgress;
  readonly before: readonly ComingLine[];
  readonly after: readonly ComingLine[];
}

/** What the issue's workflow would make of a request that is not refused, by its own rules. */
export function comingAfter(round: RunningRound, issue: RunningIssue, { rule, request }: Asked): ComingAfter {
  const { now } = round;
  const { terms, progress } = issue;
  const fact = rule.fact({ terms, progress, now }, request);
  const { requestId, by, source } = request;
  const event = { ...fact, requestId, by, source, sequence: progress.sequence + 1, at: now };
  const termsThen = rule.terms?.(terms, request) ?? terms;
  const then = looked(termsThen, record(progress, event), now);
  const { before, written } = comingNow(round, issue);
  const had = hadTheirMoment({ written, had: new Set() }, then.lines, now, terms.policy.sendAt);
  const of = { round, issueId: issue.id, codeOf: () => issue.code, policy: termsThen.policy };
  const after = asComing(then.lines, now, { ...of, dueOn: then.dueOn, had });
  return { fact, progress: then.progress, before, after };
}

/** The issue's lines that have still to leave, as things stand, and the keys of all that are planned. */
function comingNow(round: RunningRound, { id, code, terms, progress }: RunningIssue) {
  const { lines, dueOn } = looked(terms, progress, round.now);
  const had = hadTheirMoment({ written: new Set(), had: new Set() }, lines, round.now, terms.policy.sendAt);
  const of = { round, issueId: id, codeOf: () => code, policy: terms.policy, dueOn, had };
  return { before: asComing(lines, round.now, of), written: new Set(lines.map(({ key }) => key)) };
}

/** What the workflow does when it looks: the facts that follow are recorded, and the lines planned. */
function looked(terms: IssueTerms, progress: IssueProgress, now: IsoInstant) {
  const { facts, lines } = planned(terms, progress, now);
  const head = { at: now, by: null, source: null, requestId: null };
  const then = facts.reduce<IssueProgress>(
    (stood, fact) => record(stood, { ...fact, ...head, sequence: stood.sequence + 1 }),
    progress,
  );
  const opened = facts.flatMap((fact) => (fact.type === 'obligationOpened' ? [fact] : []));
  const dueOn = new Map([
    ...progress.obligations.map(({ id, dueOn: day }) => [id, day] as const),
    ...opened.map(({ obligationId, dueOn: day }) => [obligationId, day] as const),
  ]);
  return { progress: then, lines, dueOn };
}

/** Nobody acts: what a preview of changed rules asks is never recorded. */
const asker = { requestId: 'preview', by: '', source: 'preview' };

/** The request by which an issue adopts changed rules. */
export function requestFor(terms: IssueTerms, change: ChangedRules): Asked {
  switch (change.kind) {
    case 'policy':
      return {
        rule: requestRules.adoptPolicy as RequestRule<object>,
        request: { ...asker, ...{ policy: change.policy } },
      };
    case 'calendar': {
      const calendar = carriedFrom(change.calendar, terms.calendar);
      return { rule: requestRules.adoptCalendar as RequestRule<object>, request: { ...asker, ...{ calendar } } };
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
