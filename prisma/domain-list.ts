import type { DomainList } from '../workflows/rules/secrecy.ts';
import type { Ledger } from './client.ts';

/** A decision of the office about a mail domain; the last one of a domain holds. */
export interface DomainDecision {
  readonly domain: string;
  readonly trust: 'trusted' | 'distrusted';
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** All decisions about mail domains (保密), the last one first. */
export async function loadDomainDecisions(ledger: Pick<Ledger, 'mailDomainDecision'>): Promise<DomainDecision[]> {
  return ledger.mailDomainDecision.findMany({ orderBy: { number: 'desc' }, omit: { number: true } });
}

/** What holds now, by domain. */
export function domainListOf(decisions: readonly DomainDecision[]): DomainList {
  return new Map(decisions.toReversed().map(({ domain, trust }) => [domain, trust]));
}
