import { type Calendar, isProvisional, isWorkday } from '../../workflows/rules/calendar.ts';
import { at, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy, Role } from '../../workflows/rules/policy.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { GatheredMails, RehearsedMail } from './gather-mails.ts';
import type { RehearsedDay, RehearsedPerson, Rehearsal } from './rehearsal.ts';
import type { RehearsalInput } from './rehearsal-input.ts';

const peaksShown = 5;

/** What the office looks at before it launches, counted from the mails. */
export function figuresOf(
  { round, until, firstMail, people }: RehearsalInput,
  { mails, unresolved }: GatheredMails,
): Omit<Rehearsal, 'seconds' | 'proposals'> {
  const { roundId, launchedAt: from, policy, calendar } = round;
  const perDay = daysOf(mails);
  const lines = mails.reduce((sum, { copies }) => sum + copies.length, 0);
  const asked = mails.filter((mail) => !leftAtOnce(mail, firstMail));
  const wrong = asked.filter((mail) => !isAllowed(mail, policy, calendar));
  return {
    ...{ roundId, from, to: until, mails: mails.length, lines, perDay },
    peaks: [...perDay]
      .sort((one, other) => other.lines - one.lines || (one.day < other.day ? -1 : 1))
      .slice(0, peaksShown),
    people: peopleOf(mails, people),
    escalations: escalationsOf(mails, people),
    daysOffRespected: { checked: asked.length, violations: wrong.length },
    unresolved: (Object.keys(roleNames) as Role[])
      .filter((role) => unresolved.has(role))
      .map((role) => ({ role, codes: [...unresolved.get(role)!].sort() })),
    provisional: perDay
      .filter(({ day }) => isProvisional(calendar, day))
      .map(({ day, lines: count }) => ({ day, lines: count })),
  };
}

function daysOf(mails: readonly RehearsedMail[]): RehearsedDay[] {
  const days = new Map<IsoDate, { day: IsoDate; mails: number; lines: number }>();
  for (const { on, copies } of mails) {
    const day = days.get(on) ?? { day: on, mails: 0, lines: 0 };
    days.set(on, { day: on, mails: day.mails + 1, lines: day.lines + copies.length });
  }
  return [...days.values()];
}

/** In the order of their first mail. */
function peopleOf(mails: readonly RehearsedMail[], people: RehearsalInput['people']): RehearsedPerson[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const found = new Map<string, RehearsedPerson>();
  for (const { personId, on, copies } of mails) {
    const { name = personId, reach = 'mail' } = known.get(personId) ?? {};
    const before = found.get(personId) ?? { personId, name, reach, mails: 0, lines: 0, firstOn: on, lastOn: on };
    found.set(personId, {
      ...before,
      mails: before.mails + 1,
      lines: before.lines + copies.length,
      lastOn: on,
    });
  }
  return [...found.values()];
}

function escalationsOf(mails: readonly RehearsedMail[], people: RehearsalInput['people']): Rehearsal['escalations'] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const found = new Map<string, Rehearsal['escalations'][number]>();
  for (const { personId, on, copies } of mails) {
    const counts = new Map<Role, number>();
    for (const { step } of copies) {
      if (step.letter === 'escalation' && step.role !== 'handler')
        counts.set(step.role, (counts.get(step.role) ?? 0) + 1);
    }
    for (const [role, count] of counts) {
      const place = `${role} ${personId}`;
      const { lines, ifNobodyAnswersFrom } = found.get(place) ?? { lines: 0, ifNobodyAnswersFrom: on };
      found.set(place, { role, name: names.get(personId) ?? personId, lines: lines + count, ifNobodyAnswersFrom });
    }
  }
  return [...found.values()];
}

/** The office may ask that the assignments leave at once, whatever the hour. */
function leftAtOnce({ copies }: RehearsedMail, firstMail: RehearsalInput['firstMail']): boolean {
  return firstMail === 'now' && copies.some(({ step }) => step.letter === 'assignment');
}

function isAllowed({ on, leavesAt }: RehearsedMail, policy: Policy, calendar: Calendar): boolean {
  const { from, to } = policy.sendingHours;
  const isQuiet = policy.quietDays?.some((quiet) => on >= quiet.from && on <= quiet.to) ?? false;
  return isWorkday(calendar, on) && !isQuiet && leavesAt >= at(on, from) && leavesAt < at(on, to);
}
