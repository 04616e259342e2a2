import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleAnswer } from '../../../../client/incoming-mail/reply-text.ts';
import { composedMails } from './composed-mail.ts';

test('of 5,000 mails composed of answers, signatures and what programs quote, the answer comes out of 99 in 100', () => {
  const mails = fc.sample(composedMails, { numRuns: 5000, seed: 20240325 });
  const missed = mails.filter(({ body, answer }) => visibleAnswer(body) !== answer);
  const byName = new Map<string, number>();
  for (const { name } of missed) byName.set(name, (byName.get(name) ?? 0) + 1);
  console.log(
    `composed mails: ${String(mails.length - missed.length)}/${String(mails.length)} recovered`,
    [...byName].map(([name, count]) => `${name} ${String(count)}`).join('; '),
  );

  expect(missed.length).toBeLessThanOrEqual(mails.length / 100);
});

test('of no composed mail a line of the answer is lost', () => {
  const mails = fc.sample(composedMails, { numRuns: 5000, seed: 20240926 });
  const losing = mails.filter(({ body, answer }) => {
    const got = new Set(visibleAnswer(body).split('\n'));
    return answer.split('\n').some((line) => !got.has(line.trimEnd()));
  });

  expect(losing.slice(0, 3)).toEqual([]);
});
