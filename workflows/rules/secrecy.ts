import { domainAndAbove, domainOfAddress } from './mail-domain.ts';

/** What a mail tells (保密): the finding's words, or only code, what is owed, deadline and link. */
export type Told = 'words' | 'codeOnly';

/** By which rule: what stays in the practice mailbox or goes by hand leaves nowhere, for all else the list decides. */
export type SecrecyRule =
  'practiceMailbox' | 'paper' | 'trustedDomain' | 'distrustedDomain' | 'unlistedDomain' | 'unreadableAddress';

export interface Secrecy {
  readonly told: Told;
  readonly rule: SecrecyRule;
  /** The entry of the list that decided, else the address's own domain; null where no domain was asked about. */
  readonly domain: string | null;
}

/** How something reaches its reader. */
export type Way =
  { readonly channel: 'practiceMailbox' | 'paper' } | { readonly channel: 'mail'; readonly address: string };

/** What the office has decided about mail domains, by their normal form; a domain stands for all below it. */
export type DomainList = ReadonlyMap<string, 'trusted' | 'distrusted'>;

/** What may be told on this way. The most specific decision holds; a domain that nobody has decided on gets no words. */
export function secrecyOf(way: Way, list: DomainList): Secrecy {
  if (way.channel !== 'mail') return { told: 'words', rule: way.channel, domain: null };
  const domain = domainOfAddress(way.address);
  if (domain === undefined) return { told: 'codeOnly', rule: 'unreadableAddress', domain: null };
  const decided = domainAndAbove(domain).find((one) => list.has(one));
  if (decided === undefined) return { told: 'codeOnly', rule: 'unlistedDomain', domain };
  return list.get(decided) === 'trusted'
    ? { told: 'words', rule: 'trustedDomain', domain: decided }
    : { told: 'codeOnly', rule: 'distrustedDomain', domain: decided };
}

/** What the office decided about an issue as a whole (保密问题). */
export type IssueSecrecy = 'ordinary' | 'confidential';

/** What may be told of an issue, or of a duty that is about it: of a confidential one no words, on whatever way. */
export function issueTold(told: Told, secrecy: IssueSecrecy): Told {
  return secrecy === 'confidential' ? 'codeOnly' : told;
}

/**
 * What may be told of one measure. Who is to be held to account (追责问责) is told to whoever holds a role in the matter
 * himself, not to somebody who stands in for him (委托).
 */
export function measureTold(told: Told, kind: string | null, capacity: 'inPerson' | 'standIn'): Told {
  return kind === 'accountability' && capacity === 'standIn' ? 'codeOnly' : told;
}
