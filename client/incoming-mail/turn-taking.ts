/**
 * Work that is keyed twice: the same `id` is done once at a time (a second caller joins the first), works of the same
 * `group` one after the other in the order they were asked for, and no more than so many at once.
 */
export class TurnTaking {
  readonly #atOnce: number;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #lastOfGroup = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  take(id: string, group: string, work: () => Promise<void>): Promise<void> {
    const joined = this.#underWay.get(id);
    if (joined) return joined;
    const before = this.#lastOfGroup.get(group) ?? Promise.resolve();
    // Whoever was before has told his own caller of his failure.
    const mine = before.catch(() => undefined).then(() => this.#limited(work));
    const forgotten = () => {
      this.#underWay.delete(id);
      if (this.#lastOfGroup.get(group) === mine) this.#lastOfGroup.delete(group);
    };
    this.#underWay.set(id, mine);
    this.#lastOfGroup.set(group, mine);
    mine.then(forgotten, forgotten);
    return mine;
  }

  /** Returns when nothing is under way. */
  async ended(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values());
  }

  async #limited(work: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next)
        next(); // takes the place over
      else this.#running -= 1;
    }
  }
}
