import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { readAccepted } from '../practice/accepted-file.ts';
import { acceptedPath, mailPath } from '../practice/mailbox.ts';
import type { IssueReading, IssueRow } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import { noticeOf } from './bench-notice.ts';
import { countOf } from './bench-process.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';
import { type EnvironmentWith, withPassingInstance } from './own-instance.ts';

/** The answer of `bench reply`: seconds from the door's 250 until the issue shows what was written. */
interface ReplyBench {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly replies: number;
  /** Replies that no issue showed within a minute. */
  readonly missing: number;
}

export interface ReplyOptions {
  readonly replies: string;
}

const writersAtOnce = 4;
const looksEveryMs = 10;
const givesUpAfterMs = 60_000;
const subject = '收到交办';

/**
 * `bench reply`: hands a round out on the real clock, in an instance of its own, and lets its handlers answer their mails
 * at the door, a few at a time; asks the API about each issue until it shows the answer.
 *
 * @throws RefusedError `NotStarted`, `NotMeasured`, or what the instance refuses
 */
export async function benchReply(
  output: Output,
  environmentWith: EnvironmentWith,
  options: ReplyOptions,
): Promise<void> {
  const replies = countOf('--replies', options.replies);
  const bench = await withPassingInstance(environmentWith, async (own, folder) => {
    const instance = await own.serving();
    output.note(`测量用的回头看已就绪：${own.url}（测完即停止）`);
    const writers = await own.orEnded(handOut(instance, folder, Math.min(replies, 2 * writersAtOnce)));
    output.note(`${String(writers.length)} 人回 ${String(replies)} 封信……`);
    return benchOf(await own.orEnded(answered(instance, own.smtpPort, writers, replies)));
  });
  output.answer(bench, () => words(bench));
}

/** A handler with the mail that gave him his issue. */
interface Writer {
  readonly issueId: string;
  readonly address: string;
  readonly replyTo: string;
  readonly messageId: string;
}

/** Launches a round with a handler for each issue, and waits for their mails. */
async function handOut(instance: Instance, folder: string, count: number): Promise<readonly Writer[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const handler = (number: number) => `经办${String(number)}`;
  const addressOf = (number: number) => `handler-${String(number)}@unit.example`;
  const others = { responsibleLeader: '分管甲', groupHead: '组长乙', office: '督办丙、督办丁', reviewer: '复核戊' };
  const names = Object.values(others).flatMap((some) => some.split('、'));
  const people = [
    ...numbers.map((number) => `${handler(number)},${addressOf(number)}`),
    ...names.map((name, index) => `${name},other-${String(index)}@unit.example`),
  ];
  const csv = new TextEncoder().encode(['姓名,邮箱', ...people, ''].join('\n'));
  await instance.post(['people'], { query: { fileName: 'people.csv' }, bytes: csv });
  const made = await instance.post<{ roundId: string }>(['rounds'], {
    query: { fileName: 'bench.txt' },
    bytes: noticeOf(count),
  });
  const rows = [
    { issues: '全部', people: others },
    ...numbers.map((number) => ({ issues: String(number), people: { handler: handler(number) } })),
  ];
  await instance.post(['rounds', made.roundId, 'assignments'], { json: { rows } });
  await instance.put(['rounds', made.roundId, 'launch'], { json: { firstMail: 'now' } });
  const issues = await instance.get<IssueRow[]>(['issues'], { round: made.roundId });
  const mails = await mailsTo(folder, new Set(numbers.map(addressOf)));
  return numbers.map((number) => {
    const issue = issues.find(({ handlers }) => handlers.includes(handler(number)));
    const mail = mails.get(addressOf(number));
    if (issue === undefined || mail === undefined) throw new RefusedError('NotMeasured', '没有量成：交办不齐');
    return { issueId: issue.id, address: addressOf(number), ...mail };
  });
}

/** The mails that reached the practice mailbox, by whom they went to; waits until everybody has his. */
async function mailsTo(folder: string, addresses: ReadonlySet<string>) {
  const practice = join(folder, 'practice');
  const giveUpAt = Date.now() + givesUpAfterMs;
  for (;;) {
    const accepted = (await readAccepted(acceptedPath(practice))).filter(({ to }) => addresses.has(to));
    if (accepted.length >= addresses.size) {
      const mails = await Promise.all(
        accepted.map(async ({ to, messageId }) => {
          const { replyTo } = await PostalMime.parse(await readFile(mailPath(practice, messageId)));
          return [to, { messageId, replyTo: replyTo?.[0]?.address ?? '' }] as const;
        }),
      );
      return new Map(mails);
    }
    if (Date.now() > giveUpAt) throw new RefusedError('NotMeasured', '没有量成：交办邮件一分钟内没有到齐');
    await pause(100);
  }
}

/** Seconds of each reply, undefined for one that was never shown. */
async function answered(
  instance: Instance,
  port: number,
  writers: readonly Writer[],
  replies: number,
): Promise<readonly (number | undefined)[]> {
  const door = nodemailer.createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const waits: (number | undefined)[] = [];
  let next = 0;
  const lane = async () => {
    while (next < replies) {
      const number = next;
      next += 1;
      const { issueId, address, replyTo, messageId } = writers[number % writers.length]!;
      const text = `第${String(number + 1)}次推进，已开会研究`;
      await door.sendMail({ from: address, to: replyTo, subject: `Re: ${subject}`, inReplyTo: `<${messageId}>`, text });
      waits.push(await shownAfter(instance, issueId, text));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(writersAtOnce, replies) }, lane));
    return waits;
  } finally {
    door.close();
  }
}

async function shownAfter(instance: Instance, issueId: string, text: string): Promise<number | undefined> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < givesUpAfterMs) {
    const issue = await instance.get<IssueReading>(['issues', issueId]);
    if (JSON.stringify(issue.timeline).includes(text)) return (performance.now() - startedAt) / 1000;
    await pause(looksEveryMs);
  }
  return undefined;
}

function benchOf(waits: readonly (number | undefined)[]): ReplyBench {
  const shown = waits.filter((wait) => wait !== undefined).sort((one, other) => one - other);
  const after = (share: number) =>
    Math.round((shown[Math.min(shown.length - 1, Math.floor(shown.length * share))] ?? Number.NaN) * 1_000) / 1_000;
  return {
    ...{ p50: after(0.5), p99: after(0.99), max: after(1) },
    replies: waits.length,
    missing: waits.length - shown.length,
  };
}

function words({ p50, p99, max, replies, missing }: ReplyBench): string {
  const [half, most, all] = [p50, p99, max].map((seconds) => `${seconds.toFixed(3)} 秒`);
  return `${String(replies)} 封回信，从收下（250）到问题页上看得见：一半在 ${half!} 以内，99% 在 ${most!} 以内，最慢 ${all!}；没看见的 ${String(missing)} 封`;
}
