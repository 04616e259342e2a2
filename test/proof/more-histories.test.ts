import { expect, test } from 'vitest';
import fc from 'fast-check';
import { scripts } from './arbitraries/script.ts';
import { holdInHistories } from './histories.ts';
import type { History } from './history.ts';
import { play } from './simulator.ts';

test('what must always hold, holds in five thousand histories of another kind of chance', { timeout: 900_000 }, () => {
  holdInHistories(5_000, 2);
});

/** What no history has in it is not proven by any. */
test('the histories have everything in them that can happen to an issue', () => {
  const types = new Set<string>();
  const seen = new Set<string>();
  let cycle = 1;
  for (const script of fc.sample(scripts(30), { numRuns: 600, seed: 1 })) {
    const history = play(script);
    for (const { event } of history.folded) types.add(event.type);
    for (const what of circumstances(history)) seen.add(what);
    cycle = Math.max(cycle, history.progress.cycle);
  }
  expect([...types].sort()).toEqual(everyType);
  expect([...seen].sort()).toEqual(everyCircumstance);
  expect(cycle).toBeGreaterThan(2);
});

/** What is no event of its own, and is to be met all the same. */
function circumstances({ launched, deliveries, folded }: History): string[] {
  return [
    ...(launched.itemIds === undefined ? [] : ['items stand in the notice']),
    ...launched.measures.flatMap(({ kind }) => (kind === undefined ? [] : [`a measure is of kind ${kind}`])),
    ...deliveries.flatMap(({ personId, line: { role, obligationId }, staff: { holders, measureHandlers } }) => {
      if (holders[role].includes(personId)) return [];
      const own = measureHandlers[Number(/^evidence-(\d+)-\d+$/.exec(obligationId)?.[1])];
      if (role === 'handler' && own?.includes(personId)) return ['a measure’s own handler has mail'];
      return [`somebody stands in for the ${role}`];
    }),
    ...folded.flatMap(({ event, before }) => {
      if (event.type === 'handedOver' && event.measure !== undefined) return ['a measure is handed over'];
      const approvals = before.closure?.approvals?.length ?? 0;
      return event.type === 'closureApproved' ? [`${String(approvals + 1)} levels approve`] : [];
    }),
  ];
}

const everyCircumstance = [
  '1 levels approve',
  '2 levels approve',
  '3 levels approve',
  'a measure is handed over',
  'a measure is of kind accountability',
  'a measure is of kind keepUp',
  'a measure is of kind once',
  'a measure is of kind rule',
  'a measure’s own handler has mail',
  'items stand in the notice',
  'somebody stands in for the groupHead',
  'somebody stands in for the handler',
  'somebody stands in for the office',
  'somebody stands in for the responsibleLeader',
  'somebody stands in for the reviewer',
];

const everyType = [
  'acknowledged',
  'attestationEndorsed',
  'calendarAdopted',
  'closureApproved',
  'closureLevelApproved',
  'closureProposed',
  'closureReturned',
  'closureWithdrawn',
  'commitmentBroken',
  'commitmentKept',
  'committed',
  'deadlineCorrected',
  'disputeRejected',
  'disputed',
  'evidenceCorrected',
  'evidenceJudged',
  'evidenceReceived',
  'extensionGranted',
  'extensionRefused',
  'extensionRequested',
  'handedOver',
  'itemsEntered',
  'itemsMoved',
  'itemsRechecked',
  'longTermEnded',
  'lookBackDrawn',
  'lookBackHeld',
  'lookBackLeftOut',
  'lookBackPartlyHeld',
  'mergedInto',
  'obligationLapsed',
  'obligationOpened',
  'obligationOverdue',
  'personCorrected',
  'policyAdopted',
  'progressReported',
  'proposalDecided',
  'proposalRaised',
  'rebounded',
  'recurrenceConfirmed',
  'resumed',
  'satisfactionNoted',
  'statusAsked',
  'suspended',
  'suspensionReviewed',
  'undone',
  'unitChanged',
  'withdrawn',
];
