import type { Ledger } from '../prisma/client.ts';
import { domainListOf, loadDomainDecisions } from '../prisma/domain-list.ts';
import { domainOfAddress, mailDomain } from '../workflows/rules/mail-domain.ts';
import { secrecyOf } from '../workflows/rules/secrecy.ts';
import { officeOf } from './acting/office-author.ts';
import { personNames } from './reading/person-names.ts';
import { RefusedError } from './refused-error.ts';

/** A decision about a mail domain as the office reads it. */
export interface DecisionReading {
  readonly domain: string;
  readonly trust: 'trusted' | 'distrusted';
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** The list of mail domains (保密) and how the directory stands to it. */
export interface DomainReading {
  /** What holds now, in the order of the alphabet; a domain stands for all below it. */
  readonly domains: readonly DecisionReading[];
  /** Domains of the directory that nobody has decided on, with how many people have their mail there. */
  readonly undecided: readonly { readonly domain: string; readonly people: number }[];
  /** Every decision, the last one first. */
  readonly history: readonly DecisionReading[];
}

export async function readMailDomains(ledger: Ledger): Promise<DomainReading> {
  const decisions = await loadDomainDecisions(ledger);
  const nameOf = await personNames(
    ledger,
    decisions.map(({ decidedBy }) => decidedBy),
  );
  const history = decisions.map(({ domain, trust, reason, decidedBy, decidedAt }): DecisionReading => ({
    domain,
    trust,
    by: nameOf(decidedBy) ?? decidedBy,
    at: decidedAt.toISOString(),
    reason,
  }));
  const latest = new Map(history.toReversed().map((decision) => [decision.domain, decision]));
  return {
    domains: [...latest.values()].sort((one, other) => (one.domain < other.domain ? -1 : 1)),
    undecided: await undecidedDomains(ledger),
    history,
  };
}

/** The domains of real people's addresses that no decision covers, those of most people first. */
export async function undecidedDomains(
  ledger: Ledger,
  where: { readonly roundId?: string } = {},
): Promise<{ domain: string; people: number }[]> {
  const list = domainListOf(await loadDomainDecisions(ledger));
  const people = await ledger.person.findMany({
    where: {
      scope: 'real',
      email: { not: null },
      ...(where.roundId !== undefined && { assignments: { some: { roundId: where.roundId, untilAt: null } } }),
    },
    select: { email: true },
  });
  const counts = new Map<string, number>();
  for (const { email } of people) {
    const address = email ?? '';
    const { rule } = secrecyOf({ channel: 'mail', address }, list);
    if (rule !== 'unlistedDomain' && rule !== 'unreadableAddress') continue;
    const domain = domainOfAddress(address) ?? address;
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts]
    .map(([domain, number]) => ({ domain, people: number }))
    .sort((one, other) => other.people - one.people || (one.domain < other.domain ? -1 : 1));
}

export interface DomainChoice {
  /** As it was written. */
  readonly domain: string;
  readonly trust: 'trusted' | 'distrusted';
  readonly reason: string;
  /** A person of the office. */
  readonly decidedBy: string;
}

/** Suffixes under which anybody registers: to trust one would be to trust everybody. */
const openSuffixes: ReadonlySet<string> = new Set(['com.cn', 'net.cn', 'org.cn']);

/** The domain's normal form. @throws RefusedError `NoDomain`, `DomainTooWide` */
export function domainNamed({ domain: text, trust }: Pick<DomainChoice, 'domain' | 'trust'>): string {
  const domain = mailDomain(text);
  if (domain === undefined)
    throw new RefusedError('NoDomain', `“${text}”不是邮箱域名，请写 @ 后面的部分，例如 zhengfu.example.cn`);
  if (trust === 'trusted' && openSuffixes.has(domain))
    throw new RefusedError('DomainTooWide', `“${domain}”下谁都可以注册，请写到单位自己的域名`);
  return domain;
}

/**
 * Writes down whether mails to a domain, and to all below it, may carry a finding's words. Deciding again what holds
 * already changes nothing.
 *
 * @throws RefusedError `NoDomain`, `DomainTooWide`, `ReasonMissing`, `NotOffice`
 */
export async function decideMailDomain(
  ledger: Ledger,
  { domain: text, trust, reason, decidedBy }: DomainChoice,
): Promise<{ domain: string; changed: 'now' | 'before' }> {
  const domain = domainNamed({ domain: text, trust });
  if (reason.trim() === '') throw new RefusedError('ReasonMissing', '请写明理由');
  const decidedAt = new Date();
  const office = await officeOf(ledger, 'real', decidedAt.toISOString());
  if (office.every(({ id }) => id !== decidedBy))
    throw new RefusedError('NotOffice', '只有督办办公室可以决定哪些邮箱域名可信');
  return ledger.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "MailDomainDecision" IN SHARE ROW EXCLUSIVE MODE`;
    if (domainListOf(await loadDomainDecisions(tx)).get(domain) === trust) return { domain, changed: 'before' };
    await tx.mailDomainDecision.create({ data: { domain, trust, reason: reason.trim(), decidedBy, decidedAt } });
    return { domain, changed: 'now' };
  });
}
