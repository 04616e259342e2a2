import { NewsList } from './parts/news-list.tsx';
import type { Overview } from '../reading/overview.ts';
import type { DrillProgress } from '../rounds/drill-result.ts';
import { dayWords, phaseNames, timeWords } from '../reading/words.ts';
import { ComingTable } from './parts/coming-table.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { LightsChart } from './parts/lights-chart.tsx';
import { ProgressBar } from './parts/rounds-table.tsx';

interface DrillProps {
  readonly drill: DrillProgress;
  readonly overview: Overview;
  readonly done?: string | undefined;
}

/** A drill as it goes: the day it has come to, what has been sent and answered, what came of it so far. */
export function DrillPage({ drill, overview, done }: DrillProps) {
  const { drillId, roundId, round, state } = drill;
  return (
    <Page title={`演练：${round}`} done={done}>
      <p class="crumbs">
        <a href="/">概览</a>
        <span aria-hidden="true">›</span>演练
      </p>
      <h1>{round}</h1>
      <p class="facts">
        <span>
          <a href={`/rounds/${roundId}`}>看这一轮的问题</a>
        </span>
        <span>
          <a href={`/mailbox?clock=${drillId}`}>看来往的信</a>
        </span>
        <span>
          <a href={`/?clock=${drillId}`}>看督办办公室的概览</a>
        </span>
        {state === 'running' ? (
          <span>
            <a href={`/drills/${drillId}`}>刷新</a>
          </span>
        ) : null}
      </p>
      {/* While the drill goes on, this part renews itself; what the reader has folded open elsewhere stays. */}
      <div id="live" {...(state === 'running' && { 'data-refresh-seconds': '2' })}>
        <Live drill={drill} overview={overview} />
      </div>
    </Page>
  );
}

function Live({ drill, overview }: Pick<DrillProps, 'drill' | 'overview'>) {
  const { state, today, now, days, issues, phases, mails, replies } = drill;
  const round = overview.rounds.find(({ id }) => id === drill.roundId);
  return (
    <>
      <div class="drill-day">
        <p class="eyebrow">{state === 'running' ? '演练时间' : '演练已结束，停在'}</p>
        <p class="drill-date">
          <time datetime={now}>{dayWords(today, overview.calendar ?? undefined)}</time>
          <span>{timeWords(now)}</span>
        </p>
        <p class="note">{`第${String(days + 1)}天`}</p>
      </div>
      <dl class="tallies">
        <div>
          <dt>问题</dt>
          <dd>{issues}</dd>
        </div>
        <div>
          <dt>已发信</dt>
          <dd>{mails}</dd>
        </div>
        <div>
          <dt>收到回信</dt>
          <dd>{replies}</dd>
        </div>
        {Object.entries(phaseNames).map(([phase, name]) => (
          <div>
            <dt>{name}</dt>
            <dd>{phases[phase as keyof typeof phaseNames] ?? 0}</dd>
          </div>
        ))}
      </dl>
      {round ? (
        <div class="standing-bar">
          <ProgressBar round={round} />
          <p>
            <b>{round.completionPercent === null ? '—' : `${round.completionPercent.toFixed(1)}%`}</b>
            {`　已销号${String(round.closed)}项${round.rebounds > 0 ? `，反弹${String(round.rebounds)}次` : ''}`}
          </p>
        </div>
      ) : null}
      <div class="columns">
        <div>
          <News overview={overview} />
          <LightsChart units={overview.units} lights={overview.lights} note="按责任部门" />
        </div>
        <aside class="rail" aria-label="将发的提醒">
          <ComingTable
            coming={overview.coming}
            from={overview.comingFrom}
            today={overview.today}
            calendar={overview.calendar}
          />
        </aside>
      </div>
    </>
  );
}

function News({ overview: { traffic } }: { overview: Overview }) {
  return (
    <section class="chart" aria-labelledby="h-news">
      <Heading id="h-news" note={`当天已发${String(traffic.sentToday)}封，来信${String(traffic.receivedToday)}封`}>
        当天的往来
      </Heading>
      {traffic.news.length === 0 ? <p class="quiet">当天还没有人答复。</p> : <NewsList news={traffic.news} />}
    </section>
  );
}
