import type { Ledger } from '../../prisma/client.ts';
import { domainListOf, loadDomainDecisions } from '../../prisma/domain-list.ts';
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
