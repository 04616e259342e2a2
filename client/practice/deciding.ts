import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import { type EvidenceProgress, type IssueProgress, piecesOf } from '../../workflows/rules/progress.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { actingPerson } from './acting-person.ts';
import type { DutyAct } from './acts.ts';
import { isOfRound, type RoundDoors, upon } from './deciding-round.ts';
import { stillOwed } from './still-owed.ts';

/** The doors through which people act who do not write a mail. */
export interface Doors {
  readonly issues: Pick<Issues, 'ask'>;
  /** Nothing that is owed about a round as a whole is decided without them. */
  readonly roundDuties?: RoundDoors | undefined;
}

/**
 * Does what somebody has decided to do upon a duty, in the words of the page's doors; says what came of it. A request
 * that has become an event already is not made again; a refusal is an outcome.
 */
export async function decide(
  { ledger, ...doors }: Doors & { readonly ledger: Ledger },
  { requestId, by, act }: { requestId: string; by: string; act: DutyAct },
): Promise<string> {
  if (await isRecorded(ledger, requestId)) return done;
  const [isOwed] = await stillOwed(ledger, [act.duty]);
  if (!isOwed) return '已由他人办结';
  if (isOfRound(act)) {
    const { roundDuties } = doors;
    if (roundDuties === undefined) return '没有办理轮次事项的途径';
    return outcomeOf(() =>
      upon({ ledger, issues: doors.issues, duties: roundDuties }, act, { requestId, by, source: 'practice' }),
    );
  }
  const { issueId } = act.duty;
  const issue = await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { progress: true } });
  const progress = issue.progress as unknown as IssueProgress;
  const person = await actingPerson(ledger, act, { reader: by, progress });
  return outcomeOf(() => ask(doors.issues, progress, { requestId, by: person, source: 'practice' }, act));
}

const done = '已办理';

/** Whether an event of an issue or of a round has come of the request already. */
export async function isRecorded(ledger: Ledger, requestId: string): Promise<boolean> {
  const where = { requestId };
  const [ofIssue, ofRound] = await Promise.all([
    ledger.issueEvent.findFirst({ where, select: { sequence: true } }),
    ledger.roundEvent.findFirst({ where, select: { sequence: true } }),
  ]);
  return ofIssue !== null || ofRound !== null;
}

export async function outcomeOf(request: () => Promise<unknown>): Promise<string> {
  try {
    await request();
    return done;
  } catch (error) {
    if (error instanceof RefusedError) return `${error.code}：${error.message}`;
    throw error;
  }
}

type IssueAct = Exclude<DutyAct, { kind: Parameters<typeof upon>[1]['kind'] }>;

async function ask(issues: Doors['issues'], progress: IssueProgress, said: Said, act: IssueAct): Promise<void> {
  const { issueId, obligationId } = act.duty;
  const duty = () => progress.obligations.find(({ id }) => id === obligationId);
  switch (act.kind) {
    case 'decideClosure':
      return issues.ask('decideClosure', issueId, {
        ...said,
        decision:
          act.decision === 'returned'
            ? { kind: 'returned', reason: act.reason, measures: [pickedMeasure(progress, act.measurePick)] }
            : {
                kind: 'approved',
                stateHash: closureStateOf(issueId, progress) ?? '',
                acceptedEvidence: idsOf(piecesOf(progress)),
              },
      });
    case 'decideProposal': {
      const { decision, reason } = act;
      return issues.ask('decideProposal', issueId, {
        ...said,
        proposalId: duty()?.proposalId ?? '',
        decision,
        reason,
      });
    }
    case 'recordLookBack': {
      const { finding } = act;
      const rebound = act.outcome === 'rebound' ? { rebound: { deadline: act.deadline } } : {};
      return issues.ask('recordLookBack', issueId, { ...said, finding, ...rebound });
    }
    case 'judgeEvidence': {
      const measure = duty()?.measure;
      const measures = (progress.remainder ?? progress.measures).filter(({ number }) => number === measure);
      const pieces = idsOf(piecesOf({ measures }), 'received');
      const { decision, reason } = act;
      const judged = decision === 'accepted' ? { accepted: pieces, returned: [] } : { accepted: [], returned: pieces };
      return issues.ask('judgeEvidence', issueId, { ...said, ...judged, reason });
    }
    case 'decideExtension': {
      const { decision, reason } = act;
      return issues.ask('decideExtension', issueId, { ...said, decision, reason });
    }
    case 'decideDispute': {
      const { decision, reason } = act;
      return issues.ask('decideDispute', issueId, { ...said, decision, reason });
    }
    case 'recheckItems': {
      const asking = (progress.items ?? []).filter(({ state }) => state === 'askedToLeave').map(({ id }) => id);
      const back = act.outcome === 'oneGoesBack' ? asking.slice(-1) : [];
      const left = asking.filter((id) => !back.includes(id));
      return issues.ask('recheckItems', issueId, { ...said, left, back, finding: act.finding });
    }
    case 'reviewSuspension':
      return issues.ask('reviewSuspension', issueId, { ...said, finding: act.finding });
  }
}

function idsOf(pieces: readonly EvidenceProgress[], only?: 'received'): string[] {
  return pieces
    .filter(({ state }) => (only === undefined ? state !== 'returned' : state === only))
    .map(({ evidenceId }) => evidenceId);
}

function pickedMeasure({ measures }: IssueProgress, pick: number): number {
  return measures[Math.floor(pick * measures.length)]?.number ?? 0;
}
