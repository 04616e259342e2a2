import { SMTPServer } from 'smtp-server';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeEach } from 'vitest';
import { createMailActivities } from '../../../activities/deliver-due.ts';
import { addRows } from '../../../activities/ledger/outbox-lines.ts';
import { type MailTransport, smtpTransport } from '../../../activities/mail/transport.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { at, type IsoDate, type IsoInstant } from '../../../workflows/rules/instants.ts';
import type { Letter, Missed, ObligationKind, Role } from '../../../workflows/rules/policy.ts';
import { noLimits, type SendingRates } from '../../../workflows/rules/sending-rate.ts';
import type { RoundScope } from '../../../workflows/rules/round/events.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { testDatabase } from '../../support/servers.ts';
import { ordinaryTerms } from '../../support/terms.ts';

/** What a mail server took: the envelope and the bytes. */
export interface TakenMail {
  readonly from: string;
  readonly to: string;
  readonly raw: string;
}

/** A real SMTP server on loopback that can be told what to answer. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** The answer to RCPT TO; undefined accepts. */
  onRecipient: (address: string) => { code: number; text: string } | undefined = () => undefined;
  readonly #server: SMTPServer;
  #port = 0;

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => {
        const refusal = this.onRecipient(address);
        done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          this.taken.push({ from, to: envelope.rcptTo[0]!.address, raw: Buffer.concat(parts).toString() });
          done(null, `2.0.0 queued as ${String(this.taken.length)}`);
        });
      },
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  transport(reach: MailTransport['reach']): MailTransport {
    return smtpTransport(`smtp://127.0.0.1:${String(this.#port)}`, reach);
  }

  /** The line keys of every mail taken, in order. */
  async lines(): Promise<string[][]> {
    const mails = await Promise.all(this.taken.map(({ raw }) => PostalMime.parse(raw)));
    return mails.map(linesOf);
  }

  async mails(): Promise<Email[]> {
    return Promise.all(this.taken.map(({ raw }) => PostalMime.parse(raw)));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

function linesOf({ headers }: Email): string[] {
  return headers.filter(({ key }) => key === 'x-huitoukan-line').map(({ value }) => value.split(' ')[0]!);
}

interface RowToPlan {
  readonly key?: string;
  readonly kind?: 'reminder' | 'answer' | 'acknowledgement';
  readonly clockId?: string;
  /** Null for what the round owes as a whole. */
  readonly issueId?: string | null;
  readonly obligationId?: string;
  readonly rungId?: string;
  readonly letter?: Letter;
  readonly role?: Role;
  readonly personId?: string;
  readonly on: IsoDate;
  readonly missed?: Missed;
  readonly content?: Prisma.InputJsonObject;
}

/** A ledger with one round, 岭南市城管局, and a mail server: where the post-office is watched at work. */
export class MailRoom {
  readonly url: string;
  readonly ledger: Ledger;
  readonly server: MailServer;
  readonly practice: MailServer;
  readonly transport: MailTransport;
  readonly practiceTransport: MailTransport;
  readonly #drop: () => Promise<void>;

  /** What was logged, as JSON. */
  readonly logged: string[] = [];

  private constructor(url: string, drop: () => Promise<void>, servers: [MailServer, MailServer]) {
    this.url = url;
    this.ledger = openLedger(url);
    this.#drop = drop;
    [this.server, this.practice] = servers;
    this.transport = this.server.transport('world');
    this.practiceTransport = this.practice.transport('practiceMailbox');
  }

  static async open(): Promise<MailRoom> {
    const { url, drop } = await testDatabase();
    const servers: [MailServer, MailServer] = [new MailServer(), new MailServer()];
    await Promise.all(servers.map((server) => server.start()));
    const room = new MailRoom(url, drop, servers);
    await room.decide('unit.example', 'trusted');
    await room.ledger.round.create({
      data: {
        id: 'round',
        name: '第三轮常规巡察',
        codePrefix: 'LN',
        state: 'launched',
        concentratedEndsOn: fromIsoDate('2024-04-22'),
        bodies: { create: { id: 'body', name: '岭南市城管局' } },
      },
    });
    return room;
  }

  /** The office's decision about a mail domain (保密). */
  async decide(domain: string, trust: 'trusted' | 'distrusted'): Promise<void> {
    const decidedAt = at('2024-03-01', '09:00');
    await this.ledger.mailDomainDecision.create({ data: { domain, trust, decidedBy: 'wang', decidedAt } });
  }

  /** The office makes an issue confidential (保密问题). */
  async restrict(issueId: string, since = at('2024-03-01', '09:00')): Promise<void> {
    await this.ledger.issueSecrecyChange.create({
      data: { issueId, secrecy: 'confidential', reason: '涉及举报人', by: 'wang', at: since },
    });
    await this.ledger.issue.update({ where: { id: issueId }, data: { secrecy: 'confidential' } });
  }

  async close(): Promise<void> {
    this.transport.close();
    this.practiceTransport.close();
    await Promise.all([this.server.stop(), this.practice.stop()]);
    await this.ledger.$disconnect();
    await this.#drop();
  }

  /** Empties the outbox and what hangs on it, and lets everybody be reachable again. */
  async clear(): Promise<void> {
    await this.ledger
      .$executeRaw`TRUNCATE "Delivery", "Mail", "OutboxRow", "Obligation", "RoundObligation", "SupervisionBatch", "Delegation", "Assignment", "Evidence",
      "ProgressNote", "Measure", "IssueEvent", "Issue", "Person" CASCADE`;
    for (const server of [this.server, this.practice]) {
      server.taken.length = 0;
      server.onRecipient = () => undefined;
    }
    this.logged.length = 0;
  }

  /** A person of that name, `<id>@unit.example`, who holds the roles for the whole round. */
  async person(id: string, name: string, ...roles: Role[]): Promise<string> {
    await this.ledger.person.create({ data: { id, name, email: `${id}@unit.example` } });
    for (const role of roles) await this.assign(id, role);
    return id;
  }

  /** 陈 owes the evidence of both measures of issue 1 on that day; 王 is of the office. */
  async chenOwesEvidence(on: IsoDate): Promise<void> {
    await this.person('chen', '陈办事员', 'handler');
    await this.person('wang', '王主任', 'office');
    await this.issue(1, '规范公务用车管理', ['补登用车记录。', '清理公车。']);
    for (const measure of [1, 2])
      await this.owes('issue-1', `evidence-${String(measure)}-1`, 'evidence', on, { measure });
  }

  async assign(
    personId: string,
    role: Role,
    changes: { issueId?: string; bodyId?: string; measure?: number; fromAt?: IsoInstant; untilAt?: IsoInstant } = {},
  ): Promise<void> {
    await this.ledger.assignment.create({ data: { roundId: 'round', personId, role, ...changes } });
  }

  /** Issue number n, `LN-0n`, with id `issue-n`. */
  async issue(number: number, title = `问题${String(number)}`, measures: readonly string[] = []): Promise<string> {
    const id = `issue-${String(number)}`;
    await this.ledger.issue.create({
      data: {
        id,
        roundId: 'round',
        bodyId: 'body',
        number,
        code: `LN-${String(number).padStart(2, '0')}`,
        title,
        text: title,
        kind: 'ordinary',
        firstDeadline: fromIsoDate('2024-04-30'),
        terms: ordinaryTerms({ issueId: id, roundId: 'round' }) as unknown as Prisma.InputJsonObject,
        measures: {
          create: measures.map((text, index) => ({ number: index + 1, text, deadline: fromIsoDate('2024-04-30') })),
        },
      },
    });
    return id;
  }

  /** What the issue goes by from now on: a policy or a calendar that has been adopted. */
  async adopts(issueId: string, changes: Partial<IssueTerms>): Promise<void> {
    const terms = ordinaryTerms({ issueId, roundId: 'round', ...changes });
    await this.ledger.issue.update({
      where: { id: issueId },
      data: { terms: terms as unknown as Prisma.InputJsonObject },
    });
  }

  /** Lets what waits for another attempt be tried now. */
  async retriesNow(): Promise<void> {
    await this.ledger.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now(), "leaseUntil" = now()`;
  }

  async owes(
    issueId: string,
    id: string,
    kind: ObligationKind,
    dueOn: IsoDate,
    changes: { role?: Role; measure?: number } = {},
  ): Promise<string> {
    await this.ledger.obligation.create({
      data: {
        issueId,
        cycle: 1,
        id,
        kind,
        role: changes.role ?? 'handler',
        measure: changes.measure ?? null,
        openedAt: at('2024-03-01', '09:00'),
        dueOn: fromIsoDate(dueOn),
      },
    });
    return id;
  }

  /** What the round owes as a whole. */
  async owesDuty(
    id: string,
    kind: ObligationKind,
    dueOn: IsoDate,
    changes: { role?: Role; title?: string; scope?: RoundScope } = {},
  ): Promise<string> {
    const { role = 'office', title = '第3次周检查', scope } = changes;
    await this.ledger.roundObligation.create({
      data: {
        roundId: 'round',
        id,
        kind,
        role,
        title,
        openedAt: at('2024-03-01', '09:00'),
        dueOn: fromIsoDate(dueOn),
        ...(scope && { scope: scope as Prisma.InputJsonObject }),
      },
    });
    return id;
  }

  /** The same as `row` for a duty of the round. */
  async dutyRow(row: Omit<RowToPlan, 'issueId' | 'personId'> & { obligationId: string }): Promise<string> {
    return this.row({ role: 'office', ...row, issueId: null });
  }

  async meets(issueId: string, id: string): Promise<void> {
    await this.#closes(issueId, id, { closedAt: at('2024-03-29', '10:00'), closedBy: 9 });
  }

  /** What met it has been taken back. */
  async owesAgain(issueId: string, id: string): Promise<void> {
    await this.#closes(issueId, id, { closedAt: null, closedBy: null });
  }

  async #closes(issueId: string, id: string, data: Prisma.ObligationUpdateInput): Promise<void> {
    await this.ledger.obligation.update({ where: { issueId_cycle_id: { issueId, cycle: 1, id } }, data });
  }

  /** Plans a row for 09:00 to 18:00 of the day and gives its key. */
  async row(row: RowToPlan): Promise<string> {
    const { issueId = 'issue-1', obligationId = 'evidence-1-1', rungId = 'on-day', role = 'handler' } = row;
    const isPersonal = row.personId !== undefined;
    const key = row.key ?? [issueId ?? 'round', 1, obligationId, rungId, role, row.on].join('/');
    await this.ledger.outboxRow.create({
      data: {
        key,
        kind: row.kind ?? 'reminder',
        clockId: row.clockId ?? 'real',
        letter: row.letter ?? 'reminder',
        plannedOn: fromIsoDate(row.on),
        earliestAt: at(row.on, '09:00'),
        latestAt: at(row.on, '18:00'),
        missed: row.missed ?? 'sendLate',
        because: { rule: 'test' },
        policyVersion: 1,
        calendarVersion: 1,
        ...(isPersonal ? { personId: row.personId } : { roundId: 'round', issueId, cycle: 1, role }),
        ...((row.kind ?? 'reminder') === 'reminder' && { obligationId, rungId }),
        ...(row.content && { content: row.content }),
      },
    });
    return key;
  }

  /** The same line is planned once more, as when what was met is open again. */
  async plansAgain(key: string): Promise<void> {
    const {
      because,
      recipients: _,
      withheld: __,
      content: ___,
      ...row
    } = await this.ledger.outboxRow.findUniqueOrThrow({
      where: { key },
    });
    const again = { ...row, because: because as Prisma.InputJsonObject };
    await this.ledger.$transaction((tx) => addRows(tx, [again]));
  }

  async deliver(
    now: IsoInstant,
    changes: {
      clockId?: string;
      owner?: string;
      transport?: MailTransport;
      ledger?: Ledger;
      calledAt?: IsoInstant;
      /** The world's clock while it sends; it stands still at `now` unless given. */
      realNow?: () => IsoInstant;
      rates?: SendingRates;
    } = {},
  ): Promise<{ delivered: number; nextAt: IsoInstant | null }> {
    const { clockId = 'real', owner = 'worker-1', transport, ledger = this.ledger, calledAt = now } = changes;
    const { realNow = () => now, rates = noLimits } = changes;
    const activities = createMailActivities({
      ledger,
      transportFor: (clock) => transport ?? (clock === 'real' ? this.transport : this.practiceTransport),
      secret: 'test-secret',
      mailDomain: 'huitoukan.example',
      publicUrl: 'https://huitoukan.example',
      leaseOwner: owner,
      realNow,
      rates,
      log: (...entry) => this.logged.push(JSON.stringify(entry)),
    });
    return activities.deliverDue({ clockId, now: calledAt });
  }

  async state(key: string): Promise<string> {
    return (await this.ledger.outboxRow.findUniqueOrThrow({ where: { key } })).state;
  }

  async reason(key: string): Promise<string | null> {
    return (await this.ledger.outboxRow.findUniqueOrThrow({ where: { key } })).stateReason;
  }

  /** The only mail there is. */
  async mail(): Promise<{ state: string; attempts: number; uncertain: number; told: string; raw: string }> {
    const mails = await this.ledger.mail.findMany();
    if (mails.length !== 1) throw new Error(`there are ${String(mails.length)} mails`);
    return { ...mails[0]!, raw: Buffer.from(mails[0]!.raw).toString() };
  }

  async mails(): Promise<{ state: string; attempts: number; uncertain: number; response: string | null }[]> {
    return this.ledger.mail.findMany({
      orderBy: { key: 'asc' },
      select: { state: true, attempts: true, uncertain: true, response: true },
    });
  }
}

/** A room for the tests of one file: emptied before each of them, closed after the last. */
export async function mailRoom(): Promise<MailRoom> {
  const room = await MailRoom.open();
  beforeEach(() => room.clear());
  afterAll(() => room.close());
  return room;
}
