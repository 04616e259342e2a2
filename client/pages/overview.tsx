import type { Child } from 'hono/jsx';
import { useContext } from 'hono/jsx';
import type { Check } from '../health/check.ts';
import { NewsList } from './parts/news-list.tsx';
import type { Overview } from '../reading/overview.ts';
import { heldWords } from '../reading/held-mails.ts';
import { dayWords, distanceWords, shortDayWords, timeWords } from '../reading/words.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { FormSeal } from './form-seal.ts';
import { ComingTable } from './parts/coming-table.tsx';
import { DutyLists } from './parts/duty-lists.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { LightsChart } from './parts/lights-chart.tsx';
import { RoundsTable } from './parts/rounds-table.tsx';
import { DrillForm, RealRoundForm } from './parts/start-forms.tsx';
import { Visiting } from './parts/visiting.ts';
import { reviewsPath } from './reviews.tsx';
import type { Sample } from './samples.ts';

interface OverviewProps {
  readonly overview: Overview;
  /** What the watchdog has found amiss; empty when nothing is. */
  readonly watch: readonly Check[];
  readonly samples: readonly Sample[];
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
  readonly watches?: string | undefined;
}

/** What the office owes first, how things stand second, the system last; with nothing in it, the two ways to begin. */
export function OverviewPage({ overview, watch, samples, seal, refusal, done, watches }: OverviewProps) {
  const isEmpty = overview.rounds.length === 0 && overview.drills.length === 0;
  if (isEmpty) return <StartPage samples={samples} seal={seal} refusal={refusal} done={done} />;
  const { duties, dutyCount, units, lights, coming, comingFrom, today, calendar, traffic, rounds } = overview;
  const title = dutyCount === 0 ? '今天没有要办的事' : `今天要办${String(dutyCount)}件事`;
  const open = lights.red + lights.yellow + lights.green;
  return (
    <Page title={`${title} · 概览`} current="overview" refusal={refusal} done={done} watches={watches}>
      <Today overview={overview} title={title} />
      <div class="columns">
        <div>
          {dutyCount === 0 ? (
            <p class="quiet">销号、提请、来信和地址都没有待办的。责任人答复以后，这里会列出等本办审核的事。</p>
          ) : (
            <DutyLists duties={duties} today={today} seal={seal} />
          )}
          <p class="more">
            <a href={reviewsPath(overview.clockId)}>按期限看全部待审核与回头看，将到的也在内</a>
          </p>
          <RoundsTable rounds={rounds} />
          <Drills drills={overview.drills} clockId={overview.clockId} />
        </div>
        <aside class="rail" aria-label="灯号与来往邮件">
          <LightsChart units={units} lights={lights} note={`在办${String(open)}项，按责任部门`} />
          <ComingTable
            coming={coming}
            from={comingFrom}
            today={today}
            calendar={calendar}
            sentToday={traffic.sentToday}
          />
          <News overview={overview} />
        </aside>
      </div>
      <details class="begin">
        <summary>再开始一次演练，或新建轮次</summary>
        <Ways samples={samples} seal={seal} />
      </details>
      <SystemLine overview={overview} watch={watch} />
    </Page>
  );
}

function Today({ overview, title }: { overview: Overview; title: string }) {
  const { today, calendar, rounds, duties, clockId } = overview;
  const [round] = rounds.filter(({ state }) => state === 'launched');
  const left = round?.concentratedWorkdaysLeft ?? null;
  const counts = [
    ['closures', '销号待审', duties.counts.closures],
    ['proposals', '提请决定', duties.counts.proposals],
    ['requests', '申请与异议', duties.counts.requests],
    ['look-backs', '回头看', duties.counts.lookBacks],
    ['prints', '待打印送达', duties.counts.prints],
    ['unverified', '来信待核', duties.counts.unverified],
    ['unreachable', '联系不上', duties.counts.unreachable],
  ] as const;
  return (
    <div class="today-line">
      <div>
        <p class="eyebrow">
          {clockId === 'real' ? '' : '演练时间　'}
          <time datetime={today}>{dayWords(today, calendar ?? undefined)}</time>
          {round && left !== null && left >= 0 ? `　${round.name}集中整改期${distanceWords(left)}` : ''}
        </p>
        <h1>{title}</h1>
      </div>
      <ul class="tally" aria-label="按类别">
        {counts.map(([id, name, count]) =>
          count === 0 ? null : (
            <li>
              <a href={`#${id}`}>
                {name}
                <b>{count}</b>
              </a>
            </li>
          ),
        )}
      </ul>
    </div>
  );
}

function News({ overview: { traffic } }: { overview: Overview }) {
  if (traffic.news.length === 0) return null;
  return (
    <section class="chart" aria-labelledby="h-news">
      <Heading id="h-news">今天的往来</Heading>
      <NewsList news={traffic.news} />
    </section>
  );
}

const staffWords: Readonly<Record<string, string>> = {
  diligent: '都按时答复',
  mixed: '有快有慢',
  silent: '都不答复',
};

export function Drills({ drills, clockId }: { drills: Overview['drills']; clockId: string | undefined }) {
  if (drills.length === 0) return null;
  return (
    <section class="part" aria-labelledby="h-drills">
      <Heading id="h-drills" note="演练有自己的时间，信件只进演练信箱">
        演练
      </Heading>
      <table class="plain">
        <caption class="unseen">各次演练</caption>
        <thead>
          <tr>
            <th scope="col">演练</th>
            <th scope="col">人员</th>
            <th scope="col">演到</th>
            <th scope="col">
              <span class="unseen">查看</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {drills.map(({ id, roundName, staff, today, state }) => (
            <tr>
              <th scope="row">
                <a href={`/drills/${id}`}>{roundName}</a>
              </th>
              <td>{staffWords[staff] ?? staff}</td>
              <td>{state === 'ended' ? `${shortDayWords(today)}结束` : dayWords(today)}</td>
              <td>{id === clockId ? '本页所示' : <a href={`/?clock=${id}`}>看它的概览</a>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SystemLine({ overview: { traffic, now }, watch }: { overview: Overview; watch: readonly Check[] }) {
  const { sentToday, receivedToday, underWay, refused, uncertain, held, nextAt } = traffic;
  const rate = heldWords(held, now);
  return (
    <p class="system">
      <b>{underWay === held.count && refused === 0 && watch.length === 0 ? '往来正常' : '请留意'}</b>
      <span>{`今天已发${String(sentToday)}封，来信${String(receivedToday)}封`}</span>
      <span>{`待交付${String(underWay)}封，被拒收${String(refused)}封，重发存疑${String(uncertain)}封`}</span>
      {rate === undefined ? null : <span>{rate}</span>}
      {nextAt === null ? null : <span>{`下一批 ${shortDayWords(dayOf(nextAt))} ${timeWords(nextAt)}`}</span>}
      {watch.map(({ name, message }) => (
        <span>{`${name}：${message}`}</span>
      ))}
    </p>
  );
}

function StartPage({ samples, seal, refusal, done }: Omit<OverviewProps, 'overview' | 'watch'>) {
  return (
    <Page title="开始" current="overview" refusal={refusal} done={done}>
      <div class="today-line">
        <div>
          <p class="eyebrow">还没有轮次</p>
          <h1>从一份通报开始</h1>
        </div>
      </div>
      <Lead />
      <Ways samples={samples} seal={seal} />
    </Page>
  );
}

/** What it is for, to whoever sees it first. */
export function Lead() {
  return (
    <p class="lead">
      把巡察反馈的每个问题，从交办盯到回头看：谁、哪天前、交什么，到期前提醒，逾期逐级上报，凭佐证销号，销号后再回头看。责任人只要回邮件，不用登录。
    </p>
  );
}

/** The ways to begin, side by side: a round is for the office to set up. */
export function Ways({
  samples,
  seal,
  children,
}: Pick<OverviewProps, 'samples' | 'seal'> & { readonly children?: Child }) {
  const { viewer, signIn } = useContext(Visiting);
  const setsUp = signIn === 'none' || viewer?.standing === 'office';
  return (
    <div class="ways">
      <section aria-labelledby="h-drill">
        <Heading id="h-drill" note="几分钟看完半年">
          开始一次演练
        </Heading>
        <p class="way-note">
          演练有自己的时间和人员，信件只进演练信箱，不会发给真人。随时可以看每一封信、替任何人回信。
        </p>
        <DrillForm samples={samples} seal={seal} />
      </section>
      {setsUp ? (
        <section aria-labelledby="h-real">
          <Heading id="h-real" note="按真实日期，发真实邮件">
            建一个真实轮次
          </Heading>
          <ol class="steps">
            <li>上传通报：读出问题、措施和时限，有疑问的逐条列出。</li>
            <li>导入人员名单（.csv：姓名、邮箱、单位、职务）。</li>
            <li>导入责任分工（.csv：编号、责任人、责任领导、责任部门……）。</li>
            <li>看清还缺什么，再按“交办”。交办以前，一封信也不发。</li>
          </ol>
          <RealRoundForm seal={seal} />
          <p class="note">
            也可以用命令行：<code>bin/huitoukan round create --from 通报.docx</code>
          </p>
        </section>
      ) : null}
      {children}
    </div>
  );
}
