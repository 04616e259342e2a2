import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { endedPhases, hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { RoundProgress } from '../../workflows/rules/round/progress.ts';
import type { IssueTerms, RoundTerms } from '../../workflows/rules/terms.ts';

/** An issue that its workflow still follows, as the ledger has it. */
export interface RunningIssue {
  readonly id: string;
  readonly code: string;
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
}

/** A launched round with its running issues. */
export interface RunningRound {
  readonly id: string;
  readonly name: string;
  readonly codePrefix: string;
  /** By the round's clock. */
  readonly now: IsoInstant;
  readonly issues: readonly RunningIssue[];
  /** Null for a round of an earlier form, which owes nothing as a whole, and once it has ended. */
  readonly duties: { readonly terms: RoundTerms; readonly progress: Partial<RoundProgress> } | null;
  /** Keys of lines that have still time to leave, but have left or been settled otherwise. */
  readonly settled: ReadonlySet<string>;
}

/** One round, with all its issues or one of them, or all rounds of a clock, as far as anything of them still runs. */
export async function readRunning(
  ledger: Ledger,
  which: { roundId: string; issueId?: string } | { clockId: string },
): Promise<RunningRound[]> {
  const only = 'roundId' in which && which.issueId !== undefined ? { id: which.issueId } : {};
  const rounds = await ledger.round.findMany({
    where: { state: { not: 'draft' }, ...('clockId' in which ? which : { id: which.roundId }) },
    include: {
      issues: {
        where: { phase: { notIn: [...endedPhases] }, ...only },
        select: { id: true, code: true, terms: true, progress: true },
        orderBy: { number: 'asc' },
      },
    },
    orderBy: { createdAt: 'asc' },
  });
  return Promise.all(
    rounds.map(async ({ id, name, codePrefix, clockId, state, issues, terms, progress }) => {
      const now = await businessNow(ledger, clockId);
      return {
        id,
        name,
        codePrefix,
        now,
        issues: issues.flatMap(asRunning),
        duties:
          terms === null || progress === null || state === 'ended'
            ? null
            : {
                terms: terms as unknown as RoundTerms,
                progress: progress as unknown as Partial<RoundProgress>,
              },
        settled: await settledKeys(ledger, id, now),
      };
    }),
  );
}

/** An issue that has not written its first step down goes by what it is launched with. */
function asRunning({
  id,
  code,
  ...row
}: {
  id: string;
  code: string;
  terms: unknown;
  progress: unknown;
}): RunningIssue[] {
  const terms = row.terms as IssueTerms | null;
  const progress = row.progress as IssueProgress | null;
  return terms === null || progress === null || hasEnded(progress) ? [] : [{ id, code, terms, progress }];
}

async function settledKeys(ledger: Ledger, roundId: string, now: IsoInstant): Promise<ReadonlySet<string>> {
  const rows = await ledger.outboxRow.findMany({
    where: { roundId, kind: 'reminder', state: { notIn: ['planned', 'cancelled'] }, latestAt: { gt: now } },
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}
