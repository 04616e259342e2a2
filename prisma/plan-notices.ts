import type { Calendar } from '../workflows/rules/calendar.ts';
import { at, dayOf, type IsoInstant } from '../workflows/rules/instants.ts';
import type { Policy } from '../workflows/rules/policy.ts';
import type { LedgerTransaction } from './client.ts';
import { fromIsoDate } from './days.ts';

/** What an office is told of in its mail of the day: a page to be brought (打印送达), or an answer to be verified (来信核实). */
export type NoticeKind = 'page' | 'answer';

/** Something that waits for the office of each of these rounds. */
export interface Waiting {
  readonly kind: NoticeKind;
  /** Of the mail that is the page, or of the mail that came in. */
  readonly id: string;
  readonly clockId: string;
  readonly roundIds: readonly string[];
}

const rules: Readonly<Record<NoticeKind, string>> = { page: 'pageWaits', answer: 'answerUnverified' };

/** Plans the lines by which each office learns of it, from now on. A second call finds them. */
export async function planNotices(
  ledger: Pick<LedgerTransaction, 'outboxRow'>,
  { kind, id, clockId, roundIds }: Waiting,
  { policy, calendar }: { readonly policy: Policy; readonly calendar: Calendar },
  now: IsoInstant,
): Promise<void> {
  const today = dayOf(now);
  await ledger.outboxRow.createMany({
    data: roundIds.map((roundId) => ({
      key: `${kind}/${id}/${roundId}/office`,
      clockId,
      kind: 'notice' as const,
      roundId,
      cycle: 1,
      obligationId: id,
      rungId: kind,
      letter: 'notice',
      role: 'office' as const,
      plannedOn: fromIsoDate(today),
      earliestAt: now,
      latestAt: at(today, policy.sendingHours.to),
      missed: 'sendLate' as const,
      policyVersion: policy.version,
      calendarVersion: calendar.version,
      because: { rule: rules[kind], [kind]: id },
    })),
    skipDuplicates: true,
  });
}
