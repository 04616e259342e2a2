import { visibleAnswer } from './reply-text.ts';

/** A line of a mail's text, and whether it belongs to what the person wrote (本人写的) or was left out as quote or signature. */
export interface AnswerLine {
  readonly text: string;
  readonly part: 'answer' | 'leftOut';
}

/**
 * A mail's text line by line, with what the reader of answers took of it, for people to check. Undefined where the lines
 * of the answer cannot be found in the text one after the other: then nothing is marked.
 */
export function answerLines(text: string): AnswerLine[] | undefined {
  const taken = visibleAnswer(text)
    .split('\n')
    .map(plain)
    .filter((line) => line !== '');
  let next = 0;
  const lines = text.split('\n').map((line): AnswerLine => {
    const isTaken = next < taken.length && plain(line) === taken[next];
    if (isTaken) next += 1;
    return { text: line, part: isTaken || plain(line) === '' ? 'answer' : 'leftOut' };
  });
  return next === taken.length ? lines : undefined;
}

function plain(line: string): string {
  return line.replace(/[\s\u200b\ufeff]+/gu, ' ').trim();
}
