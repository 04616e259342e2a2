import { dayOf } from '../../../workflows/rules/instants.ts';
import { dayWords, timeWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import type { ReplyReading } from '../mail-reading.ts';
import { Heading } from './layout.tsx';

/** Mail programs whose way of quoting an answer can be written in. */
export const replyStyles = {
  foxmail: 'Foxmail',
  qq: 'QQ邮箱',
  netease: '网易邮箱',
  outlook: 'Outlook',
  apple: '苹果手机',
  none: '不带原信',
} as const;

/** Writes an answer as the mail's reader; it goes out by SMTP like anybody's. */
export function ReplyForm({ path, seal, to }: { path: string; seal: FormSeal; to: string }) {
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
          <label for="reply-style">
            像用什么写的
            <span class="hint">原信按这个软件的样子附在后面，看系统分不分得清</span>
          </label>
          <select id="reply-style" name="style">
            {Object.entries(replyStyles).map(([style, name]) => (
              <option value={style}>{name}</option>
            ))}
          </select>
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

/** The answers to a mail, and what came of each. */
export function Replies({ replies }: { replies: readonly ReplyReading[] }) {
  if (replies.length === 0) return null;
  return (
    <section class="chart" aria-labelledby="h-replies">
      <Heading id="h-replies" count={replies.length} note="系统怎么读的，逐条写明">
        回信与结果
      </Heading>
      <ol class="replies">
        {replies.map((reply) => (
          <li id={`reply-${reply.id}`}>
            <p class="note">
              <time datetime={reply.receivedAt}>
                {`${dayWords(dayOf(reply.receivedAt))} ${timeWords(reply.receivedAt)}`}
              </time>
              {'\u3000'}
              <a href={`/mailbox/replies/${reply.id}`}>来信原样</a>
            </p>
            {reply.text.trim() === '' ? null : <p class="said">{reply.text}</p>}
            <Outcome reply={reply} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was understood of an answer, item by item. */
export function Outcome({ reply: { outcome, items } }: { reply: ReplyReading }) {
  return (
    <>
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
    </>
  );
}
