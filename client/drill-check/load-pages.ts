import type { Ledger } from '../../prisma/client.ts';
import type { AcceptedMail } from '../practice/accepted-file.ts';

/** Where a person is reached: by mail, or, without an address, on paper. */
export function addressFor({ id, email }: { readonly id: string; readonly email: string | null }): string {
  return email ?? `paper:${id}`;
}

/** The pages (打印件) of a drill, as if a mailbox had accepted them when they were made: they owe and are owed the same. */
export async function loadPages(ledger: Ledger, drillId: string): Promise<AcceptedMail[]> {
  const pages = await ledger.mail.findMany({
    where: { clockId: drillId, state: { in: ['toPrint', 'printed', 'lapsed'] } },
    select: {
      messageId: true,
      kind: true,
      preparedAt: true,
      person: { select: { id: true, email: true } },
      lines: { select: { rowKey: true }, orderBy: { position: 'asc' } },
    },
    orderBy: [{ preparedAt: 'asc' }, { id: 'asc' }],
  });
  return pages.map(({ messageId, kind, preparedAt, person, lines }) => ({
    messageId,
    kind,
    to: addressFor(person),
    lines: lines.map(({ rowKey }) => rowKey),
    date: preparedAt.toISOString(),
    acceptedAt: preparedAt.toISOString(),
  }));
}
