import type { Client, WorkflowHandle } from '@temporalio/client';
import { businessNow } from '../prisma/business-time.ts';
import type { Ledger } from '../prisma/client.ts';
import { workflowIds } from '../workflows/ids.ts';
import {
  acknowledged,
  committed,
  evidenceReceived,
  type IssueStatus,
  issueStatus,
  issueUpdate,
  progressReported,
  type Said,
} from '../workflows/messages.ts';
import type { Promised } from '../workflows/rules/commitment.ts';
import type { IsoInstant } from '../workflows/rules/instants.ts';
import { hasEnded } from '../workflows/rules/progress.ts';
import type { IssueRequest, IssueRequestName } from '../workflows/rules/requests/index.ts';
import { handedInBy } from './acting/handed-in.ts';
import { mayAct } from './acting/may-act.ts';
import { whoseWords } from './acting/whose-words.ts';
import { askedOf, untilRecorded } from './asking.ts';
import { writeDecisionLetter } from './letters/decision-letter.ts';
import { RefusedError } from './refused-error.ts';

const endedWords = '这个问题已经归档、撤销或并入，或尚未交办';

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
    await this.#tell(issueId, said, (issue, when) => issue.signal(acknowledged, { ...said, ...when }));
  }

  /** A note on the progress; its words stand in the ledger already. Returns when the workflow has recorded it. */
  async reportProgress(issueId: string, report: Said & { noteId: string }): Promise<void> {
    await this.#tell(issueId, report, (issue, when) => issue.signal(progressReported, { ...report, ...when }));
  }

  /** A promise (承诺) to be done by a day, inclusive. Returns when the workflow has recorded it. */
  async commit(issueId: string, promise: Said & Omit<Promised, 'rests'>): Promise<void> {
    await this.#tell(issueId, promise, (issue, when) =>
      issue.signal(committed, { ...promise, rests: 'covered', ...when }),
    );
  }

  /** Evidence (佐证材料), stored already. Returns when the workflow has recorded it. */
  async submitEvidence(
    issueId: string,
    submission: Said & { evidence: readonly { evidenceId: string; measure?: number }[]; noteId?: string },
  ): Promise<void> {
    await this.#tell(issueId, submission, (issue, when) => issue.signal(evidenceReceived, { ...submission, ...when }));
  }

  /**
   * Asks for what may be refused; returns when it stands in the ledger. A second delivery of the same request changes
   * nothing.
   *
   * @throws RefusedError with the rule's code, or `NotYours`, `RecordedByMissing`, `UnknownIssue`, `Ended`
   */
  async ask<Name extends IssueRequestName>(
    name: Name,
    issueId: string,
    request: Said & IssueRequest<Name>,
  ): Promise<void> {
    const { roundId, now } = await this.#roundOf(issueId);
    const onBehalfOf = await mayAct(this.#ledger, name, { issueId, roundId, now, ...request });
    await this.askPermitted(name, issueId, request, onBehalfOf);
  }

  /**
   * Asks for what `mayAct` has allowed already, where who is entitled may have changed since: whoever hands over his own
   * role holds it no more when the issues are told.
   *
   * @param onBehalfOf whom the speaker stands in for, as `mayAct` said
   */
  async askPermitted<Name extends IssueRequestName>(
    name: Name,
    issueId: string,
    request: Said & IssueRequest<Name>,
    onBehalfOf: string | undefined,
  ): Promise<void> {
    const { now } = await this.#roundOf(issueId);
    const handedIn =
      'evidenceId' in request && typeof request.evidenceId === 'string'
        ? { handedIn: await handedInBy(this.#ledger, issueId, request.evidenceId) }
        : {};
    const said = { ...request, ...handedIn, at: now, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    await askedOf(
      () => this.#issue(issueId).executeUpdate(issueUpdate(name), { args: [said], updateId: request.requestId }),
      endedWords,
    );
    if (name === 'decideProposal') await writeDecisionLetter(this.#ledger, issueId, request.requestId);
  }

  /** @throws RefusedError `EvidenceMissing`, `ItemsIn`, `WrongPhase`, `NotYours` … */
  async proposeClosure(issueId: string, proposal: Said & IssueRequest<'proposeClosure'>): Promise<void> {
    await this.ask('proposeClosure', issueId, proposal);
  }

  /** @throws RefusedError `WrongPhase`, `SamePerson`, `StateChanged`, `EvidenceNotAccepted`, `ReasonMissing`, `NotYours` */
  async decideClosure(issueId: string, decision: Said & IssueRequest<'decideClosure'>): Promise<void> {
    await this.ask('decideClosure', issueId, decision);
  }

  /** @throws RefusedError `NoSuchProposal`, `NotYours` */
  async decideProposal(issueId: string, decision: Said & IssueRequest<'decideProposal'>): Promise<void> {
    await this.ask('decideProposal', issueId, decision);
  }

  /** @throws RefusedError `WrongPhase`, `SamePerson`, `NotYours` */
  async recordLookBack(issueId: string, lookBack: Said & IssueRequest<'recordLookBack'>): Promise<void> {
    await this.ask('recordLookBack', issueId, lookBack);
  }

  /** What the workflow itself says; also of an issue that has ended. */
  async status(issueId: string): Promise<IssueStatus> {
    return askedOf(() => this.#issue(issueId).query(issueStatus), endedWords);
  }

  #issue(issueId: string) {
    return this.#temporal.workflow.getHandle(workflowIds.issue(issueId));
  }

  /**
   * A signal gives no answer: the event it became is waited for in the ledger, so that a page shown next shows it. Who
   * stands in for the handler (委托) speaks for him, by mail as by what the office enters: both names are kept.
   */
  async #tell(
    issueId: string,
    { requestId, by }: Said,
    signal: (issue: WorkflowHandle, when: { at: IsoInstant; onBehalfOf?: string }) => Promise<void>,
  ): Promise<void> {
    const recorded = () =>
      this.#ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } });
    if (await recorded()) return;
    const { roundId, now } = await this.#roundOf(issueId);
    const { forHandler } = await whoseWords(this.#ledger, { issueId, roundId, personId: by, now });
    const when = { at: now, ...(forHandler !== undefined && { onBehalfOf: forHandler }) };
    await askedOf(() => signal(this.#issue(issueId), when), endedWords);
    await untilRecorded(recorded, () => this.#requireOpen(issueId), `issue ${issueId}: request ${requestId}`);
  }

  async #requireOpen(issueId: string): Promise<void> {
    const issue = await this.#ledger.issue.findUnique({ where: { id: issueId }, select: { phase: true } });
    if (issue !== null && hasEnded(issue))
      throw new RefusedError('Ended', '这个问题已经归档、撤销或并入，不再登记进展');
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
