import { addDays, at, dayOf, endOfDay, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { linesAt, type Rules } from './asked-lines.ts';
import type { DutyHistory, DutySpan } from './duty-history.ts';
import { hadItsMoment } from './had-its-moment.ts';
import type { Whose } from './holders.ts';

/** A line that the rules ask for on a day, as the checker reads them. */
export interface ExpectedLine {
  /** `subject/cycle/obligation/rung/role/plannedOn`. */
  readonly key: string;
  readonly role: Role;
  readonly span: DutySpan;
  readonly history: DutyHistory;
  /** When it should leave. */
  readonly moment: IsoInstant;
  /** `crossed`: whether it was still asked for cannot be told, since somebody acted at that very moment. */
  readonly certainty: 'sure' | 'crossed';
}

/** Every line the rules ask for about a duty up to `through`, day by day, each once. */
export function expectedLines(rules: Rules, history: DutyHistory, span: DutySpan, through: IsoDate): ExpectedLine[] {
  const found = new Map<string, ExpectedLine>();
  const endedAt = history.endOf(span);
  const lastDay = endedAt === undefined || dayOf(endedAt) > through ? through : dayOf(endedAt);
  for (let day = dayOf(span.openedAt); day <= lastDay; day = addDays(day, 1)) {
    for (const moment of momentsOn(rules, history, span, day)) {
      const standings = history.askedAt(span, moment).map((asked) => new Map(linesAt(rules, span, asked, day)));
      const last = standings.at(-1)!;
      for (const [key, line] of standings.flatMap((one) => [...one])) {
        if (found.get(key)?.certainty === 'sure') continue;
        const isSure = last.has(key);
        // What should have left before and is asked for only now is written as long as its window is open.
        const isLate = line.leavesAt < moment && (moment >= line.windowTo || !isSure);
        if (line.leavesAt > moment || isLate || hadItsMoment({ rules, history, span }, key, moment)) continue;
        const leavesAt = found.get(key)?.moment ?? moment;
        const certainty = isSure ? 'sure' : 'crossed';
        found.set(key, { key, role: line.role, span, history, moment: leavesAt, certainty });
      }
    }
  }
  return [...found.values()];
}

/** Whose the line is: a role's, for a measure, an issue, a batch's issues or the round. */
export function whoseOf({ span: { issueIds, measuresOf = {}, measure, kind }, role }: ExpectedLine): Whose {
  return { issueIds, measuresOf, measure, role, kind };
}

/** Whether the line is asked for at a moment, by how things stood right before it or after anything that happened then. */
export function isAskedFor(rules: Rules, { key, history, span }: ExpectedLine, moment: IsoInstant): boolean {
  const day = key.slice(-10);
  return history.askedAt(span, moment).some((asked) => linesAt(rules, span, asked, day).some(([one]) => one === key));
}

/** When a day's lines may become due: at the moments they name, and whenever something happens on the day. */
function momentsOn({ policyOf }: Rules, history: DutyHistory, { openedAt }: DutySpan, day: IsoDate): IsoInstant[] {
  const laws = [history.lawAt(at(day, '00:00')), history.lawAt(endOfDay(day))];
  const usual = laws.map((law) => at(day, policyOf(law).sendAt));
  return [...new Set([...history.momentsOn(day), ...usual])].filter((moment) => moment >= openedAt).sort();
}
