import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { OwnAct, PracticeAct } from './acts.ts';
import { type Doors, isRecorded, outcomeOf } from './deciding.ts';

export function isOwnAct(act: PracticeAct): act is Extract<PracticeAct, OwnAct> {
  return 'issueId' in act || 'roundId' in act;
}

/** Does what somebody does of his own accord; says what came of it. What has become an event already is not done again. */
export async function actOfOwnAccord(
  { ledger, issues, roundDuties }: Doors & { readonly ledger: Ledger },
  { requestId, by, act }: { requestId: string; by: string; act: OwnAct },
): Promise<string> {
  if (await isRecorded(ledger, requestId)) return '已办理';
  const said: Said = { requestId, by, source: 'practice' };
  switch (act.kind) {
    case 'startItems': {
      const { issueId, itemIds } = act;
      return outcomeOf(() => issues.ask('moveItems', issueId, { ...said, itemIds, to: 'inWork' }));
    }
    case 'disputeFinding': {
      const { issueId, reason } = act;
      return outcomeOf(() => issues.ask('disputeFinding', issueId, { ...said, reason }));
    }
    case 'suspendIssue': {
      const { issueId, because: kind, authority, reason } = act;
      return outcomeOf(() => issues.ask('suspendIssue', issueId, { ...said, kind, authority, reason }));
    }
    case 'resumeIssue': {
      const { issueId, reason } = act;
      return outcomeOf(() => issues.ask('resumeIssue', issueId, { ...said, reason }));
    }
    case 'issueBatch': {
      if (roundDuties === undefined) return '没有办理轮次事项的途径';
      const { roundId, title, task } = act;
      const issueIds = await stillRectified(ledger, act.issueIds);
      return outcomeOf(() => roundDuties.issueBatch(roundId, { ...said, title, task, issueIds }));
    }
  }
}

/** Those that have ended meanwhile, or are closed, are left out. */
async function stillRectified(ledger: Ledger, issueIds: readonly string[]): Promise<string[]> {
  const issues = await ledger.issue.findMany({
    where: { id: { in: [...issueIds] }, phase: { in: ['assignment', 'rectification', 'closureReview'] } },
    orderBy: { number: 'asc' },
    select: { id: true },
  });
  return issues.map(({ id }) => id);
}
