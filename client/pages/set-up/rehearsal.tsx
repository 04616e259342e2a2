import { roleNames, punishmentNames } from '../../../workflows/rules/names.ts';
import { dayOf, inChinese } from '../../../workflows/rules/instants.ts';
import { dayWords } from '../../reading/words.ts';
import type { RehearsedDay, Rehearsal } from '../../rehearsal/rehearsal.ts';
import { Heading } from '../parts/layout.tsx';
import { FiguresTable, Folded } from '../parts/small.tsx';
import { Onward, type SetUpFrame, SetUpPage } from './frame.tsx';

/** How many days with mails the chart shows. */
const daysShown = 60;

/** What would be sent if the round were launched now and nobody did anything (预演). */
export function SetUpRehearsalPage({ frame, rehearsal }: { frame: SetUpFrame; rehearsal: Rehearsal }) {
  const { mails, pages, perDay, peaks, people, escalations, proposals, unresolved, provisional, from, to } = rehearsal;
  const [peak] = peaks;
  return (
    <SetUpPage step="rehearsal" frame={frame}>
      <p class="lead">
        {`假如现在交办、一直没人办：从${dayWords(dayOf(from))}到${dayWords(dayOf(to))}共发${String(mails)}封邮件${pages === 0 ? '' : `、打印${String(pages)}张`}`}
        {peak === undefined ? '。' : `，最忙的一天是${dayWords(peak.day)}，${countWords(peak)}。`}
      </p>
      {unresolved.length === 0 ? null : (
        <ul class="missing-list">
          {unresolved.map(({ role, codes }) => (
            <li>{`${codes.slice(0, 6).join('、')}${codes.length > 6 ? `等${String(codes.length)}项` : ''}：没有${roleNames[role]}，给他的提醒发不出去`}</li>
          ))}
        </ul>
      )}
      <div class="columns">
        <div>
          <section class="part" aria-labelledby="h-days">
            <Heading id="h-days" note={`头${String(Math.min(daysShown, perDay.length))}个发信日`}>
              每天几封
            </Heading>
            <DaysChart days={perDay.slice(0, daysShown)} />
            <Folded summary="数字表">
              <FiguresTable
                caption="每天的邮件、打印件和事项数"
                heads={['日期', '邮件', '打印件', '事项']}
                rows={perDay
                  .slice(0, daysShown)
                  .map(({ day, mails: sent, pages: printed, lines }) => [dayWords(day), ...[sent, printed, lines]])}
              />
            </Folded>
          </section>
          <section class="part" aria-labelledby="h-people">
            <Heading id="h-people" count={people.length}>
              各人收几封
            </Heading>
            <FiguresTable
              caption="各人的邮件或打印件"
              heads={['姓名', '封（张）', '事项', '头一次']}
              rows={people.map(({ name, reach, mails: sent, lines, firstOn }) => [
                reach === 'paper' ? `${name}（打印送达）` : name,
                ...[sent, lines, firstOn],
              ])}
            />
          </section>
        </div>
        <aside class="rail" aria-label="上报与提请">
          <section class="next" aria-labelledby="h-climbs">
            <h2 id="h-climbs">没人办，报到谁</h2>
            {escalations.length === 0 ? <p class="note">照这个政策，没有升级督办的信。</p> : null}
            <ul class="missing-list">
              {escalations.map(({ role, name, lines, ifNobodyAnswersFrom }) => (
                <li>{`${name}（${roleNames[role]}）：${inChinese(ifNobodyAnswersFrom)}起，${String(lines)}条`}</li>
              ))}
            </ul>
            {proposals.length === 0 ? null : (
              <p class="note">{`会提请督办办公室决定${String(proposals.length)}次，头一次${inChinese(proposals[0]!.day)}，${punishmentNames[proposals[0]!.measure]}。`}</p>
            )}
            {provisional.length === 0 ? null : (
              <p class="note">{`${String(provisional[0]!.day.slice(0, 4))}年起的放假安排尚未公布，那以后的日期暂定。`}</p>
            )}
            <Onward id={frame.id} to="launch" />
          </section>
        </aside>
      </div>
    </SetUpPage>
  );
}

/** `12封，20个事项`. */
function countWords({ mails, pages, lines }: RehearsedDay): string {
  return `${String(mails)}封${pages === 0 ? '' : `、打印${String(pages)}张`}，${String(lines)}个事项`;
}

const [width, height, left, top, bottom] = [640, 170, 34, 14, 26];

/** Bars, one for each day on which anything leaves: mails below, pages to print above them. */
function DaysChart({ days }: { days: readonly RehearsedDay[] }) {
  const most = Math.max(1, ...days.map(({ mails, pages }) => mails + pages));
  const step = (width - left) / Math.max(1, days.length);
  const scale = (count: number) => Math.round((count / most) * (height - top - bottom) * 10) / 10;
  const base = height - bottom;
  return (
    <>
      <div class="wide-plot" tabindex={0} role="group" aria-label="每天几封，可左右滚动">
        <svg
          class="plot ladder"
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          role="img"
          aria-label={`每天的邮件和打印件，最多的一天${String(most)}件，逐日见数字表`}
        >
          {[0, most].map((count) => (
            <>
              <line class="grid" x1={left} x2={width} y1={base - scale(count)} y2={base - scale(count)} />
              <text class="tick" x={left - 6} y={base - scale(count) + 4} text-anchor="end">
                {count}
              </text>
            </>
          ))}
          {days.map(({ day, mails, pages }, place) => {
            const x = left + place * step + step * 0.15;
            return (
              <>
                <rect class="filled" x={x} width={step * 0.7} y={base - scale(mails)} height={scale(mails)} />
                <rect class="waiting" x={x} width={step * 0.7} y={base - scale(mails + pages)} height={scale(pages)} />
                {place % Math.ceil(days.length / 8) === 0 ? (
                  <text class="tick" x={x} y={height - 8}>
                    {`${String(Number(day.slice(5, 7)))}.${String(Number(day.slice(8)))}`}
                  </text>
                ) : null}
              </>
            );
          })}
        </svg>
      </div>
      <p class="legend">
        <span>
          <i class="key-done"></i>邮件
        </span>
        <span>
          <i class="key-review"></i>打印件
        </span>
      </p>
    </>
  );
}
