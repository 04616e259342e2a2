import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { pageNumber } from '../../prisma/page-number.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { loadBringers } from '../reading/page-of-line.ts';
import { RefusedError } from '../refused-error.ts';

/** A page (打印件) for somebody without mail, as the office sees it. */
export interface PrintReading {
  /** The mail's id; its first eight characters are what people call it. */
  readonly id: string;
  readonly number: string;
  readonly person: string;
  readonly unit: string;
  readonly subject: string;
  /** The codes it names, each once. */
  readonly codes: readonly string[];
  readonly preparedOn: IsoDate;
  /** The workday by whose end it should be brought. */
  readonly deliverBy: IsoDate;
  readonly state: 'waiting' | 'overdue' | 'delivered' | 'lapsed';
  readonly deliveredOn: IsoDate | null;
  readonly deliveredBy: string | null;
  /** Who of the office may bring it and say so. */
  readonly office: readonly { readonly id: string; readonly name: string }[];
}

const fields = {
  id: true,
  subject: true,
  state: true,
  preparedAt: true,
  deliverBy: true,
  deliveredOn: true,
  deliveredBy: true,
  person: { select: { name: true, unit: true } },
  lines: {
    orderBy: { position: 'asc' },
    select: { row: { select: { roundId: true, issue: { select: { code: true, roundId: true } } } } },
  },
} as const;

const paper = ['toPrint', 'printed', 'lapsed'] as const;

/** The pages of a clock that wait, the most urgent first; with `all` those that were brought or lapsed as well. */
export async function readPrints(
  ledger: Ledger,
  { clockId, today, which = 'waiting' }: { clockId: string; today: IsoDate; which?: 'waiting' | 'all' },
): Promise<PrintReading[]> {
  const mails = await ledger.mail.findMany({
    where: { clockId, state: which === 'all' ? { in: [...paper] } : 'toPrint' },
    select: fields,
    orderBy: [{ deliverBy: 'asc' }, { preparedAt: 'asc' }, { id: 'asc' }],
  });
  const roundIds = [
    ...new Set(mails.flatMap(({ lines }) => lines.flatMap(({ row }) => row.roundId ?? row.issue?.roundId ?? []))),
  ];
  const offices = await ledger.assignment.findMany({
    where: { role: 'office', untilAt: null, round: roundIds.length === 0 ? { clockId } : { id: { in: roundIds } } },
    select: { person: { select: { id: true, name: true } } },
    orderBy: { personId: 'asc' },
  });
  const office = [...new Map(offices.map(({ person }) => [person.id, person])).values()];
  const bringers = await loadBringers(ledger, mails);
  return mails.map(({ id, subject, state, preparedAt, lines, person, ...mail }) => {
    const preparedOn = dayOf(preparedAt.toISOString());
    const deliverBy = mail.deliverBy === null ? preparedOn : toIsoDate(mail.deliverBy);
    return {
      id,
      number: pageNumber(id),
      person: person.name,
      unit: person.unit,
      subject,
      codes: [...new Set(lines.flatMap(({ row }) => row.issue?.code ?? []))],
      preparedOn,
      deliverBy,
      state:
        state === 'printed' ? 'delivered' : state === 'lapsed' ? 'lapsed' : deliverBy < today ? 'overdue' : 'waiting',
      deliveredOn: mail.deliveredOn === null ? null : toIsoDate(mail.deliveredOn),
      deliveredBy: mail.deliveredBy === null ? null : (bringers.get(mail.deliveredBy) ?? mail.deliveredBy),
      office,
    };
  });
}

/**
 * The page that people mean by its id or the beginning of it.
 *
 * @throws RefusedError `UnknownPrint`
 */
export async function findPrint(ledger: Ledger, ref: string) {
  const found = await ledger.mail.findMany({
    where: { id: { startsWith: ref.trim().toLowerCase() }, state: { in: [...paper] } },
    select: { id: true, clockId: true, state: true, raw: true, preparedAt: true, person: { select: { name: true } } },
    take: 2,
  });
  const [page] = found;
  if (page === undefined || found.length > 1 || ref.trim().length < 4)
    throw new RefusedError('UnknownPrint', `没有编号为“${ref}”的打印件，见 print list`);
  return page;
}
