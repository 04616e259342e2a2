import { addDays, addMonths, daysBetween, firstOfMonth, type IsoDate } from '../../../workflows/rules/instants.ts';
import { type BurnDown, type RemainingFrom, remainingOn } from '../../reading/burn-down.ts';
import { dayWords } from '../../reading/words.ts';
import { Heading } from './layout.tsx';
import { FiguresTable, Folded } from './small.tsx';

const [width, height] = [390, 190];
const [left, right, top, bottom] = [34, 8, 12, 26];

/** What should remain by the deadlines, and what does: two steps of lines, drawn on the server, with the figures beneath. */
export function BurnDownChart({ burnDown }: { burnDown: BurnDown }) {
  const { from, to, today, total, planned, actual } = burnDown;
  const span = Math.max(1, daysBetween(from, to));
  const x = (day: IsoDate) => left + (Math.min(daysBetween(from, day), span) / span) * (width - left - right);
  const y = (remaining: number) => top + (1 - remaining / total) * (height - top - bottom);
  const line = (steps: readonly RemainingFrom[], until: IsoDate) => {
    const [first, ...others] = steps;
    const start = `M${fixed(x(first!.day))} ${fixed(y(first!.remaining))}`;
    return [
      start,
      ...others.map(({ day, remaining }) => `H${fixed(x(day))}V${fixed(y(remaining))}`),
      `H${fixed(x(until))}`,
    ].join('');
  };
  const now = { remaining: remainingOn(actual, today), planned: remainingOn(planned, today) };
  return (
    <section class="chart" aria-labelledby="h-burn-down">
      <Heading id="h-burn-down" note="按最初的整改时限">
        销号进度与计划
      </Heading>
      <svg class="plot burn" viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-label={standing(now)}>
        {[0, Math.round(total / 2), total].map((count) => (
          <>
            <line class="grid" x1={left} x2={width - right} y1={y(count)} y2={y(count)} />
            <text class="tick" x={left - 6} y={y(count) + 4} text-anchor="end">
              {count}
            </text>
          </>
        ))}
        {monthsOf(from, to).map(({ day, label }) => (
          <text class="tick" x={x(day)} y={height - 8} text-anchor="middle">
            {label}
          </text>
        ))}
        <line class="now" x1={x(today)} x2={x(today)} y1={top - 6} y2={height - bottom} />
        <path class="planned" d={line(planned, to)} />
        <path class="actual" d={line(actual, today)} />
      </svg>
      <p class="legend">
        <span class="stroke stroke-actual">实余 {now.remaining}</span>
        <span class="stroke stroke-planned">计划余 {now.planned}</span>
      </p>
      <p class="read">{standing(now)}</p>
      <Folded summary="数字表">
        <FiguresTable
          caption="各月末计划剩余与实际剩余的问题数"
          heads={['日期', '计划余', '实余']}
          rows={tableDays(burnDown).map((day) => [
            dayWords(day),
            remainingOn(planned, day),
            day > today ? '' : remainingOn(actual, day),
          ])}
        />
      </Folded>
    </section>
  );
}

function standing({ remaining, planned }: { remaining: number; planned: number }): string {
  const behind = remaining - planned;
  const against =
    behind > 0 ? `比计划慢${String(behind)}项` : behind < 0 ? `比计划快${String(-behind)}项` : '与计划相同';
  return `到今天计划还余${String(planned)}项，实际还余${String(remaining)}项，${against}。`;
}

/** At most seven months are named; the first of each that lies within. */
function monthsOf(from: IsoDate, to: IsoDate): { day: IsoDate; label: string }[] {
  const firsts = monthStarts(from, to);
  const every = Math.ceil(firsts.length / 7);
  return firsts
    .filter((_, index) => index % every === 0)
    .map((day, index) => {
      const month = `${String(Number(day.slice(5, 7)))}月`;
      return { day, label: index === 0 || month === '1月' ? `${day.slice(2, 4)}年${month}` : month };
    });
}

/** The last day of each month, and today. */
function tableDays({ from, to, today }: BurnDown): IsoDate[] {
  const ends = monthStarts(from, to).map((day) => addDays(day, -1));
  return [...new Set([...ends, today, to])].filter((day) => day >= from && day <= to).sort();
}

function monthStarts(from: IsoDate, to: IsoDate): IsoDate[] {
  const first = firstOfMonth(from);
  const starts = Array.from({ length: Math.ceil(daysBetween(from, to) / 28) + 1 }, (_, n) => addMonths(first, n + 1));
  return starts.filter((day) => day <= to);
}

function fixed(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}
