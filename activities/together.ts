/**
 * Asks for many at once: whatever is asked for while an answer is awaited goes together into the next question. Who asks
 * alone is asked for at once; a question that fails, fails for all in it.
 *
 * @param ask answers in the order of the items
 */
export function together<Item, Answer>(
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let state: 'idle' | 'asking' = 'idle';

  async function askOn(): Promise<void> {
    state = 'asking';
    while (waiting.length > 0) {
      const some = waiting;
      waiting = [];
      try {
        const answers = await ask(some.map(({ item }) => item));
        some.forEach(({ resolve }, index) => resolve(answers[index]!));
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    state = 'idle';
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (state === 'idle') void askOn();
    });
}
