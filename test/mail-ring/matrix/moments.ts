/** What can be watched of a sender from outside: what it says to the mail server, and what it commits. */
export type Verb = 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'end of data' | 'reply' | 'end of session' | 'commit';

/** The n-th time, from 1, that a sender does this; before it reaches the server, or after the server has done it. */
export interface Moment {
  readonly verb: Verb;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

/** What becomes of the bytes that were held while somebody was killed. */
type Held = 'dropped' | 'passedOn';

/** Waits for one moment of one run, and does what is to be done there. */
export class Watch {
  /** How often each has happened, as `verb/when`. */
  readonly counts = new Map<string, number>();
  #wanted: { moment: Moment; strike: () => Promise<void>; held: Held } | undefined;
  #struck: Promise<void> | undefined;

  /** Begins a new run. @param strike kills somebody */
  expect(moment: Moment | undefined, strike: () => Promise<void>, held: Held = 'dropped'): void {
    this.counts.clear();
    this.#struck = undefined;
    this.#wanted = moment && { moment, strike, held };
  }

  get reached(): boolean {
    return this.#struck !== undefined;
  }

  /** Resolves when whoever was to be killed is dead. */
  async struck(): Promise<void> {
    await this.#struck;
  }

  /** `drop` when this was the moment: what is held must not go on. */
  async happens(verb: Verb, when: Moment['when']): Promise<'goOn' | 'drop'> {
    const kind = `${verb}/${when}`;
    const nth = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, nth);
    const wanted = this.#wanted;
    if (wanted === undefined || this.#struck !== undefined) return 'goOn';
    const { moment } = wanted;
    if (moment.verb !== verb || moment.when !== when || moment.nth !== nth) return 'goOn';
    this.#struck = wanted.strike();
    await this.#struck;
    return wanted.held === 'dropped' ? 'drop' : 'goOn';
  }
}

/** Every how-manieth moment is tried: all of them, unless `KILL_EVERY` says otherwise, as a check that must be short does. */
export const killEvery = Math.max(1, Math.trunc(Number(process.env['KILL_EVERY'] ?? '1')) || 1);

/** The moments that are tried, spread over all of them. */
export function tried(moments: readonly Moment[]): readonly Moment[] {
  return moments.filter((_, index) => index % killEvery === 0);
}
