import { countOf, measuredBy } from './bench-process.ts';
import { columns, type Output } from './output.ts';

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

export interface WebOptions {
  readonly issues: string;
}

/**
 * `bench web`: fills a PostgreSQL of its own with so many issues, and measures how long the pages take that an office looks
 * at all day.
 *
 * @throws RefusedError `NotMeasured` with the last thing that was said
 */
export async function benchWeb(output: Output, options: WebOptions): Promise<void> {
  const issues = countOf('--issues', options.issues);
  const bench: WebBench = { issues, ...(await measuredBy<Pick<WebBench, 'pages'>>(output, 'web', [issues])) };
  output.answer(bench, () => words(bench));
}

function words({ issues, pages }: WebBench): string {
  const ms = (figure: number) => `${figure.toFixed(1)} 毫秒`;
  return [
    `${String(issues)} 个问题，每页看一百次：`,
    columns([
      ['', '一半', '99%', '只读数据 一半', '99%', '页面大小'],
      ...pages.map(({ name, p50, p99, floor, kilobytes }) => [
        ...[name, ms(p50), ms(p99), ms(floor.p50), ms(floor.p99), `${kilobytes.toFixed(1)} KB`],
      ]),
    ]),
  ].join('\n');
}
