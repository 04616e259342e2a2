import { type Child, useContext } from 'hono/jsx';
import type { Asking, LitIssueReading } from '../../reading/leader-lights.ts';
import type { WaitingItem } from '../../reading/leader-waiting.ts';
import { distanceWords, shortDayWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { FormKeys } from './acts-fields.tsx';
import { Heading } from './layout.tsx';
import { Visiting } from './visiting.ts';
import { Lamp, WholeDays } from './small.tsx';

interface FormOf {
  readonly seal: FormSeal;
  /** Whose page it is: in his name it is asked. */
  readonly personId: string;
}

/** So many stand open; the others fold out. */
const shown = 8;

/** What nobody else can do, each with one verb; the one filled button of the page stands on the first. */
export function Waiting({ waiting, ...form }: FormOf & { waiting: readonly WaitingItem[] }) {
  if (waiting.length === 0) return null;
  return (
    <section class="part" aria-labelledby="h-waiting" id="waiting">
      <Heading id="h-waiting" count={waiting.length} note="别人替不了；先办前面的">
        等您办的
      </Heading>
      {waiting.map((item, index) => (
        <article class="case">
          <CaseTitle {...item} />
          <p>
            <b>{item.what}</b>
            {item.bits.length === 0 ? null : <WholeDays words={`　${item.bits.join('，')}`} />}
          </p>
          <p class="meta">
            {item.state === 'overdue' ? <Lamp colour="red">{lateWords(item)}</Lamp> : distanceWords(item.workdaysLeft)}
            <WholeDays words={`　应于${shortDayWords(item.dueOn)}，以${item.roleName}身份`} />
          </p>
          {item.href === null ? (
            <Endorse item={item} {...form} />
          ) : (
            <a class={index === 0 ? 'button primary act-link' : 'button act-link'} href={item.href}>
              {item.verb}
              <span class="unseen">{` ${item.code}`}</span>
            </a>
          )}
        </article>
      ))}
    </section>
  );
}

function lateWords({ workdaysLeft }: WaitingItem): string {
  return workdaysLeft === 0 ? '已逾期' : distanceWords(workdaysLeft);
}

function CaseTitle({ issueId, code, title, onBehalfOf, cycle }: CaseTitleProps) {
  return (
    <h3>
      <a class="code" href={`/issues/${issueId}`}>
        {code}
      </a>
      {title}
      {cycle === undefined || cycle === 1 ? null : <span class="dim">{`第${String(cycle)}轮`}</span>}
      {onBehalfOf === null ? null : <span class="instead">{`代${onBehalfOf}`}</span>}
    </h3>
  );
}

interface CaseTitleProps {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly onBehalfOf: string | null;
  readonly cycle?: number;
}

/** 复核长期坚持情况, on the spot. */
function Endorse({ item: { issueId, code, attested }, ...form }: FormOf & { item: WaitingItem }) {
  return (
    <OnTheSpot verb="复核" code={code} personId={form.personId}>
      {attested === null ? (
        <p>
          <a href={`/issues/${issueId}`}>看责任部门报来的情况</a>
        </p>
      ) : (
        <blockquote class="said">{attested}</blockquote>
      )}
      <LeaderForm request="endorseAttestation" issueId={issueId} {...form}>
        <button class="button primary wide" type="submit">
          情况属实，复核通过
        </button>
      </LeaderForm>
    </OnTheSpot>
  );
}

/** Each red issue with its reason, with whom it lies, since when, and a question to the handler on the spot. */
export function RedCases({ red, ...form }: FormOf & { red: readonly LitIssueReading[] }) {
  const rest = red.slice(shown);
  return (
    <section class="part" aria-labelledby="h-red" id="red">
      <Heading id="h-red" count={red.length} note="红得最久的在前">
        为什么是红灯
      </Heading>
      {red.length === 0 ? <p class="quiet">没有逾期的事项。</p> : null}
      {red.slice(0, shown).map((issue) => (
        <RedCase issue={issue} {...form} />
      ))}
      {rest.length === 0 ? null : (
        <details class="folded rest">
          <summary>{`其余${String(rest.length)}项红灯`}</summary>
          {rest.map((issue) => (
            <RedCase issue={issue} {...form} />
          ))}
        </details>
      )}
    </section>
  );
}

function RedCase({ issue, ...form }: FormOf & { issue: LitIssueReading }) {
  const { light, redSince, overdue, asking, issueId, code } = issue;
  return (
    <article class="case">
      <CaseTitle {...issue} />
      <p>
        <Lamp colour="red">红灯</Lamp>
        <WholeDays words={`　${light.sentence}`} />
      </p>
      <ul class="meta">
        {redSince === null ? null : <li>{`${shortDayWords(redSince)}起红灯`}</li>}
        {overdue.map(({ roleName, persons, what, dueOn }) => (
          <li>
            <WholeDays
              words={`${roleName}　${persons.length === 0 ? '（尚未指定）' : persons.join('、')}：${what}，应于${shortDayWords(dueOn)}`}
            />
          </li>
        ))}
      </ul>
      <Ask asking={asking} issueId={issueId} code={code} {...form} />
    </article>
  );
}

/** 问进展: a question that the handler owes an answer to. */
function Ask({ asking, issueId, code, ...form }: FormOf & { asking: Asking; issueId: string; code: string }) {
  if (asking.state === 'impossible') return <p class="meta">{asking.why}</p>;
  if (asking.state === 'asked') {
    const by = asking.answerBy === null ? '等责任人答复' : `责任人应于${shortDayWords(asking.answerBy)}答复`;
    return <p class="meta">{`${shortDayWords(asking.on)}已问进展，${by}。`}</p>;
  }
  const id = `ask-${issueId}`;
  return (
    <OnTheSpot verb="问进展" code={code} personId={form.personId}>
      <LeaderForm request="askStatus" issueId={issueId} {...form}>
        <div>
          <label for={id}>
            问责任人什么
            <span class="hint">原话记入问题的经过；给责任人的邮件请他答复目前情况和下一步</span>
          </label>
          <textarea id={id} name="text" required rows={3} maxlength={2000}></textarea>
        </div>
        <button class="button primary wide" type="submit">
          {`发出，请其${String(asking.withinWorkdays)}个工作日内答复`}
        </button>
      </LeaderForm>
    </OnTheSpot>
  );
}

/** For whoever's page it is. */
function OnTheSpot({ verb, code, personId, children }: OnTheSpotProps) {
  const { acting } = useContext(Visiting);
  if (acting.by === 'viewer' && acting.personId !== personId) return null;
  return (
    <details class="on-the-spot">
      <summary class="button">
        {verb}
        <span class="unseen">{` ${code}`}</span>
      </summary>
      {children}
    </details>
  );
}

interface OnTheSpotProps {
  readonly verb: string;
  readonly code: string;
  readonly personId: string;
  readonly children?: Child;
}

function LeaderForm({
  personId,
  issueId,
  request,
  seal,
  children,
}: FormOf & { issueId: string; request: string; children?: Child }) {
  return (
    <form class="form" method="post" action={`/leaders/${personId}/requests/${request}`}>
      <FormKeys seal={seal} />
      <input type="hidden" name="issueId" value={issueId} />
      {children}
    </form>
  );
}

/** The yellow ones in a line each, with the same question to the handler. */
export function YellowRows({ yellow, ...form }: FormOf & { yellow: readonly LitIssueReading[] }) {
  if (yellow.length === 0) return null;
  return (
    <section class="part" aria-labelledby="h-yellow" id="yellow">
      <Heading id="h-yellow" count={yellow.length} note="还没有逾期">
        快到期的
      </Heading>
      <ul class="short">
        {yellow.map((issue) => (
          <li>
            <CaseTitle {...issue} />
            <Lamp colour="yellow">{issue.light.reason}</Lamp>
            <Ask asking={issue.asking} issueId={issue.issueId} code={issue.code} {...form} />
          </li>
        ))}
      </ul>
    </section>
  );
}
