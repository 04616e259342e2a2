import type { Calendar } from '../../workflows/rules/calendar.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { IssueReading } from '../reading/issue.ts';
import { distanceWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { Acts } from './parts/acts.tsx';
import { Flow } from './parts/flow.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { Evidence, MeasuresTable } from './parts/measures-table.tsx';
import { SecrecyForm, type SecrecyShown } from './parts/secrecy-form.tsx';
import { Day, Lamp } from './parts/small.tsx';
import { Remarks, SubLedger } from './parts/standing.tsx';

interface IssueProps {
  readonly issue: IssueReading;
  readonly calendar?: Calendar | undefined;
  /** What would come of a decision on its secrecy, before it is confirmed. */
  readonly secrecy?: SecrecyShown | undefined;
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
  readonly watches?: string | undefined;
}

/** One issue: its light and why, what was found, what is done about it, its course, and what comes next. */
export function IssuePage({ issue, calendar, secrecy, seal, refusal, done, watches }: IssueProps) {
  const { code, title, timeline, today } = issue;
  return (
    <Page title={`${code} ${title}`} current="issues" refusal={refusal} done={done} watches={watches}>
      <Crumbs issue={issue} />
      <div class="issue-head">
        <span class="code">{code}</span>
        <h1>{title}</h1>
      </div>
      <Facts issue={issue} calendar={calendar} />
      <LightReason issue={issue} />
      <Remarks issue={issue} />
      <div class="columns issue-columns">
        <aside class="rail rail-first" aria-label="下一步与可以办的事">
          <Next issue={issue} />
          <Acts issue={issue} seal={seal} />
          <SecrecyForm issue={issue} shown={secrecy} seal={seal} />
        </aside>
        <div class="body">
          <Found issue={issue} />
          <Measures issue={issue} calendar={calendar} />
          <SubLedger issue={issue} />
          {timeline === null ? null : <Flow timeline={timeline} today={today} calendar={calendar} />}
        </div>
        <aside class="rail rail-later" aria-label="相关人员">
          <People issue={issue} />
        </aside>
      </div>
    </Page>
  );
}

function Crumbs({ issue: { roundId, roundName, aspect, groupTitle } }: { issue: IssueReading }) {
  const rest = [aspect, groupTitle].filter((part) => part !== '');
  return (
    <p class="crumbs">
      <a href={`/rounds/${roundId}`}>{roundName}</a>
      {rest.map((part) => (
        <>
          <span aria-hidden="true">›</span>
          {part}
        </>
      ))}
    </p>
  );
}

function Facts({ issue, calendar }: { issue: IssueReading; calendar?: Calendar | undefined }) {
  const {
    cycle,
    phaseName,
    phase,
    deadline,
    deadlineWorkdaysLeft,
    deadlineNote,
    unit,
    measures,
    kind,
    kindName,
    weight,
  } = issue;
  const received = measures.filter(({ state }) => state !== 'missing').length;
  const isOpen = phase === 'assignment' || phase === 'rectification';
  return (
    <>
      <p class="facts">
        <span>
          <b>{`第${String(cycle)}轮`}</b>
          {`　${phaseName}`}
        </span>
        <span>
          整改时限{' '}
          <b>
            <Day day={deadline} calendar={calendar} />
          </b>
          {isOpen && deadlineWorkdaysLeft !== null ? `　${distanceWords(deadlineWorkdaysLeft)}` : ''}
        </span>
        <span>
          责任部门 <b>{unit === '' ? '未定' : unit}</b>
        </span>
        <span>
          {measures[0]?.number === 0 ? '未单列措施' : `措施${String(measures.length)}条　`}
          {measures[0]?.number === 0 ? '' : <b>{`已交${String(received)}条`}</b>}
        </span>
        {weight === 'ordinary' ? null : (
          <span>
            <b>重大问题</b>
          </span>
        )}
        {kind === 'ordinary' ? null : (
          <span>
            <b>{kindName}</b>
          </span>
        )}
        <Restricted issue={issue} />
      </p>
      {deadlineNote === '' ? null : <p class="note">{`时限依据：${deadlineNote}`}</p>}
    </>
  );
}

/** Beside the facts, that it is confidential (保密), since when and by whom. */
function Restricted({ issue: { restricted } }: { issue: IssueReading }) {
  if (restricted === null) return null;
  return (
    <span>
      <b>保密</b> {restricted.by === null ? '' : `${restricted.by}，`}
      <Day day={dayOf(restricted.at)} />设
    </span>
  );
}

/** The light across the full width, with its reason and the rule behind it. */
function LightReason({ issue: { light } }: { issue: IssueReading }) {
  return (
    <div class={`light-reason light-${light.colour}`}>
      <Lamp colour={light.colour}>{light.name}</Lamp>
      <div>
        <p>{light.sentence}</p>
        {light.rule === '' ? null : <p class="note">{light.rule}</p>}
      </div>
    </div>
  );
}

function Next({ issue: { next, phase, progress } }: { issue: IssueReading }) {
  return (
    <section class="next" aria-labelledby="h-next">
      <h2 id="h-next">下一步</h2>
      {next === null ? (
        <p class="next-step">
          {progress === null ? '等本轮交办' : phase === 'archived' ? '已归档，没有下一步' : '没有排定的下一步'}
        </p>
      ) : (
        <>
          <p class="next-step">{next.what}</p>
          <dl>
            <dt>何时</dt>
            <dd>{next.when}</dd>
            {next.cancelledBy === null ? null : (
              <>
                <dt>前提</dt>
                <dd>{next.cancelledBy}</dd>
              </>
            )}
            {next.to.length === 0 ? null : (
              <>
                <dt>发给</dt>
                <dd>{next.to.join('；')}</dd>
              </>
            )}
            <dt>现在该谁</dt>
            <dd>{next.turn}</dd>
            {next.then === null ? null : (
              <>
                <dt>再下一步</dt>
                <dd>{next.then}</dd>
              </>
            )}
          </dl>
        </>
      )}
    </section>
  );
}

function Found({ issue: { text, feedbackOn, number } }: { issue: IssueReading }) {
  return (
    <section class="part" aria-labelledby="h-found">
      <Heading id="h-found" note="原文，不作改动">
        通报原文
      </Heading>
      <blockquote class="found">
        {text.split('\n').map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </blockquote>
      <p class="note source">
        {`通报第${String(number)}项`}
        {feedbackOn === null ? null : (
          <>
            ，反馈日
            <Day day={feedbackOn} />
          </>
        )}
      </p>
    </section>
  );
}

function Measures({ issue, calendar }: { issue: IssueReading; calendar?: Calendar | undefined }) {
  const { measures, unassigned, cycle } = issue;
  return (
    <section class="part" aria-labelledby="h-measures">
      <Heading id="h-measures" note={`第${String(cycle)}轮${cycle > 1 ? '；前几轮的佐证见“经过”' : ''}`}>
        整改措施
      </Heading>
      <MeasuresTable measures={measures} calendar={calendar} />
      {unassigned.length === 0 ? null : (
        <div class="loose">
          <h3>还没有写明归哪条措施的佐证</h3>
          <Evidence evidence={unassigned} />
        </div>
      )}
    </section>
  );
}

function People({ issue: { people, unit, assistingUnits } }: { issue: IssueReading }) {
  return (
    <section class="people" aria-labelledby="h-people">
      <Heading id="h-people">相关人员</Heading>
      <dl class="pairs">
        <dt>责任部门</dt>
        <dd>{unit === '' ? '未定' : unit}</dd>
        {assistingUnits === '' ? null : (
          <>
            <dt>配合部门</dt>
            <dd>{assistingUnits}</dd>
          </>
        )}
        {people.map(({ roleName, persons }) => (
          <>
            <dt>{roleName}</dt>
            <dd>
              {persons.length === 0
                ? '未定'
                : persons.map(({ name, unreachable }) => (
                    <span class="person">
                      {name}
                      {unreachable === null ? '' : `（联系不上：${unreachable}）`}
                    </span>
                  ))}
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
