import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

/** The ledger (台账): everything that is remembered. Whoever opens it closes it with `$disconnect`. */
export type Ledger = PrismaClient;

/** The ledger inside a transaction. */
export type LedgerTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** Opens the ledger; connections are made when they are needed, at most `poolSize` at a time. */
export function openLedger(databaseUrl: string, poolSize = 10): Ledger {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl, max: poolSize }),
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  });
}
