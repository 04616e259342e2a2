import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { dutyCode } from '../../workflows/rules/round/duty-code.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { listComments, type ListedComment } from '../rounds/comment-list.ts';
import { readClocks } from './clocks.ts';

/** A comment of the public (群众意见) with the duty to answer it. */
export interface CommentReading extends ListedComment {
  /** `XS-意见1`; empty where nobody owes an answer, as before the round is launched. */
  readonly code: string;
  readonly state: 'waiting' | 'overdue' | 'answered';
  /** By when it is to be answered, inclusive; null where nobody owes an answer. */
  readonly dueOn: IsoDate | null;
}

/** A round's comments: those that wait first, by their day; then the answered ones, the latest first. */
export async function readComments(ledger: Ledger, roundId: string): Promise<CommentReading[]> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { clockId: true, codePrefix: true },
  });
  const [comments, duties, clocks] = await Promise.all([
    listComments(ledger, roundId),
    ledger.roundObligation.findMany({
      where: { roundId, kind: 'publicComment' },
      select: { id: true, dueOn: true, scope: true },
      orderBy: { openedAt: 'asc' },
    }),
    readClocks(ledger),
  ]);
  const today = clocks.today(round.clockId);
  // A comment that was corrected is owed anew: what is owed now is what was opened last.
  const dutyOf = new Map(duties.map((duty) => [((duty.scope ?? {}) as RoundScope).commentId, duty]));
  const readings = comments.map((comment): CommentReading => {
    const duty = dutyOf.get(comment.commentId);
    const dueOn = duty === undefined ? null : toIsoDate(duty.dueOn);
    const waits = dueOn !== null && dueOn < today ? 'overdue' : 'waiting';
    return {
      ...comment,
      code: duty === undefined ? '' : dutyCode(round.codePrefix, duty.id),
      state: comment.answeredOn === null ? waits : 'answered',
      dueOn,
    };
  });
  const waiting = readings.filter(({ state }) => state !== 'answered');
  const answered = readings.filter(({ state }) => state === 'answered');
  const day = ({ dueOn, receivedOn }: CommentReading) => dueOn ?? receivedOn;
  return [
    ...waiting.sort((one, other) => (day(one) < day(other) ? -1 : 1)),
    ...answered.sort((one, other) => ((one.answeredOn ?? '') > (other.answeredOn ?? '') ? -1 : 1)),
  ];
}
