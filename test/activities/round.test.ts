import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRoundActivities } from '../../activities/round.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { IssuePhase } from '../../prisma/generated/enums.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { at } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { testDatabase, type TestDatabase } from '../support/servers.ts';

const roundId = 'round';
const policy = { ...simplePolicy, lookBack: { share: 0.2, drawWithinWorkdays: 10, againAfterMonths: 3 } };
let database: TestDatabase;
let ledger: Ledger;

/** A Temporal whose workflows write their first step at once. */
const temporal = {
  workflow: {
    start: (_type: string, { args: [terms] }: { args: [IssueTerms] }) =>
      ledger.issue.update({ where: { id: terms.issueId }, data: { step: 1 } }),
  },
} as unknown as Client;

const activities = () => createRoundActivities({ ledger, temporal, heartbeat: () => undefined });

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const calendar = bundledCalendar as unknown as Prisma.InputJsonObject;
  await ledger.calendarVersion.create({ data: { version: 1, body: calendar, source: '测试' } });
  for (const id of [roundId, 'earlier']) {
    const body = policy as unknown as Prisma.InputJsonObject;
    await ledger.round.create({ data: { id, name: id, codePrefix: 'LN', policies: { create: { version: 1, body } } } });
  }
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});
beforeEach(() => ledger.$executeRaw`TRUNCATE "Issue", "LookBackDraw" CASCADE`);

async function issue(number: number, changes: Partial<Prisma.IssueUncheckedCreateInput> = {}): Promise<string> {
  const id = `issue-${String(number)}`;
  const common = { number, code: `LN-0${String(number)}`, title: '问题', text: '问题', kind: 'ordinary' as const };
  const terms = { policy } as unknown as Prisma.InputJsonObject;
  await ledger.issue.create({
    data: { id, roundId, ...common, terms, firstDeadline: fromIsoDate('2024-03-29'), ...changes },
  });
  return id;
}

const closedOn = (day: string) => ({ phase: 'lookBack' as const, phaseSince: at(day, '23:00'), progress: {} });

describe('the launch of a round’s issues', () => {
  it('copies what the ledger says of an issue into its terms: weight, measures with their kinds, items, what it repeats', async () => {
    const earlier = await issue(8, { roundId: 'earlier' });
    const declined = await issue(9, { roundId: 'earlier' });
    const issueId = await issue(1, {
      weight: 'major',
      measures: { create: { number: 1, text: '修订办法', kind: 'rule', deadline: fromIsoDate('2024-03-29') } },
      items: {
        create: [2, 1].map((number) => ({ id: `item-${String(number)}`, number, name: `黑点${String(number)}` })),
      },
      links: {
        create: [
          { earlierIssueId: declined, score: 0.9, because: '相似', state: 'declined' },
          { earlierIssueId: earlier, score: 0.8, because: '相似', state: 'confirmed' },
        ],
      },
    });
    await activities().launchIssues({ roundId, launchedAt: at('2024-01-08', '08:00') });
    const { terms } = await ledger.issue.findUniqueOrThrow({ where: { id: issueId } });
    expect(terms).toMatchObject({
      weight: 'major',
      recurrenceOf: earlier,
      measures: [{ number: 1, kind: 'rule', deadline: '2024-03-29' }],
      itemIds: ['item-1', 'item-2'],
    });
  });
});

describe('how a round stands', () => {
  it.each<[IssuePhase, number]>([
    ['assignment', 1],
    ['rectification', 1],
    ['closureReview', 1],
    ['lookBack', 1],
    ['longTerm', 0],
    ['archived', 0],
    ['withdrawn', 0],
    ['merged', 0],
  ])('an issue in the phase %s leaves %i unsettled', async (phase, unsettled) => {
    await issue(1, { phase, phaseSince: at('2024-03-15', '10:00') });
    expect(await activities().roundStanding({ roundId })).toMatchObject({ unsettled });
  });

  it('says when the first look-back falls that nobody has drawn, three months after the closure in Beijing', async () => {
    await issue(1, closedOn('2024-04-30'));
    await issue(2, closedOn('2024-03-15'));
    expect(await activities().roundStanding({ roundId })).toEqual({ unsettled: 2, drawDueOn: '2024-06-15' });
  });

  it('asks for no draw about what is looked at anyway, is planned, or has been drawn', async () => {
    await issue(1, { ...closedOn('2024-03-15'), weight: 'major' });
    await issue(2, { ...closedOn('2024-03-15'), progress: { lookBack: { state: 'drawn' } } });
    await issue(3, { ...closedOn('2024-03-15'), progress: { remainder: [{ number: 1 }] } });
    await issue(4, { ...closedOn('2024-03-15'), terms: { policy: simplePolicy } as unknown as Prisma.InputJsonObject });
    const owing = await issue(5, closedOn('2024-03-15'));
    const owed = { cycle: 1, id: 'look-back-1', kind: 'lookBack', role: 'reviewer' } as const;
    const days = { openedAt: at('2024-06-07', '00:00'), dueOn: fromIsoDate('2024-06-17') };
    await ledger.obligation.create({ data: { issueId: owing, ...owed, ...days } });
    const drawn = await issue(6, closedOn('2024-03-15'));
    const draw = { id: 'draw', roundId, seed: 's', share: 0.2, populationHash: '', result: {} };
    await ledger.lookBackDraw.create({
      data: { ...draw, population: [{ issueId: drawn }], drawnAt: at('2024-06-01', '10:00') },
    });
    expect(await activities().roundStanding({ roundId })).toEqual({ unsettled: 6, drawDueOn: null });
    // Closed again after that draw, it is to be drawn anew.
    await ledger.issue.update({ where: { id: drawn }, data: { phaseSince: at('2024-08-01', '10:00') } });
    expect(await activities().roundStanding({ roundId })).toMatchObject({ drawDueOn: '2024-11-01' });
  });
});
