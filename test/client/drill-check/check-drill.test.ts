import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { checkDrill } from '../../../client/drill-check/check-drill.ts';
import type { AcceptedMail } from '../../../client/practice/accepted-file.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { addressOf, roles, simulatedDrill } from './simulated-drill.ts';

const launchedAt = '2023-09-22T00:00:00.000Z';
const terms: IssueTerms = {
  issueId: 'i1',
  roundId: 'd1',
  kind: 'ordinary',
  launchedAt,
  firstMail: 'inHours',
  deadline: '2024-02-10',
  measures: [
    { number: 1, deadline: '2023-12-31' },
    { number: 2, deadline: '2024-02-10' },
  ],
  policy: simplePolicy,
  calendar: bundledCalendar,
  clock: { kind: 'drill', drillId: 'd1' },
};
const { facts, accepted } = simulatedDrill(terms, 'a drill', '2024-06-30T00:00:00.000Z');

let database: TestDatabase;
let ledger: Ledger;

/** The drill's record, as workflow, post-office and inbox would have left it. */
beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const json = (value: unknown) => value as Prisma.InputJsonObject;
  await ledger.calendarVersion.createMany({
    data: { version: 1, body: json(bundledCalendar), source: '国务院办公厅' },
    skipDuplicates: true,
  });
  await ledger.round.create({ data: { id: 'd1', name: '演练', codePrefix: 'GM', clockId: 'd1' } });
  await ledger.policyVersion.create({ data: { roundId: 'd1', version: 1, body: json(simplePolicy) } });
  await ledger.drill.create({
    data: {
      id: 'd1',
      roundId: 'd1',
      seed: '1',
      staff: 'mixed',
      secondsPerDay: 0,
      now: facts.now,
      endsBy: facts.now,
      endedAt: new Date(),
    },
  });
  await ledger.person.createMany({
    data: roles.map((role) => ({ id: role, scope: 'd1', name: role, email: addressOf(role) })),
  });
  await ledger.assignment.createMany({ data: roles.map((role) => ({ roundId: 'd1', role, personId: role })) });
  await ledger.issue.create({
    data: {
      id: 'i1',
      roundId: 'd1',
      number: 1,
      code: 'GM-01',
      title: '会议制度不落实',
      text: '原文',
      kind: 'ordinary',
      firstDeadline: fromIsoDate(terms.deadline),
    },
  });
  await ledger.issueEvent.createMany({
    data: facts.issues[0]!.events.map(({ sequence, at, cycle, type, by, source, requestId, ...detail }) => ({
      issueId: 'i1',
      sequence,
      at,
      cycle,
      type,
      by,
      source,
      requestId,
      detail: json(detail),
    })),
  });
  await ledger.outboxRow.createMany({
    data: [...facts.rows].map(([key, { kind, state, stateReason, earliestAt, claimedAt }]) => ({
      key,
      clockId: 'd1',
      kind,
      state,
      stateReason,
      earliestAt,
      claimedAt,
      issueId: 'i1',
      plannedOn: earliestAt,
      latestAt: earliestAt,
      because: {},
    })),
  });
  await ledger.mail.createMany({
    data: accepted.map(({ messageId, kind, to, date }, index) => ({
      id: `m${String(index)}`,
      key: `key-${String(index)}`,
      clockId: 'd1',
      kind: kind as 'reminder',
      personId: roles.find((role) => addressOf(role) === to)!,
      address: to,
      messageId,
      tokenHash: String(index),
      subject: '',
      raw: new Uint8Array(),
      preparedAt: date!,
      state: 'accepted' as const,
    })),
  });
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

async function checked(mails: readonly AcceptedMail[]) {
  const acceptedFile = join(temporaryFolder(), 'accepted.jsonl');
  writeFileSync(acceptedFile, mails.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
  return checkDrill({ ledger, drillId: 'd1', acceptedFile });
}

/** The first reminder mail to the handler alone about one thing. */
const alone = accepted.find(({ kind, lines }) => kind === 'reminder' && lines.length === 1)!;

describe('the check of a drill', () => {
  it('finds nothing where the rules were kept, in a scenario in which much happened', async () => {
    expect(accepted.length).toBeGreaterThan(15);
    expect(await checked(accepted)).toEqual({ lost: 0, doubled: 0, unowed: 0, uncertain: 0, details: [] });
  });

  it('leaves alone the mails of other clocks', async () => {
    const other = { ...alone, messageId: 'other@mail.test', lines: ['i99/1/check-in-1/on-day/handler/2023-10-01'] };
    expect(await checked([...accepted, other])).toMatchObject({ lost: 0, doubled: 0, unowed: 0 });
  });

  it('finds a mail that is missing from the file', async () => {
    expect(await checked(accepted.filter((mail) => mail !== alone))).toMatchObject({
      lost: 1,
      doubled: 0,
      unowed: 0,
      details: [{ kind: 'lost', line: alone.lines[0], address: alone.to, moment: alone.date }],
    });
  });

  it('finds a mail that stands twice in the file, and takes it as uncertain once the ledger counts a resend', async () => {
    expect(await checked([...accepted, alone])).toMatchObject({ lost: 0, doubled: 1, unowed: 0, uncertain: 0 });
    await ledger.mail.update({ where: { messageId: alone.messageId }, data: { uncertain: 1 } });
    expect(await checked([...accepted, alone])).toMatchObject({
      lost: 0,
      doubled: 0,
      unowed: 0,
      uncertain: 1,
      details: [],
    });
    await ledger.mail.update({ where: { messageId: alone.messageId }, data: { uncertain: 0 } });
  });

  it('finds a mail that left on a Sunday', async () => {
    const sunday = { ...alone, date: '2023-11-05T01:00:00.000Z' };
    expect(await checked(accepted.map((mail) => (mail === alone ? sunday : mail)))).toMatchObject({
      lost: 0,
      doubled: 0,
      unowed: 1,
      details: [{ kind: 'unowed', why: expect.stringContaining('2023-11-05不是工作日') as string }],
    });
  });

  it('finds a line that was claimed after its duty had been met', async () => {
    const [key] =
      [...facts.rows].find(
        ([, { kind, state, earliestAt }]) => kind === 'reminder' && state === 'cancelled' && earliestAt <= facts.now,
      ) ?? [];
    if (key === undefined) throw new Error('no line was cancelled');
    const row = facts.rows.get(key)!;
    const to = addressOf(roles.find((role) => key.includes(`/${role}/`))!);
    const late = { ...alone, to, lines: [key], date: row.earliestAt };
    const withLate = [...accepted.filter((mail) => mail !== alone), late];
    const { unowed, details } = await checked(withLate);
    expect(unowed).toBe(1);
    expect(details.find(({ kind }) => kind === 'unowed')?.why).toContain('办结');
  });

  it('finds a line that went to somebody who does not hold the role any more', async () => {
    await ledger.assignment.updateMany({ where: { role: 'handler' }, data: { untilAt: '2023-09-23T00:00:00.000Z' } });
    const { lost, unowed } = await checked(accepted);
    expect(lost).toBe(0);
    expect(unowed).toBeGreaterThan(5);
    await ledger.assignment.updateMany({ where: { role: 'handler' }, data: { untilAt: null } });
  });

  it('finds an obligation that the planner overlooked', async () => {
    await ledger.outboxRow.deleteMany({ where: { key: alone.lines[0]! } });
    expect(await checked(accepted.filter((mail) => mail !== alone))).toMatchObject({
      lost: 1,
      details: [{ why: expect.stringContaining('没有这一行') as string }],
    });
  });

  it('fails for a drill that does not exist', async () => {
    await expect(checkDrill({ ledger, drillId: 'none', acceptedFile: 'none' })).rejects.toThrow();
  });
});
