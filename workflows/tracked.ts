import type { UpdateDefinition } from '@temporalio/common';
import { allHandlersFinished, ApplicationFailure, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import { Clock } from './clock.ts';
import { momentOpened, type SaidAt } from './messages.ts';
import { type IsoInstant, latest } from './rules/instants.ts';
import { outboxChanges, type OutboxKeys, outboxRewritten } from './rules/outbox-changes.ts';
import type { Policy } from './rules/policy.ts';
import type { Refusal } from './rules/refusal.ts';
import type { EventHead } from './rules/events.ts';
import type { ClockKind } from './rules/terms.ts';
import type { Carry, LookedAt, Rule, Standing, Step, Story } from './story.ts';

/** More requests than this nobody sees in the time a mail can be delivered twice. */
const handledKept = 300;

const byRule = { requestId: null, by: null, source: null };

/**
 * What an issue and a round under way have in common: facts are folded as they come, numbered, and written down in
 * numbered steps by the main line alone; whoever asked is answered when the ledger holds what he caused.
 */
export abstract class Tracked<
  Terms extends { readonly clock: ClockKind; readonly launchedAt: IsoInstant; readonly policy?: Policy },
  Progress extends { readonly sequence: number },
  Fact extends { readonly type: string },
> {
  readonly clock: Clock;
  readonly #story: Story<Progress, Fact>;
  #terms: Terms;
  #termsWritten: Terms | undefined;
  #progress: Progress;
  #unrecorded: (EventHead & Fact)[] = [];
  #outbox: OutboxKeys;
  #lookAgainAt: IsoInstant | null;
  #step: number;
  #lookedAt: IsoInstant = '';
  #momentToLook: IsoInstant = '';
  readonly #handled: Set<string>;

  constructor(story: Story<Progress, Fact>, terms: Terms, progress: Progress, carry?: Partial<Carry<unknown>>) {
    this.#story = story;
    this.#terms = terms;
    this.#termsWritten = story.terms === 'withFirstStep' && carry === undefined ? undefined : terms;
    this.clock = new Clock(terms.clock, carry?.now ?? terms.launchedAt);
    this.#progress = progress;
    this.#outbox = { written: new Set(carry?.written), had: new Set(carry?.had) };
    this.#handled = new Set(carry?.handled);
    this.#lookAgainAt = carry?.lookAgainAt ?? null;
    this.#step = carry?.step ?? 0;
  }

  /** What it goes by; a policy or a calendar that is adopted changes it. */
  get terms(): Terms {
    return this.#terms;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** The story is over and all of it is in the ledger. */
  get ended(): boolean {
    return this.#story.hasEnded(this.#progress) && this.#unrecorded.length === 0;
  }

  protected get lookAgainAt(): IsoInstant | null {
    return this.#lookAgainAt;
  }

  /** Waits for `at`, or for news before it. */
  async changedBefore(at: IsoInstant | undefined): Promise<void> {
    if (at === undefined) return;
    await this.clock.until(at, () => this.#hasNews(), `等到下一个该记录的时刻 ${at}`);
  }

  /** Goes on in a fresh run, with the progress so far, once Temporal finds the history long. News is written down first. */
  async trimHistory(): Promise<void> {
    if (this.ended || !workflowInfo().continueAsNewSuggested) return;
    await condition(() => allHandlersFinished() || this.#hasNews());
    if (this.#hasNews()) return;
    await this.goOn({
      progress: this.#progress,
      now: this.clock.now(),
      lookAgainAt: this.#lookAgainAt,
      step: this.#step,
      written: [...this.#outbox.written],
      had: [...this.#outbox.had],
      handled: [...this.#handled].slice(-handledKept),
    });
  }

  /** Lets whoever still waits for an answer have it. */
  async lastWords(): Promise<void> {
    await condition(allHandlersFinished);
  }

  /** Continues as new, with the terms of now. */
  protected abstract goOn(carry: Carry<Progress>): Promise<never>;

  /**
   * Writes down what a look found and what was said since the last one.
   *
   * @param when `changed` leaves out a step in which nothing is new
   */
  protected async writeStep(
    plan: LookedAt<Fact>,
    when: 'always' | 'changed',
    write: (step: Step<Terms, EventHead & Fact>) => Promise<void>,
  ): Promise<void> {
    const lookedAt = this.clock.now();
    for (const fact of plan.facts) this.#fold(fact);
    const events = [...this.#unrecorded]; // a copy: what is said while these are being written goes into the next step
    const isAdopted = this.#terms !== this.#termsWritten;
    const sendAt = (this.#termsWritten ?? this.#terms).policy?.sendAt;
    const { added, cancelled, keys } =
      isAdopted && sendAt !== undefined
        ? outboxRewritten(this.#outbox, plan.lines, lookedAt, sendAt)
        : outboxChanges(this.#outbox, plan.lines, lookedAt);
    const lookAgainAt = plan.lookAgainAt ?? null;
    const isChanged =
      events.length > 0 || added.length > 0 || cancelled.length > 0 || lookAgainAt !== this.#lookAgainAt;
    if (isChanged || when === 'always') {
      this.#step += 1;
      const terms = this.#terms;
      const adopted = isAdopted ? { terms } : {};
      const lines = { linesAdded: added, linesCancelled: cancelled };
      await write({ number: this.#step, events, ...lines, lookAgainAt, ...adopted });
      this.#termsWritten = terms;
      this.#unrecorded = this.#unrecorded.slice(events.length);
      this.#outbox = keys;
      this.#lookAgainAt = lookAgainAt;
    }
    this.#lookedAt = lookedAt;
  }

  /** To be called when the state is built: messages that wait are handled at once. */
  protected listenToClock(): void {
    setHandler(momentOpened, async (moment) => {
      this.clock.open(moment);
      if (moment > this.#momentToLook) this.#momentToLook = moment;
      await condition(() => this.#lookedAt >= moment || this.ended);
    });
  }

  /** A request becomes its rule's fact, or is refused with all that stands in the way. */
  protected answer<Request extends SaidAt>(
    update: UpdateDefinition<void, [Request]>,
    rule: Rule<Terms, Progress, Fact>,
  ): void {
    setHandler(
      update,
      (request: Request) => {
        const before = this.#progress.sequence;
        const sequence = this.heard(request, rule.fact(this.#standingAt(request.at), request));
        // A late second delivery must not bring back the terms of then.
        if (rule.terms !== undefined && sequence > before) this.#terms = rule.terms(this.#terms, request);
        return this.#recorded(sequence);
      },
      { validator: (request: Request) => this.#refuse(request, rule.refusals(this.#standingAt(request.at), request)) },
    );
  }

  /** Folds what somebody said, unless it has been heard before; gives the number to wait for. */
  protected heard({ requestId, by, source, recordedBy, onBehalfOf, at }: SaidAt, fact: Fact): number {
    if (!this.#handled.has(requestId) && !this.#story.hasEnded(this.#progress)) {
      this.#handled.add(requestId);
      this.clock.open(at);
      const names = {
        ...(recordedBy !== undefined && { recordedBy }),
        ...(onBehalfOf !== undefined && { onBehalfOf }),
      };
      this.#fold(fact, { requestId, by, source, ...names });
    }
    return this.#progress.sequence;
  }

  #standingAt(moment: IsoInstant): Standing<Terms, Progress> {
    return { terms: this.#terms, progress: this.#progress, now: latest(this.clock.now(), moment)! };
  }

  /** A request that was handled before is not refused now: its second delivery gets the first one's answer. */
  #refuse({ requestId }: SaidAt, refusals: readonly Refusal[]): void {
    const [first] = refusals;
    if (first === undefined || this.#handled.has(requestId)) return;
    const message = refusals.map((refusal) => refusal.message).join('；');
    throw ApplicationFailure.create({ type: first.code, message, nonRetryable: true, details: [refusals] });
  }

  #fold(fact: Fact, said: Omit<EventHead, 'sequence' | 'at'> = byRule): void {
    const event = { ...fact, ...said, sequence: this.#progress.sequence + 1, at: this.clock.now() };
    this.#progress = this.#story.record(this.#progress, event);
    this.#unrecorded.push(event);
  }

  /** Answers only when the ledger holds the event and what followed from it. */
  async #recorded(sequence: number): Promise<void> {
    await condition(() => this.#progress.sequence - this.#unrecorded.length >= sequence);
  }

  #hasNews(): boolean {
    return this.#unrecorded.length > 0 || this.#momentToLook > this.#lookedAt;
  }
}
