import type { Ledger } from '../../prisma/client.ts';
import { domainListOf, loadDomainDecisions } from '../../prisma/domain-list.ts';
import { secrecyOf, type Told } from '../../workflows/rules/secrecy.ts';
import { type DomainChoice, domainNamed } from '../mail-domains.ts';

/** What a decision about a mail domain (保密) would change; nothing has been decided. */
export interface MailDomainPreview {
  readonly written: 'preview';
  readonly domain: string;
  readonly trust: 'trusted' | 'distrusted';
  /** Whether it is decided so already. */
  readonly changed: 'now' | 'before';
  /** Who would be told otherwise than now. */
  readonly people: readonly {
    readonly name: string;
    readonly unit: string;
    readonly email: string;
    readonly told: Told;
  }[];
  /** Mails to them that wait to leave with a finding's words and would be written anew without. */
  readonly waiting: number;
}

/**
 * Says who of the directory would read a finding's words from now on, or only its code, and which mails would be written
 * anew; writes nothing.
 *
 * @throws RefusedError `NoDomain`, `DomainTooWide`
 */
export async function previewMailDomain(
  ledger: Ledger,
  choice: Pick<DomainChoice, 'domain' | 'trust'>,
): Promise<MailDomainPreview> {
  const domain = domainNamed(choice);
  const { trust } = choice;
  const before = domainListOf(await loadDomainDecisions(ledger));
  const after = new Map([...before, [domain, trust] as const]);
  const directory = await ledger.person.findMany({
    where: { scope: 'real', email: { not: null } },
    select: { id: true, name: true, unit: true, email: true },
    orderBy: [{ unit: 'asc' }, { name: 'asc' }],
  });
  const concerned = directory.flatMap(({ id, name, unit, email }) => {
    const way = { channel: 'mail', address: email ?? '' } as const;
    const { told } = secrecyOf(way, after);
    return told === secrecyOf(way, before).told ? [] : [{ id, person: { name, unit, email: email ?? '', told } }];
  });
  const struckOff = concerned.filter(({ person }) => person.told === 'codeOnly').map(({ id }) => id);
  const takenBack = {
    personId: { in: struckOff },
    clockId: 'real',
    state: 'prepared',
    told: 'words',
    uncertain: 0,
  } as const;
  return {
    written: 'preview',
    domain,
    trust,
    changed: before.get(domain) === trust ? 'before' : 'now',
    people: concerned.map(({ person }) => person),
    waiting: await ledger.mail.count({ where: takenBack }),
  };
}
