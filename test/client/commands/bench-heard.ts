import type { Output } from '../../../client/commands/output.ts';

/** What a command says, kept. */
export function heard() {
  const answers: unknown[] = [];
  const notes: string[] = [];
  const output: Output = {
    format: 'json',
    answer: (value) => void answers.push(value),
    refused: () => undefined,
    raw: () => undefined,
    note: (line) => void notes.push(line),
  };
  return { answers, notes, output };
}
