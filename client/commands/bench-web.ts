import { setTimeout as pause } from 'node:timers/promises';
import type { DrillProgress } from '../rounds/drill-result.ts';
import { noticeOf } from './bench-notice.ts';
import { countOf, measuredBy } from './bench-process.ts';
import { columns, type Output } from './output.ts';
import { type EnvironmentWith, type OwnInstance, withPassingInstance } from './own-instance.ts';

/** How long a page takes in milliseconds, beside one statement for the rows that it shows, and what it weighs. */
interface PageFigures {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly floor: { readonly p50: number; readonly p99: number };
  readonly kilobytes: number;
}

/** The answer of `bench web`. */
interface WebBench {
  readonly issues: number;
  readonly pages: readonly PageFigures[];
}

const drilledIssues = 40;
const watchedPace = '0.5';

export interface WebOptions {
  readonly issues: string;
}

/**
 * `bench web`: fills a PostgreSQL of its own with so many issues, and measures how long the pages take that an office looks
 * at all day, while a drill runs on the same machine.
 *
 * @throws RefusedError `NotMeasured` with the last thing that was said; `NotStarted`
 */
export async function benchWeb(output: Output, environmentWith: EnvironmentWith, options: WebOptions): Promise<void> {
  const issues = countOf('--issues', options.issues);
  const figures = await withPassingInstance(environmentWith, (own) => {
    const drills = own.orEnded(keepDrilling(own));
    return Promise.race([measuredBy<Pick<WebBench, 'pages'>>(output, 'web', [issues]), drills]);
  });
  const bench: WebBench = { issues, ...figures };
  output.answer(bench, () => words(bench));
}

/** A drill at the pace at which people watch one, and another when it has ended; goes on until the instance ends. */
async function keepDrilling(own: OwnInstance): Promise<never> {
  const instance = await own.serving();
  for (;;) {
    const query = { fileName: 'bench.txt', staff: 'mixed', seed: '1', secondsPerDay: watchedPace };
    const { drillId } = await instance.post<{ drillId: string }>(['drills'], { query, bytes: noticeOf(drilledIssues) });
    while ((await instance.get<DrillProgress>(['drills', drillId])).state !== 'ended') await pause(1_000);
  }
}

function words({ issues, pages }: WebBench): string {
  const ms = (figure: number) => `${figure.toFixed(1)} 毫秒`;
  return [
    `${String(issues)} 个问题，同时有一场演练在走，每页看一百次：`,
    columns([
      ['', '一半', '99%', '只读数据 一半', '99%', '页面大小'],
      ...pages.map(({ name, p50, p99, floor, kilobytes }) => [
        ...[name, ms(p50), ms(p99), ms(floor.p50), ms(floor.p99), `${kilobytes.toFixed(1)} KB`],
      ]),
    ]),
  ].join('\n');
}
