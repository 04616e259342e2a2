import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';

/** What a notice's mechanism brings into a round's ledger: the items of its sub-ledgers, and the outcomes it reports. */
export function mechanismRows(
  ledger: Pick<Ledger, 'ledgerItem' | 'accountabilityOutcome'>,
  { mechanism, issueIdOf }: { mechanism: Mechanism | undefined; issueIdOf: (number: number) => string },
): Prisma.PrismaPromise<unknown>[] {
  if (mechanism === undefined) return [];
  const items = mechanism.subLedgers.flatMap(({ issue, itemName, entered }) =>
    Array.from({ length: entered }, (_, index) => ({
      id: `${issueIdOf(issue)}-k${String(index + 1).padStart(3, '0')}`,
      issueId: issueIdOf(issue),
      number: index + 1,
      name: `${itemName}${String(index + 1)}`,
    })),
  );
  const outcomes = mechanism.accountability.map(({ issue, outcome, body, persons }, index) => ({
    id: `${issueIdOf(issue)}-o${String(index + 1)}`,
    issueId: issueIdOf(issue),
    outcome,
    decidedBy: body ?? '',
    persons,
    note: '通报所载',
    recordedAt: new Date(),
  }));
  return [
    ...(items.length > 0 ? [ledger.ledgerItem.createMany({ data: items })] : []),
    ...(outcomes.length > 0 ? [ledger.accountabilityOutcome.createMany({ data: outcomes })] : []),
  ];
}

/** What a reading could not settle, each with its place in the notice. */
export function problemNotes(problems: readonly { readonly line: number; readonly message: string }[]): string[] {
  return problems.map(({ line, message }) => `第 ${String(line)} 行：${message}`);
}

/** What the office should look at of it before it launches. */
export function mechanismNotes(mechanism: Mechanism | undefined): string[] {
  if (mechanism === undefined) return [];
  const { preset, sources, subLedgers } = mechanism;
  const named = sources.map(({ title }) => title).join('、');
  return [
    `督办方式用“${preset.name}”：${preset.because}`,
    ...(sources.length > 1
      ? [
          `本轮有${String(sources.length)}个反馈来源（${named}），通报没有写明各问题属于哪个，暂记为“${sources[0]!.title}”，请用 round sources put 分清`,
        ]
      : []),
    ...subLedgers.map(
      ({ issue, itemName, entered, askedToLeave, inWork }) =>
        `第${String(issue)}项问题有${itemName}子台账${String(entered)}项（通报时提请出库${String(askedToLeave)}项、整治中${String(inWork)}项），交办时一并入库`,
    ),
  ];
}
