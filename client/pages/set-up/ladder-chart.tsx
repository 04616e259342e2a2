import { addDays, daysBetween, type IsoDate } from '../../../workflows/rules/instants.ts';
import { letterNames, obligationNames, punishmentNames, roleNames } from '../../../workflows/rules/names.ts';
import { shortRoleNames, dayWords, shortDayWords } from '../../reading/words.ts';
import type { LadderDay, LadderPreview } from '../../set-up/ladder-preview.ts';

const width = 640;
const [left, right, top, lane, bottom] = [86, 14, 26, 30, 26];

/** A ladder on a time line: one lane for each role, a number for each day somebody is reached, and the table that tells of it. */
export function LadderChart({ ladder }: { ladder: LadderPreview }) {
  const { openedOn, dueOn, through, days, daysOff, kind, calendar } = ladder;
  const roles = (Object.keys(roleNames) as (keyof typeof roleNames)[]).filter((role) =>
    days.some((day) => day.roles.includes(role)),
  );
  const height = top + roles.length * lane + bottom;
  const dayWidth = (width - left - right) / (daysBetween(openedOn, through) + 1);
  const x = (day: IsoDate) => fixed(left + daysBetween(openedOn, day) * dayWidth);
  const middle = (day: IsoDate) => fixed(x(day) + dayWidth / 2);
  return (
    <>
      <div class="wide-plot" tabindex={0} role="group" aria-label="督促阶梯的时间线，可左右滚动">
        <svg
          class="plot ladder"
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          role="img"
          aria-label={`${obligationNames[kind]}的督促阶梯：${dayWords(dueOn)}到期，${String(days.length)}次，逐次见下表`}
        >
          {daysOff.map((day) => (
            <rect class="off" x={x(day)} y={top} width={fixed(dayWidth)} height={roles.length * lane} />
          ))}
          {roles.map((role, place) => (
            <>
              <line
                class="grid"
                x1={left}
                x2={width - right}
                y1={top + (place + 1) * lane}
                y2={top + (place + 1) * lane}
              />
              <text class="tick" x={left - 8} y={top + place * lane + 20} text-anchor="end">
                {shortRoleNames[role]}
              </text>
            </>
          ))}
          <line class="due" x1={middle(dueOn)} x2={middle(dueOn)} y1={top - 6} y2={top + roles.length * lane} />
          <text class="tick" x={middle(dueOn)} y={14} text-anchor="middle">
            {`${shortDayWords(dueOn)}到期`}
          </text>
          {everyWeek(openedOn, through).map((day) => (
            <text class="tick" x={middle(day)} y={height - 8} text-anchor="middle">
              {`${String(Number(day.slice(5, 7)))}.${String(Number(day.slice(8)))}`}
            </text>
          ))}
          {days.map((one, place) =>
            one.roles.map((role) => {
              const y = top + roles.indexOf(role) * lane + lane / 2;
              return (
                <>
                  <circle class={`rung rung-${toneOf(one)}`} cx={middle(one.day)} cy={y} r="9" />
                  <text class={`rung-text rung-text-${toneOf(one)}`} x={middle(one.day)} y={y + 4} text-anchor="middle">
                    {place + 1}
                  </text>
                </>
              );
            }),
          )}
        </svg>
      </div>
      <p class="legend">
        <span>灰格是不上班的日子，那天不发</span>
        <span>空心是交办和提醒，实心是催办、督办和提请决定</span>
      </p>
      <table>
        <caption class="unseen">{`${obligationNames[kind]}的督促阶梯，逐次`}</caption>
        <thead>
          <tr>
            <th scope="col">次</th>
            <th scope="col">哪天</th>
            <th scope="col">给谁</th>
            <th scope="col">做什么</th>
          </tr>
        </thead>
        <tbody>
          {days.map((one, place) => (
            <tr>
              <th scope="row">{place + 1}</th>
              <td>{dayWords(one.day, calendar)}</td>
              <td>{one.roles.map((role) => shortRoleNames[role]).join('、')}</td>
              <td>{whatWords(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function toneOf({ what }: LadderDay): 'soft' | 'hard' {
  return 'letter' in what && ['reminder', 'assignment'].includes(what.letter) ? 'soft' : 'hard';
}

function whatWords({ what }: LadderDay): string {
  return 'letter' in what ? letterNames[what.letter] : `提请决定：${punishmentNames[what.proposal]}（不自动执行）`;
}

function everyWeek(from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 7)) days.push(day);
  return days;
}

function fixed(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
