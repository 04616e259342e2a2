import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import {
  acknowledged,
  committed,
  evidenceReceived,
  issueUpdate,
  momentOpened,
  progressReported,
  type SaidAt,
} from '../../workflows/messages.ts';
import { addMs, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { IssueWorld, LaunchedIssue } from '../support/issue-world.ts';
import type { Script } from './arbitraries/script.ts';
import type { History } from './history.ts';
import type { Message } from './messages.ts';
import { play } from './simulator.ts';

/** Terminated with a task under way, a workflow would keep the server from skipping ever after. */
const untilSettledMs = 15_000;

/** A moment at which something is done to a life. */
export interface Stop {
  readonly at: IsoInstant;
  readonly act: () => Promise<void>;
}

/**
 * A script that the rules alone have played already, lived once more by a workflow on a real clock, whose own timers
 * bring it to its looks: nothing but what people say is done to it.
 */
export class Life {
  /** Whether it took more than one run. */
  wentOn = false;
  /** Its events with the next look, as they stand in the ledger at its end. */
  outcome: unknown;
  protected readonly world: IssueWorld;
  protected readonly history: History;
  #issue: LaunchedIssue | undefined;

  constructor(world: IssueWorld, script: Script) {
    const terms = { ...script.terms, clock: this.clock, issueId: randomUUID(), roundId: randomUUID() };
    this.world = world;
    this.history = play({ ...script, terms });
  }

  /** The same by the rules alone. */
  get expected(): unknown {
    const { folded, looks } = this.history;
    const events = folded.map(({ event: { source: _, recordedBy = null, ...event } }) => ({ ...event, recordedBy }));
    return this.compared({ events, lookAgainAt: looks.at(-1)?.lookAgainAt ?? null });
  }

  get stops(): readonly Stop[] {
    const { launched, arrivals, endedAt } = this.history;
    return [
      { at: launched.launchedAt, act: () => this.#launch() },
      ...arrivals.map(({ at, message }) => {
        const saidAt = this.saidAt(at);
        return { at: saidAt, act: () => this.#hear(message, saidAt) };
      }),
      { at: addMs(this.saidAt(endedAt), untilSettledMs), act: () => this.#end() },
    ];
  }

  protected get clock(): IssueTerms['clock'] {
    return { kind: 'real' };
  }

  protected get issue(): LaunchedIssue {
    if (this.#issue === undefined) throw new Error('it has not been launched yet');
    return this.#issue;
  }

  /** In the middle of the minute: by then whatever fell due at its beginning has been recorded. */
  protected saidAt(moment: IsoInstant): IsoInstant {
    return `${moment.slice(0, 16)}:30.000Z`;
  }

  /** Moments to the minute: a real clock goes on while a look is taken, and no two moments of the rules are closer. */
  protected compared(outcome: unknown): unknown {
    return JSON.parse(JSON.stringify(outcome), (_, part: unknown) =>
      typeof part === 'string' && instant.test(part) ? part.slice(0, 16) : part,
    );
  }

  async #launch(): Promise<void> {
    this.#issue = await this.world.launch(this.history.launched);
  }

  /** Says it, and waits until all that follows from it stands in the ledger. */
  async #hear(message: Message, at: IsoInstant): Promise<void> {
    await this.#say(message, at);
    const look = this.history.looks.find(({ events }) =>
      events.some(({ requestId }) => requestId === message.requestId),
    );
    const sequence = look?.events.at(-1)?.sequence ?? 0;
    await this.world.until(async () => (await this.#row()).sequence >= sequence);
  }

  async #say({ name, body, requestId, by, recordedBy }: Message, at: IsoInstant): Promise<void> {
    const { issue } = this;
    const said: SaidAt = { requestId, by, source: 'page', at, ...(recordedBy !== undefined && { recordedBy }) };
    try {
      switch (name) {
        case 'acknowledged':
          return await issue.signal(acknowledged, said);
        case 'progressReported':
          return await issue.signal(progressReported, { ...said, ...body });
        case 'committed':
          return await issue.signal(committed, { ...said, ...body });
        case 'evidenceReceived':
          return await issue.signal(evidenceReceived, { ...said, ...body });
        default:
          await issue.executeUpdate(issueUpdate(name), { args: [{ ...said, ...body } as never] });
      }
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError)) ignoredAfterTheEnd(error);
    }
  }

  async #end(): Promise<void> {
    const { issueId, workflowId, firstExecutionRunId } = this.issue;
    const rows = await this.world.ledger.issueEvent.findMany({ where: { issueId }, orderBy: { sequence: 'asc' } });
    const events = rows.map(({ sequence, type, by, at, requestId, recordedBy, detail }) => ({
      ...(detail as object),
      ...{ sequence, type, by, at: at.toISOString(), requestId, recordedBy },
    }));
    const { lookAgainAt } = await this.#row();
    this.outcome = this.compared({ events, lookAgainAt: lookAgainAt?.toISOString() ?? null });
    const { runId } = await this.world.client.workflow.getHandle(workflowId).describe();
    this.wentOn = runId !== firstExecutionRunId;
    await this.issue.terminate().catch(ignoredAfterTheEnd);
  }

  #row() {
    const { issueId } = this.issue;
    return this.world.ledger.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { sequence: true, lookAgainAt: true },
    });
  }
}

/** The same on a drill's clock, which stands still until a moment is opened: not a millisecond may differ. */
export class DrillLife extends Life {
  override get stops(): readonly Stop[] {
    const [launch, ...others] = super.stops;
    const moments = this.history.looks.map(({ at }) => ({ at, act: () => this.#open(at) }));
    return [launch!, ...moments, ...others];
  }

  protected override get clock(): IssueTerms['clock'] {
    return { kind: 'drill', drillId: 'proof' };
  }

  protected override saidAt(moment: IsoInstant): IsoInstant {
    return moment;
  }

  protected override compared(outcome: unknown): unknown {
    return outcome;
  }

  async #open(moment: IsoInstant): Promise<void> {
    await this.issue.executeUpdate(momentOpened, { args: [moment] }).catch(ignoredAfterTheEnd);
  }
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whoever comes after the end finds no workflow any more. */
function ignoredAfterTheEnd(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
