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

function bodiesOf(mails: readonly RehearsedMail[], { bodies = [], issues }: RehearsalInput): Rehearsal['bodies'] {
  if (bodies.length === 0) return [];
  const counts = new Map(bodies.map(({ id }) => [id, { lines: 0 }]));
  for (const { copies } of mails) {
    for (const { owned } of copies) {
      const count = counts.get(owned.bodyId ?? '');
      if (count !== undefined) count.lines += 1;
    }
  }
  return bodies.map(({ id, name }) => ({
    name,
    issues: issues.filter(({ bodyId }) => bodyId === id).length,
    lines: counts.get(id)!.lines,
  }));
}

interface Escalated {
  readonly role: Role;
  readonly personId: string;
  readonly from: IsoDate;
  readonly bodyIds: Set<string>;
  lines: number;
}

/** In the order in which they are first reached. */
function escalationsOf(
  mails: readonly RehearsedMail[],
  { people, bodies = [] }: RehearsalInput,
): Rehearsal['escalations'] {
  const found: Escalated[] = [];
  const byPerson = new Map<string, Map<Role, Escalated>>();
  for (const { personId, on, copies } of mails) {
    const byRole = byPerson.get(personId) ?? new Map<Role, Escalated>();
    byPerson.set(personId, byRole);
    for (const { step, owned } of copies) {
      const { role, letter } = step;
      if (letter !== 'escalation' || role === 'handler') continue;
      let escalated = byRole.get(role);
      if (escalated === undefined) {
        escalated = { role, personId, from: on, bodyIds: new Set(), lines: 0 };
        byRole.set(role, escalated);
        found.push(escalated);
      }
      escalated.lines += 1;
      if (owned.bodyId !== null) escalated.bodyIds.add(owned.bodyId);
    }
  }
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const bodyNames = new Map(bodies.map(({ id, name }) => [id, name]));
  return found.map(({ role, personId, lines, from, bodyIds }) => ({
    ...{ role, name: names.get(personId) ?? personId, lines, ifNobodyAnswersFrom: from },
    bodies: [...bodyIds].flatMap((id) => bodyNames.get(id) ?? []),
  }));
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
