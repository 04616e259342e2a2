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
  input: RehearsalInput,
  { mails, unresolved }: GatheredMails,
): Omit<Rehearsal, 'seconds' | 'proposals'> {
  const { round, until, firstMail, people } = input;
  const { roundId, launchedAt: from, policy, calendar } = round;
  const onPaper = new Set(people.flatMap(({ id, reach }) => (reach === 'paper' ? [id] : [])));
  const pages = mails.filter(({ personId }) => onPaper.has(personId)).length;
  const perDay = daysOf(mails, onPaper);
  const lines = mails.reduce((sum, mail) => sum + linesOf(mail), 0);
  const asked = mails.filter((mail) => !leftAtOnce(mail, firstMail));
  const wrong = asked.filter((mail) => !isAllowed(mail, policy, calendar));
  return {
    ...{ roundId, from, to: until, mails: mails.length - pages, pages, lines, perDay },
    peaks: [...perDay]
      .sort((one, other) => other.lines - one.lines || (one.day < other.day ? -1 : 1))
      .slice(0, peaksShown),
    people: peopleOf(mails, people),
    escalations: escalationsOf(mails, input),
    bodies: bodiesOf(mails, input),
    daysOffRespected: { checked: asked.length, violations: wrong.length },
    unresolved: (Object.keys(roleNames) as Role[])
      .filter((role) => unresolved.has(role))
      .map((role) => ({ role, codes: [...unresolved.get(role)!].sort() })),
    provisional: perDay
      .filter(({ day }) => isProvisional(calendar, day))
      .map(({ day, lines: count }) => ({ day, lines: count })),
  };
}

function linesOf({ copies, notices = 0 }: RehearsedMail): number {
  return copies.length + notices;
}

function daysOf(mails: readonly RehearsedMail[], onPaper: ReadonlySet<string>): RehearsedDay[] {
  const days = new Map<IsoDate, RehearsedDay>();
  for (const mail of mails) {
    const { on: day, personId } = mail;
    const before = days.get(day) ?? { day, mails: 0, pages: 0, lines: 0 };
    const lines = before.lines + linesOf(mail);
    const isPage = onPaper.has(personId);
    days.set(
      day,
      isPage ? { ...before, pages: before.pages + 1, lines } : { ...before, mails: before.mails + 1, lines },
    );
  }
  return [...days.values()];
}

/** In the order of their first mail. */
function peopleOf(mails: readonly RehearsedMail[], people: RehearsalInput['people']): RehearsedPerson[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const found = new Map<string, RehearsedPerson>();
  for (const mail of mails) {
    const { personId, on } = mail;
    const { name = personId, reach = 'mail' } = known.get(personId) ?? {};
    const before = found.get(personId) ?? { personId, name, reach, mails: 0, lines: 0, firstOn: on, lastOn: on };
    found.set(personId, {
      ...before,
      mails: before.mails + 1,
      lines: before.lines + linesOf(mail),
      lastOn: on,
    });
  }
  return [...found.values()];
}

/** The body's name of each issue. */
function bodyNames({ issues, bodies = [] }: RehearsalInput): ReadonlyMap<string, string> {
  const names = new Map(bodies.map(({ id, name }) => [id, name]));
  return new Map(issues.map(({ terms, bodyId }) => [terms.issueId, names.get(bodyId ?? '') ?? '']));
}

function bodiesOf(mails: readonly RehearsedMail[], input: RehearsalInput): Rehearsal['bodies'] {
  const bodyOf = bodyNames(input);
  const lines = new Map<string, number>();
  for (const { copies } of mails) {
    for (const { owned } of copies) {
      const name = bodyOf.get(owned.issueId ?? '');
      if (name !== undefined) lines.set(name, (lines.get(name) ?? 0) + 1);
    }
  }
  return (input.bodies ?? []).map(({ id, name }) => ({
    name,
    issues: input.issues.filter(({ bodyId }) => bodyId === id).length,
    lines: lines.get(name) ?? 0,
  }));
}

function escalationsOf(mails: readonly RehearsedMail[], input: RehearsalInput): Rehearsal['escalations'] {
  const { people } = input;
  const bodyOf = bodyNames(input);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const found = new Map<string, Rehearsal['escalations'][number]>();
  for (const { personId, on, copies } of mails) {
    for (const { step, owned } of copies) {
      const { role, letter } = step;
      if (letter !== 'escalation' || role === 'handler') continue;
      const place = `${role} ${personId}`;
      const first = { role, name: names.get(personId) ?? personId, lines: 0, ifNobodyAnswersFrom: on, bodies: [] };
      const { lines, bodies, ...known } = found.get(place) ?? first;
      const body = bodyOf.get(owned.issueId ?? '') ?? '';
      const isNew = body !== '' && !bodies.includes(body);
      found.set(place, { ...known, lines: lines + 1, bodies: isNew ? [...bodies, body] : bodies });
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
