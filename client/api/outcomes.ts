import { createHash } from 'node:crypto';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { outcomeOrder } from '../reading/beside.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { acting } from './requests.ts';

const correcting = {
  /** The outcome that was entered wrongly, by its place among the issue's, from 1. */
  corrects: z.number().int().min(1).optional(),
  reason: z.string().trim().default(''),
};

/** How people were held to account (问责处理结果): who decided and how many, never who. */
export const outcomeBody = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...acting,
    ...correcting,
    outcome: z.literal('dealtWith'),
    persons: z.number().int().min(1).max(10_000),
    decidedBy: z.string().trim().min(1, '没有写明由哪个机关决定'),
    note: z.string().default(''),
  }),
  z.strictObject({
    ...acting,
    ...correcting,
    outcome: z.literal('notPursued'),
    decidedBy: z.string().default(''),
    note: z.string().default(''),
  }),
  /** There was no such outcome: only as a correction. */
  z.strictObject({
    ...acting,
    ...correcting,
    outcome: z.literal('struck'),
    decidedBy: z.literal('').default(''),
    note: z.literal('').default(''),
  }),
]);

/**
 * Keeps an outcome under the request's id: a second delivery changes nothing. One that corrects another names it with a
 * reason; the wrong one stays on record.
 *
 * @throws RefusedError `NotOffice`, `NamesPerson` when the words say who was dealt with, `UnknownOutcome`,
 * `OutcomeCorrected`, `ReasonMissing`
 */
export async function keepOutcome(
  ledger: Ledger,
  { issueId, scope, by }: { readonly issueId: string; readonly scope: string; readonly by: string },
  body: z.infer<typeof outcomeBody>,
): Promise<void> {
  const now = await businessNow(ledger, scope);
  const issue = await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { roundId: true } });
  const office = await ledger.assignment.findFirst({
    where: { role: 'office', personId: by, ...heldFor(issue.roundId, [issueId]), ...heldAt(now) },
    select: { id: true },
  });
  if (office === null) throw new RefusedError('NotOffice', '只有督办办公室可以登记问责处理结果');
  await requireNobodyNamed(ledger, scope, `${body.decidedBy}\n${body.note}`);
  const id = createHash('sha256').update(`${issueId}\n${body.requestId}`).digest('hex').slice(0, 32);
  const correctsId = await correctedOutcome(ledger, { issueId, id }, body);
  await ledger.accountabilityOutcome.createMany({
    data: {
      id,
      issueId,
      outcome: body.outcome,
      decidedBy: body.decidedBy,
      persons: body.outcome === 'dealtWith' ? body.persons : null,
      note: body.note,
      recordedBy: by,
      recordedAt: now,
      correctsId,
      reason: body.reason,
    },
    skipDuplicates: true,
  });
}

/** The id of the outcome that this one corrects; null when it corrects none. */
async function correctedOutcome(
  ledger: Ledger,
  { issueId, id }: { readonly issueId: string; readonly id: string },
  { corrects, reason, outcome }: z.infer<typeof outcomeBody>,
): Promise<string | null> {
  if (corrects === undefined) {
    if (outcome === 'struck') throw new RefusedError('UnknownOutcome', '请写明哪一条登记有误（更正第几条）');
    return null;
  }
  if (reason === '') throw new RefusedError('ReasonMissing', '更正问责处理结果须写明理由');
  const all = await ledger.accountabilityOutcome.findMany({
    where: { issueId },
    select: { id: true, correctedBy: { select: { id: true } } },
    orderBy: outcomeOrder,
  });
  const wrong = all[corrects - 1];
  if (wrong === undefined || wrong.id === id) {
    throw new RefusedError('UnknownOutcome', `这个问题没有第${String(corrects)}条问责处理结果`);
  }
  if (wrong.correctedBy !== null && wrong.correctedBy.id !== id) {
    throw new RefusedError('OutcomeCorrected', `第${String(corrects)}条已经更正过，请更正后来的那一条`);
  }
  return wrong.id;
}

/** Outcomes go into public notices, where nobody may be recognised. */
async function requireNobodyNamed(ledger: Ledger, scope: string, words: string): Promise<void> {
  const people = await ledger.person.findMany({ where: { scope }, select: { name: true } });
  const named = people.filter(({ name }) => name.length > 1 && words.includes(name));
  if (named.length === 0) return;
  const names = [...new Set(named.map(({ name }) => name))].join('、');
  throw new RefusedError('NamesPerson', `问责处理结果不写姓名（写了${names}），只写决定机关和人数`);
}
