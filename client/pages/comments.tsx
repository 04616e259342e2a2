import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { CommentReading } from '../reading/public-comments.ts';
import type { PersonReading } from '../reading/role-holders.ts';
import { commentChannels } from '../rounds/comment-channels.ts';
import type { FormSeal } from './form-seal.ts';
import { Act, ActingPerson, FormKeys } from './parts/acts-fields.tsx';
import { Heading, Page, type PageProps } from './parts/layout.tsx';
import { Lamp, ShortDay } from './parts/small.tsx';

interface CommentsProps extends Pick<PageProps, 'refusal' | 'done'> {
  readonly round: { readonly id: string; readonly name: string };
  readonly comments: readonly CommentReading[];
  /** Who wrote, and how he is reached, is for whoever answers. */
  readonly contacts: 'shown' | 'hidden';
  readonly office: readonly Pick<PersonReading, 'id' | 'name'>[];
  readonly today: IsoDate;
  readonly seal: FormSeal;
}

/** What the public said of a round (群众意见): what waits for an answer, what was answered, and a form to enter one by hand. */
export function CommentsPage(props: CommentsProps) {
  const { round, comments, office, today, seal, refusal, done } = props;
  const waiting = comments.filter(({ state }) => state !== 'answered');
  const answered = comments.filter(({ state }) => state === 'answered');
  const title = waiting.length === 0 ? '没有待答复的群众意见' : `${String(waiting.length)}件群众意见待答复`;
  return (
    <Page title={`${title} · ${round.name}`} refusal={refusal} done={done}>
      <p class="crumbs">
        <a href={`/rounds/${round.id}`}>{round.name}</a>
        <span aria-hidden="true">›</span>群众意见
      </p>
      <h1>{title}</h1>
      <Act title="登记一件" note="来电、来信、来访、网上看到的，逐件登记，到期提醒答复" holders={office}>
        <EnterForm {...{ round, office, today, seal }} />
      </Act>
      {comments.length === 0 ? <p class="quiet">公开期限内收到的意见登记在这里；原话留底，答复期限按政策算。</p> : null}
      <CommentList {...props} comments={waiting} id="waiting" title="待答复" note="按期限先后排" />
      <CommentList {...props} comments={answered} id="answered" title="已答复" note="最近的在前" />
    </Page>
  );
}

function CommentList({
  comments,
  id,
  title,
  note,
  ...props
}: CommentsProps & { readonly id: string; readonly title: string; readonly note: string }) {
  if (comments.length === 0) return null;
  return (
    <section class="part comments" aria-labelledby={`h-${id}`}>
      <Heading id={`h-${id}`} count={comments.length} note={note}>
        {title}
      </Heading>
      {comments.map((comment) => (
        <Comment {...props} comment={comment} />
      ))}
    </section>
  );
}

function Comment({
  comment,
  round,
  contacts,
  office,
  seal,
}: Omit<CommentsProps, 'comments'> & { readonly comment: CommentReading }) {
  const { commentId, code, text, issue, contact, receivedOn, channelName, answer, answeredOn, corrections } = comment;
  const { state, dueOn } = comment;
  return (
    <article class="comment" id={commentId}>
      <p class="bits">
        {code === '' ? null : <span class="code">{code}</span>}
        {state === 'overdue' ? <Lamp colour="red">答复已逾期</Lamp> : null}
        {state === 'answered' || dueOn === null ? null : (
          <span>
            应于
            <ShortDay day={dueOn} />
            答复
          </span>
        )}
        <span>
          <ShortDay day={receivedOn} />
          {`${channelName ?? ''}收到`}
        </span>
        {issue === null ? null : (
          <span>
            涉及<a href={`/issues/${encodeURIComponent(issue)}`}>{issue}</a>
          </span>
        )}
        {contacts === 'shown' && contact !== '' ? <span>{`联系方式：${contact}`}</span> : null}
      </p>
      <p class="said">{text}</p>
      {corrections.map(({ by, changes, reason }) => (
        <p class="note">{`${by}更正：${changes.join('；')}。${reason}`}</p>
      ))}
      {state === 'answered' ? (
        <p class="comment-answer">
          <b>答复</b>
          {answeredOn === null ? null : (
            <span class="note">
              <ShortDay day={answeredOn} />
            </span>
          )}
          <span class="said">{answer}</span>
        </p>
      ) : (
        <Act title="答复" note="答复的话留底" holders={office}>
          <form class="form account-form" method="post" action={`/rounds/${round.id}/comments/answers`}>
            <FormKeys seal={seal} />
            <input type="hidden" name="commentId" value={commentId} />
            <div>
              <label for={`answer-${commentId}`}>答复的话</label>
              <textarea id={`answer-${commentId}`} name="answer" required rows={3}></textarea>
            </div>
            <ActingPerson holders={office} id={`answer-by-${commentId}`} roleName="督办办公室" />
            <button class="button primary" type="submit">
              登记答复
            </button>
          </form>
        </Act>
      )}
    </article>
  );
}

function EnterForm({ round, office, today, seal }: Pick<CommentsProps, 'round' | 'office' | 'today' | 'seal'>) {
  return (
    <form class="form sheet-form" method="post" action={`/rounds/${round.id}/comments`}>
      <FormKeys seal={seal} />
      <div>
        <label for="text">
          意见原话<span class="hint">照实登记，登记以后更正也留底</span>
        </label>
        <textarea id="text" name="text" required rows={4}></textarea>
      </div>
      <div class="pair fits">
        <div>
          <label for="channel">怎么来的</label>
          <select id="channel" name="channel">
            {Object.entries(commentChannels).map(([channel, name]) => (
              <option value={channel}>{name}</option>
            ))}
          </select>
        </div>
        <div>
          <label for="receivedOn">哪天收到</label>
          <input type="date" id="receivedOn" name="receivedOn" value={today} max={today} required />
        </div>
      </div>
      <div class="pair fits">
        <div>
          <label for="issue">涉及的问题编号，没有可不填</label>
          <input type="text" id="issue" name="issue" autocomplete="off" />
        </div>
        <div>
          <label for="contact">联系方式，没有可不填</label>
          <input type="text" id="contact" name="contact" autocomplete="off" />
        </div>
      </div>
      <ActingPerson holders={office} id="comment-by" roleName="督办办公室" />
      <button class="button primary" type="submit">
        登记
      </button>
    </form>
  );
}
