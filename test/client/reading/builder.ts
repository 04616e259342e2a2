import { createHash } from 'node:crypto';
import { compose } from '../../../activities/mail/compose.ts';
import { mailThread } from '../../../activities/mail/thread.ts';
import { writeDown } from '../../../activities/ledger/write-down.ts';
import { createRound } from '../../../client/rounds/create-round.ts';
import type { NoticeReading } from '../../../client/notice-import/notice-reading.ts';
import type { Ledger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { answersTo } from '../../../workflows/rules/answers.ts';
import { sliceOf } from '../../../workflows/rules/calendar.ts';
import { closureStateHash } from '../../../workflows/rules/closure.ts';
import type { IssueEvent, IssueFact } from '../../../workflows/rules/events.ts';
import { addMs, dayOf, type IsoInstant } from '../../../workflows/rules/instants.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import type { Policy, Role } from '../../../workflows/rules/policy.ts';
import { type IssueProgress, openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';

/** An issue as a test names it; the handler is the person of that name. */
export interface ToldIssue {
  readonly title: string;
  readonly unit?: string;
  readonly text?: string;
  readonly measures?: readonly string[];
  readonly longTerm?: boolean;
}

const nothing = () => Promise.resolve();

/**
 * A round in the ledger that lives without a Temporal server: the test says what people do and how far time goes, and
 * the rows are written by the planner and the activity that write them in earnest.
 */
export class ToldRound {
  readonly ledger: Ledger;
  readonly roundId: string;
  readonly clockId: string;
  now: IsoInstant;
  readonly #issues = new Map<
    string,
    { terms: IssueTerms; progress: IssueProgress; step: number; written: Set<string> }
  >();
  #requests = 0;

  private constructor(ledger: Ledger, roundId: string, clockId: string, now: IsoInstant) {
    this.ledger = ledger;
    this.roundId = roundId;
    this.clockId = clockId;
    this.now = now;
  }

  /** A drill's round as a draft, with a person for each role and unit. */
  static async draft(
    ledger: Ledger,
    issues: readonly ToldIssue[],
    { id = 'd1', prefix = 'LN', at = '2024-01-02T01:00:00.000Z' } = {},
  ): Promise<ToldRound> {
    const roundId = `round-${id}`;
    await createRound(ledger, {
      reading: readingOf(issues),
      fileName: 'lingnan-2024.txt',
      sha256: '0'.repeat(64),
      codePrefix: prefix,
      name: `岭南市城管局巡察整改${id === 'd1' ? '' : id}`,
      feedbackOn: '2023-12-29',
      clock: id,
      roundId,
    });
    await ledger.drill.create({
      data: {
        id,
        roundId,
        seed: 'test',
        staff: 'mixed',
        secondsPerDay: 1,
        now: at,
        endsBy: '2026-01-01T00:00:00.000Z',
      },
    });
    const round = new ToldRound(ledger, roundId, id, at);
    for (const [index, { unit = '办公室' }] of issues.entries()) {
      const person = await round.person(`${unit}经办人`, unit);
      const issueId = round.idOf(`${prefix}-${String(index + 1).padStart(2, '0')}`);
      await round.assign('handler', person, issueId);
      await ledger.issue.update({ where: { id: issueId }, data: { unit } });
    }
    return round;
  }

  /** As `draft`, with the leaders, the office and the reviewers, and launched. */
  static async launched(
    ledger: Ledger,
    issues: readonly ToldIssue[],
    options?: { id?: string; prefix?: string; at?: string; policy?: Policy },
  ) {
    const round = await ToldRound.draft(ledger, issues, options);
    const roles = {
      responsibleLeader: '分管副局长',
      groupHead: '整改组长',
      office: '督办专责',
      reviewer: '巡察办专责',
    };
    for (const [role, name] of Object.entries(roles))
      await round.assign(role as Role, await round.person(name, '局机关'));
    await round.launch(options?.policy);
    return round;
  }

  idOf(code: string): string {
    return `${this.roundId}-i${code.replace(/^.*-/, '')}`;
  }

  personId(name: string): string {
    return `${this.clockId}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  }

  async person(name: string, unit = ''): Promise<string> {
    const id = this.personId(name);
    const row = { id, scope: this.clockId, name, unit, email: `${id}@example.org` };
    await this.ledger.person.upsert({ where: { id }, create: row, update: {} });
    return id;
  }

  async assign(role: Role, personId: string, issueId?: string): Promise<void> {
    await this.ledger.assignment.create({ data: { roundId: this.roundId, role, personId, issueId: issueId ?? null } });
  }

  async launch(policy: Policy = simplePolicy): Promise<void> {
    const issues = await this.ledger.issue.findMany({ where: { roundId: this.roundId }, include: { measures: true } });
    for (const issue of issues) {
      const deadline = issue.firstDeadline.toISOString().slice(0, 10);
      const measures = issue.measures.map((one) => ({
        number: one.number,
        deadline: one.deadline.toISOString().slice(0, 10),
      }));
      const terms: IssueTerms = {
        issueId: issue.id,
        roundId: this.roundId,
        kind: issue.kind,
        deadline,
        measures: measures.length > 0 ? measures : [{ number: 0, deadline }],
        policy,
        calendar: sliceOf(bundledCalendar, '2023-01-01', '2026-12-31'),
        clock: { kind: 'drill', drillId: this.clockId },
        launchedAt: this.now,
        firstMail: 'inHours',
      };
      await this.ledger.issue.update({
        where: { id: issue.id },
        data: { terms: terms as unknown as Prisma.InputJsonObject },
      });
      this.#issues.set(issue.id, { terms, progress: openIssue(terms, this.now), step: 0, written: new Set() });
      await this.#look(issue.id, []);
    }
    await this.ledger.round.update({ where: { id: this.roundId }, data: { state: 'launched', launchedAt: this.now } });
  }

  progressOf(code: string): IssueProgress {
    return this.#of(this.idOf(code)).progress;
  }

  /** Somebody says or does something now. */
  async tell(code: string, name: string, fact: IssueFact, source = 'page'): Promise<void> {
    this.#requests += 1;
    const said = { by: this.personId(name), source, requestId: `request-${String(this.#requests)}` };
    await this.#say(code, { ...fact, ...said });
  }

  /** As `tell`, by a request that somebody made on a page. */
  async tellAs(code: string, { by, requestId }: { by: string; requestId: string }, fact: IssueFact): Promise<void> {
    await this.#say(code, { ...fact, by, requestId, source: 'page' });
  }

  async #say(code: string, said: IssueFact & Pick<IssueEvent, 'by' | 'source' | 'requestId'>): Promise<void> {
    const issueId = this.idOf(code);
    const { sequence } = this.#of(issueId).progress;
    await this.#look(issueId, [{ ...said, sequence: sequence + 1, at: this.now }]);
  }

  /** A note in somebody's words. */
  async report(code: string, name: string, text: string): Promise<void> {
    const id = `note-${String(this.#requests)}`;
    await this.ledger.progressNote.create({
      data: { id, issueId: this.idOf(code), personId: this.personId(name), text, at: this.now },
    });
    await this.tell(code, name, { type: 'progressReported', noteId: id });
  }

  /** Evidence for a measure; the bytes are not stored, only told of. */
  async submit(code: string, name: string, measure: number, fileName: string): Promise<string> {
    const issueId = this.idOf(code);
    const sha256 = createHash('sha256').update(`${issueId}/${fileName}`).digest('hex');
    const evidenceId = `evidence-${sha256.slice(0, 12)}`;
    const file = { sha256, sizeBytes: 88_064, mediaType: 'application/octet-stream' };
    await this.ledger.evidenceFile.createMany({ data: file, skipDuplicates: true });
    await this.ledger.evidence.create({
      data: {
        id: evidenceId,
        issueId,
        cycle: this.progressOf(code).cycle,
        measure,
        sha256,
        fileName,
        personId: this.personId(name),
        receivedAt: this.now,
      },
    });
    await this.tell(code, name, { type: 'evidenceReceived', evidence: [{ evidenceId, measure }] });
    return evidenceId;
  }

  async proposeClosure(code: string, name: string): Promise<void> {
    const stateHash = closureStateHash(this.idOf(code), this.progressOf(code), 'done');
    await this.tell(code, name, { type: 'closureProposed', outcome: 'done', stateHash });
  }

  async approve(code: string, name: string): Promise<void> {
    const { closure, measures } = this.progressOf(code);
    const acceptedEvidence = measures.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId));
    const stateHash = closure?.stateHash ?? '';
    await this.tell(code, name, { type: 'closureApproved', outcome: 'done', stateHash, acceptedEvidence });
  }

  /** Time goes on: every moment at which something falls due is opened in its order, and due mails are sent. */
  async until(moment: IsoInstant): Promise<void> {
    for (;;) {
      const next = await this.#nextMoment();
      if (next === undefined || next > moment) break;
      await this.#open(next);
    }
    await this.#open(moment);
  }

  async #open(moment: IsoInstant): Promise<void> {
    this.now = moment;
    await this.ledger.drill.update({ where: { id: this.clockId }, data: { now: moment } });
    const due = await this.ledger.issue.findMany({ where: { roundId: this.roundId, lookAgainAt: { lte: moment } } });
    for (const { id } of due) await this.#look(id, []);
    await this.#send();
  }

  async #nextMoment(): Promise<IsoInstant | undefined> {
    const [issue, row] = await Promise.all([
      this.ledger.issue.findFirst({
        where: { roundId: this.roundId, lookAgainAt: { not: null } },
        orderBy: { lookAgainAt: 'asc' },
      }),
      this.ledger.outboxRow.findFirst({
        where: { roundId: this.roundId, state: 'planned' },
        orderBy: { earliestAt: 'asc' },
      }),
    ]);
    const moments = [issue?.lookAgainAt, row?.earliestAt].flatMap((at) => (at ? [at.toISOString()] : [])).sort();
    return moments[0] === undefined ? undefined : moments[0] > this.now ? moments[0] : this.now;
  }

  async #look(issueId: string, said: readonly IssueEvent[]): Promise<void> {
    const issue = this.#of(issueId);
    const { terms, written } = issue;
    let progress = said.reduce(record, issue.progress);
    const plan = planned(terms, progress, this.now);
    const events = [...said];
    for (const fact of plan.facts) {
      const event = { ...fact, sequence: progress.sequence + 1, at: this.now, by: null, source: null, requestId: null };
      progress = record(progress, event);
      events.push(event);
    }
    const keys = new Set(plan.lines.map(({ key }) => key));
    const number = issue.step + 1;
    await writeDown(this.ledger, nothing, {
      issueId,
      number,
      events,
      linesAdded: plan.lines.filter(({ key, latestAt }) => !written.has(key) && latestAt > this.now),
      linesCancelled: [...written].filter((key) => !keys.has(key)),
      answers: events.flatMap((event) => answersTo(terms, progress.cycle, event)),
      lookAgainAt: plan.lookAgainAt ?? null,
    });
    this.#issues.set(issueId, { terms, progress, step: number, written: keys });
  }

  /** What is due goes out, one mail per person, all of it accepted. */
  async #send(): Promise<void> {
    const due = await this.ledger.outboxRow.findMany({
      where: { clockId: this.clockId, state: 'planned', earliestAt: { lte: this.now } },
      include: { issue: true },
      orderBy: { key: 'asc' },
    });
    const lines = new Map<string, typeof due>();
    for (const row of due) {
      for (const personId of await this.#readers(row)) lines.set(personId, [...(lines.get(personId) ?? []), row]);
    }
    for (const [personId, rows] of lines) await this.#mail(personId, rows);
    await this.ledger.outboxRow.updateMany({
      where: { key: { in: due.map(({ key }) => key) } },
      data: { state: 'sent', claimedAt: this.now, sentAt: this.now },
    });
  }

  async #readers({ issueId, role }: { issueId: string | null; role: Role | null }): Promise<string[]> {
    if (role === null) return [];
    const where = { roundId: this.roundId, role };
    const own = await this.ledger.assignment.findMany({ where: { ...where, issueId } });
    const held = own.length > 0 ? own : await this.ledger.assignment.findMany({ where: { ...where, issueId: null } });
    return held.map(({ personId }) => personId);
  }

  async #mail(personId: string, rows: readonly { key: string; issue: { code: string; title: string } | null }[]) {
    const person = await this.ledger.person.findUniqueOrThrow({ where: { id: personId } });
    const key = `${personId}/${this.now}`;
    const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const items = rows.map(({ issue }) => `${issue?.code ?? ''} ${issue?.title ?? ''}`);
    const subject = `【整改督办】${String(rows.length)}项待办（${dayOf(this.now)}）`;
    const raw = await compose({
      identity: {
        id,
        messageId: `${id}@huitoukan.test`,
        replyAddress: `reply+${id}@huitoukan.test`,
        tokenHash: id,
      } as never,
      kind: 'reminder',
      from: { name: '整改督办', address: 'office@huitoukan.test' },
      to: { name: person.name, address: person.email ?? '' },
      sentAt: this.now,
      thread: mailThread('secret', 'huitoukan.test', `person/${personId}`),
      subject,
      text: `${person.name}：\n\n${items.join('\n')}\n\n直接回复本邮件就行。\n`,
      html: `<html><body><h1>${person.name}</h1><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul><script>document.title="ran"</script></body></html>`,
      lines: rows.map((row) => ({ rowKey: row.key, code: row.issue?.code ?? null })),
    });
    await this.ledger.mail.create({
      data: {
        id,
        key,
        clockId: this.clockId,
        kind: 'reminder',
        personId,
        address: person.email ?? '',
        messageId: `${id}@huitoukan.test`,
        tokenHash: id,
        subject,
        raw: new Uint8Array(raw),
        state: 'accepted',
        preparedAt: this.now,
        acceptedAt: addMs(this.now, 2_000),
        response: '250 2.0.0 OK: queued as 4VxK2n',
        lines: { create: rows.map((row, index) => ({ rowKey: row.key, personId, position: index + 1 })) },
      },
    });
  }

  #of(issueId: string) {
    const issue = this.#issues.get(issueId);
    if (issue === undefined) throw new Error(`no launched issue ${issueId}`);
    return issue;
  }
}

function readingOf(issues: readonly ToldIssue[]): NoticeReading {
  return {
    round: {
      bodyName: '岭南市城管和执法局党组',
      team: '市委第八巡察组',
      inspectedFrom: '2023-09-01',
      inspectedTo: '2023-11-20',
      feedbackOn: '2023-12-29',
      signedOn: '2024-06-28',
      signedBy: '中共岭南市城管和执法局党组',
      commentFrom: null,
      commentTo: null,
      commentText: null,
      phones: [],
      postalAddress: null,
      emails: [],
    },
    level: '（一）',
    aspects: [{ number: 1, title: '聚焦群众身边腐败问题和不正之风' }],
    issues: issues.map(({ title, text, measures = [], longTerm = false }, index) => ({
      number: index + 1,
      title,
      aspect: 1,
      group: null,
      longTerm,
      text: text ?? `${title}。抽查发现制度制定后执行不到位。`,
      measures,
      line: 10 + index,
    })),
    claims: [],
    problems: [],
    joins: 0,
  };
}
