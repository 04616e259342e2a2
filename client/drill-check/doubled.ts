import type { AcceptedMail } from '../practice/accepted-file.ts';
import type { DrillFacts } from './facts.ts';
import type { Finding } from './finding.ts';

/** Lines that reached the same address more than once, beyond the resends after an unknown outcome that the ledger counts. */
export function findDoubled({ mails }: Pick<DrillFacts, 'mails'>, accepted: readonly AcceptedMail[]): Finding[] {
  const findings: Finding[] = [];
  const resends = new Map<string, number>();
  const firstMail = new Map<string, string>();
  const copies = new Map<string, number>();
  for (const { messageId, to, lines, date: moment } of accepted) {
    const copy = `${messageId} ${to}`;
    const before = copies.get(copy) ?? 0;
    copies.set(copy, before + 1);
    if (before > 0) {
      const counted = resends.get(copy) ?? 0;
      if (counted < (mails.get(messageId)?.uncertain ?? 0)) {
        resends.set(copy, counted + 1);
        continue;
      }
      for (const line of lines) {
        findings.push({
          kind: 'doubled',
          line,
          address: to,
          moment,
          why: `同一封邮件又到了一次，且不是结果不明后的重发`,
        });
      }
      continue;
    }
    for (const line of lines) {
      const name = `${line} ${to}`;
      const first = firstMail.get(name);
      if (first === undefined) firstMail.set(name, messageId);
      else
        findings.push({
          kind: 'doubled',
          line,
          address: to,
          moment,
          why: `这一行已由邮件${first}送到，又由${messageId}送来`,
        });
    }
  }
  return findings;
}
