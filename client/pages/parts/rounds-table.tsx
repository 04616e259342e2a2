import type { ShownRate } from '../../reading/issue-counts.ts';
import type { RoundSummary } from '../../reading/round-summary.ts';
import { dayWords, distanceWords } from '../../reading/words.ts';
import { Heading } from './layout.tsx';

const width = 248;

/** What long-term issues (长期坚持) are for the completion rate that the round's policy shows. */
export const longTermCounts: Readonly<Record<ShownRate, string>> = {
  countingLongTerm: '计入完成率',
  longTermApart: '单列，不计入完成率',
};

/** The rounds with how far they are: closed, under review, the rest. */
export function RoundsTable({ rounds }: { rounds: readonly RoundSummary[] }) {
  return (
    <section class="part" aria-labelledby="h-rounds">
      <Heading id="h-rounds" note="完成率按各轮政策的口径">
        轮次进度
      </Heading>
      <table class="rounds">
        <caption class="unseen">各轮次的销号进度</caption>
        <thead>
          <tr>
            <th scope="col">轮次</th>
            <th scope="col">销号进度</th>
            <th scope="col" class="figure">
              完成率
            </th>
          </tr>
        </thead>
        <tbody>
          {rounds.map((round) => (
            <RoundRow round={round} />
          ))}
        </tbody>
      </table>
      <p class="legend">
        <span>
          <i class="key-done" />
          已销号
        </span>
        <span>
          <i class="key-review" />
          审核中
        </span>
        <span>
          <i class="key-rest" />
          整改中
        </span>
      </p>
    </section>
  );
}

function RoundRow({ round }: { round: RoundSummary }) {
  const { id, name, codePrefix, issues, measures, phases, closed, completion, completionPercent, rebounds } = round;
  const longTerm = `，长期坚持${String(phases.longTerm)}项（${longTermCounts[completion.shown]}）`;
  return (
    <tr>
      <td class="round-name">
        <a href={`/rounds/${id}`}>{name}</a>
        <p>{`${codePrefix}　${String(issues)}项，措施${String(measures)}条${phases.longTerm > 0 ? longTerm : ''}`}</p>
        <p>{standing(round)}</p>
      </td>
      <td class="round-bar">
        <ProgressBar round={round} />
        <p>
          {`已销号${String(closed)}　审核中${String(phases.closureReview)}　整改中${String(phases.rectification)}　待认领${String(phases.assignment)}${rebounds > 0 ? `　反弹${String(rebounds)}次` : ''}`}
        </p>
      </td>
      <td class="round-percent figure">{completionPercent === null ? '—' : `${completionPercent.toFixed(1)}%`}</td>
    </tr>
  );
}

/** Drawn for the width of a phone's column; the figures stand in words beside it. */
export function ProgressBar({
  round: { issues, phases, closed },
}: {
  round: Pick<RoundSummary, 'issues' | 'phases' | 'closed'>;
}) {
  const all = Math.max(1, issues - phases.longTerm);
  const done = (closed / all) * width;
  const review = (phases.closureReview / all) * width;
  return (
    <svg class="progress" viewBox={`0 0 ${String(width)} 16`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" x="0" y="3" width={width} height="10" />
      <rect class="filled" x="0" y="3" width={done} height="10" />
      <rect class="waiting" x={done} y="3" width={review} height="10" />
    </svg>
  );
}

function standing({ state, stateName, concentratedEndsOn, concentratedWorkdaysLeft }: RoundSummary): string {
  if (state === 'draft') return '筹备中，尚未交办';
  if (state === 'ended') return stateName;
  if (concentratedEndsOn === null) return stateName;
  if (concentratedWorkdaysLeft !== null && concentratedWorkdaysLeft < 0) return '集中整改期已满，回头看阶段';
  const left = concentratedWorkdaysLeft === null ? '' : `，${distanceWords(concentratedWorkdaysLeft)}`;
  return `集中整改至${dayWords(concentratedEndsOn)}${left}`;
}
