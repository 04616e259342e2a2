/** Where a command writes: what it was asked for on standard output, all else on standard error. */
export interface Output {
  readonly format: 'json' | 'text';
  /** The answer: JSON when it was asked for, else the words for people. */
  answer(value: unknown, words: () => string): void;
  /** Why it was not done, for programs: JSON when that was asked for and nothing has been answered yet. */
  refused(refusal: object): void;
  /** Exactly this text on standard output, as batches do. */
  raw(text: string): void;
  /** What is going on, on standard error. */
  note(line: string): void;
}

/** Writes to this process's streams. */
export function processOutput(format: Output['format']): Output {
  const out = (text: string) => void process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  let isAnswered = false;
  return {
    format,
    answer(value, words) {
      isAnswered = true;
      out(format === 'json' ? JSON.stringify(value, null, 2) : words());
    },
    refused(refusal) {
      if (format === 'json' && !isAnswered) out(JSON.stringify(refusal, null, 2));
    },
    raw: out,
    note(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}

/** Rows in columns as wide as their widest cell; a Chinese character is two columns wide. Empty rows are left out. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))));
  return rows
    .map((row) => row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell))).join('  '))
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}

/** Columns of a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…—·]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** The text in at most so many characters, with an ellipsis where it was cut. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
