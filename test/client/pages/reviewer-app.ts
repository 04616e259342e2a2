import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvidenceStore, type EvidenceStore } from '../../../client/evidence-store.ts';
import { createPages } from '../../../client/pages/index.tsx';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase } from '../../support/servers.ts';
import type { ToldRound } from '../reading/builder.ts';
import { issuesOf, reviewersRound } from './reviewer-world.ts';
import { depsOver } from './told-world.ts';

/** The pages over a reviewer's round, with files that are really kept. */
export interface ReviewerApp {
  readonly ledger: Ledger;
  readonly files: EvidenceStore;
  /** Where the files stand. */
  readonly folder: string;
  readonly round: ToldRound;
  readonly app: ReturnType<typeof createPages>;
  readonly close: () => Promise<void>;
}

export async function reviewerApp(): Promise<ReviewerApp> {
  const database = await testDatabase();
  const ledger = openLedger(database.url);
  const folder = mkdtempSync(join(tmpdir(), 'huitoukan-'));
  const files = createEvidenceStore({ folder, ledger });
  const round = await reviewersRound(ledger, files);
  const { deps } = depsOver(ledger);
  const app = createPages({ ...deps, files, issues: { ...deps.issues, ...issuesOf(round) } });
  const close = async () => {
    rmSync(folder, { recursive: true, force: true });
    await ledger.$disconnect();
    await database.drop();
  };
  return { ledger, files, folder, round, app, close };
}
