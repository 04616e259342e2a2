import { expect, it } from 'vitest';
import { together } from '../../activities/together.ts';

/** A question that is answered when the test says so. */
function asked() {
  const questions: { items: readonly number[]; answer: () => void; fail: () => void }[] = [];
  const ask = together(
    (items: readonly number[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        const answer = () => resolve(items.map((item) => `answer ${String(item)}`));
        questions.push({ items, answer, fail: () => reject(new Error('no answer')) });
      }),
  );
  return { questions, ask };
}

it('asks at once for who comes alone, and together for those who come while it is answered', async () => {
  const { questions, ask } = asked();
  const first = ask(1);
  const others = [ask(2), ask(3)];
  expect(questions.map(({ items }) => items)).toEqual([[1]]);
  questions[0]!.answer();
  expect(await first).toBe('answer 1');
  await new Promise(setImmediate);
  questions[1]!.answer();
  expect(await Promise.all(others)).toEqual(['answer 2', 'answer 3']);
  expect(questions).toHaveLength(2);
});

it('fails for all in a question that fails, and for nobody after', async () => {
  const { questions, ask } = asked();
  const failing = ask(1);
  questions[0]!.fail();
  await expect(failing).rejects.toThrow('no answer');
  const next = ask(2);
  questions[1]!.answer();
  expect(await next).toBe('answer 2');
});
