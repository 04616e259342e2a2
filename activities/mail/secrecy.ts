import type { Ledger } from '../../prisma/client.ts';
import { domainListOf, loadDomainDecisions } from '../../prisma/domain-list.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { type Secrecy, secrecyOf } from '../../workflows/rules/secrecy.ts';
import type { Recipient } from './recipients.ts';
import type { MailTransport } from './transport.ts';

/** What a reader's mail may tell (保密), by how it reaches him and by the list of domains as it stands now. */
export type SecrecyOf = (to: Pick<Recipient, 'address'>) => Secrecy;

export async function loadSecrecy(ledger: Ledger, { reach }: Pick<MailTransport, 'reach'>): Promise<SecrecyOf> {
  const list = domainListOf(await loadDomainDecisions(ledger));
  return ({ address }) => {
    if (address === null) return secrecyOf({ channel: 'paper' }, list);
    return secrecyOf(reach === 'world' ? { channel: 'mail', address } : { channel: reach }, list);
  };
}

/**
 * Takes back the mails that wait with the finding's words for an address that may not get them any more, because its
 * domain was struck off the list or the mail server was exchanged. Their lines are free again and are written anew. A mail
 * that may have arrived already is left as it is: every retry sends the same bytes. Running again finds nothing.
 */
export async function takeBackWords(
  ledger: Ledger,
  clockId: string,
  secrecyOf: SecrecyOf,
  now: IsoInstant,
): Promise<number> {
  const waiting = { clockId, state: 'prepared', told: 'words', uncertain: 0 } as const;
  const mails = await ledger.mail.findMany({ where: waiting, select: { id: true, address: true } });
  const ids = mails.filter((mail) => secrecyOf(mail).told === 'codeOnly').map(({ id }) => id);
  if (ids.length === 0) return 0;
  return ledger.$transaction(async (tx) => {
    const free = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Mail" WHERE id = ANY(${ids}::text[]) AND state = 'prepared' AND uncertain = 0 ORDER BY id FOR UPDATE`;
    const mailId = { in: free.map(({ id }) => id) };
    const keys = (await tx.delivery.findMany({ where: { mailId }, select: { rowKey: true } })).map(
      ({ rowKey }) => rowKey,
    );
    await tx.delivery.deleteMany({ where: { mailId } });
    await tx.mail.deleteMany({ where: { id: mailId } });
    await tx.outboxRow.updateMany({ where: { key: { in: keys }, state: 'claimed' }, data: { earliestAt: now } });
    return free.length;
  });
}
