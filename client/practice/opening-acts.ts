import type { Ledger } from '../../prisma/client.ts';
import { addDays, at, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';
import type { OwnAct } from './acts.ts';
import { chance, chosen } from './chance.ts';
import { officeMoment } from './practice-hours.ts';
import { disputes, resumptionReasons, suspensionReasons } from './words.ts';

/** Days after the drill begins. */
const days = {
  dispute: 5,
  suspend: 8,
  itemsStart: 10,
  firstBatch: 40,
  nextBatch: 40,
  resume: 68,
} as const;
const issuesInBatch = 3;

interface Planned {
  readonly afterDays: number;
  readonly by: string;
  readonly act: OwnAct;
}

/**
 * Plans what the people of a drill do of their own accord because its notice says that it was done: work on a
 * sub-ledger's items begins, findings are disputed, an issue waits for another authority, the office issues its
 * supervision batches. The conductor plays them in business time. A second call finds the rows; silent staff plans none.
 */
export async function planOpeningActs(ledger: Ledger, drillId: string): Promise<void> {
  const drill = await ledger.drill.findUniqueOrThrow({
    where: { id: drillId },
    select: {
      staff: true,
      seed: true,
      roundId: true,
      startedAt: true,
      round: { select: { mechanism: true, launchedAt: true } },
    },
  });
  const { mechanism, launchedAt } = drill.round;
  if (mechanism === null || launchedAt === null || (drill.staff !== 'mixed' && drill.staff !== 'diligent')) return;
  const acts = await actsOf(ledger, drill.roundId, mechanism as unknown as Mechanism, drill.seed);
  if (acts.length === 0) return;
  await ledger.practiceAnswer.createMany({
    data: acts.map(({ afterDays, by, act }, index) => {
      const answerAt = momentOf(launchedAt.toISOString(), afterDays, chance(drill.seed, 'opening', index));
      return {
        id: `opening/${drillId}/${String(index + 1)}`,
        drillId,
        mailId: 'opening',
        personId: by,
        answerAt,
        act: { ...act, answerAt },
      };
    }),
    skipDuplicates: true,
  });
}

/** In office hours, not before the launch. */
function momentOf(launchedAt: IsoInstant, afterDays: number, jitter: number): IsoInstant {
  const from = afterDays === 0 ? launchedAt : at(addDays(dayOf(launchedAt), afterDays), '09:30');
  return officeMoment(from, 20 + Math.floor(jitter * 90), jitter);
}

interface DrilledIssue {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly items: readonly { readonly id: string }[];
}

async function actsOf(ledger: Ledger, roundId: string, mechanism: Mechanism, seed: string): Promise<Planned[]> {
  const [issues, assignments] = await Promise.all([
    ledger.issue.findMany({
      where: { roundId },
      orderBy: { number: 'asc' },
      select: { id: true, number: true, kind: true, items: { orderBy: { number: 'asc' }, select: { id: true } } },
    }),
    ledger.assignment.findMany({
      where: { roundId, role: { in: ['handler', 'office'] } },
      orderBy: { id: 'asc' },
      select: { issueId: true, role: true, personId: true },
    }),
  ]);
  const holder = (role: Role, issueId: string | null) =>
    assignments.find((one) => one.role === role && one.issueId === issueId)?.personId ??
    assignments.find((one) => one.role === role && one.issueId === null)?.personId ??
    '';
  return [
    ...issues.flatMap((issue) => subLedgerActs(issue, holder)),
    ...mechanism.disputed.flatMap(({ issue: number }): Planned[] =>
      issues
        .filter((issue) => issue.number === number)
        .map(({ id: issueId }) => ({
          afterDays: days.dispute,
          by: holder('handler', issueId),
          act: { kind: 'disputeFinding', issueId, reason: chosen(disputes, chance(seed, 'dispute', number)) },
        })),
    ),
    ...mechanism.waiting.flatMap(({ issue: number, authority }): Planned[] =>
      issues.filter((issue) => issue.number === number).flatMap(({ id }) => waitingActs(id, authority, holder)),
    ),
    ...batches(roundId, mechanism, issues, holder),
  ];
}

type Holder = (role: Role, issueId: string | null) => string;

function subLedgerActs({ id: issueId, items }: DrilledIssue, holder: Holder): Planned[] {
  if (items.length === 0) return [];
  const itemIds = items.map(({ id }) => id);
  return [
    { afterDays: days.itemsStart, by: holder('handler', issueId), act: { kind: 'startItems', issueId, itemIds } },
  ];
}

function waitingActs(issueId: string, authority: string, holder: Holder): Planned[] {
  const by = holder('office', issueId);
  const reason = suspensionReasons[0];
  return [
    {
      afterDays: days.suspend,
      by,
      act: { kind: 'suspendIssue', issueId, because: 'otherAuthority', authority, reason },
    },
    { afterDays: days.resume, by, act: { kind: 'resumeIssue', issueId, reason: resumptionReasons[0] } },
  ];
}

/** So many batches as the notice counts, each of a few issues that are still to be rectified for months. */
function batches(
  roundId: string,
  { supervisionBatches }: Mechanism,
  issues: readonly DrilledIssue[],
  holder: Holder,
): Planned[] {
  const count = supervisionBatches.reduce((most, batch) => Math.max(most, batch.count), 0);
  const ordinary = issues.filter(({ kind }) => kind === 'ordinary');
  return Array.from({ length: count }, (_, index) => {
    const these = ordinary.slice(index * issuesInBatch, (index + 1) * issuesInBatch);
    const number = String(index + 1);
    const act: OwnAct = {
      kind: 'issueBatch',
      roundId,
      title: `第${number}批重点督办事项`,
      task: '对照整改方案逐项推进，按期报送办理结果和佐证材料。',
      issueIds: these.map(({ id }) => id),
    };
    return { afterDays: days.firstBatch + index * days.nextBatch, by: holder('office', null), act };
  });
}
