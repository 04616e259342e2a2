import { createHash } from 'node:crypto';
import { z } from 'zod';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { acting } from './requests.ts';

/** How people were held to account (问责处理结果): who decided and how many, never who. */
export const outcomeBody = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...acting,
    outcome: z.literal('dealtWith'),
    persons: z.number().int().min(1).max(10_000),
    decidedBy: z.string().trim().min(1, '没有写明由哪个机关决定'),
    note: z.string().default(''),
  }),
  z.strictObject({
    ...acting,
    outcome: z.literal('notPursued'),
    decidedBy: z.string().default(''),
    note: z.string().default(''),
  }),
]);

/**
 * Keeps an outcome under the request's id: a second delivery changes nothing.
 *
 * @throws RefusedError `NotOffice`, `NamesPerson` when the words say who was dealt with
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
    },
    skipDuplicates: true,
  });
}

/** Outcomes go into public notices, where nobody may be recognised. */
async function requireNobodyNamed(ledger: Ledger, scope: string, words: string): Promise<void> {
  const people = await ledger.person.findMany({ where: { scope }, select: { name: true } });
  const named = people.filter(({ name }) => name.length > 1 && words.includes(name));
  if (named.length === 0) return;
  const names = [...new Set(named.map(({ name }) => name))].join('、');
  throw new RefusedError('NamesPerson', `问责处理结果不写姓名（写了${names}），只写决定机关和人数`);
}
