import { type Calendar, isProvisional, isWorkday } from '../../../workflows/rules/calendar.ts';
import { addDays, type IsoDate, weekdayOf } from '../../../workflows/rules/instants.ts';
import type { ComingDay } from '../../reading/coming-mails.ts';
import { dayWords, shortDayWords } from '../../reading/words.ts';
import { Heading } from './layout.tsx';
import { Folded } from './small.tsx';

interface ComingProps {
  readonly coming: readonly ComingDay[];
  readonly from: IsoDate;
  readonly today: IsoDate;
  readonly calendar: Calendar | null;
  readonly sentToday?: number | undefined;
}

const weeks = 8;

/** The mails to come as a calendar people know: a week a row, with 班 and 休 where the State Council moved days. */
export function ComingTable({ coming, from, today, calendar, sentToday }: ComingProps) {
  const byDay = new Map(coming.map((day) => [day.day, day]));
  const most = Math.max(1, ...coming.map(({ mails }) => mails));
  const total = coming.reduce((sum, { mails }) => sum + mails, 0);
  const busiest = coming.find(({ mails }) => mails === most);
  const days = Array.from({ length: weeks * 7 }, (_, index) => addDays(from, index));
  return (
    <section class="chart" aria-labelledby="h-coming">
      <Heading id="h-coming" note="每人每天至多1封">
        将发的提醒
      </Heading>
      <table class="heat">
        <caption class="unseen">今后八周每天将发的邮件数</caption>
        <thead>
          <tr>
            {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
              <th scope="col" abbr={`周${name}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => (
            <tr>
              {days.slice(week * 7, week * 7 + 7).map((day) => (
                <HeatDay
                  day={day}
                  today={today}
                  calendar={calendar}
                  mails={byDay.get(day)?.mails ?? 0}
                  most={most}
                  label={day === from ? withMonth(day) : shortLabel(day)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="read">
        {sentToday === undefined ? '' : `今天已发${String(sentToday)}封。`}
        {total === 0
          ? '今后八周没有排定的提醒。'
          : `今后八周若无人答复，共发${String(total)}封，最多的一天${busiest ? `是${shortDayWords(busiest.day)}，` : ''}${String(most)}封；办结的随时撤销。`}
      </p>
      <Folded summary="按天按职务的数字表">
        <table>
          <caption class="unseen">每天将发的邮件、人数和事项数</caption>
          <thead>
            <tr>
              <th scope="col">日期</th>
              <th scope="col" class="figure">
                邮件
              </th>
              <th scope="col" class="figure">
                事项
              </th>
              <th scope="col">发给</th>
            </tr>
          </thead>
          <tbody>
            {coming.map(({ day, mails, lines, byRole }) => (
              <tr>
                <th scope="row">{dayWords(day, calendar ?? undefined)}</th>
                <td class="figure">{mails}</td>
                <td class="figure">{lines}</td>
                <td>{byRole.map(({ role, persons }) => `${role}${String(persons)}人`).join('，')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Folded>
    </section>
  );
}

interface HeatDayProps {
  readonly day: IsoDate;
  readonly today: IsoDate;
  readonly calendar: Calendar | null;
  readonly mails: number;
  readonly most: number;
  /** The day's number; with its month where a month or the table begins. */
  readonly label: string;
}

function HeatDay({ day, today, calendar, mails, most, label }: HeatDayProps) {
  const isOff = calendar ? !isWorkday(calendar, day) : weekdayOf(day) % 6 === 0;
  const mark = markOf(day, calendar);
  const heat = mails === 0 || day < today ? 0 : Math.min(5, Math.ceil((mails / most) * 5));
  const classes = [`heat-${String(heat)}`, isOff ? 'off' : '', day === today ? 'today' : '', day < today ? 'past' : ''];
  return (
    <td class={classes.filter((name) => name !== '').join(' ')} aria-current={day === today ? 'date' : undefined}>
      <time datetime={day}>{label}</time>
      {mark === null ? null : <span class={mark === '班' ? 'mark worked' : 'mark'}>{mark}</span>}
      {mails > 0 ? (
        <b>
          {mails}
          <span class="unseen">封</span>
        </b>
      ) : null}
    </td>
  );
}

function shortLabel(day: IsoDate): string {
  return day.endsWith('-01') ? withMonth(day) : String(Number(day.slice(8)));
}

function withMonth(day: IsoDate): string {
  return `${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8)))}`;
}

/** Only where the calendar differs from the week. */
function markOf(day: IsoDate, calendar: Calendar | null): '班' | '休' | null {
  if (calendar === null || isProvisional(calendar, day)) return null;
  const isWeekend = weekdayOf(day) % 6 === 0;
  if (isWorkday(calendar, day) === !isWeekend) return null;
  return isWeekend ? '班' : '休';
}
