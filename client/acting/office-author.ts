import { businessNow } from '../../prisma/business-time.ts';
import type { LedgerTransaction } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { findPersonId } from '../reading/find.ts';
import { heldAt } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { absentHolder } from './absent-holder.ts';

/** Somebody of the supervision office (督办办公室) of any round. */
interface OfficePerson {
  readonly id: string;
  readonly name: string;
}

/** Who is of the office of any round of the scope at the moment, each once, by name. */
export async function officeOf(
  ledger: Pick<LedgerTransaction, 'assignment'>,
  scope: string,
  now: IsoInstant,
): Promise<OfficePerson[]> {
  const held = await ledger.assignment.findMany({
    where: { role: 'office', round: { clockId: scope }, ...heldAt(now) },
    select: { person: { select: { id: true, name: true } } },
    distinct: ['personId'],
    orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }],
  });
  return held.map(({ person }) => person);
}

/** An act of the office that belongs to no issue and no round, and whoever does it. */
export interface OfficeAct {
  /** `real`, or a drill's id. */
  readonly scope: string;
  /** What is done: `登记委托`. */
  readonly act: string;
  /** An id, a mail address or a name; undefined when nobody said. */
  readonly by: string | undefined;
  /** Whose own affair it is, so that he may do it himself. */
  readonly himself?: string;
}

/**
 * Whoever answers for an act of the office and since when; an author of null is one that nobody has to name: in a drill,
 * and as long as nobody is of the office, which is how every first set-up begins. Until then whoever is named signs;
 * afterwards only the office (by a role in a round, or by his account), whoever stands in for one of it, and the person himself
 * whom it is about.
 *
 * @throws RefusedError `AuthorMissing`, `NotOffice`, `UnknownPerson`, `AmbiguousPerson`
 */
export async function officeAuthor(
  ledger: Pick<LedgerTransaction, 'account' | 'assignment' | 'delegation' | 'drill' | 'person'>,
  { scope, act, by, himself }: OfficeAct,
): Promise<{ author: string | null; at: Date }> {
  const now = await businessNow(ledger, scope);
  const at = new Date(now);
  const office = await officeOf(ledger, scope, now);
  if (by === undefined) {
    if (scope === 'real' && office.length > 0)
      throw new RefusedError('AuthorMissing', `${act}须写明由谁办理：督办办公室的人（命令行用 --by）`);
    return { author: null, at };
  }
  const author = await findPersonId(ledger, by, scope);
  if (author === himself || office.some(({ id }) => id === author)) return { author, at };
  if (scope === 'real' && (await hasOfficeAccount(ledger, author))) return { author, at };
  if (office.length === 0) {
    if ((await ledger.person.count({ where: { id: author, scope } })) === 1) return { author, at };
    throw new RefusedError('UnknownPerson', `没有“${by}”这个人。`);
  }
  const entitled = office.map(({ id }) => ({ personId: id, role: 'office' as const }));
  if ((await absentHolder(ledger, entitled, { by: author, now, handlers: [] })) !== undefined) return { author, at };
  const others = himself === undefined ? '' : '和委托人本人';
  throw new RefusedError('NotOffice', `只有督办办公室${others}可以${act}`);
}

async function hasOfficeAccount(ledger: Pick<LedgerTransaction, 'account'>, personId: string): Promise<boolean> {
  const account = await ledger.account.findFirst({
    where: { personId, standing: 'office', closedAt: null },
    select: { id: true },
  });
  return account !== null;
}
