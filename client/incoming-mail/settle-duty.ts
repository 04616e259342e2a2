import { RefusedError } from '../refused-error.ts';
import type { RoundDuties } from '../round-duties.ts';
import type { AcknowledgedItem } from './acknowledgement-letter.ts';
import type { Keeping } from './keep-answer.ts';
import type { DutyWords } from './understanding.ts';
import type { DutyVerdict } from './verdict.ts';

/** As much of the rounds' duties as answers by mail ask for. */
export type ReportableDuties = Pick<RoundDuties, 'report'>;

/**
 * Does what an answer says about one of the round's duties: the words stand in the incoming mail, whose id is the note's,
 * and the files beside it. Every id follows from the mail's, so a second run ends the same.
 */
export async function settleDuty(
  keeping: Keeping & { readonly roundDuties?: ReportableDuties },
  { duty, text, files }: DutyWords,
): Promise<AcknowledgedItem & DutyVerdict> {
  const { evidenceStore, incomingId, personId, recordedBy, roundDuties } = keeping;
  const { roundId, obligationId, code, title, kind, dueOn, state, stance } = duty;
  if (roundDuties === undefined) throw new Error(`nobody takes reports on duties of a round: ${code}`);
  for (const { bytes, mediaType } of files) await evidenceStore.keep(bytes, mediaType);
  const settled = { roundId, obligationId, code, title, questions: [], page: `/rounds/${roundId}`, deadline: null };
  const owed = state === 'open' && stance === 'owes' ? [{ kind, dueOn, overdue: 'no' as const }] : [];
  if (stance === 'informed') return { ...settled, understood: ['来信内容已存档，未计入办理情况。'], owed };
  const recorded = recordedBy !== undefined && { recordedBy };
  const said = { requestId: `${incomingId}/${obligationId}/1`, by: personId, source: incomingId, ...recorded };
  const received = [
    ...(text === '' ? [] : ['来信内容已登记。']),
    ...(files.length === 0 ? [] : [`已收下附件${String(files.length)}份：${namesOf(files)}。`]),
  ];
  try {
    await roundDuties.report(roundId, { ...said, obligationId, noteId: incomingId });
    return { ...settled, understood: received, owed: isReported(kind) ? [] : owed };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { ...settled, understood: received, refused: `未能登记办理：${error.message}。`, owed };
  }
}

/** What is decided (审定、评估、抽取、答复意见) is not met by words about it. */
function isReported(kind: DutyWords['duty']['kind']): boolean {
  return kind !== 'planApproval' && kind !== 'evaluation' && kind !== 'lookBackDraw' && kind !== 'publicComment';
}

function namesOf(files: DutyWords['files']): string {
  return files.map(({ fileName }) => fileName).join('、');
}
