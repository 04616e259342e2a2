import type { Ledger } from '../../prisma/client.ts';
import { type Check, check } from './check.ts';

/** What is this late has been missed, not merely delayed. */
const graceMs = 15 * 60_000;
/** An answer that was left in the mailbox is shown so long. */
const shownMs = 7 * 24 * 3_600_000;

/** Whether answers are still fetched from the watched mailboxes; nothing when there is none. Reads the ledger alone. */
export async function mailboxes(ledger: Ledger, now: Date): Promise<Check[]> {
  const watched = await ledger.fetchedMailbox.findMany({ where: { state: 'watched' }, orderBy: { id: 'asc' } });
  const ago = (moment: Date | null) => (moment === null ? Infinity : now.getTime() - moment.getTime());
  return Promise.all(
    watched.map(async ({ id, stored, keptOut, tooLargeAt, unmarkedAt, lookedAt, failedSince, problem }) => {
      const name = `取信邮箱 ${id}`;
      const say = (when: 'attention' | 'down', words: string) =>
        check(name, { when, words: () => words }, () => Promise.resolve({ count: 1, sample: [] }));
      if (failedSince !== null)
        return say(ago(failedSince) > graceMs ? 'down' : 'attention', `取不到信：${problem ?? '原因不明'}`);
      if (ago(lookedAt) > graceMs) return say('down', '一刻钟以上没有取信，请看程序是否在运行');
      if (ago(tooLargeAt) < shownMs) return say('attention', '有超过 25 MB 的答复没有取，请到邮箱里查看');
      if (unmarkedAt !== null) return say('attention', '信取到了，但邮箱不让标记或移动，请核对邮箱的权限');
      const message = `正常：取到 ${String(stored)} 封答复，${String(keptOut)} 封不是答复，原样留在邮箱里`;
      return { name, state: 'ok' as const, count: 0, sample: [], message };
    }),
  );
}
