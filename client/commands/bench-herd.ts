import { countOf, measuredBy } from './bench-process.ts';
import { columns, type Output } from './output.ts';

/** How soon after the hour the lines were accepted, in seconds, and what went wrong. */
interface Served {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly mails: number;
  readonly early: number;
  readonly twice: number;
  readonly missing: number;
}

/** The answer of `bench herd`. */
interface HerdBench {
  readonly ours: Served;
  /** A job queue on the same PostgreSQL, in the same run; it only sends. */
  readonly graphileWorker: Served;
  /** How many times as long ours takes, by the 99th of 100 lines. */
  readonly ratio: number;
  readonly lines: number;
  readonly people: number;
}

export interface HerdOptions {
  readonly lines: string;
  readonly people: string;
}

/**
 * `bench herd`: lets all lines fall due at one instant and measures until a mail server on this machine has accepted them,
 * with our post-office and with graphile-worker, on a PostgreSQL of its own that is thrown away.
 *
 * @throws RefusedError `NotMeasured` with the last thing that was said
 */
export async function benchHerd(output: Output, options: HerdOptions): Promise<void> {
  const [lines, people] = [countOf('--lines', options.lines), countOf('--people', options.people)];
  const served = await measuredBy<Pick<HerdBench, 'ours' | 'graphileWorker'>>(output, 'herd', [lines, people]);
  const ratio = Math.round((served.ours.p99 / served.graphileWorker.p99) * 100) / 100;
  const bench: HerdBench = { ...served, ratio, lines, people };
  output.answer(bench, () => words(bench));
}

function words({ ours, graphileWorker, ratio, lines, people }: HerdBench): string {
  const row = (name: string, { p50, p99, max, mails, early, twice, missing }: Served) => [
    name,
    ...[p50, p99, max].map((seconds) => `${seconds.toFixed(2)} 秒`),
    ...[mails, early, twice, missing].map(String),
  ];
  return [
    `${String(lines)} 行同时到点，发给 ${String(people)} 人；从到点到邮件服务器收下：`,
    columns([
      ['', '一半', '99%', '全部', '封数', '提前', '重复', '没发'],
      row('回头看', ours),
      row('graphile-worker', graphileWorker),
    ]),
    `是 graphile-worker 的 ${String(ratio)} 倍（它只发信，不认人、不留底）`,
  ].join('\n');
}
