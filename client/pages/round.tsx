import type { IssueFilter } from '../reading/issue-filter.ts';
import type { IssuePage } from '../reading/issue-list.ts';
import type { RoundStatus } from '../reading/round-status.ts';
import { distanceWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { AssignmentPreview, type AssignmentShown } from './parts/assignment-preview.tsx';
import { BurnDownChart } from './parts/burn-down.tsx';
import { ComingTable } from './parts/coming-table.tsx';
import { IssueTable } from './parts/issue-table.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { LightsChart } from './parts/lights-chart.tsx';
import { PeopleImportForm, type PeopleImportProps } from './parts/people-import-form.tsx';
import { longTermCounts, ProgressBar } from './parts/rounds-table.tsx';
import { Day, Folded, Moment } from './parts/small.tsx';

interface RoundProps {
  readonly round: RoundStatus;
  readonly list: IssuePage;
  readonly filter: IssueFilter;
  /** What is missing before the launch, each a sentence; only for a draft. */
  readonly missing: readonly string[];
  /** What the office should know before it launches; holds nothing up. */
  readonly notes: readonly string[];
  /** Who of the office may sign for an import of people, and the last one. */
  readonly office: PeopleImportProps['office'];
  readonly lastImport: PeopleImportProps['lastImport'];
  /** An uploaded assignment that has not been written yet. */
  readonly assignment?: AssignmentShown | undefined;
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
  readonly watches?: string | undefined;
}

/** One round: for a draft what is still to be done before the launch, afterwards how far it is. */
export function RoundPage({
  round,
  list,
  filter,
  assignment,
  seal,
  refusal,
  done,
  watches,
  ...preparation
}: RoundProps) {
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
          {assignment === undefined ? null : <AssignmentPreview id={id} shown={assignment} seal={seal} />}
          {isDraft ? null : <Standing round={round} />}
          {isDraft ? null : (
            <p class="more">
              <a href={`/rounds/${id}/look-backs`}>抽取回头看：范围、种子和结果</a>
              {'　'}
              <a href={`/rounds/${id}/comments`}>群众意见</a>
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
            <Preparation id={id} seal={seal} {...preparation} />
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

/** What stands between a draft and its launch. What cannot be done is shown with what is missing. */
function Preparation({
  id,
  missing,
  notes,
  office,
  lastImport,
  seal,
}: Pick<RoundProps, 'missing' | 'notes' | 'office' | 'lastImport' | 'seal'> & { id: string }) {
  return (
    <section class="next" aria-labelledby="h-next">
      <h2 id="h-next">下一步</h2>
      {missing.length === 0 ? (
        <form class="form" method="post" action={`/rounds/${id}/launch`}>
          <input type="hidden" name="seal" value={seal} />
          <p class="next-step">可以交办</p>
          <p class="note">交办后按政策向责任人发出交办通知，从此逐项跟踪，不能退回筹备。</p>
          <div class="choice">
            <input type="checkbox" id="first-mail" name="firstMail" value="now" />
            <label for="first-mail">
              交办通知立即发出
              <span class="hint">不勾选，则在发信时间（工作日）内发出</span>
            </label>
          </div>
          <button class="button primary wide" type="submit">
            交办
          </button>
        </form>
      ) : (
        <>
          <p class="next-step">补齐后才能交办</p>
          <ul class="missing-list">
            {missing.map((message) => (
              <li>{message}</li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p class="note">{note}</p>
      ))}
      <PeopleImportForm id={id} office={office} lastImport={lastImport} seal={seal} />
      <form class="form" method="post" action={`/rounds/${id}/assignments`} enctype="multipart/form-data">
        <input type="hidden" name="seal" value={seal} />
        <div>
          <label for="assignments-file">
            责任分工
            <span class="hint">
              .csv，列：编号、责任人、责任领导、组长、督办办公室、巡察办、责任部门、配合部门、整改时限、重要程度、措施类别；编号写
              * 表示全轮
            </span>
          </label>
          <input type="file" id="assignments-file" name="file" accept=".csv" required />
        </div>
        <button class="button" type="submit" name="mode" value="preview">
          看会改什么
        </button>
      </form>
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
