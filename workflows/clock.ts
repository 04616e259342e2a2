import { condition } from '@temporalio/workflow';
import type { IsoInstant } from './rules/instants.ts';
import type { ClockKind } from './rules/terms.ts';

/**
 * A round's time. A real clock is the workflow's own; a drill's clock stands still until the conductor opens
 * the next moment. Nothing else in the project knows the difference.
 */
export class Clock {
  readonly #kind: ClockKind['kind'];
  #openedAt: IsoInstant;

  /** @param since the moment to start from, used by a drill's clock only */
  constructor(clock: ClockKind, since: IsoInstant) {
    this.#kind = clock.kind;
    this.#openedAt = since;
  }

  now(): IsoInstant {
    return this.#kind === 'real' ? new Date().toISOString() : this.#openedAt;
  }

  /** The conductor says what time it is; an earlier moment than the present one changes nothing. */
  open(moment: IsoInstant): void {
    if (moment > this.#openedAt) this.#openedAt = moment;
  }

  /** Waits until `moment` or until there is news, whichever comes first, with at most one timer. */
  async until(moment: IsoInstant, isNews: () => boolean, summary: string): Promise<void> {
    if (this.#kind === 'drill') return condition(() => isNews() || this.#openedAt >= moment);
    const wait = Date.parse(moment) - Date.now();
    if (wait > 0) await condition(isNews, wait, { summary });
  }
}
