import type { AcceptedMail } from '../practice/accepted-file.ts';
import { findDoubled } from './doubled.ts';
import { expectationOf } from './expectation.ts';
import type { DrillFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { findLost } from './lost.ts';
import { findUnowed } from './unowed.ts';

/** Compares what the rules ask for with what the practice mailbox has accepted; mail of other clocks is left alone. */
export function judge(facts: DrillFacts, accepted: readonly AcceptedMail[]): Finding[] {
  const expectation = expectationOf(facts);
  const subjects = new Set([facts.round.id, ...facts.issues.map(({ id }) => id)]);
  const ours = accepted.filter(
    ({ messageId, lines }) => facts.mails.has(messageId) || lines.some((key) => subjects.has(key.split('/')[0] ?? '')),
  );
  return [...findLost(expectation, ours), ...findDoubled(facts, ours), ...findUnowed(expectation, ours)];
}
