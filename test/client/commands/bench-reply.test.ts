import { expect, test } from 'vitest';
import { benchReply } from '../../../client/commands/bench-reply.ts';
import { heard } from './bench-heard.ts';

const environmentWith = (changes: Readonly<Record<string, string | undefined>>) => ({ ...process.env, ...changes });
const seconds = expect.any(Number) as number;

test('a few replies at the door are all shown by their issues', { timeout: 180_000 }, async () => {
  const { answers, output } = heard();
  await benchReply(output, environmentWith, { replies: '3' });
  expect(answers).toEqual([{ p50: seconds, p99: seconds, max: seconds, replies: 3, missing: 0 }]);
});

test('no replies are nothing to measure', async () => {
  await expect(benchReply(heard().output, environmentWith, { replies: '0' })).rejects.toThrow('--replies 应是正整数');
});
