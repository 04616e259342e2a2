import { readAccepted } from '../../../client/practice/accepted-file.ts';
import { keyOf } from '../../../client/rehearsal/gather-mails.ts';
import { loadRound } from '../../../client/rehearsal/load-round.ts';
import { rehearseRound } from '../../../client/rehearsal/rehearse-round.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { dayOf } from '../../../workflows/rules/instants.ts';

export interface RehearsalComparison {
  readonly rehearsedMails: number;
  readonly sentMails: number;
  readonly lines: number;
  /** `address day` of each mail that only one of them has, or that carries other lines, with what differs. */
  readonly differences: readonly { readonly mail: string; readonly rehearsed: string[]; readonly sent: string[] }[];
}

/** Lays the mails that a silent drill has sent next to its rehearsal: person, day and the set of lines. */
export async function compareWithRehearsal(
  ledger: Ledger,
  drillId: string,
  acceptedFile: string,
): Promise<RehearsalComparison> {
  const { now } = await ledger.drill.findUniqueOrThrow({ where: { id: drillId }, select: { now: true } });
  const input = await loadRound(ledger, drillId);
  const reached = now.toISOString();
  const { mails } = rehearseRound({ ...input, until: reached < input.until ? reached : input.until });
  const people = await ledger.person.findMany({ where: { scope: drillId }, select: { id: true, email: true } });
  const addresses = new Map(people.map(({ id, email }) => [id, email ?? id]));
  const rehearsed = new Map(
    mails.map(({ personId, on, copies }) => [`${addresses.get(personId) ?? personId} ${on}`, copies.map(keyOf).sort()]),
  );
  const sent = new Map<string, string[]>();
  for (const { kind, to, date, lines } of await readAccepted(acceptedFile)) {
    if (kind !== 'reminder') throw new Error(`nobody acted, and yet there is a mail of the kind ${kind}`);
    const mail = `${to} ${date === null ? '' : dayOf(date)}`;
    sent.set(mail, [...(sent.get(mail) ?? []), ...lines].sort());
  }
  const differences = [...new Set([...rehearsed.keys(), ...sent.keys()])].flatMap((mail) => {
    const [one = [], other = []] = [rehearsed.get(mail), sent.get(mail)];
    if (one.join() === other.join()) return [];
    const only = (these: readonly string[], those: readonly string[]) => these.filter((key) => !those.includes(key));
    return [{ mail, rehearsed: only(one, other), sent: only(other, one) }];
  });
  const lines = [...sent.values()].reduce((sum, keys) => sum + keys.length, 0);
  return { rehearsedMails: rehearsed.size, sentMails: sent.size, lines, differences };
}
