import type { Ledger } from '../../prisma/client.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { PracticeAct } from './staff.ts';
import { stillOwed } from './still-owed.ts';

/** The doors through which office and reviewers act. */
export type Deciding = Pick<Issues, 'decideClosure' | 'decideProposal' | 'recordLookBack'>;

type Decision = Exclude<PracticeAct, { kind: 'reply' }>;

/**
 * Does what the office or a reviewer has decided to do, in the words of the page's doors; says what came of it. A request
 * that has become an event already is not made again; a refusal is an outcome.
 */
export async function decide(
  { ledger, issues }: { ledger: Ledger; issues: Deciding },
  { requestId, by, act }: { requestId: string; by: string; act: Decision },
): Promise<string> {
  const { issueId } = act.duty;
  const isRecorded = await ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } });
  if (isRecorded) return done;
  const [isOwed] = await stillOwed(ledger, [act.duty]);
  if (!isOwed) return '已由他人办结';
  const issue = await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { progress: true } });
  try {
    await ask(issues, issue.progress as unknown as IssueProgress, { requestId, by, source: 'practice' }, act);
    return done;
  } catch (error) {
    if (error instanceof RefusedError) return `${error.code}：${error.message}`;
    throw error;
  }
}

const done = '已办理';

async function ask(
  issues: Deciding,
  progress: IssueProgress,
  said: { requestId: string; by: string; source: string },
  act: Decision,
): Promise<void> {
  const { issueId, obligationId } = act.duty;
  switch (act.kind) {
    case 'decideClosure':
      return issues.decideClosure(issueId, {
        ...said,
        decision:
          act.decision === 'returned'
            ? { kind: 'returned', reason: act.reason, measures: [pickedMeasure(progress, act.measurePick)] }
            : {
                kind: 'approved',
                stateHash: closureStateOf(issueId, progress) ?? '',
                acceptedEvidence: progress.measures.flatMap(({ evidence }) =>
                  evidence.filter(({ state }) => state !== 'returned').map(({ evidenceId }) => evidenceId),
                ),
              },
      });
    case 'decideProposal': {
      const duty = progress.obligations.find(({ id }) => id === obligationId);
      const { decision, reason } = act;
      return issues.decideProposal(issueId, { ...said, proposalId: duty?.proposalId ?? '', decision, reason });
    }
    case 'recordLookBack': {
      const { finding } = act;
      const rebound = act.outcome === 'rebound' ? { rebound: { deadline: act.deadline } } : {};
      return issues.recordLookBack(issueId, { ...said, finding, ...rebound });
    }
  }
}

function pickedMeasure({ measures }: IssueProgress, pick: number): number {
  return measures[Math.floor(pick * measures.length)]?.number ?? 0;
}
