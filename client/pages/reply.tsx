import { dayOf } from '../../workflows/rules/instants.ts';
import { dayWords, timeWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Outcome } from './parts/mail-replies.tsx';
import { VerifyAnswer } from './parts/verify-answer.tsx';
import { sizeWords } from './parts/small.tsx';
import type { ReplySource } from './reply-reading.ts';

interface ReplyProps {
  readonly reply: ReplySource;
  readonly seal: FormSeal;
  readonly refusal: string | undefined;
  readonly done: string | undefined;
}

/** A mail that came in, whole, with what was left out of the answer struck through, and what came of it. */
export function ReplyPage({ reply, seal, refusal, done }: ReplyProps) {
  const { subject, from, receivedAt, answers, lines, files } = reply;
  const isMarked = lines.some(({ part }) => part !== 'unmarked');
  return (
    <Page
      title={subject === '' ? '来信' : subject}
      current={reply.clockId === 'real' ? undefined : 'mailbox'}
      refusal={refusal}
      done={done}
    >
      <p class="crumbs">
        {reply.clockId === 'real' ? <a href="/">概览</a> : <a href="/mailbox">演练信箱</a>}
        {answers === null ? null : (
          <>
            <span aria-hidden="true">›</span>
            <a href={`/mailbox/${encodeURIComponent(answers.messageId)}`}>{answers.subject}</a>
          </>
        )}
      </p>
      <h1 class="mail-title">{subject === '' ? '（没有主题）' : subject}</h1>
      <dl class="pairs mail-head">
        <dt>发信人</dt>
        <dd>{from === '' ? '—' : from}</dd>
        <dt>收到</dt>
        <dd>{`${dayWords(dayOf(receivedAt))} ${timeWords(receivedAt)}`}</dd>
      </dl>
      <div class="columns mail-columns">
        <section aria-labelledby="h-source">
          <Heading id="h-source" note={isMarked ? '划去的是引用的原信和签名，不算本人写的' : '全文'}>
            来信原样
          </Heading>
          <div class="letter-text">
            {lines.map(({ text, part }) => (
              <p class="mail-line">{part === 'leftOut' ? <del>{text}</del> : text}</p>
            ))}
          </div>
          {files.length === 0 ? null : (
            <ul class="files">
              {files.map(({ fileName, sizeBytes, purpose }) => (
                <li>{`${fileName}（${sizeWords(sizeBytes)}）${purpose === 'decoration' ? '：签名里的图片之类，不算佐证' : ''}`}</li>
              ))}
            </ul>
          )}
        </section>
        <aside class="rail" aria-label="结果">
          <section class="chart" aria-labelledby="h-outcome">
            <Heading id="h-outcome">怎么读的</Heading>
            <Outcome reply={reply} />
          </section>
          <VerifyAnswer reply={reply} seal={seal} />
        </aside>
      </div>
    </Page>
  );
}
