import { createHash } from 'node:crypto';

/**
 * A number from 0 (inclusive) to 1 (exclusive) that follows from the drill's seed and from what is to be decided:
 * asked again, after a crash or years later, it is the same.
 */
export function chance(seed: string, ...about: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...about]))
    .digest();
  return digest.readUInt32BE(0) / 0x1_0000_0000;
}

/** The choice that a number from 0 to 1 falls upon. */
export function chosen<Choice>(choices: readonly [Choice, ...Choice[]], number: number): Choice {
  return choices[Math.floor(number * choices.length)] ?? choices[0];
}

/** The choice that a number from 0 to 1 falls upon when each has a weight; the weights need not add up to 1. */
export function weighed<Choice>(choices: readonly (readonly [Choice, number])[], number: number): Choice {
  const [first] = choices;
  if (first === undefined) throw new RangeError('nothing to choose from');
  let left = number * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    if (left < weight) return choice;
    left -= weight;
  }
  return first[0];
}
