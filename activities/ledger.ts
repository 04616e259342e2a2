import type { Change } from '../prisma/changes.ts';
import type { Ledger } from '../prisma/client.ts';
import type { LedgerActivities } from './index.ts';
import { type RowsPlanned, writeDown } from './ledger/write-down.ts';
import { writeRoundDown } from './ledger/write-round-down.ts';

/** The activities that write what a workflow decided. */
export function createLedgerActivities({
  ledger,
  rowsPlanned,
  announce = () => undefined,
}: {
  ledger: Ledger;
  rowsPlanned: RowsPlanned;
  /** Told of each change that has been written; left out where nobody watches. */
  announce?: (change: Change) => void;
}): LedgerActivities {
  return {
    async writeDown(step) {
      const place = await writeDown(ledger, rowsPlanned, step);
      if (step.events.length > 0) announce({ ...place, issueId: step.issueId });
    },
    async writeRoundDown(step) {
      const place = await writeRoundDown(ledger, rowsPlanned, step);
      if (step.events.length > 0) announce({ ...place, issueId: null });
    },
  };
}
