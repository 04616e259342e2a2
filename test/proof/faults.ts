import { addDays, addMs, endOfDay, type IsoInstant, startOfDay, weekdayOf } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import { itemsIn } from '../../workflows/rules/progress.ts';
import type { RequestRule } from '../../workflows/rules/refusal.ts';
import type { IssueRequestName } from '../../workflows/rules/requests/index.ts';
import type { SayingName } from './messages.ts';
import type { Violation } from './laws/law.ts';
import { realRules, type Rules } from './rules.ts';

/** A defect as somebody might make it, planted in the rules that the simulator is handed. */
export interface Fault {
  /** What the product would do with it. */
  readonly name: string;
  /** Which line of the design it breaks first. */
  readonly law: Violation['law'];
  /** Within so many histories the laws must have found it. */
  readonly within: number;
  /** What people say in the histories where it shows. */
  readonly leaning?: readonly SayingName[];
  /** Made anew for each history: a fault may remember. */
  readonly rules: () => Rules;
}

const toClosure = ['evidenceReceived', 'proposeClosure', 'decideClosure', 'decideClosure'] as const;

export const faults: readonly Fault[] = [
  {
    name: 'what is due on a Monday is told to leave now, on the Sunday before',
    law: 3,
    within: 50,
    rules: () =>
      withLines((line) =>
        weekdayOf(line.plannedOn) === 1
          ? [
              {
                ...line,
                letter: 'assignment',
                earliestAt: addMs(line.earliestAt, -86_400_000),
                latestAt: nextDay(line),
              },
            ]
          : [line],
      ),
  },
  { name: 'the lines of an obligation that is met stay in the outbox', law: 2, within: 50, rules: forgetful },
  {
    name: 'a line that repeats has the key of the first',
    law: 2,
    within: 50,
    rules: () => withLines((line, index, all) => [{ ...line, key: all.find((one) => sameRung(one, line))!.key }]),
  },
  {
    name: 'the next look is a day late',
    law: 1,
    within: 50,
    rules: () => ({
      ...realRules,
      planned: (...told) => {
        const plan = realRules.planned(...told);
        return { ...plan, lookAgainAt: plan.lookAgainAt && addMs(plan.lookAgainAt, 86_400_000) };
      },
    }),
  },
  {
    name: 'who applies for a closure may approve it',
    law: 5,
    within: 1_000,
    leaning: toClosure,
    rules: () => withoutRefusal('decideClosure', 'SamePerson'),
  },
  {
    name: 'the second level approves a state that the first has not seen',
    law: 5,
    within: 2_000,
    leaning: toClosure,
    rules: approvalsOutliveEvidence,
  },
  {
    name: 'an item that has asked to leave counts as left',
    law: 5,
    within: 2_000,
    leaning: [...toClosure, 'enterItems', 'moveItems'],
    rules: askedIsLeft,
  },
  {
    name: 'a closed issue is put away without a look-back',
    law: 6,
    within: 300,
    rules: () => ({
      ...realRules,
      record: (before, event) => {
        const after = realRules.record(before, event);
        return event.type === 'closureApproved' ? { ...after, phase: 'archived', obligations: [] } : after;
      },
    }),
  },
  {
    name: 'a rebound writes the new deadline into the old cycle',
    law: 6,
    within: 1_000,
    rules: () => ({
      ...realRules,
      record: (before, event) => {
        const after = realRules.record(before, event);
        return event.type === 'rebounded' ? { ...after, cycle: before.cycle } : after;
      },
    }),
  },
  { name: 'a promise silences beyond the due day', law: 2, within: 1_000, rules: promiseSilences },
  {
    name: 'a suspension moves no day',
    law: 3,
    within: 300,
    rules: () => withFact('resumeIssue', (fact) => ({ ...fact, moved: [] })),
  },
  {
    name: 'a request that comes again is handled again',
    law: 7,
    within: 300,
    rules: () => ({ ...realRules, isHandled: () => false }),
  },
];

function withLines(change: (line: PlannedLine, index: number, all: readonly PlannedLine[]) => PlannedLine[]): Rules {
  return {
    ...realRules,
    planned: (...told) => {
      const plan = realRules.planned(...told);
      return { ...plan, lines: plan.lines.flatMap(change) };
    },
  };
}

function sameRung(one: PlannedLine, other: PlannedLine): boolean {
  return one.obligationId === other.obligationId && one.rungId === other.rungId && one.role === other.role;
}

function forgetful(): Rules {
  const ever = new Map<string, PlannedLine>();
  return {
    ...realRules,
    planned: (...told) => {
      const plan = realRules.planned(...told);
      for (const line of plan.lines) ever.set(line.key, line);
      return { ...plan, lines: [...ever.values()] };
    },
  };
}

function withRule(name: IssueRequestName, change: (rule: RequestRule<object>) => Partial<RequestRule<object>>): Rules {
  const rule = realRules.requests[name];
  return { ...realRules, requests: { ...realRules.requests, [name]: { ...rule, ...change(rule) } } };
}

function withoutRefusal(name: IssueRequestName, code: string): Rules {
  return withRule(name, (rule) => ({
    refusals: (...told) => rule.refusals(...told).filter((refusal) => refusal.code !== code),
  }));
}

function withFact(name: IssueRequestName, change: (fact: object) => object): Rules {
  return withRule(name, (rule) => ({
    fact: (...told) => change(rule.fact(...told)) as ReturnType<typeof rule.fact>,
  }));
}

/** New evidence does not make void what has been approved, and no decision is refused for naming an old state. */
function approvalsOutliveEvidence(): Rules {
  return {
    ...withoutRefusal('decideClosure', 'StateChanged'),
    record: (before, event) => {
      const after = realRules.record(before, event);
      const approvals = before.closure?.approvals;
      if (event.type !== 'evidenceReceived' || approvals === undefined || after.closure === undefined) return after;
      return { ...after, closure: { ...after.closure, approvals } };
    },
  };
}

function askedIsLeft(): Rules {
  const blind = (name: 'proposeClosure' | 'decideClosure') =>
    withRule(name, (rule) => ({
      refusals: (standing, request) =>
        rule
          .refusals(standing, request)
          .filter(
            ({ code }) =>
              code !== 'ItemsIn' || itemsIn(standing.progress).some(({ state }) => state !== 'askedToLeave'),
          ),
    })).requests[name];
  const requests = {
    ...realRules.requests,
    proposeClosure: blind('proposeClosure'),
    decideClosure: blind('decideClosure'),
  };
  return { ...realRules, requests };
}

function promiseSilences(): Rules {
  return {
    ...realRules,
    planned: (terms, progress, now) => {
      const plan = realRules.planned(terms, progress, now);
      const { commitment } = progress;
      if (commitment === undefined) return plan;
      const isSilenced = ({ obligationId, earliestAt }: PlannedLine) =>
        commitment.obligations.includes(obligationId) &&
        earliestAt <= endOfDay(commitment.until) &&
        earliestAt >= commitment.madeAt;
      return { ...plan, lines: plan.lines.filter((line) => !isSilenced(line)) };
    },
  };
}

function nextDay({ plannedOn }: PlannedLine): IsoInstant {
  return startOfDay(addDays(plannedOn, 1));
}
