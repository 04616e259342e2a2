import type { ClimbingLine } from '../../reading/leader-climbing.ts';
import type { LeaderUnit } from '../../reading/leader-units.ts';
import { Heading } from './layout.tsx';
import { Lamp } from './small.tsx';

const shown = 8;
const barWidth = 150;

/** What reaches him in the next days if nobody acts, and what keeps it away. */
export function Climbing({ climbing, days }: { climbing: readonly ClimbingLine[]; days: number }) {
  const rest = climbing.slice(shown);
  return (
    <section class="part" aria-labelledby="h-climb" id="climbing">
      <Heading id="h-climb" count={climbing.length} note="届时已办结的不会来">
        {`今后${String(days)}天会到您这里`}
      </Heading>
      {climbing.length === 0 ? (
        <p class="quiet">没有排定要发给您的提醒。</p>
      ) : (
        <Lines lines={climbing.slice(0, shown)} />
      )}
      {rest.length === 0 ? null : (
        <details class="folded rest">
          <summary>{`其余${String(rest.length)}条`}</summary>
          <Lines lines={rest} />
        </details>
      )}
    </section>
  );
}

function Lines({ lines }: { lines: readonly ClimbingLine[] }) {
  return (
    <ol class="climb">
      {lines.map(({ on, day, issueId, code, title, what, because, cancelledBy, as }) => (
        <li>
          <time datetime={on}>{day}</time>
          <div>
            <p>
              {issueId === null ? (
                <b>全轮</b>
              ) : (
                <a class="code" href={`/issues/${issueId}`}>
                  {code}
                </a>
              )}
              {title === null ? '' : `　${title}`}
            </p>
            <p>{what}</p>
            <p class="note">{`${because}，${as}；${cancelledBy}`}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** One row a unit: what is open by light, what is closed, and what should be by now. */
export function UnitRows({ units }: { units: readonly LeaderUnit[] }) {
  if (units.length === 0) return null;
  return (
    <section class="part" aria-labelledby="h-units" id="units">
      <Heading id="h-units" note="竖线：今天应到的位置">
        各部门与计划
      </Heading>
      <ul class="unit-rows">
        {units.map((unit) => (
          <UnitRow {...unit} />
        ))}
      </ul>
      <p class="note">按在办红灯多少排，不是排名；一个问题几个部门负责的，各部门都列灯号。</p>
    </section>
  );
}

function UnitRow({ unit, lights, done, of, percent, planned, behind }: LeaderUnit) {
  const scale = barWidth / Math.max(of, 1);
  return (
    <li>
      <p class="unit-name">
        <b>{unit}</b>
        {(['red', 'yellow', 'green'] as const).map((colour) =>
          lights[colour] === 0 ? null : <Lamp colour={colour}>{`${names[colour]}${String(lights[colour])}`}</Lamp>,
        )}
      </p>
      {of === 0 ? (
        <p class="note">
          {percent === null && lights.red + lights.yellow + lights.green > 0
            ? '没有单独计入完成率的问题'
            : '没有在办的问题'}
        </p>
      ) : (
        <>
          <svg class="progress" viewBox={`0 0 ${String(barWidth)} 16`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" x="0" y="3" width={barWidth} height="10" />
            <rect class="filled" x="0" y="3" width={done * scale} height="10" />
            {planned === 0 ? null : <line class="plan-mark" x1={planned * scale} x2={planned * scale} y1="0" y2="16" />}
          </svg>
          <p class="note">
            {`已销号${String(done)}/${String(of)}${percent === null ? '' : `（${percent.toFixed(1)}%）`}，${behind === 0 ? '没有过了整改时限还未销号的' : `过了整改时限还未销号的${String(behind)}项`}`}
          </p>
        </>
      )}
    </li>
  );
}

const names = { red: '红', yellow: '黄', green: '绿' } as const;
