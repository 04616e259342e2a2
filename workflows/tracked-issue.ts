import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import { Clock } from './clock.ts';
import {
  acknowledged,
  committed,
  evidenceReceived,
  issueStatus,
  issueUpdate,
  momentOpened,
  progressReported,
  type SaidAt,
} from './messages.ts';
import { writeDown } from './ports.ts';
import { answersTo } from './rules/answers.ts';
import { commitmentTo } from './rules/commitment.ts';
import type { IssueEvent, IssueFact } from './rules/events.ts';
import { type IsoInstant, latest } from './rules/instants.ts';
import type { Plan } from './rules/planner.ts';
import { hasEnded, type IssueProgress, openIssue } from './rules/progress.ts';
import { record } from './rules/record.ts';
import type { Refusal, RequestRule, Standing } from './rules/refusal.ts';
import { type IssueRequestName, requestRules } from './rules/requests/index.ts';
import type { IssueTerms } from './rules/terms.ts';

/** What one run hands to the next. */
export interface IssueCarry {
  readonly progress: IssueProgress;
  readonly now: IsoInstant;
  readonly lookAgainAt: IsoInstant | null;
  /** The number of the last step written down. */
  readonly step: number;
  /** Keys of the lines in the outbox that belong to open obligations. */
  readonly written: readonly string[];
  /** Ids of the requests handled last: the server's own deduplication ends with a run. */
  readonly handled: readonly string[];
}

/** The workflow's own signature, which importing it would make a cycle of. */
type RectifyIssue = (terms: IssueTerms, carry?: IssueCarry) => Promise<void>;

/** More requests than this one issue does not see in the time a mail can be delivered twice. */
const handledKept = 300;

const byRule = { requestId: null, by: null, source: null };

/** An issue under way: its terms, its progress, and the messages that move it. */
export class TrackedIssue {
  #terms: IssueTerms;
  #termsWritten: IssueTerms;
  readonly clock: Clock;
  #progress: IssueProgress;
  #unrecorded: IssueEvent[] = [];
  #written: ReadonlySet<string>;
  #lookAgainAt: IsoInstant | null;
  #step: number;
  #lookedAt: IsoInstant = '';
  #momentToLook: IsoInstant = '';
  readonly #handled: Set<string>;
  #shown = '';

  constructor(terms: IssueTerms, carry?: IssueCarry) {
    this.#terms = terms;
    this.#termsWritten = terms;
    this.clock = new Clock(terms.clock, carry?.now ?? terms.launchedAt);
    this.#progress = carry?.progress ?? openIssue(terms, this.clock.now());
    this.#written = new Set(carry?.written);
    this.#handled = new Set(carry?.handled);
    this.#lookAgainAt = carry?.lookAgainAt ?? null;
    this.#step = carry?.step ?? 0;
    this.#listen();
  }

  /** What the issue goes by; a policy or a calendar that is adopted changes it. */
  get terms(): IssueTerms {
    return this.#terms;
  }

  get progress(): IssueProgress {
    return this.#progress;
  }

  /** The story is over and all of it is in the ledger. */
  get ended(): boolean {
    return hasEnded(this.#progress) && this.#unrecorded.length === 0;
  }

  /** Records what the plan found to be due and brings the outbox in line with it. Nothing new costs nothing. */
  async writeDown(plan: Plan): Promise<void> {
    const lookedAt = this.clock.now();
    for (const fact of plan.facts) this.#fold(fact);
    const events = [...this.#unrecorded]; // a copy: what is said while these are being written goes into the next step
    const keys = new Set(plan.lines.map(({ key }) => key));
    const linesAdded = plan.lines.filter(({ key, latestAt }) => !this.#written.has(key) && latestAt > lookedAt);
    const linesCancelled = [...this.#written].filter((key) => !keys.has(key));
    const lookAgainAt = plan.lookAgainAt ?? null;
    if (events.length > 0 || linesAdded.length > 0 || linesCancelled.length > 0 || lookAgainAt !== this.#lookAgainAt) {
      const { issueId } = this.terms;
      const answers = events.flatMap((event) => answersTo(this.terms, this.#progress.cycle, event));
      this.#step += 1;
      const terms = this.#terms;
      const changed = terms === this.#termsWritten ? {} : { terms };
      await writeDown({
        issueId,
        number: this.#step,
        events,
        linesAdded,
        linesCancelled,
        answers,
        lookAgainAt,
        ...changed,
      });
      this.#termsWritten = terms;
      this.#unrecorded = this.#unrecorded.slice(events.length);
      this.#written = keys;
      this.#lookAgainAt = lookAgainAt;
      this.#showInLists();
    }
    this.#lookedAt = lookedAt;
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
    await continueAsNew<RectifyIssue>(this.#terms, {
      progress: this.#progress,
      now: this.clock.now(),
      lookAgainAt: this.#lookAgainAt,
      step: this.#step,
      written: [...this.#written],
      handled: [...this.#handled].slice(-handledKept),
    });
  }

  /** Lets whoever still waits for an answer have it. */
  async lastWords(): Promise<void> {
    await condition(allHandlersFinished);
  }

  #listen(): void {
    setHandler(issueStatus, () => ({
      progress: this.#progress,
      now: this.clock.now(),
      lookAgainAt: this.#lookAgainAt,
    }));

    setHandler(momentOpened, async (moment) => {
      this.clock.open(moment);
      if (moment > this.#momentToLook) this.#momentToLook = moment;
      await condition(() => this.#lookedAt >= moment || this.ended);
    });

    setHandler(acknowledged, (said) => void this.#heard(said, { type: 'acknowledged' }));

    setHandler(progressReported, ({ noteId, ...said }) => void this.#heard(said, { type: 'progressReported', noteId }));

    setHandler(committed, ({ until, measure, noteId, ...said }) => {
      const promise = { until, ...(measure !== undefined && { measure }), ...(noteId !== undefined && { noteId }) };
      this.#heard(said, commitmentTo(this.#progress, promise));
    });

    setHandler(
      evidenceReceived,
      ({ evidence, noteId, ...said }) =>
        void this.#heard(said, { type: 'evidenceReceived', evidence, ...(noteId !== undefined && { noteId }) }),
    );

    for (const name of Object.keys(requestRules) as IssueRequestName[]) this.#answer(name);
  }

  /** A request becomes its rule's fact, or is refused with all that stands in the way. */
  #answer(name: IssueRequestName): void {
    const rule = requestRules[name] as RequestRule<object>;
    setHandler(
      issueUpdate(name) as UpdateDefinition<void, [SaidAt]>,
      (request) => {
        const sequence = this.#heard(request, rule.fact(this.#standingAt(request.at), request));
        if (rule.terms !== undefined) this.#terms = rule.terms(this.#terms, request);
        return this.#recorded(sequence);
      },
      { validator: (request) => this.#refuse(request, rule.refusals(this.#standingAt(request.at), request)) },
    );
  }

  #standingAt(moment: IsoInstant): Standing {
    return { terms: this.#terms, progress: this.#progress, now: latest(this.clock.now(), moment)! };
  }

  /** A request that was handled before is not refused now: its second delivery gets the first one's answer. */
  #refuse({ requestId }: SaidAt, refusals: readonly Refusal[]): void {
    const [first] = refusals;
    if (first === undefined || this.#handled.has(requestId)) return;
    const message = refusals.map((refusal) => refusal.message).join('；');
    throw ApplicationFailure.create({ type: first.code, message, nonRetryable: true, details: [refusals] });
  }

  /** Folds what somebody said, unless it has been heard before; gives the number to wait for. */
  #heard({ requestId, by, source, recordedBy, onBehalfOf, at }: SaidAt, fact: IssueFact): number {
    if (!this.#handled.has(requestId) && !hasEnded(this.#progress)) {
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

  #fold(
    fact: IssueFact,
    said: Pick<IssueEvent, 'requestId' | 'by' | 'source' | 'recordedBy' | 'onBehalfOf'> = byRule,
  ): void {
    const event: IssueEvent = { ...fact, ...said, sequence: this.#progress.sequence + 1, at: this.clock.now() };
    this.#progress = record(this.#progress, event);
    this.#unrecorded.push(event);
  }

  /** Answers only when the ledger holds the event and what followed from it. */
  async #recorded(sequence: number): Promise<void> {
    await condition(() => this.#progress.sequence - this.#unrecorded.length >= sequence);
  }

  #hasNews(): boolean {
    return this.#unrecorded.length > 0 || this.#momentToLook > this.#lookedAt;
  }

  #showInLists(): void {
    const { phase, cycle } = this.#progress;
    const shown = `${phase}/${String(cycle)}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    upsertSearchAttributes({ Phase: [phase], Cycle: [cycle] });
  }
}
