import type { DrillStructure } from '../../client/rounds/drill-structure.ts';

/** What a drill of each published notice must consist of, beside its issues: the facts that the notices state. */
const structures: Readonly<Record<string, (structure: DrillStructure) => readonly (readonly [boolean, string])[]>> = {
  gaoming: ({ policy, subLedgers: [items] }) => [
    [policy === '黑点月报', `the policy is ${policy}`],
    [items?.entered === 22, `${String(items?.entered)} items in the sub-ledger`],
    [
      items?.atSigning.asked === 14 && items.atSigning.inWork === 8,
      `${String(items?.atSigning.asked)} had asked to leave and ${String(items?.atSigning.inWork)} were in work at the signing`,
    ],
  ],
  zhongshan: ({ policy, supervisionBatches, duties }) => [
    [policy === '周检查·月调度·定期评估', `the policy is ${policy}`],
    [supervisionBatches === 2, `${String(supervisionBatches)} supervision batches`],
    ...['周检查', '月调度'].map(
      (title) => [duties.some((duty) => duty.title.includes(title) && duty.times > 1), `no ${title}`] as const,
    ),
  ],
  guangde: ({ sources, duties, accountabilityOutcomes, disputes, suspensions }) => [
    [sources === 3, `${String(sources)} feedback sources`],
    ...['月度', '季度', '年度'].map(
      (title) => [duties.some((duty) => duty.title.includes(title)), `no ${title} duty`] as const,
    ),
    [accountabilityOutcomes >= 14, `${String(accountabilityOutcomes)} accountability outcomes`],
    [disputes >= 2, `${String(disputes)} disputes`],
    [suspensions >= 1, `${String(suspensions)} suspensions`],
  ],
  pingshan: ({ policy, phases }) => [
    [policy === '三阶段', `the policy is ${policy}`],
    [phases.length === 3 && phases[0]!.to >= phases[1]!.from, `phases ${JSON.stringify(phases)}`],
  ],
  xinhua: ({ duties }) => [[duties.some(({ title }) => title.includes('周检查')), 'no weekly check']],
};

/** What of a notice's mechanism its drill did not show; nothing is asked of a notice that is not one of the five. */
export function structureProblems(fileName: string, structure: DrillStructure): string[] {
  const expected = Object.entries(structures).find(([name]) => fileName.startsWith(name))?.[1];
  return (expected?.(structure) ?? []).filter(([holds]) => !holds).map(([, what]) => what);
}
