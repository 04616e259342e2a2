import type { Ledger } from '../prisma/client.ts';
import { officeAuthor } from './acting/office-author.ts';
import { isMailAddress } from './people-import.ts';
import { findPersonId } from './reading/find.ts';
import { RefusedError } from './refused-error.ts';

/** That somebody can be reached by mail again. */
export interface AddressOrder {
  /** An id, a mail address or a name. */
  readonly person: string;
  /** The address that holds from now on; the present one when left out. */
  readonly email?: string | undefined;
  readonly reason: string;
  /** Of the office. */
  readonly by?: string | undefined;
  readonly mode: 'write' | 'preview';
}

/** What came of it, or would. */
export interface AddressChanged {
  readonly written: 'yes' | 'preview';
  readonly name: string;
  readonly wasEmail: string | null;
  /** Why mail did not arrive; null when it did. */
  readonly wasUnreachable: string | null;
  readonly email: string;
  /** Pages that wait to be brought to him: they stay pages. */
  readonly pagesWaiting: number;
}

/**
 * Notes that somebody's mail arrives again, at the same address or another one. What is planned goes by mail from then on;
 * pages that are made stay pages. The first time wins: a second call that would change nothing is refused.
 *
 * @throws RefusedError `UnknownPerson`, `AmbiguousPerson`, `AddressMissing`, `AddressUnfit`, `AddressTaken`,
 * `NothingChanged`, and whatever `officeAuthor` refuses
 */
export async function changeAddress(
  ledger: Ledger,
  { mode, reason, by, ...order }: AddressOrder,
): Promise<AddressChanged> {
  const personId = await findPersonId(ledger, order.person, 'real');
  return ledger.$transaction(async (tx) => {
    const { author, at } = await officeAuthor(tx, { scope: 'real', act: '登记邮箱', by });
    await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} FOR UPDATE`;
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
    const { name, email: wasEmail, unreachable: wasUnreachable } = person;
    const email = order.email?.normalize('NFKC').trim().toLowerCase() ?? wasEmail;
    if (email === null) throw new RefusedError('AddressMissing', `${name}没有登记邮箱，请写明新的邮箱（--email）`);
    if (!isMailAddress(email)) throw new RefusedError('AddressUnfit', `“${email}”不是邮箱地址`);
    if (email === wasEmail && wasUnreachable === null)
      throw new RefusedError('NothingChanged', `${name}的邮箱${email}一直可用，没有要登记的`);
    const other = await tx.person.findFirst({ where: { scope: 'real', email, id: { not: personId } } });
    if (other !== null) throw new RefusedError('AddressTaken', `${email}是${other.name}的邮箱`);
    const pagesWaiting = await tx.mail.count({ where: { personId, state: 'toPrint' } });
    if (mode === 'write') {
      await tx.person.update({ where: { id: personId }, data: { email, unreachable: null } });
      await tx.addressChange.create({
        data: { personId, wasEmail, wasUnreachable, email, reason, changedBy: author, changedAt: at },
      });
    }
    return { written: mode === 'write' ? 'yes' : 'preview', name, wasEmail, wasUnreachable, email, pagesWaiting };
  });
}
