import type { Acting } from '../access/visit.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Refusal } from '../../workflows/rules/refusal.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import type { EventEntry } from './event-entries.ts';
import type { IssueReading } from './issue.ts';
import { eventsOf, readReviewedMeasures, type ReviewedMeasure } from './review.ts';
import { nobody, readSeparation, type Separation } from './separation.ts';
import { storedIssue } from './stored.ts';

/** What a look-back (回头看) goes by: the measures as they were accepted, and who may look. */
export interface LookBackSheetReading extends Separation {
  /** `early`: only that the problem is back may be recorded now. `none`: nothing can be. */
  readonly state: 'due' | 'early' | 'none';
  /** Why nothing can be recorded now, whoever asks; empty where something can. */
  readonly because: string;
  /** Each with the evidence that was accepted. */
  readonly measures: readonly ReviewedMeasure[];
  /** Closures and look-backs of this cycle and of earlier ones, the latest first. */
  readonly earlier: readonly EventEntry[];
}

interface Doors {
  readonly ledger: Ledger;
  readonly files: Pick<EvidenceStore, 'open'>;
}

/** @param issue as whoever asks may see it */
export async function readLookBackSheet(
  doors: Doors,
  issue: IssueReading,
  acting: Acting,
): Promise<LookBackSheetReading> {
  const { ledger } = doors;
  const row = await ledger.issue.findUniqueOrThrow({
    where: { id: issue.id },
    select: { terms: true, progress: true },
  });
  const measures = (await readReviewedMeasures(doors, issue)).map((measure) => ({
    ...measure,
    pieces: measure.pieces.filter(({ state }) => state === 'accepted'),
  }));
  const earlier = eventsOf(issue).filter(({ type }) => lookedAt.includes(type));
  const stored = storedIssue(row);
  if (stored === undefined) return { state: 'none', because: '还没有交办', ...nobody, measures, earlier };
  const refusals = (by: string): readonly Refusal[] =>
    requestRules.recordLookBack.refusals({ ...stored, now: issue.now }, { by, finding: '看过' });
  const refusal = (by: string) => refusals(by).find(({ code }) => code === 'SamePerson')?.message;
  // What is said to nobody in particular is said of the issue.
  const ofIssue = refusals('').find(({ code }) => code !== 'SamePerson');
  const state = ofIssue === undefined ? 'due' : ofIssue.code === 'LookBackTooEarly' ? 'early' : 'none';
  const judging = { request: 'recordLookBack', role: 'reviewer', progress: stored.progress, refusal } as const;
  const separation = state === 'none' ? nobody : await readSeparation(ledger, issue, acting, judging);
  return { state, because: state === 'due' ? '' : (ofIssue?.message ?? ''), ...separation, measures, earlier };
}

const lookedAt: readonly string[] = [
  ...['closureApproved', 'lookBackDrawn', 'lookBackLeftOut', 'lookBackHeld', 'lookBackPartlyHeld', 'rebounded'],
  ...['longTermEnded', 'recurrenceConfirmed', 'undone'],
];
