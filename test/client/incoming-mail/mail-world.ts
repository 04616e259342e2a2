import MailComposer from 'nodemailer/lib/mail-composer';
import { createEvidenceStore, type EvidenceStore } from '../../../client/evidence-store.ts';
import type { MailHandling } from '../../../client/incoming-mail/handle-mail.ts';
import { createInbox, type Inbox } from '../../../client/incoming-mail/inbox.ts';
import { tokenHashOf } from '../../../client/incoming-mail/reply-address.ts';
import { storeIncoming } from '../../../client/incoming-mail/store-incoming.ts';
import type { IncomingVerdict } from '../../../client/incoming-mail/verdict.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { type IssueEvent, type IssueFact } from '../../../workflows/rules/events.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { type IssueProgress, openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import { cast } from '../../support/cast.ts';
import { testDatabase } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { IssuesInLedger } from './issues-in-ledger.ts';

export const mailDomain = 'huitoukan.test';
/** Beijing, Monday morning. */
export const now = '2024-03-25T02:00:00.000Z';
export const clockId = 'drill-1';

/** How a mail of ours is answered. */
export interface Answer {
  readonly token: string;
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly files?: readonly { filename: string; content: string }[];
  readonly envelopeFrom?: string;
}

/** A real ledger with one round on a drill's clock, in which 陈 is responsible and mails have gone out. */
export class MailWorld {
  readonly ledger: Ledger;
  readonly issues: IssuesInLedger;
  readonly evidenceStore: EvidenceStore;
  readonly planned: { clockId: string; earliestAt: string }[] = [];
  /** What was reported on duties of the round. */
  readonly reports: unknown[] = [];
  readonly failures: string[] = [];
  readonly inbox: Inbox;
  readonly #drop: () => Promise<void>;

  static async create(): Promise<MailWorld> {
    const { url, drop } = await testDatabase();
    const world = new MailWorld(openLedger(url), drop);
    await world.#people();
    return world;
  }

  private constructor(ledger: Ledger, drop: () => Promise<void>) {
    this.ledger = ledger;
    this.#drop = drop;
    this.issues = new IssuesInLedger(ledger, now);
    this.evidenceStore = createEvidenceStore({ folder: temporaryFolder(), ledger });
    this.inbox = this.newInbox();
  }

  newInbox(demands: Pick<MailHandling, 'authservId'> = {}): Inbox {
    return createInbox({
      ...demands,
      ledger: this.ledger,
      issues: this.issues,
      roundDuties: { report: (roundId, report) => Promise.resolve(void this.reports.push({ roundId, ...report })) },
      evidenceStore: this.evidenceStore,
      rowsPlanned: (clockId, earliestAt) => void this.planned.push({ clockId, earliestAt }),
      onFailure: (id) => void this.failures.push(id),
      retryAfterMs: 0,
    });
  }

  async #people(): Promise<void> {
    const person = (id: string, name: string) => ({ id, name, scope: clockId, email: addressOf(id) });
    await this.ledger.person.createMany({
      data: [person(cast.chen, '陈'), person(cast.li, '李'), person(cast.wang, '王'), person(cast.zhou, '周')],
    });
    await this.ledger.round.create({
      data: { id: 'round-1', name: '演练', codePrefix: 'CS', clockId, state: 'launched' },
    });
    const drill = { roundId: 'round-1', seed: '1', staff: 'diligent', secondsPerDay: 0 };
    await this.ledger.drill.create({ data: { id: clockId, ...drill, now, endsBy: '2025-03-25T02:00:00.000Z' } });
    await this.ledger.assignment.createMany({
      data: [
        { roundId: 'round-1', personId: cast.li, role: 'responsibleLeader' },
        { roundId: 'round-1', personId: cast.wang, role: 'office' },
      ],
    });
  }

  /** An issue of the round with two measures, for which 陈 is responsible and has been asked to acknowledge. */
  async issue(number: number, facts: readonly IssueFact[] = [acknowledgementOwed]): Promise<string> {
    const id = `issue-${String(number)}`;
    const terms = ordinaryTerms({ issueId: id, clock: { kind: 'drill', drillId: clockId } });
    const progress = facts.reduce<IssueProgress>(
      (before, fact) => record(before, eventOf(before, fact)),
      openIssue(terms, now),
    );
    await this.ledger.issue.create({
      data: {
        id,
        roundId: 'round-1',
        number,
        code: `CS-0${String(number)}`,
        title: `问题${String(number)}`,
        text: '',
        kind: 'ordinary',
        firstDeadline: fromIsoDate(terms.deadline),
        terms: terms as unknown as Prisma.InputJsonObject,
        progress: progress as unknown as Prisma.InputJsonObject,
        obligations: {
          create: progress.obligations.map(({ id: obligationId, kind, role, measure, openedAt, dueOn }) => ({
            ...{ cycle: progress.cycle, id: obligationId, kind, role, openedAt, dueOn: fromIsoDate(dueOn) },
            ...(measure !== undefined && { measure }),
          })),
        },
      },
    });
    await this.ledger.assignment.create({
      data: { roundId: 'round-1', issueId: id, personId: cast.chen, role: 'handler' },
    });
    return id;
  }

  /** A mail that went to somebody about these issues; gives its reply token. */
  async mailAbout(issueIds: readonly string[], personId: string = cast.chen, role: Role = 'handler'): Promise<string> {
    const mailId = `mail-${String((mailsMade += 1))}`;
    const token = String(mailsMade)
      .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)
      .padStart(26, 'm');
    await this.ledger.mail.create({
      data: {
        id: mailId,
        key: mailId,
        clockId,
        kind: 'reminder',
        personId,
        address: addressOf(personId),
        messageId: `${mailId}@${mailDomain}`,
        tokenHash: tokenHashOf(token),
        subject: '【整改督办】待办事项',
        raw: Buffer.from(''),
        preparedAt: now,
        lines: {
          create: issueIds.map((issueId, index) => ({
            position: index + 1,
            personId,
            row: {
              create: {
                key: `${mailId}/${issueId}`,
                clockId,
                kind: 'reminder',
                roundId: 'round-1',
                issueId,
                role,
                plannedOn: fromIsoDate('2024-03-25'),
                earliestAt: now,
                latestAt: now,
                because: {},
              },
            },
          })),
        },
      },
    });
    return token;
  }

  /** A mail that asked 王 of the office for duties of the round; gives its reply token. */
  async mailAboutDuties(obligationIds: readonly string[], role: Role = 'office'): Promise<string> {
    const token = await this.mailAbout([], cast.wang, role);
    const mail = await this.ledger.mail.findFirstOrThrow({ where: { tokenHash: tokenHashOf(token) } });
    for (const [index, id] of obligationIds.entries()) {
      const duty = { id, kind: 'weeklyCheck', role: 'office', title: `第${String(index + 1)}次周检查` } as const;
      await this.ledger.roundObligation.create({
        data: { roundId: 'round-1', ...duty, openedAt: now, dueOn: fromIsoDate('2024-03-29') },
      });
      const key = `round-1/1/${id}/on-day/${role}/2024-03-29`;
      const due = { plannedOn: fromIsoDate('2024-03-29'), earliestAt: now, latestAt: now };
      await this.ledger.outboxRow.create({
        data: { key, clockId, kind: 'reminder', roundId: 'round-1', obligationId: id, role, ...due, because: {} },
      });
      const { id: mailId, personId } = mail;
      await this.ledger.delivery.create({ data: { rowKey: key, personId, mailId, position: index + 1 } });
    }
    return token;
  }

  /** Delivers an answer as the door does; gives the incoming mail's id. */
  async deliver(answer: Answer): Promise<string> {
    const bytes = await bytesOf(answer);
    const { token, from = addressOf(cast.chen), envelopeFrom = from } = answer;
    return storeIncoming(this.ledger, { bytes, envelopeFrom, envelopeTo: `reply+${token}@${mailDomain}` });
  }

  /** Delivers an answer and handles it. */
  async answered(answer: Answer): Promise<string> {
    const id = await this.deliver(answer);
    await this.inbox.handle(id);
    return id;
  }

  async verdict(incomingId: string): Promise<IncomingVerdict> {
    const { verdict } = await this.ledger.incomingMail.findUniqueOrThrow({ where: { id: incomingId } });
    return verdict as unknown as IncomingVerdict;
  }

  /** The acknowledgement's subject and text, or undefined when none was planned. */
  async acknowledgement(incomingId: string): Promise<{ subject: string; text: string } | undefined> {
    const row = await this.ledger.outboxRow.findUnique({ where: { key: `ack/${incomingId}` } });
    return (row?.content ?? undefined) as { subject: string; text: string } | undefined;
  }

  async close(): Promise<void> {
    await this.inbox.close();
    await this.ledger.$disconnect();
    await this.#drop();
  }
}

let mailsMade = 0;

export function addressOf(personId: string): string {
  return `${personId}@practice.test`;
}

async function bytesOf({ token, ...answer }: Answer): Promise<Buffer> {
  const {
    from = addressOf(cast.chen),
    subject = '回复：【整改督办】待办事项',
    text,
    html,
    headers = {},
    files,
  } = answer;
  const composer = new MailComposer({
    from,
    to: `reply+${token}@${mailDomain}`,
    subject,
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
    ...(answer.messageId !== undefined && { messageId: answer.messageId }),
    headers: { ...headers },
    attachments: (files ?? []).map((file) => ({ ...file })),
  });
  return composer.compile().build();
}

/** 交办：陈 is to acknowledge. */
export const acknowledgementOwed: IssueFact = {
  type: 'obligationOpened',
  obligationId: 'acknowledgement-1',
  kind: 'acknowledgement',
  role: 'handler',
  dueOn: '2024-03-28',
};

/** 长期坚持：陈 is to attest. */
export const attestationOwed: IssueFact = {
  type: 'obligationOpened',
  obligationId: 'attestation-1',
  kind: 'attestation',
  role: 'handler',
  dueOn: '2024-03-28',
};

/** 长期坚持：李 is to endorse what 陈 has attested. */
export const endorsementOwed: IssueFact = {
  type: 'obligationOpened',
  obligationId: 'attestation-endorsement-1',
  kind: 'attestationEndorsement',
  role: 'responsibleLeader',
  dueOn: '2024-03-28',
};

/** 陈 is to hand in the evidence of a measure. */
export function evidenceOwed(measure: number): IssueFact {
  const obligationId = `evidence-${String(measure)}-1`;
  return { type: 'obligationOpened', obligationId, kind: 'evidence', role: 'handler', measure, dueOn: '2024-03-29' };
}

function eventOf({ sequence }: IssueProgress, fact: IssueFact): IssueEvent {
  return { ...fact, sequence: sequence + 1, at: now, by: null, source: null, requestId: null };
}
