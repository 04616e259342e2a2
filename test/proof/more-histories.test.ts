import { expect, test } from 'vitest';
import fc from 'fast-check';
import { scripts } from './arbitraries/script.ts';
import { holdInHistories } from './histories.ts';
import { play } from './simulator.ts';

test('what must always hold, holds in five thousand histories of another kind of chance', { timeout: 900_000 }, () => {
  holdInHistories(5_000, 2);
});

/** What no history has in it is not proven by any. */
test('the histories have everything in them that can happen to an issue', () => {
  const types = new Set<string>();
  let cycle = 1;
  for (const script of fc.sample(scripts(30), { numRuns: 600, seed: 1 })) {
    const { folded, progress } = play(script);
    for (const { event } of folded) types.add(event.type);
    cycle = Math.max(cycle, progress.cycle);
  }
  expect([...types].sort()).toEqual(everyType);
  expect(cycle).toBeGreaterThan(2);
});

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
  'withdrawn',
];
