/** Chances that were thrown beforehand, one after the other and round again: what is chosen by them can be shrunk. */
export class Dice {
  readonly #rolls: readonly number[];
  #thrown = 0;

  constructor(rolls: readonly number[]) {
    this.#rolls = rolls;
  }

  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number {
    const round = Math.floor(this.#thrown / this.#rolls.length);
    const one = this.#rolls[this.#thrown % this.#rolls.length]!;
    this.#thrown += 1;
    return (one + round * 7) % sides;
  }

  pick<Value>(values: readonly Value[]): Value | undefined {
    return values.length === 0 ? undefined : values[this.roll(values.length)];
  }

  /** Some of them, in their order; seldom none. */
  some<Value>(values: readonly Value[]): Value[] {
    const mask = this.roll(9_999) + 1;
    return values.filter((_, index) => ((mask >> (index % 13)) & 1) === 1);
  }

  /** Happens once in so many times. */
  seldom(times: number): boolean {
    return this.roll(times) === times - 1;
  }
}
