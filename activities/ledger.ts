import type { Ledger } from '../prisma/client.ts';
import type { LedgerActivities } from './index.ts';
import { type RowsPlanned, writeDown } from './ledger/write-down.ts';
import { writeRoundDown } from './ledger/write-round-down.ts';

/** The activities that write what a workflow decided. */
export function createLedgerActivities({
  ledger,
  rowsPlanned,
}: {
  ledger: Ledger;
  rowsPlanned: RowsPlanned;
}): LedgerActivities {
  return {
    writeDown: (step) => writeDown(ledger, rowsPlanned, step),
    writeRoundDown: (step) => writeRoundDown(ledger, rowsPlanned, step),
  };
}
