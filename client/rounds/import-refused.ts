import { RefusedError } from '../refused-error.ts';

/** Something in a file that a person must mend: what, and on which line. */
export interface ImportProblem {
  /** Line of the file, 1-based; 0 for what was said elsewhere, such as an option of the command line. */
  readonly line: number;
  readonly message: string;
}

/** An import that was not written, with all its problems at once. */
export class ImportRefused extends RefusedError {
  readonly problems: readonly ImportProblem[];

  constructor(fileName: string, problems: readonly ImportProblem[]) {
    super(
      'ImportProblems',
      [
        `有 ${String(problems.length)} 处要改，什么都没有写入：`,
        ...problems.map(({ line, message }) => (line > 0 ? `${fileName}:${String(line)}：${message}` : message)),
      ].join('\n'),
    );
    this.problems = problems;
  }
}
