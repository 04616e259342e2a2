import { type Client, type WorkflowHandle, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { businessNow } from '../prisma/business-time.ts';
import type { Ledger } from '../prisma/client.ts';
import { workflowIds } from '../workflows/ids.ts';
import {
  acknowledged,
  decideClosure,
  decideProposal,
  evidenceReceived,
  type IssueStatus,
  issueStatus,
  progressReported,
  proposeClosure,
  recordLookBack,
  type Said,
} from '../workflows/messages.ts';
import type { ClosureDecision } from '../workflows/rules/closure.ts';
import type { ClosureOutcome } from '../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../workflows/rules/instants.ts';
import type { Role } from '../workflows/rules/policy.ts';
import { RefusedError } from './refused-error.ts';

/** A signal is recorded within milliseconds; this long means that no worker runs. */
const recordedWithinMs = 60_000;

/** All that a person can ask of the issues. The command line, the pages and the inbox go through here. */
export class Issues {
  readonly #temporal: Client;
  readonly #ledger: Ledger;

  constructor({ temporal, ledger }: { temporal: Client; ledger: Ledger }) {
    this.#temporal = temporal;
    this.#ledger = ledger;
  }

  /** The handler has taken the issue on (认领). Returns when it stands in the ledger. */
  async acknowledge(issueId: string, said: Said): Promise<void> {
    await this.#tell(issueId, said, (issue, at) => issue.signal(acknowledged, { ...said, at }));
  }

  /** A note on the progress; its words stand in the ledger already. Returns when the workflow has recorded it. */
  async reportProgress(issueId: string, report: Said & { noteId: string }): Promise<void> {
    await this.#tell(issueId, report, (issue, at) => issue.signal(progressReported, { ...report, at }));
  }

  /** Evidence (佐证材料), stored already. Returns when the workflow has recorded it. */
  async submitEvidence(
    issueId: string,
    submission: Said & { evidence: readonly { evidenceId: string; measure?: number }[]; noteId?: string },
  ): Promise<void> {
    await this.#tell(issueId, submission, (issue, at) => issue.signal(evidenceReceived, { ...submission, at }));
  }

  /** @throws RefusedError `EvidenceMissing`, `WrongPhase`, `NotYours` */
  async proposeClosure(issueId: string, proposal: Said & { outcome?: ClosureOutcome }): Promise<void> {
    const at = await this.#requireRole(issueId, proposal.by, ['handler', 'responsibleLeader', 'office'], '申请销号');
    await this.#ask(() =>
      this.#issue(issueId).executeUpdate(proposeClosure, { args: [{ ...proposal, at }], updateId: proposal.requestId }),
    );
  }

  /** @throws RefusedError `WrongPhase`, `SamePerson`, `StateChanged`, `EvidenceNotAccepted`, `ReasonMissing`, `NotYours` */
  async decideClosure(issueId: string, decision: Said & { decision: ClosureDecision }): Promise<void> {
    const at = await this.#requireRole(issueId, decision.by, ['office'], '审核销号');
    await this.#ask(() =>
      this.#issue(issueId).executeUpdate(decideClosure, { args: [{ ...decision, at }], updateId: decision.requestId }),
    );
  }

  /** @throws RefusedError `NoSuchProposal`, `NotYours` */
  async decideProposal(
    issueId: string,
    decision: Said & { proposalId: string; decision: 'accepted' | 'declined'; reason: string },
  ): Promise<void> {
    const at = await this.#requireRole(issueId, decision.by, ['office'], '决定提请');
    await this.#ask(() =>
      this.#issue(issueId).executeUpdate(decideProposal, { args: [{ ...decision, at }], updateId: decision.requestId }),
    );
  }

  /** @throws RefusedError `WrongPhase`, `SamePerson`, `NotYours` */
  async recordLookBack(
    issueId: string,
    lookBack: Said & { finding: string; rebound?: { deadline: IsoDate } },
  ): Promise<void> {
    const at = await this.#requireRole(issueId, lookBack.by, ['reviewer'], '登记回头看');
    await this.#ask(() =>
      this.#issue(issueId).executeUpdate(recordLookBack, { args: [{ ...lookBack, at }], updateId: lookBack.requestId }),
    );
  }

  /** What the workflow itself says; also of an issue that has ended. */
  async status(issueId: string): Promise<IssueStatus> {
    return this.#ask(() => this.#issue(issueId).query(issueStatus));
  }

  #issue(issueId: string) {
    return this.#temporal.workflow.getHandle(workflowIds.issue(issueId));
  }

  /** A signal gives no answer: the event it became is waited for in the ledger, so that a page shown next shows it. */
  async #tell(
    issueId: string,
    { requestId }: Said,
    signal: (issue: WorkflowHandle, at: IsoInstant) => Promise<void>,
  ): Promise<void> {
    const recorded = () =>
      this.#ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } });
    if (await recorded()) return;
    const { now } = await this.#roundOf(issueId);
    await this.#ask(() => signal(this.#issue(issueId), now));
    const giveUpAt = Date.now() + recordedWithinMs;
    for (let pauseMs = 5; !(await recorded()); pauseMs = Math.min(pauseMs * 2, 500)) {
      const issue = await this.#ledger.issue.findUnique({ where: { id: issueId }, select: { phase: true } });
      if (issue?.phase === 'archived') throw new RefusedError('Ended', '这个问题已经归档，不再登记进展');
      if (Date.now() > giveUpAt)
        throw new Error(`issue ${issueId} has not recorded request ${requestId}: is a worker running?`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
        throw new RefusedError(error.cause.type ?? 'Refused', error.cause.message, { cause: error });
      }
      if (error instanceof WorkflowNotFoundError)
        throw new RefusedError('Ended', '这个问题已经归档，或尚未交办', { cause: error });
      throw error;
    }
  }

  async #requireRole(issueId: string, personId: string, roles: readonly Role[], act: string): Promise<IsoInstant> {
    const { roundId, now } = await this.#roundOf(issueId);
    const held = await this.#ledger.assignment.findFirst({
      where: {
        personId,
        role: { in: [...roles] },
        OR: [{ issueId }, { issueId: null, roundId }],
        AND: [
          { OR: [{ fromAt: null }, { fromAt: { lte: now } }] },
          { OR: [{ untilAt: null }, { untilAt: { gt: now } }] },
        ],
      },
      select: { id: true },
    });
    if (!held) throw new RefusedError('NotYours', `只有${roles.map((role) => roleNames[role]).join('、')}可以${act}`);
    return now;
  }

  async #roundOf(issueId: string): Promise<{ roundId: string; now: IsoInstant }> {
    const issue = await this.#ledger.issue.findUnique({
      where: { id: issueId },
      select: { roundId: true, round: { select: { clockId: true } } },
    });
    if (!issue) throw new RefusedError('UnknownIssue', '没有这个问题');
    return { roundId: issue.roundId, now: await businessNow(this.#ledger, issue.round.clockId) };
  }
}

/** What the roles are called. */
export const roleNames: Record<Role, string> = {
  handler: '责任人',
  responsibleLeader: '责任领导',
  groupHead: '组长',
  office: '督办办公室',
  reviewer: '巡察办(派驻纪检组)',
};
