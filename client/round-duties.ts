import type { Client } from '@temporalio/client';
import { businessNow } from '../prisma/business-time.ts';
import type { Ledger } from '../prisma/client.ts';
import { fromIsoDate } from '../prisma/days.ts';
import { workflowIds } from '../workflows/ids.ts';
import type { Said } from '../workflows/messages.ts';
import { dutyReported, roundStatus, type RoundStatus, roundUpdate } from '../workflows/round-messages.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../workflows/rules/instants.ts';
import type { RoundScope } from '../workflows/rules/round/events.ts';
import type { RoundRequest, RoundRequestName } from '../workflows/rules/round/requests.ts';
import { mayActInRound } from './acting/may-act-in-round.ts';
import { roundPermissions } from './acting/round-permissions.ts';
import { askedOf, untilRecorded } from './asking.ts';
import type { CommentChannel } from './rounds/comment-channels.ts';
import { RefusedError } from './refused-error.ts';
import { batchIssues, type BatchOrder, batchUnits, requireFollowed } from './rounds/batch-units.ts';
import { batchCorrection, type BatchCorrectionOrder } from './rounds/correct-batch.ts';
import { type CommentCorrectionOrder, keepWording } from './rounds/correct-comment.ts';
import { lettersOfBatch } from './rounds/letters-of-batch.ts';

const endedWords = '本轮已经结束，或尚未交办';

/** All that a person can do about what a round owes as a whole. The command line, the pages and the inbox go through here. */
export class RoundDuties {
  readonly #temporal: Client;
  readonly #ledger: Ledger;

  constructor({ temporal, ledger }: { temporal: Client; ledger: Ledger }) {
    this.#temporal = temporal;
    this.#ledger = ledger;
  }

  /**
   * Somebody reports a duty (周检查、月调度、整改方案、督办事项 …); what he wrote stands in the ledger under `noteId`. Returns when
   * the workflow has recorded it; a second delivery changes nothing.
   *
   * @throws RefusedError `UnknownDuty`, `NotYours`, `NotOffice`, `Ended`
   */
  async report(roundId: string, report: Said & { obligationId: string; noteId?: string }): Promise<void> {
    const { requestId, obligationId } = report;
    const recorded = () =>
      this.#ledger.roundEvent.findFirst({ where: { roundId, requestId }, select: { sequence: true } });
    if (await recorded()) return;
    const owed = await this.#ledger.roundObligation.findUnique({
      where: { roundId_id: { roundId, id: obligationId } },
      select: { role: true, scope: true, title: true },
    });
    if (!owed) throw new RefusedError('UnknownDuty', '本轮没有这一事项');
    const scope = (owed.scope ?? {}) as RoundScope;
    const roles = [
      ...new Set([owed.role, 'office' as const, ...(scope.bodyId === undefined ? [] : ['handler' as const])]),
    ];
    const at = await this.#nowOf(roundId);
    const act = { ...report, roundId, now: at, roles, act: `报“${owed.title}”`, scope };
    const onBehalfOf = await mayActInRound(this.#ledger, act);
    const said = { ...report, at, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    await askedOf(() => this.#round(roundId).signal(dutyReported, said), endedWords);
    await untilRecorded(recorded, () => this.#requireOpen(roundId), `round ${roundId}: request ${requestId}`);
  }

  /**
   * Asks for what may be refused; returns when it stands in the ledger. A second delivery of the same request changes
   * nothing.
   *
   * @throws RefusedError with the rule's code, or `NotYours`, `NotOffice`, `UnknownRound`, `Ended`
   */
  async ask<Name extends RoundRequestName>(
    name: Name,
    roundId: string,
    request: Said & RoundRequest<Name>,
  ): Promise<void> {
    const now = await this.#nowOf(roundId);
    const { by, recordedBy } = request;
    // A body's plan is its own head's to decide; its evaluation is the round's.
    const scope = name === 'decidePlan' && 'bodyId' in request ? { bodyId: request.bodyId as string } : {};
    const act = { ...roundPermissions[name], roundId, now, by, scope, ...(recordedBy !== undefined && { recordedBy }) };
    const onBehalfOf = await mayActInRound(this.#ledger, act);
    const said = { ...request, at: now, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    const round = this.#round(roundId);
    const { requestId } = request;
    await askedOf(() => round.executeUpdate(roundUpdate(name), { args: [said], updateId: requestId }), endedWords);
  }

  /** @throws RefusedError `NoPlan`, `SamePerson`, `ReasonMissing` … */
  async decidePlan(roundId: string, decision: Said & RoundRequest<'decidePlan'>): Promise<void> {
    await this.ask('decidePlan', roundId, decision);
  }

  /**
   * Issues a batch (督办批次) about these issues; each unit responsible for any of them owes its answer and gets its letter
   * (督办单). A second delivery writes what letters are missing.
   *
   * @throws RefusedError `UnknownIssue`, `IssueEnded`, `TitleMissing`, `TaskMissing`, `IssuesMissing`, `DueDayPassed` …
   */
  async issueBatch(roundId: string, { issueIds, ...order }: Said & BatchOrder): Promise<void> {
    const issues = await batchIssues(this.#ledger, roundId, issueIds);
    if (!(await this.#isKnown(roundId, order))) requireFollowed(issues); // what was issued stays, whatever ends afterwards
    await this.ask('issueBatch', roundId, { ...order, units: batchUnits(issues) });
    await lettersOfBatch(this.#ledger, roundId, order.requestId);
  }

  /**
   * Corrects what a batch was told wrongly; whoever has still to answer is asked anew and gets a letter that replaces his
   * first. A second delivery writes what letters are missing.
   *
   * @throws RefusedError `NoSuchBatch`, `NothingCorrected`, `ReasonMissing`, `DueDayPassed`, `IssueEnded` …
   */
  async correctBatch(roundId: string, order: Said & BatchCorrectionOrder): Promise<void> {
    if (!(await this.#isKnown(roundId, order))) {
      const { issueIds: _resolved, task: _told, ...said } = order;
      await this.ask('correctBatch', roundId, { ...said, ...(await batchCorrection(this.#ledger, roundId, order)) });
    }
    await lettersOfBatch(this.#ledger, roundId, order.requestId);
  }

  /**
   * Registers what the public wrote (群众意见); its words are kept whatever becomes of the request.
   *
   * @returns the comment's id, which follows from the request's
   * @throws RefusedError `CommentKnown`, `DueDayPassed`, `NotYours` …
   */
  async receiveComment(
    roundId: string,
    comment: Said & {
      readonly text: string;
      readonly contact?: string;
      readonly channel?: CommentChannel;
      /** Today where nobody names a day. */
      readonly receivedOn?: IsoDate;
      readonly issueId?: string;
      readonly dueOn?: IsoDate;
    },
  ): Promise<string> {
    const { text, contact = '', channel = null, receivedOn, issueId, ...said } = comment;
    const commentId = `${roundId}-y-${said.requestId}`;
    const day = receivedOn ?? dayOf(await this.#nowOf(roundId));
    await this.#ledger.publicComment.createMany({
      data: { id: commentId, roundId, issueId: issueId ?? null, receivedOn: fromIsoDate(day), channel, text, contact },
      skipDuplicates: true,
    });
    await this.ask('receiveComment', roundId, { ...said, commentId, ...(issueId !== undefined && { issueId }) });
    return commentId;
  }

  /**
   * Corrects the words of a comment, or what it is about; the words that were registered first stay beside them.
   *
   * @throws RefusedError `NoSuchComment`, `NothingCorrected`, `ReasonMissing` …
   */
  async correctComment(roundId: string, { text, ...order }: Said & CommentCorrectionOrder): Promise<void> {
    if (await this.#isKnown(roundId, order)) return;
    const wordingId = await keepWording(this.#ledger, roundId, { ...order, ...(text !== undefined && { text }) });
    await this.ask('correctComment', roundId, { ...order, ...(wordingId !== undefined && { wordingId }) });
  }

  /** @throws RefusedError `NoSuchComment`, `AnswerMissing` … */
  async answerComment(roundId: string, answer: Said & RoundRequest<'answerComment'>): Promise<void> {
    await this.ask('answerComment', roundId, answer);
  }

  /** @throws RefusedError `ScoreUnfit` … */
  async recordEvaluation(roundId: string, evaluation: Said & RoundRequest<'recordEvaluation'>): Promise<void> {
    await this.ask('recordEvaluation', roundId, evaluation);
  }

  /** @throws RefusedError `PolicyNotNewer` … */
  async adoptRoundPolicy(roundId: string, adoption: Said & RoundRequest<'adoptRoundPolicy'>): Promise<void> {
    await this.ask('adoptRoundPolicy', roundId, adoption);
  }

  /** @throws RefusedError `CalendarNotNewer` … */
  async adoptRoundCalendar(roundId: string, adoption: Said & RoundRequest<'adoptRoundCalendar'>): Promise<void> {
    await this.ask('adoptRoundCalendar', roundId, adoption);
  }

  /** What the workflow itself says; also of a round that has ended. */
  async status(roundId: string): Promise<RoundStatus> {
    return askedOf(() => this.#round(roundId).query(roundStatus), endedWords);
  }

  async #isKnown(roundId: string, { requestId }: Pick<Said, 'requestId'>): Promise<boolean> {
    return (await this.#ledger.roundEvent.count({ where: { roundId, requestId } })) > 0;
  }

  #round(roundId: string) {
    return this.#temporal.workflow.getHandle(workflowIds.round(roundId));
  }

  /** Nobody records anything any more once the round has ended. */
  async #requireOpen(roundId: string): Promise<void> {
    const round = await this.#ledger.round.findUnique({ where: { id: roundId }, select: { state: true } });
    if (round?.state === 'ended') throw new RefusedError('Ended', '本轮已经结束，不再登记');
  }

  async #nowOf(roundId: string): Promise<IsoInstant> {
    const round = await this.#ledger.round.findUnique({ where: { id: roundId }, select: { clockId: true } });
    if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
    return businessNow(this.#ledger, round.clockId);
  }
}
