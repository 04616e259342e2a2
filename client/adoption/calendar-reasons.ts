import type { Calendar } from '../../workflows/rules/calendar.ts';
import { inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import { type CalendarChange, differenceOf } from '../calendar/extend-calendar.ts';
import type { LineMove } from './line-changes.ts';

/** A line that another calendar moves, with the days that move it. */
export interface CalendarMove extends LineMove {
  /** `2027-02-08等5天由上班改为放假（春节）`. */
  readonly because: string;
  /** All of it, as people read it. */
  readonly words: string;
}

/** Says of each moved line which days of the calendar moved it. */
export function calendarMoves(moves: readonly LineMove[], before: Calendar, after: Calendar): CalendarMove[] {
  const changes = differenceOf(before, after, before.from);
  return moves.map((move) => {
    const { from, to } = move;
    const because = reasonFor(move, changes);
    const days = `${shortDay(from.plannedOn)}→${shortDay(to.plannedOn)}`;
    const words = `${because === '' ? '' : `${because}，`}${from.code} ${from.words}，${roleNames[from.role]}：${days}`;
    return { from, to, because, words };
  });
}

/** The days that count for a line lie between those from and to which it is counted. */
function reasonFor({ from, to }: LineMove, changes: readonly CalendarChange[]): string {
  const days = [from.plannedOn, to.plannedOn, from.dueOn].sort();
  const [first, last] = [days[0]!, days.at(-1)!];
  const within = changes.filter(({ day }) => first <= day && day <= last);
  const byWords = new Map<string, IsoDate[]>();
  for (const { day, words } of within) byWords.set(words, [...(byWords.get(words) ?? []), day]);
  return [...byWords]
    .map(([words, these]) => `${these[0]!}${these.length > 1 ? `等${String(these.length)}天` : ''}${words}`)
    .join('、');
}

function shortDay(day: IsoDate): string {
  return inChinese(day).replace(/^\d+年/u, '');
}
