import { randomUUID } from 'node:crypto';
import type { RoundAdoption } from '../../../client/adoption/adopt.ts';
import { Issues } from '../../../client/issues.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { workflowIds } from '../../../workflows/ids.ts';
import type { rectifyIssue } from '../../../workflows/issue.ts';
import { momentOpened } from '../../../workflows/messages.ts';
import type { IsoInstant } from '../../../workflows/rules/instants.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { cast } from '../../support/cast.ts';
import { IssueWorld } from '../../support/issue-world.ts';
import { ordinaryTerms } from '../../support/terms.ts';

/** A round on a clock of its own, with real workflows and a real ledger, in which nobody answers anything. */
export class AdoptionWorld {
  readonly world: IssueWorld;
  readonly issues: Issues;
  readonly roundId = randomUUID();
  readonly drillId = randomUUID();
  /** What the round's own workflow was asked. */
  readonly askedOfRound: string[] = [];
  readonly rounds: RoundAdoption = {
    adoptRoundPolicy: (_roundId, { requestId }) => Promise.resolve(void this.askedOfRound.push(requestId)),
    adoptRoundCalendar: (_roundId, { requestId }) => Promise.resolve(void this.askedOfRound.push(requestId)),
  };
  #issueIds: string[] = [];

  private constructor(world: IssueWorld) {
    this.world = world;
    this.issues = new Issues({ temporal: world.client, ledger: world.ledger });
  }

  static async create(): Promise<AdoptionWorld> {
    const world = await IssueWorld.create();
    await world.startWorker();
    return new AdoptionWorld(world);
  }

  get ledger() {
    return this.world.ledger;
  }

  /** Launches so many issues with these terms; 王 is the office, 陈 and 李 answer for all of them. */
  async launch(count: number, changes: Partial<IssueTerms> & { launchedAt: IsoInstant }): Promise<string[]> {
    const { roundId, drillId, ledger } = this;
    const clock = { kind: 'drill', drillId } as const;
    const terms = Array.from({ length: count }, (_, index) =>
      ordinaryTerms({ ...changes, issueId: `${roundId}-i${String(index + 1)}`, roundId, clock }),
    );
    const { policy, calendar, launchedAt } = terms[0]!;
    await ledger.round.create({
      data: {
        id: roundId,
        name: '测试轮次',
        codePrefix: 'CS',
        clockId: drillId,
        state: 'launched',
        launchedAt,
        policyVersion: policy.version,
        calendarVersion: calendar.version,
        policies: { create: { version: policy.version, body: json(policy) } },
        drill: {
          create: { id: drillId, seed: 's', staff: 'silent', secondsPerDay: 0, now: launchedAt, endsBy: launchedAt },
        },
        issues: {
          create: terms.map((one, index) => ({
            id: one.issueId,
            number: index + 1,
            code: `CS-0${String(index + 1)}`,
            title: '问题',
            text: '问题',
            kind: one.kind,
            firstDeadline: fromIsoDate(one.deadline),
            terms: json(one),
          })),
        },
      },
    });
    await this.#assign();
    for (const one of terms) {
      await this.world.client.workflow.start<typeof rectifyIssue>('rectifyIssue', {
        workflowId: workflowIds.issue(one.issueId),
        taskQueue: this.world.taskQueue,
        args: [one],
        searchAttributes: { RoundId: [roundId] },
      });
    }
    this.#issueIds = terms.map(({ issueId }) => issueId);
    await this.world.until(async () => (await ledger.issue.count({ where: { roundId, step: 0 } })) === 0);
    return this.#issueIds;
  }

  /** Lets time pass: issues look when they want to, and what is due has been sent. */
  async advance(to: IsoInstant): Promise<void> {
    for (let moment = await this.#nextLook(to); moment !== undefined; moment = await this.#nextLook(to)) {
      await this.#open(moment);
    }
    await this.#open(to);
  }

  /** The lines that have still to leave, by key. */
  async planned(): Promise<string[]> {
    const rows = await this.ledger.outboxRow.findMany({
      where: { roundId: this.roundId, kind: 'reminder', state: 'planned' },
      select: { key: true },
      orderBy: { key: 'asc' },
    });
    return rows.map(({ key }) => key);
  }

  async sent(): Promise<object[]> {
    return this.ledger.outboxRow.findMany({
      where: { roundId: this.roundId, state: 'sent' },
      orderBy: { key: 'asc' },
    });
  }

  async close(): Promise<void> {
    await this.world.close();
  }

  async #assign(): Promise<void> {
    const people = [
      ['handler', cast.chen, '陈'],
      ['responsibleLeader', cast.li, '李'],
      ['office', cast.wang, '王'],
      ['reviewer', cast.zhao, '赵'],
    ] as const;
    await this.ledger.person.createMany({ data: people.map(([, id, name]) => ({ id, name, scope: this.drillId })) });
    await this.ledger.assignment.createMany({
      data: people.map(([role, personId]) => ({ roundId: this.roundId, role, personId })),
    });
  }

  async #nextLook(to: IsoInstant): Promise<IsoInstant | undefined> {
    const first = await this.ledger.issue.findFirst({
      where: { roundId: this.roundId, lookAgainAt: { lte: to } },
      select: { lookAgainAt: true },
      orderBy: { lookAgainAt: 'asc' },
    });
    return first?.lookAgainAt?.toISOString();
  }

  async #open(moment: IsoInstant): Promise<void> {
    await this.ledger.drill.update({ where: { id: this.drillId }, data: { now: moment } });
    for (const issueId of this.#issueIds) {
      await this.world.client.workflow
        .getHandle(workflowIds.issue(issueId))
        .executeUpdate(momentOpened, { args: [moment] });
    }
    await this.ledger.outboxRow.updateMany({
      where: { roundId: this.roundId, state: 'planned', earliestAt: { lte: moment } },
      data: { state: 'sent', claimedAt: moment, sentAt: moment },
    });
  }
}

function json(value: object): Prisma.InputJsonObject {
  return { ...value };
}
