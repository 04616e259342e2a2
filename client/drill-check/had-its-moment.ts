import { addDays, addMs, at, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type AskedLine, linesAt, type Rules } from './asked-lines.ts';
import { type Asked, type DutyHistory, type DutySpan, isSameLaw } from './duty-history.ts';

interface Duty {
  readonly rules: Rules;
  readonly history: DutyHistory;
  readonly span: DutySpan;
}

/**
 * Whether a line that is asked for at a moment has had its one moment on another day, before an adopted policy or
 * calendar moved it to this one: nobody is told the same again because the rules have changed. What rested between
 * (中止、异议、承诺) is told anew.
 */
export function hadItsMoment(duty: Duty, key: string, moment: IsoInstant): boolean {
  const { history, span } = duty;
  return history.adoptedAt.some((adoptedAt) => {
    if (adoptedAt > moment || adoptedAt < span.openedAt) return false;
    const states = history.askedAt(span, adoptedAt);
    const adoption = states.findIndex((asked, index) => {
      const before = states[index - 1];
      return asked !== undefined && before !== undefined && !isSameLaw(asked, before);
    });
    const before = states[adoption - 1];
    if (before === undefined || lineIn(duty, before, key) !== undefined) return false;
    if (!isAskedThroughout(duty, key, adoptedAt, moment)) return false;
    return daysBefore(duty, before, key, adoptedAt).some((day) => {
      const sendAt = duty.rules.policyOf(before).sendAt;
      return at(day, sendAt) <= adoptedAt || hadItsMoment(duty, onDay(key, day), addMs(adoptedAt, -1));
    });
  });
}

/** The other days on which the rules of before had the line. */
function daysBefore(duty: Duty, before: Asked, key: string, adoptedAt: IsoInstant): IsoDate[] {
  const adoptedOn = dayOf(adoptedAt);
  const last = addDays(before.dueOn > adoptedOn ? before.dueOn : adoptedOn, daysAround);
  const days: IsoDate[] = [];
  for (let day = dayOf(duty.span.openedAt); day <= last; day = addDays(day, 1)) {
    if (lineIn(duty, before, onDay(key, day)) !== undefined) days.push(day);
  }
  return days;
}

function isAskedThroughout(duty: Duty, key: string, from: IsoInstant, to: IsoInstant): boolean {
  for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
    for (const moment of duty.history.momentsOn(day)) {
      if (moment < from || moment > to) continue;
      const asked = duty.history.askedAt(duty.span, moment).at(-1);
      if (asked === undefined || lineIn(duty, asked, key)?.times !== 'once') return false;
    }
  }
  return true;
}

function lineIn({ rules, span }: Duty, asked: Asked, key: string): AskedLine | undefined {
  return linesAt(rules, span, asked, dayIn(key)).find(([one]) => one === key)?.[1];
}

const dayIn = (key: string): IsoDate => key.slice(-10);
const onDay = (key: string, day: IsoDate): string => key.slice(0, -10) + day;

/** Quiet days and days off move a line by less than this. */
const daysAround = 60;
