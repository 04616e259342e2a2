import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { TimelineEntry } from './timeline.ts';
import { dayBeside, dayWords, distanceWords, dutyWords, timeWords } from './words.ts';

/** What happens next if nobody acts (下一步). */
export interface NextAction {
  readonly at: IsoInstant | null;
  /** `发催办：措施1佐证`, or what is recorded. */
  readonly what: string;
  /** The moment in words, with the distance. */
  readonly when: string;
  /** To whom; empty when nothing is sent. */
  readonly to: readonly string[];
  /** What cancels it. */
  readonly cancelledBy: string | null;
  /** Whose turn it is now. */
  readonly turn: string;
  /** The step after it. */
  readonly then: string | null;
}

/** A person who holds a role, as the next action names him. */
export interface Owing {
  readonly kind: string;
  readonly measure: number | null;
  readonly roleName: string;
  readonly persons: readonly string[];
}

/** The next action of an issue: the earliest of its planned lines and of what time brings, else its next look. */
export function nextAction(
  issue: { readonly terms: IssueTerms; readonly progress: IssueProgress; readonly lookAgainAt: IsoInstant | null },
  coming: readonly TimelineEntry[],
  owing: readonly Owing[],
  now: IsoInstant,
): NextAction | null {
  const { terms, progress, lookAgainAt } = issue;
  if (hasEnded(progress)) return null;
  const turn = turnWords(owing, progress);
  const [first] = coming;
  if (first === undefined) {
    const when = lookAgainAt === null ? '—' : momentWords(terms, lookAgainAt, now);
    return { at: lookAgainAt, what: '系统再看一次，眼下没有要发的', when, to: [], cancelledBy: null, turn, then: null };
  }
  const together = coming.filter(({ at, kind }) => at === first.at && kind === first.kind);
  const lines = together.flatMap((entry) => (entry.kind === 'line' ? entry.lines : []));
  const after = coming.find(({ at }) => at > first.at);
  return {
    at: first.at,
    what: first.kind === 'line' ? `发${unique(together.map(({ title }) => title)).join('、')}` : first.title,
    when: momentWords(terms, first.at, now),
    to: unique(lines.flatMap(({ role, persons }) => readers(role, persons))),
    cancelledBy: cancelWords(
      lines.map(({ owed }) => owed),
      first,
    ),
    turn,
    then: after
      ? `${dayBeside(dayOf(after.at), dayOf(now), terms.calendar)}，${after.kind === 'line' ? '发' : ''}${after.title}`
      : null,
  };
}

function momentWords({ calendar }: IssueTerms, at: IsoInstant, now: IsoInstant): string {
  const day = dayOf(at);
  return `${dayWords(day, calendar)} ${timeWords(at)}，${distanceWords(workdaysBetween(calendar, dayOf(now), day))}`;
}

function readers(role: string | null, persons: readonly string[]): string[] {
  if (persons.length > 0) return [...persons];
  return role === null ? [] : [`${role}（尚未指定）`];
}

function cancelWords(owed: readonly (string | null)[], first: TimelineEntry): string | null {
  const things = unique(owed.flatMap((one) => one ?? []));
  if (things.length > 0) return `届时仍未办结${things.join('、')}；办结即撤销`;
  return first.why.find(({ term }) => term === '前提')?.text ?? null;
}

function turnWords(owing: readonly Owing[], { phase }: IssueProgress): string {
  if (owing.length === 0)
    return phase === 'lookBack' || phase === 'longTerm' ? '眼下不欠什么，等到时间再办' : '眼下没有人欠什么';
  const byReader = new Map<string, string[]>();
  for (const { roleName, persons, kind, measure } of owing) {
    const who = persons.length === 0 ? `${roleName}（尚未指定）` : persons.join('、');
    byReader.set(who, [...(byReader.get(who) ?? []), dutyWords(kind, measure)]);
  }
  return [...byReader].map(([who, duties]) => `${who}${duties.join('、')}`).join('；');
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
