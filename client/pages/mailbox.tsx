import type { MailboxEntry } from '../practice/mailbox-reading.ts';
import { shortDayWords, timeWords } from '../reading/words.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { Page } from './parts/layout.tsx';

/** Whose mails are listed, and whose could be. */
export interface MailboxChoice {
  readonly clocks: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    readonly mails: number;
  }[];
  readonly clockId: string;
  readonly personId: string | undefined;
}

interface MailboxProps {
  readonly mails: readonly MailboxEntry[];
  readonly choice: MailboxChoice;
  readonly more: string | undefined;
}

const kindWords = { reminder: '提醒', answer: '答复', acknowledgement: '回执', notice: '告知' } as const;

/** The practice mailbox (演练信箱): every mail that was sent, by its reader. */
export function MailboxPage({ mails, choice, more }: MailboxProps) {
  const { clocks, people, clockId, personId } = choice;
  const person = people.find(({ id }) => id === personId);
  return (
    <Page title="演练信箱" current="mailbox">
      <div class="today-line">
        <div>
          <p class="eyebrow">这里的信都由真正的邮件协议送到；替收信人回信，也走真正的邮件协议</p>
          <h1>{person ? `${person.name}的来信` : '演练信箱'}</h1>
        </div>
      </div>
      <form class="filter" method="get" action="/mailbox" aria-label="选信箱">
        <div>
          <label for="mailbox-clock">哪个轮次</label>
          <select id="mailbox-clock" name="clock">
            {clocks.map(({ id, name }) => (
              <option value={id} selected={id === clockId}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="grow">
          <label for="mailbox-person">谁的信</label>
          <select id="mailbox-person" name="person">
            <option value="">所有人</option>
            {people.map(({ id, name, unit, mails: count }) => (
              <option value={id} selected={id === personId}>
                {`${name}${unit === '' || name.startsWith(unit) ? '' : `（${unit}）`}　${String(count)}封`}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          查看
        </button>
      </form>
      <div id="live" data-refresh-seconds="3">
        {mails.length === 0 ? (
          <p class="quiet">还没有信。演练开始后，头一批信几秒钟就到。</p>
        ) : (
          <table class="mails">
            <caption class="unseen">信件，最近的在前</caption>
            <thead>
              <tr>
                <th scope="col">时间</th>
                <th scope="col">收信人</th>
                <th scope="col">主题</th>
                <th scope="col" class="figure">
                  回信
                </th>
              </tr>
            </thead>
            <tbody>
              {mails.map(({ mailId, messageId, subject, to, sentAt, lines, replies, kind }) => (
                <tr id={`mail-${mailId}`}>
                  <td class="mail-at">
                    <time datetime={sentAt}>{`${shortDayWords(dayOf(sentAt))} ${timeWords(sentAt)}`}</time>
                  </td>
                  <td class="mail-to">{to.name}</td>
                  <td class="mail-subject">
                    <a href={`/mailbox/${encodeURIComponent(messageId)}`}>{subject}</a>
                    <span class="note">{`${kindWords[kind]}${kind === 'reminder' ? `　${String(lines)}项` : ''}`}</span>
                  </td>
                  <td class="mail-replies figure">{replies === 0 ? '—' : `${String(replies)}封`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {more === undefined ? null : (
        <p class="more">
          <a href={more}>更早的</a>
        </p>
      )}
    </Page>
  );
}
