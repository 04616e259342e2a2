import { dayOf } from '../../workflows/rules/instants.ts';
import type { PracticeMailReading } from '../practice/mailbox-reading.ts';
import { dayWords, timeWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import type { EarlierMail, ReplyReading } from './mail-reading.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Replies, ReplyForm } from './parts/mail-replies.tsx';
import { Folded, sizeWords } from './parts/small.tsx';

/** How a mail can be looked at: as mail programs show it, and as it stands. */
export const mailViews = { desk: '电脑上', phone: '手机上', text: '纯文本', source: '原文' } as const;

export type MailView = keyof typeof mailViews;

interface MailProps {
  readonly mail: PracticeMailReading;
  readonly replies: readonly ReplyReading[];
  /** The mails that this one follows, the first of them first. */
  readonly earlier: readonly EarlierMail[];
  readonly canReply: 'yes' | 'no';
  readonly view: MailView;
  readonly seal: FormSeal;
  readonly personId: string | null;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** A mail as its reader sees it, and the answer he could write; what he writes goes out by SMTP. */
export function MailPage({ mail, replies, earlier, canReply, view, seal, personId, refusal, done }: MailProps) {
  const { messageId, subject, from, to, sentAt, headers, attachments } = mail;
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
            {Object.entries(mailViews).map(([name, words]) => (
              <a href={`${path}?view=${name}`} aria-current={view === name ? 'page' : undefined}>
                {words}
              </a>
            ))}
          </nav>
          <Letter mail={mail} view={view} path={path} />
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
          <Thread earlier={earlier} />
        </aside>
      </div>
    </Page>
  );
}

/** How much of a mail's source a page shows; the file has all of it. */
const sourceCharactersAtMost = 100_000;

function Letter({ mail, view, path }: { mail: PracticeMailReading; view: MailView; path: string }) {
  if (view === 'text') return <pre class="letter-text">{mail.text}</pre>;
  if (view === 'source') {
    return (
      <>
        <p class="note">
          <a href={`${path}/source.eml`} download="mail.eml">
            存为 .eml 文件
          </a>
        </p>
        <pre class="letter-text source">{Buffer.from(mail.raw).toString('utf8').slice(0, sourceCharactersAtMost)}</pre>
      </>
    );
  }
  return (
    <iframe
      class={view === 'phone' ? 'letter phone' : 'letter'}
      title="信的正文"
      src={`${path}/body${view === 'phone' ? '?reader=strict' : ''}`}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>
  );
}

function Thread({ earlier }: { earlier: readonly EarlierMail[] }) {
  if (earlier.length === 0) return null;
  return (
    <section class="chart" aria-labelledby="h-thread">
      <Heading id="h-thread" count={earlier.length} note="收信人的邮箱里排在一起">
        此前的往来
      </Heading>
      <ol class="replies">
        {earlier.map(({ path, subject, at, by }) => (
          <li>
            <p class="note">
              <time
                datetime={at}
              >{`${dayWords(dayOf(at))} ${timeWords(at)}　${by === 'us' ? '我方来信' : '收信人回信'}`}</time>
            </p>
            <p>
              <a href={path}>{subject}</a>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
