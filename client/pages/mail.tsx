import { dayOf } from '../../workflows/rules/instants.ts';
import type { PracticeMailReading } from '../practice/mailbox-reading.ts';
import { dayWords, timeWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import type { ReplyReading } from './mail-reading.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Folded, sizeWords } from './parts/small.tsx';

interface MailProps {
  readonly mail: PracticeMailReading;
  readonly replies: readonly ReplyReading[];
  readonly canReply: 'yes' | 'no';
  readonly view: 'html' | 'text';
  readonly seal: FormSeal;
  readonly personId: string | null;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** A mail as its reader sees it, and the answer he could write; what he writes goes out by SMTP. */
export function MailPage({ mail, replies, canReply, view, seal, personId, refusal, done }: MailProps) {
  const { messageId, subject, from, to, sentAt, text, headers, attachments } = mail;
  const path = `/mailbox/${encodeURIComponent(messageId)}`;
  return (
    <Page title={subject} current="mailbox" refusal={refusal} done={done}>
      <p class="crumbs">
        <a href="/mailbox">演练信箱</a>
        {personId === null ? null : (
          <>
            <span aria-hidden="true">›</span>
            <a href={`/mailbox?person=${personId}`}>{`${to.replace(/ <.*$/, '')}的来信`}</a>
          </>
        )}
      </p>
      <h1 class="mail-title">{subject}</h1>
      <dl class="pairs mail-head">
        <dt>发信人</dt>
        <dd>{from}</dd>
        <dt>收信人</dt>
        <dd>{to}</dd>
        <dt>时间</dt>
        <dd>{sentAt === null ? '—' : `${dayWords(dayOf(sentAt))} ${timeWords(sentAt)}`}</dd>
      </dl>
      <div class="columns mail-columns">
        <div>
          <nav class="tabs" aria-label="看法">
            <a href={path} aria-current={view === 'html' ? 'page' : undefined}>
              排好版的
            </a>
            <a href={`${path}?view=text`} aria-current={view === 'text' ? 'page' : undefined}>
              纯文本
            </a>
          </nav>
          {view === 'html' ? (
            <iframe
              class="letter"
              title="信的正文"
              src={`${path}/body`}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>
          ) : (
            <pre class="letter-text">{text}</pre>
          )}
          {attachments.length === 0 ? null : (
            <ul class="files">
              {attachments.map(({ fileName, content }) => (
                <li>{`${fileName}（${sizeWords(content.byteLength)}）`}</li>
              ))}
            </ul>
          )}
          <Folded summary={`信头（${String(headers.length)}行）`}>
            <dl class="headers">
              {headers.map(({ name, value }) => (
                <>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </dl>
          </Folded>
        </div>
        <aside class="rail" aria-label="回信">
          {canReply === 'yes' ? (
            <ReplyForm path={path} seal={seal} to={to} />
          ) : (
            <p class="quiet">这封信不能在这里回。</p>
          )}
          <Replies replies={replies} />
        </aside>
      </div>
    </Page>
  );
}

function ReplyForm({ path, seal, to }: { path: string; seal: FormSeal; to: string }) {
  return (
    <section class="next" aria-labelledby="h-reply">
      <h2 id="h-reply">替收信人回信</h2>
      <form class="form" method="post" action={`${path}/replies`} enctype="multipart/form-data">
        <input type="hidden" name="seal" value={seal} />
        <div>
          <label for="reply-text">
            {`以${to.replace(/ <.*$/, '')}的名义写`}
            <span class="hint">例如：收到；已完成；或写进展。信里有几项的，每行以编号开头</span>
          </label>
          <textarea id="reply-text" name="text" rows={5}></textarea>
        </div>
        <div>
          <label for="reply-files">
            附件
            <span class="hint">佐证材料，可多选；文件名写“措施2”之类，就归到那一条</span>
          </label>
          <input type="file" id="reply-files" name="files" multiple />
        </div>
        <button class="button primary wide" type="submit">
          发出回信
        </button>
      </form>
    </section>
  );
}

function Replies({ replies }: { replies: readonly ReplyReading[] }) {
  if (replies.length === 0) return null;
  return (
    <section class="chart" aria-labelledby="h-replies">
      <Heading id="h-replies" count={replies.length} note="系统怎么读的，逐条写明">
        回信与结果
      </Heading>
      <ol class="replies">
        {replies.map(({ id, receivedAt, text, outcome, items }) => (
          <li id={`reply-${id}`}>
            <p class="note">
              <time datetime={receivedAt}>{`${dayWords(dayOf(receivedAt))} ${timeWords(receivedAt)}`}</time>
            </p>
            {text.trim() === '' ? null : <p class="said">{text}</p>}
            <p class="outcome">{outcome}</p>
            {items.map(({ issueId, code, understood, refused }) => (
              <p>
                <a class="code" href={`/issues/${issueId}`}>
                  {code}
                </a>
                {` ${understood.join('')}`}
                {refused === undefined ? '' : `　没有办成：${refused}`}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
