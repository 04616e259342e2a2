import type { Ledger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const day = '2024-03-29';
/** When every batch is due: 2024年3月29日(周五) 09:00. */
export const nine = at(day, '09:00');
const mailsInBatch = 6;

/** A line of a batch: who gets it, and the key by which it is known in the mailbox. */
export interface BatchLine {
  readonly key: string;
  readonly address: string;
}

export async function prepareRound(ledger: Ledger): Promise<void> {
  await ledger.mailDomainDecision.create({
    data: { domain: 'unit.example', trust: 'trusted', decidedBy: 'wang', decidedAt: at('2024-03-01', '09:00') },
  });
  await ledger.round.create({
    data: {
      ...{ id: 'round', name: '第三轮常规巡察', codePrefix: 'LN', state: 'launched' },
      concentratedEndsOn: fromIsoDate('2024-04-22'),
      bodies: { create: { id: 'body', name: '岭南市城管局' } },
    },
  });
  await ledger.$executeRaw`CREATE TABLE "NaiveMail" (id text PRIMARY KEY, address text NOT NULL, sent boolean NOT NULL DEFAULT false)`;
}

/** Six people who owe one thing each on the day, and a reminder for each of them. */
export async function addBatch(ledger: Ledger, batch: number): Promise<BatchLine[]> {
  const numbers = Array.from({ length: mailsInBatch }, (_, n) => batch * mailsInBatch + n + 1);
  const keyOf = (number: number) => `issue-${String(number)}/1/evidence-1/on-day/handler/${day}`;
  const addressOf = (number: number) => `p${String(number)}@unit.example`;
  await ledger.person.createMany({
    data: numbers.map((n) => ({ id: `p${String(n)}`, name: `经办人${String(n)}`, email: addressOf(n) })),
  });
  await ledger.issue.createMany({
    data: numbers.map((n) => ({
      ...{ id: `issue-${String(n)}`, roundId: 'round', bodyId: 'body', number: n, code: `LN-${String(n)}` },
      ...{ title: `问题${String(n)}`, text: `问题${String(n)}`, kind: 'ordinary' as const },
      firstDeadline: fromIsoDate('2024-04-30'),
      terms: ordinaryTerms({ issueId: `issue-${String(n)}`, roundId: 'round' }) as unknown as Prisma.InputJsonObject,
    })),
  });
  await ledger.assignment.createMany({
    data: numbers.map((n) => ({
      ...{ roundId: 'round', issueId: `issue-${String(n)}`, personId: `p${String(n)}`, role: 'handler' as const },
    })),
  });
  await ledger.obligation.createMany({
    data: numbers.map((n) => ({
      ...{
        issueId: `issue-${String(n)}`,
        cycle: 1,
        id: 'evidence-1',
        kind: 'evidence' as const,
        role: 'handler' as const,
      },
      ...{ openedAt: at('2024-03-01', '09:00'), dueOn: fromIsoDate(day) },
    })),
  });
  await ledger.outboxRow.createMany({
    data: numbers.map((n) => ({
      ...{ key: keyOf(n), kind: 'reminder' as const, clockId: 'real', letter: 'reminder' as const },
      ...{ plannedOn: fromIsoDate(day), earliestAt: nine, latestAt: at(day, '18:00'), missed: 'sendLate' as const },
      ...{ because: { rule: 'test' }, policyVersion: 1, calendarVersion: 1 },
      ...{ roundId: 'round', issueId: `issue-${String(n)}`, cycle: 1, role: 'handler' as const },
      ...{ obligationId: 'evidence-1', rungId: 'on-day' },
    })),
  });
  return numbers.map((n) => ({ key: keyOf(n), address: addressOf(n) }));
}

/** The same six for the naïve sender. */
export async function addNaiveBatch(ledger: Ledger, batch: number): Promise<BatchLine[]> {
  const lines = Array.from({ length: mailsInBatch }, (_, n) => {
    const id = `n${String(batch * mailsInBatch + n + 1)}`;
    return { key: id, address: `${id}@naive.example` };
  });
  for (const { key, address } of lines)
    await ledger.$executeRaw`INSERT INTO "NaiveMail" (id, address) VALUES (${key}, ${address})`;
  return lines;
}
