import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { visibleAnswer } from '../../../../client/incoming-mail/reply-text.ts';

/** Replies from the test sets of four public parsers and from Chinese programs, with the answers they expect. */
const file = resolve(import.meta.dirname, '../../../../../shared/mails/replies.jsonl');
const isThere = existsSync(file);
const when = isThere ? '' : ' (skipped: ../shared/mails/replies.jsonl is not there)';

interface Sample {
  readonly set: string;
  readonly id: string;
  readonly text: string;
  readonly reply: string;
}

const trimmed = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
const linesOf = (text: string) => new Set(text.split('\n').filter((line) => line.trim() !== ''));

describe.skipIf(!isThere)(`the sample replies${when}`, () => {
  const samples = isThere
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Sample)
    : [];
  const read = samples.map(({ set, id, text, reply }) => {
    const [expected, answer] = [trimmed(reply), trimmed(visibleAnswer(text))];
    const [wanted, got] = [linesOf(expected), linesOf(answer)];
    return {
      set,
      id,
      isExact: expected === answer,
      lost: [...wanted].filter((line) => !got.has(line)),
      leaked: [...got].filter((line) => !wanted.has(line)),
    };
  });

  test('at least 92 of 100 come out exactly, the Chinese ones all', () => {
    const exact = read.filter(({ isExact }) => isExact);
    const sets = [...new Set(read.map(({ set }) => set))];
    const figure = (of: string) =>
      `${of} ${String(exact.filter(({ set }) => set === of).length)}/${String(read.filter(({ set }) => set === of).length)}`;
    console.log(
      `sample replies: ${String(exact.length)}/${String(read.length)} exact (${sets.map(figure).join(', ')})`,
    );

    expect(exact.length / read.length).toBeGreaterThanOrEqual(0.92);
    expect(read.filter(({ set, isExact }) => set === 'zh_replies' && !isExact)).toEqual([]);
  });

  test('no line of an answer is lost', () => {
    expect(read.filter(({ lost }) => lost.length > 0)).toEqual([]);
  });

  test('no quoted line is taken for an answer, except where a program broke quoted lines without marking the rest', () => {
    const leaking = read.filter(({ leaked }) => leaked.length > 0);
    console.log(`sample replies: ${String(leaking.reduce((sum, { leaked }) => sum + leaked.length, 0))} lines leak`);

    expect(leaking.filter(({ leaked }) => leaked.some((line) => line.startsWith('>')))).toEqual([]);
    // What stands unmarked between quoted lines might be an answer, so it stays.
    expect(leaking.map(({ id }) => id)).toEqual(['test_email_with_italian']);
  });
});
