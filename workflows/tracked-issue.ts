import { continueAsNew, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  acknowledged,
  committed,
  evidenceReceived,
  issueStatus,
  issueUpdate,
  progressReported,
  type SaidAt,
} from './messages.ts';
import { writeDown } from './ports.ts';
import { answersTo } from './rules/answers.ts';
import { commitmentTo } from './rules/commitment.ts';
import type { IssueFact } from './rules/events.ts';
import { dayOf, latest } from './rules/instants.ts';
import type { Plan } from './rules/planner.ts';
import { hasEnded, type IssueProgress, openIssue } from './rules/progress.ts';
import { record } from './rules/record.ts';
import type { RequestRule } from './rules/refusal.ts';
import { type IssueRequestName, requestRules } from './rules/requests/index.ts';
import type { IssueTerms } from './rules/terms.ts';
import type { Carry } from './story.ts';
import { Tracked } from './tracked.ts';

/** What one run hands to the next. */
export type IssueCarry = Carry<IssueProgress>;

/** The workflow's own signature, which importing it would make a cycle of. */
type RectifyIssue = (terms: IssueTerms, carry?: IssueCarry) => Promise<void>;

/** An issue under way: its terms, its progress, and the messages that move it. */
export class TrackedIssue extends Tracked<IssueTerms, IssueProgress, IssueFact> {
  #shown = '';

  constructor(terms: IssueTerms, carry?: IssueCarry) {
    super({ record, hasEnded, terms: 'inLedger' }, terms, carry?.progress ?? openIssue(terms, terms.launchedAt), carry);
    this.#listen();
  }

  /** Records what the plan found to be due and brings the outbox in line with it. Nothing new costs nothing. */
  async writeDown(plan: Plan): Promise<void> {
    await this.writeStep(plan, 'changed', async ({ events, ...step }) => {
      const answers = events.flatMap((event) => answersTo(this.terms, this.progress.cycle, event));
      await writeDown({ issueId: this.terms.issueId, events, answers, ...step });
      this.#showInLists();
    });
  }

  protected override goOn(carry: IssueCarry): Promise<never> {
    return continueAsNew<RectifyIssue>(this.terms, carry);
  }

  #listen(): void {
    setHandler(issueStatus, () => ({
      progress: this.progress,
      now: this.clock.now(),
      lookAgainAt: this.lookAgainAt,
    }));

    this.listenToClock();

    setHandler(acknowledged, (said) => void this.heard(said, { type: 'acknowledged' }));

    setHandler(progressReported, ({ noteId, ...said }) => void this.heard(said, { type: 'progressReported', noteId }));

    setHandler(committed, ({ until, measure, noteId, rests, ...said }) => {
      const promise = {
        until,
        ...(measure !== undefined && { measure }),
        ...(noteId !== undefined && { noteId }),
        ...(rests !== undefined && { rests }),
      };
      this.heard(said, commitmentTo(this.progress, promise, dayOf(latest(this.clock.now(), said.at)!)));
    });

    setHandler(
      evidenceReceived,
      ({ evidence, noteId, ...said }) =>
        void this.heard(said, { type: 'evidenceReceived', evidence, ...(noteId !== undefined && { noteId }) }),
    );

    for (const name of Object.keys(requestRules) as IssueRequestName[]) {
      this.answer<SaidAt>(issueUpdate(name), requestRules[name] as RequestRule<object>);
    }
  }

  #showInLists(): void {
    const { phase, cycle } = this.progress;
    const shown = `${phase}/${String(cycle)}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    upsertSearchAttributes({ Phase: [phase], Cycle: [cycle] });
  }
}
