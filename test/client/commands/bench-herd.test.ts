import { expect, test } from 'vitest';
import { benchHerd } from '../../../client/commands/bench-herd.ts';
import { heard } from './bench-heard.ts';

const served = {
  p50: expect.any(Number) as number,
  p99: expect.any(Number) as number,
  max: expect.any(Number) as number,
  ...{ mails: 3, early: 0, twice: 0, missing: 0 },
};

test('a small herd reaches everybody once and not before the hour, ours and the peer’s', async () => {
  const { answers, output } = heard();
  await benchHerd(output, { lines: '45', people: '3' });
  const ratio = expect.any(Number) as number;
  expect(answers).toEqual([{ ours: served, graphileWorker: served, ratio, lines: 45, people: 3 }]);
});

test.each(['0', '-1', 'viele'])('“%s” lines are no herd', async (lines) => {
  await expect(benchHerd(heard().output, { lines, people: '3' })).rejects.toThrow('--lines 应是正整数');
});
