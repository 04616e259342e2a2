import type { AnswerableIssues } from '../../../client/incoming-mail/settling.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import type { Ledger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Said } from '../../../workflows/messages.ts';
import { commitmentTo } from '../../../workflows/rules/commitment.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { dayOf } from '../../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import type { RequestRule } from '../../../workflows/rules/refusal.ts';
import { type IssueRequest, type IssueRequestName, requestRules } from '../../../workflows/rules/requests/index.ts';
import { ordinaryTerms } from '../../support/terms.ts';

/** What was asked of an issue. */
export interface Call extends Said {
  readonly act: Exclude<keyof AnswerableIssues, 'ask'> | IssueRequestName;
  readonly issueId: string;
  readonly evidence?: readonly { readonly evidenceId: string; readonly measure?: number }[];
  readonly noteId?: string;
}

/** Stands for the workflows: notes every call, and projects what follows from it by the rules themselves. */
export class IssuesInLedger implements AnswerableIssues {
  readonly calls: Call[] = [];
  /** When set, is asked before every call; may throw, as a service that is down does. */
  before: ((call: Call) => void) | undefined;
  readonly #ledger: Ledger;
  readonly #at: string;
  readonly #handled = new Set<string>();

  constructor(ledger: Ledger, at: string) {
    this.#ledger = ledger;
    this.#at = at;
  }

  async acknowledge(issueId: string, said: Said): Promise<void> {
    await this.#tell({ act: 'acknowledge', issueId, ...said }, () => ({ type: 'acknowledged' }));
  }

  async reportProgress(issueId: string, report: Said & { noteId: string }): Promise<void> {
    const { noteId } = report;
    await this.#tell({ act: 'reportProgress', issueId, ...report }, () => ({ type: 'progressReported', noteId }));
  }

  async submitEvidence(
    issueId: string,
    submission: Said & { evidence: readonly { evidenceId: string; measure?: number }[]; noteId?: string },
  ): Promise<void> {
    const { evidence } = submission;
    await this.#tell({ act: 'submitEvidence', issueId, ...submission }, () => ({ type: 'evidenceReceived', evidence }));
  }

  async commit(issueId: string, promise: Said & { until: string; measure?: number; noteId?: string }): Promise<void> {
    await this.#tell({ act: 'commit', issueId, ...promise }, (progress) =>
      commitmentTo(progress, promise, dayOf(this.#at)),
    );
  }

  async proposeClosure(issueId: string, proposal: Said): Promise<void> {
    await this.ask('proposeClosure', issueId, proposal);
  }

  async ask<Name extends IssueRequestName>(
    name: Name,
    issueId: string,
    request: Said & IssueRequest<Name>,
  ): Promise<void> {
    const rule = requestRules[name] as unknown as RequestRule<object>;
    await this.#tell({ act: name, issueId, ...request }, (progress) => {
      const standing = { terms: ordinaryTerms({ issueId }), progress, now: this.#at };
      const refusals = rule.refusals(standing, request);
      const [first] = refusals;
      if (first) throw new RefusedError(first.code, refusals.map(({ message }) => message).join('；'));
      return rule.fact(standing, request);
    });
  }

  async #tell(call: Call, factOf: (progress: IssueProgress) => IssueFact): Promise<void> {
    this.before?.(call);
    this.calls.push(call);
    if (this.#handled.has(call.requestId)) return;
    const { issueId, requestId, by, source } = call;
    const issue = await this.#ledger.issue.findUniqueOrThrow({ where: { id: issueId } });
    const progress = issue.progress as unknown as IssueProgress;
    const fact = factOf(progress);
    const event = { ...fact, requestId, by, source, at: this.#at, sequence: progress.sequence + 1 };
    this.#handled.add(requestId);
    await this.#ledger.issue.update({
      where: { id: issueId },
      data: { progress: record(progress, event) as unknown as Prisma.InputJsonObject },
    });
  }
}
