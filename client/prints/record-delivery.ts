import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { settleRows } from '../../prisma/settle-rows.ts';
import { dayOf, inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import { heldAt } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { findPrint } from './read-prints.ts';

export interface Delivery {
  /** The page's id, or the beginning of it. */
  readonly ref: string;
  /** Of the office: who brought it. */
  readonly deliveredBy: string;
  /** Today when it is left out. */
  readonly on?: IsoDate | undefined;
}

/**
 * Writes down that a page was brought (送达); its lines count as sent from then on. Said once: who brought it first stays on
 * record, and a second call changes nothing.
 *
 * @throws RefusedError `UnknownPrint`, `NotOffice`, `NotYet`, `BeforePage`
 */
export async function recordDelivery(
  ledger: Ledger,
  { ref, deliveredBy, on }: Delivery,
): Promise<{ id: string; delivered: 'now' | 'before'; on: IsoDate }> {
  const { id, clockId, preparedAt } = await findPrint(ledger, ref);
  const now = await businessNow(ledger, clockId);
  const day = on ?? dayOf(now);
  const preparedOn = dayOf(preparedAt.toISOString());
  if (day > dayOf(now)) throw new RefusedError('NotYet', `送达日期${inChinese(day)}还没有到`);
  if (day < preparedOn) throw new RefusedError('BeforePage', `打印件${inChinese(preparedOn)}才备好，送达日期不能更早`);
  const office = await ledger.assignment.findFirst({
    where: { role: 'office', personId: deliveredBy, round: { clockId }, ...heldAt(now) },
    select: { person: { select: { name: true } } },
  });
  if (office === null) throw new RefusedError('NotOffice', '只有督办办公室可以登记送达');
  return ledger.$transaction(async (tx) => {
    const { count } = await tx.mail.updateMany({
      where: { id, state: { in: ['toPrint', 'lapsed'] } },
      data: {
        state: 'printed',
        acceptedAt: now,
        deliveredOn: fromIsoDate(day),
        deliveredBy,
        response: `${inChinese(preparedOn)}备好打印件，${inChinese(day)}由${office.person.name}送达`,
      },
    });
    if (count === 1) await settleRows(tx, clockId);
    return { id, delivered: count === 1 ? 'now' : 'before', on: day };
  });
}
