import type { Ledger } from '../../prisma/client.ts';
import { dayOf, endOfDay, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';

/** What a drill's round consisted of, beside its issues, so that it can be laid next to the notice it was made from. */
export interface DrillStructure {
  readonly policy: string;
  /** Feedback sources (反馈来源) the notice names. */
  readonly sources: number;
  readonly phases: readonly { readonly title: string; readonly from: IsoDate; readonly to: IsoDate }[];
  /** Recurring duties of the round by their title, and how often each fell due. */
  readonly duties: readonly { readonly title: string; readonly times: number; readonly met: number }[];
  readonly supervisionBatches: number;
  /** A sub-ledger as it stood on the day the notice was signed, and at the end. Asked is not left. */
  readonly subLedgers: readonly {
    readonly issue: string;
    readonly entered: number;
    readonly atSigning: { readonly asked: number; readonly inWork: number };
    readonly left: number;
  }[];
  readonly accountabilityOutcomes: number;
  readonly obligations: number;
  readonly reminders: number;
  readonly extensions: number;
  readonly disputes: number;
  readonly suspensions: number;
  readonly promises: { readonly kept: number; readonly broken: number };
  readonly lookBacks: number;
  readonly rebounds: number;
}

export async function drillStructure(ledger: Ledger, roundId: string): Promise<DrillStructure> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { mechanism: true, reading: true, policyVersion: true, policies: true, clockId: true },
  });
  const policy = round.policies.find(({ version }) => version === round.policyVersion)?.body as unknown as Policy;
  const mechanism = round.mechanism as unknown as Mechanism | null;
  const ofRound = { issue: { roundId } };
  const [counts, duties, supervisionBatches, accountabilityOutcomes, owed, roundOwed, reminders, subLedgers] =
    await Promise.all([
      ledger.issueEvent.groupBy({ by: ['type'], where: ofRound, _count: true }),
      ledger.roundObligation.findMany({
        where: { roundId },
        select: { title: true, kind: true, closedBy: true },
        orderBy: { id: 'asc' },
      }),
      ledger.supervisionBatch.count({ where: { roundId } }),
      ledger.accountabilityOutcome.count({ where: { ...ofRound, correctedBy: null, outcome: { not: 'struck' } } }),
      ledger.obligation.count({ where: ofRound }),
      ledger.roundObligation.count({ where: { roundId } }),
      ledger.outboxRow.count({ where: { roundId, kind: 'reminder', state: 'sent' } }),
      subLedgersOf(ledger, roundId, signedOn(round.reading)),
    ]);
  const count = (...types: readonly string[]) =>
    counts.filter(({ type }) => types.includes(type)).reduce((sum, { _count }) => sum + _count, 0);
  return {
    policy: policy.name,
    sources: mechanism?.sources.length ?? 0,
    phases: (policy.phases ?? []).map(({ title, from, to }) => ({ title, from, to })),
    duties: tallied(duties),
    supervisionBatches,
    subLedgers,
    accountabilityOutcomes,
    obligations: owed + roundOwed,
    reminders,
    extensions: count('extensionGranted'),
    disputes: count('disputed'),
    suspensions: count('suspended'),
    promises: { kept: count('commitmentKept'), broken: count('commitmentBroken') },
    lookBacks: count('lookBackHeld', 'lookBackPartlyHeld', 'rebounded'),
    rebounds: count('rebounded'),
  };
}

function tallied(
  duties: readonly { readonly title: string; readonly kind: string; readonly closedBy: number | null }[],
): DrillStructure['duties'] {
  const byTitle = new Map<string, { times: number; met: number }>();
  for (const { title, closedBy } of duties) {
    const name = title.replace(/^第\d+次/u, '');
    const before = byTitle.get(name) ?? { times: 0, met: 0 };
    byTitle.set(name, { times: before.times + 1, met: before.met + (closedBy === null ? 0 : 1) });
  }
  return [...byTitle].map(([title, tally]) => ({ title, ...tally }));
}

async function subLedgersOf(
  ledger: Ledger,
  roundId: string,
  signed: IsoDate | undefined,
): Promise<DrillStructure['subLedgers']> {
  const items = await ledger.ledgerItem.findMany({
    where: { issue: { roundId } },
    select: { id: true, state: true, issue: { select: { id: true, code: true } } },
    orderBy: [{ issue: { code: 'asc' } }, { id: 'asc' }],
  });
  if (items.length === 0) return [];
  const askings = await ledger.issueEvent.findMany({
    where: { issue: { roundId }, type: 'itemsMoved', ...(signed && { at: { lte: endOfDay(signed) } }) },
    select: { detail: true },
  });
  const asked = new Set(
    askings.flatMap(({ detail }) => {
      const { to, itemIds } = detail as { to: string; itemIds: string[] };
      return to === 'askedToLeave' ? itemIds : [];
    }),
  );
  return [...new Set(items.map(({ issue }) => issue.code))].map((code) => {
    const own = items.filter(({ issue }) => issue.code === code);
    const askedBySigning = own.filter(({ id }) => asked.has(id)).length;
    return {
      issue: code,
      entered: own.length,
      atSigning: { asked: askedBySigning, inWork: own.length - askedBySigning },
      left: own.filter(({ state }) => state === 'left').length,
    };
  });
}

function signedOn(reading: unknown): IsoDate | undefined {
  const day = (reading as { round?: { signedOn?: string | null } } | null)?.round?.signedOn;
  return day == null ? undefined : dayOf(endOfDay(day));
}
