import { beforeAll, describe, expect, test } from 'vitest';
import { remainingOn } from '../../../client/reading/burn-down.ts';
import { readRoundStatus } from '../../../client/reading/index.ts';
import { addDays, dayOf } from '../../../workflows/rules/instants.ts';
import { isClosed } from '../../../workflows/rules/progress.ts';
import { testLedger } from '../../support/servers.ts';
import { bureauInMarch } from '../pages/told-world.ts';
import type { ToldRound } from './builder.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await bureauInMarch(ledger);
});

async function burnDown() {
  const { burnDown: read } = await readRoundStatus(ledger, round.roundId);
  return read!;
}

async function openIssues(): Promise<number> {
  const issues = await ledger.issue.findMany({ select: { phase: true } });
  return issues.filter((issue) => !isClosed(issue)).length;
}

async function remaining(): Promise<number> {
  const { actual, today } = await burnDown();
  return remainingOn(actual, today);
}

describe('the burn-down of a round', () => {
  test('begins with all of its issues at the launch, and ends today with those that are not closed', async () => {
    const { actual, from, total, today } = await burnDown();
    expect(actual[0]).toEqual({ day: from, remaining: total });
    expect(total).toBe(await ledger.issue.count());
    expect(await remaining()).toBe(await openIssues());
    expect(actual.every(({ day }) => day <= today)).toBe(true);
  });

  test('has a step on the day of a closure, and none before it', async () => {
    const { at } = await ledger.issueEvent.findFirstOrThrow({
      where: { type: 'closureApproved' },
      orderBy: { at: 'asc' },
    });
    const { actual, total } = await burnDown();
    const day = dayOf(at.toISOString());
    expect([remainingOn(actual, addDays(day, -1)), remainingOn(actual, day)]).toEqual([total, total - 1]);
  });

  test('plans each issue away on the day after its first deadline', async () => {
    const { planned, total, to } = await burnDown();
    const [first] = await ledger.issue.findMany({ orderBy: { firstDeadline: 'asc' }, take: 1 });
    const deadline = first!.firstDeadline.toISOString().slice(0, 10);
    expect(remainingOn(planned, deadline)).toBe(total);
    expect(remainingOn(planned, addDays(deadline, 1))).toBeLessThan(total);
    expect(remainingOn(planned, to)).toBe(0);
  });

  test('counts what has rebounded again, what is closed once more no more, and a closure that was undone not at all', async () => {
    const [open, before] = [await openIssues(), await remaining()];
    const closed = await ledger.issue.findFirstOrThrow({ where: { phase: 'lookBack' } });
    await round.tell(closed.code, '督办专责', {
      ...{ type: 'rebounded', finding: '又犯了', deadline: addDays(dayOf(round.now), 60) },
    });
    expect([await openIssues(), await remaining()]).toEqual([open + 1, before + 1]);
    const { sequence } = await ledger.issueEvent.findFirstOrThrow({
      where: { issueId: closed.id, type: 'rebounded' },
    });
    await ledger.issueEvent.create({
      data: {
        ...{ issueId: closed.id, sequence: sequence + 100, at: round.now, cycle: 2, type: 'undone', source: 'page' },
        ...{ requestId: 'undone', detail: { type: 'undone', undoneSequence: sequence, reason: '登记错了' } },
      },
    });
    expect(await remaining()).toBe(before);
  });
});
