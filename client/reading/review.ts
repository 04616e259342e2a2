import type { Acting } from '../access/visit.ts';
import type { Preview } from '../evidence-check/preview.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Ledger } from '../../prisma/client.ts';
import { piecesOf } from '../../workflows/rules/progress.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import { readPreviews } from './evidence-previews.ts';
import type { EventEntry } from './event-entries.ts';
import type { IssueReading } from './issue.ts';
import type { EvidenceReading, MeasureReading } from './measures.ts';
import { nobody, readSeparation, type Separation } from './separation.ts';
import { type Stored, storedIssue } from './stored.ts';

/** A piece of evidence as whoever judges it sees it. */
export interface ReviewedPiece extends EvidenceReading {
  readonly preview: Preview;
  /** It came after the closure was proposed: whoever proposed has not vouched for it. */
  readonly came: 'before' | 'afterProposal';
  /** The levels (from 1) that have accepted it in the present review. */
  readonly acceptedAtLevels: readonly number[];
}

/** A measure beside what is to prove it. */
export interface ReviewedMeasure extends Omit<MeasureReading, 'evidence'> {
  readonly pieces: readonly ReviewedPiece[];
  /** What was written with these pieces, the latest first. */
  readonly words: readonly EventEntry[];
  /** `leftOver`: the closure leaves it open (基本完成), and nobody decides on it now. */
  readonly judging: 'asked' | 'leftOver';
}

/** The review of a closure (销号审核): evidence beside its measures, and who may decide. */
export interface ReviewReading extends Separation {
  readonly state: 'open' | 'none';
  readonly measures: readonly ReviewedMeasure[];
  /** What was reported in this cycle without a file, the latest first. */
  readonly reports: readonly EventEntry[];
  /** What was decided and found before, in this cycle and in earlier ones, the latest first. */
  readonly earlier: readonly EventEntry[];
}

interface Doors {
  readonly ledger: Ledger;
  readonly files: Pick<EvidenceStore, 'open'>;
}

/** @param issue as whoever asks may see it: what is hidden there is not shown here either */
export async function readReview(
  { ledger, files }: Doors,
  issue: IssueReading,
  acting: Acting,
): Promise<ReviewReading> {
  const { id } = issue;
  const row = await ledger.issue.findUniqueOrThrow({ where: { id }, select: { terms: true, progress: true } });
  const [measures, standing] = await Promise.all([
    readReviewedMeasures({ ledger, files }, issue),
    readStanding(ledger, issue, acting, row),
  ]);
  const events = eventsOf(issue);
  return {
    ...standing,
    measures,
    reports: events.filter(
      ({ type, cycle, said, files: given }) =>
        cycle === issue.cycle && told.includes(type) && said !== null && given.length === 0,
    ),
    earlier: events.filter(({ type }) => decided.includes(type)),
  };
}

const told: readonly string[] = ['progressReported', 'evidenceReceived'];
const decided: readonly string[] = [
  ...['evidenceJudged', 'closureProposed', 'closureWithdrawn', 'closureReturned', 'closureLevelApproved'],
  ...['closureApproved', 'lookBackHeld', 'lookBackPartlyHeld', 'rebounded', 'undone'],
];

/** What happened, the latest first. */
export function eventsOf({ timeline }: IssueReading): EventEntry[] {
  const entries = (timeline?.cycles ?? []).flatMap((cycle) => cycle.entries);
  return entries.flatMap((entry) => (entry.kind === 'event' ? entry : [])).sort((a, b) => b.sequence - a.sequence);
}

/** The measures of the present cycle with what can be shown of their evidence. */
export async function readReviewedMeasures(doors: Doors, issue: IssueReading): Promise<ReviewedMeasure[]> {
  const { measures, progress, phase } = issue;
  const previews = await readPreviews(
    doors,
    measures.flatMap(({ evidence }) => evidence.map(({ sha256 }) => sha256)),
  );
  const { closure } = progress ?? {};
  const isOpen = phase === 'closureReview';
  const approvals = isOpen ? (closure?.approvals ?? []) : [];
  const left = new Set(isOpen ? closure?.remainder?.map(({ measure }) => measure) : []);
  const events = eventsOf(issue).filter(({ type, cycle }) => type === 'evidenceReceived' && cycle === issue.cycle);
  return measures.map(({ evidence, ...measure }): ReviewedMeasure => {
    const ids = new Set(evidence.map(({ id }) => id));
    return {
      ...measure,
      pieces: evidence.map((piece) => ({
        ...piece,
        preview: previews.get(piece.sha256) ?? { kind: 'none', because: '文件没有登记，请告诉运维人员。' },
        came: isOpen && closure !== undefined && piece.receivedAt > closure.proposedAt ? 'afterProposal' : 'before',
        acceptedAtLevels: approvals.flatMap(({ acceptedEvidence }, place) =>
          acceptedEvidence.includes(piece.id) ? [place + 1] : [],
        ),
      })),
      words: events.filter(({ said, files }) => said !== null && files.some(({ evidenceId }) => ids.has(evidenceId))),
      judging: left.has(measure.number) ? 'leftOver' : 'asked',
    };
  });
}

async function readStanding(
  ledger: Ledger,
  issue: IssueReading,
  acting: Acting,
  row: Stored,
): Promise<Separation & Pick<ReviewReading, 'state'>> {
  const stored = storedIssue(row);
  if (stored === undefined || issue.phase !== 'closureReview') return { state: 'none', ...nobody };
  const { progress } = stored;
  const role: Role = issue.obligations.find(({ kind }) => kind === 'closureDecision')?.role ?? 'office';
  // As to somebody who would accept everything.
  const acceptedEvidence = piecesOf(progress)
    .filter(({ state }) => state !== 'returned')
    .map(({ evidenceId }) => evidenceId);
  const decision = { kind: 'approved', stateHash: '', acceptedEvidence } as const;
  const refusal = (by: string) =>
    requestRules.decideClosure
      .refusals({ ...stored, now: issue.now }, { by, decision })
      .find(({ code }) => code === 'SamePerson')?.message;
  const judging = { request: 'decideClosure', role, progress, refusal } as const;
  return { state: 'open', ...(await readSeparation(ledger, issue, acting, judging)) };
}
