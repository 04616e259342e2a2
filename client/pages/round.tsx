import { useContext } from 'hono/jsx';
import type { IssueFilter } from '../reading/issue-filter.ts';
import type { IssuePage } from '../reading/issue-list.ts';
import type { RoundStatus } from '../reading/round-status.ts';
import { distanceWords } from '../reading/words.ts';
import type { SetUpStep } from '../set-up/steps.ts';
import { BurnDownChart } from './parts/burn-down.tsx';
import { ComingTable } from './parts/coming-table.tsx';
import { IssueTable } from './parts/issue-table.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { LightsChart } from './parts/lights-chart.tsx';
import { longTermCounts, ProgressBar } from './parts/rounds-table.tsx';
import { Day, Folded, Moment } from './parts/small.tsx';
import { isOfOffice, Visiting } from './parts/visiting.ts';
import { stepNames } from './set-up/frame.tsx';

interface RoundProps {
  readonly round: RoundStatus;
  readonly list: IssuePage;
  readonly filter: IssueFilter;
  /** What is missing before the launch, each a sentence; only for a draft. */
  readonly missing: readonly string[];
  /** What the office should know before it launches; holds nothing up. */
  readonly notes: readonly string[];
  /** Where the office goes on setting it up; only of a draft. */
  readonly nextStep: SetUpStep;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
  readonly watches?: string | undefined;
}

/** One round: for a draft what is still to be done before the launch, afterwards how far it is. */
export function RoundPage({ round, list, filter, refusal, done, watches, ...preparation }: RoundProps) {
  const { id, name, state, today, calendar, coming, comingFrom, units, lights, burnDown } = round;
  const isDraft = state === 'draft';
  const open = lights.red + lights.yellow + lights.green;
  return (
    <Page title={name} refusal={refusal} done={done} watches={watches}>
      <p class="crumbs">
        <a href="/">概览</a>
        <span aria-hidden="true">›</span>轮次
      </p>
      <h1>{name}</h1>
      <Facts round={round} />
      <div class="columns">
        <div>
          {isDraft ? null : <Standing round={round} />}
          {isDraft ? null : (
            <p class="more">
              <a href={`/rounds/${id}/look-backs`}>抽取回头看：范围、种子和结果</a>
              {'　'}
              <a href={`/rounds/${id}/comments`}>群众意见</a>
              <PolicyLink id={id} />
            </p>
          )}
          <section class="part" aria-labelledby="h-issues">
            <Heading id="h-issues" note="灯号由规则推出，每一盏都写明原因">
              反馈问题
            </Heading>
            <IssueTable list={list} filter={filter} action={`/rounds/${id}`} />
          </section>
        </div>
        <aside class="rail" aria-label={isDraft ? '交办前的准备' : '灯号、进度、将发的提醒与人员'}>
          {isDraft ? (
            <Preparation id={id} {...preparation} />
          ) : (
            <>
              <LightsChart units={units} lights={lights} note={`在办${String(open)}项`} />
              {burnDown === null ? null : <BurnDownChart burnDown={burnDown} />}
              <ComingTable coming={coming} from={comingFrom} today={today} calendar={calendar} />
            </>
          )}
          <People round={round} />
        </aside>
      </div>
    </Page>
  );
}

/** The policy is the office's to change. */
function PolicyLink({ id }: { id: string }) {
  if (!isOfOffice(useContext(Visiting))) return null;
  return (
    <>
      {'　'}
      <a href={`/rounds/${id}/policy`}>政策：怎么催，改一改</a>
    </>
  );
}

function Facts({ round }: { round: RoundStatus }) {
  const {
    stateName,
    codePrefix,
    feedbackOn,
    concentratedEndsOn,
    concentratedWorkdaysLeft,
    policyName,
    policyVersion,
    calendarVersion,
    drillId,
    launchedAt,
  } = round;
  return (
    <p class="facts">
      <span>
        <b>{stateName}</b>
      </span>
      <span>
        编号前缀 <b>{codePrefix}</b>
      </span>
      {feedbackOn === null ? null : (
        <span>
          反馈日{' '}
          <b>
            <Day day={feedbackOn} />
          </b>
        </span>
      )}
      {concentratedEndsOn === null ? null : (
        <span>
          集中整改至{' '}
          <b>
            <Day day={concentratedEndsOn} />
          </b>
          {concentratedWorkdaysLeft !== null && concentratedWorkdaysLeft >= 0
            ? `　${distanceWords(concentratedWorkdaysLeft)}`
            : ''}
        </span>
      )}
      {launchedAt === null ? null : (
        <span>
          交办于{' '}
          <b>
            <Moment at={launchedAt} />
          </b>
        </span>
      )}
      <span>{`政策${policyName === null ? '' : `“${policyName}”`}第${String(policyVersion)}版，日历第${String(calendarVersion)}版`}</span>
      {drillId === null ? null : (
        <span>
          <a href={`/drills/${drillId}`}>这是一次演练</a>
        </span>
      )}
    </p>
  );
}

function Standing({ round }: { round: RoundStatus }) {
  const { phases, closed, completion, completionPercent, rebounds, issues } = round;
  const rows = [
    ['待认领', phases.assignment],
    ['整改中', phases.rectification],
    ['销号审核', phases.closureReview],
    ['已销号，待回头看', phases.lookBack],
    ['已归档', phases.archived],
    [`长期坚持（${longTermCounts[completion.shown]}）`, phases.longTerm],
  ] as const;
  return (
    <section class="part standing" aria-labelledby="h-standing">
      <Heading id="h-standing" note={`共${String(issues)}项${rebounds > 0 ? `，反弹${String(rebounds)}次` : ''}`}>
        销号进度
      </Heading>
      <div class="standing-bar">
        <ProgressBar round={round} />
        <p>
          <b>{completionPercent === null ? '—' : `${completionPercent.toFixed(1)}%`}</b>
          {`　已销号${String(closed)}项`}
        </p>
      </div>
      <dl class="tallies">
        {rows.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What stands between a draft and its launch, and the way to the step that is open. */
function Preparation({
  id,
  missing,
  notes,
  nextStep,
}: Pick<RoundProps, 'missing' | 'notes' | 'nextStep'> & { id: string }) {
  return (
    <section class="next" aria-labelledby="h-next">
      <h2 id="h-next">下一步</h2>
      <p class="next-step">{missing.length === 0 ? '可以交办' : '补齐后才能交办'}</p>
      <ul class="missing-list">
        {missing.map((message) => (
          <li>{message}</li>
        ))}
      </ul>
      {notes.map((note) => (
        <p class="note">{note}</p>
      ))}
      <p class="onward">
        <a class="button primary wide" href={`/rounds/${id}/set-up/${nextStep}`}>
          {`接着筹备：${stepNames[nextStep]}`}
        </a>
      </p>
      <p class="note">交办以前一封信也不发。</p>
    </section>
  );
}

function People({ round: { people, noticeFileName, bodies } }: { round: RoundStatus }) {
  return (
    <section class="chart people" aria-labelledby="h-people">
      <Heading id="h-people" count={people.length}>
        人员
      </Heading>
      {people.length === 0 ? (
        <p class="quiet">还没有人。</p>
      ) : (
        <Folded summary="名单与职责">
          <ul class="who-list">
            {people.map(({ name, unit, roles, unreachable }) => (
              <li>
                <b>{name}</b>
                <span class="dim">{unit}</span>
                <p class="note">
                  {roles
                    .map(({ roleName, issues }) =>
                      issues === null ? `全轮${roleName}` : `${roleName}${String(issues)}项`,
                    )
                    .join('，')}
                  {unreachable === null ? '' : `；联系不上：${unreachable}`}
                </p>
              </li>
            ))}
          </ul>
        </Folded>
      )}
      <p class="note">{`被巡察单位：${bodies.join('、')}${noticeFileName === null ? '' : `　通报：${noticeFileName}`}`}</p>
    </section>
  );
}
