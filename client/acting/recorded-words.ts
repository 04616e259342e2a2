import type { Ledger } from '../../prisma/client.ts';
import type { FactOf, IssueFact } from '../../workflows/rules/events.ts';
import type { IssueRequest } from '../../workflows/rules/requests/index.ts';
import { findPersonId } from '../reading/find.ts';
import { RefusedError } from '../refused-error.ts';
import { readSignatures } from './signatures.ts';
import { whoseWords } from './whose-words.ts';

/** The facts that the office enters for a handler (代录). */
const recordable: readonly IssueFact['type'][] = ['acknowledged', 'progressReported', 'committed', 'evidenceReceived'];

/**
 * What one recording (代录) became, named by an event's number or by a file that came with it, and who should stand in
 * its name: everything of the same recording is his.
 *
 * @throws RefusedError `UnknownEvent`, `NotRecorded`, `UnknownPerson`, `AmbiguousPerson`, `NotHandler`
 */
export async function personCorrection(
  ledger: Ledger,
  issueId: string,
  { what, person, reason }: { what: string; person: string; reason: string },
): Promise<IssueRequest<'correctPerson'>> {
  const issue = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { cycle: true, roundId: true, round: { select: { clockId: true } } },
  });
  const events = await ledger.issueEvent.findMany({
    where: { issueId, cycle: issue.cycle, by: { not: null } },
    orderBy: { sequence: 'asc' },
  });
  const [, number] = /^(?:事件|第)?(\d{1,9})号?$/u.exec(what.trim()) ?? [];
  const event = events.find(({ sequence, type, detail }) =>
    number === undefined ? filesIn(type, detail).includes(what.trim()) : sequence === Number(number),
  );
  if (event === undefined)
    throw new RefusedError(
      'UnknownEvent',
      `本轮整改没有“${what}”这件佐证或这个事件，请核对编号（问题页“经过”写明事件号）`,
    );
  if (event.recordedBy === null || !recordable.includes(event.type as IssueFact['type']))
    throw new RefusedError(
      'NotRecorded',
      '只有代录的答复和材料可以更正署名；本人来信、本人办理的以本人为准，申请类的请撤回后重办',
    );
  const recording = events.filter(
    ({ requestId, recordedBy, type }) =>
      recordedBy !== null &&
      recordable.includes(type as IssueFact['type']) &&
      stem(requestId) === stem(event.requestId),
  );
  const to = await findPersonId(ledger, person, issue.round.clockId);
  const signed = (await readSignatures(ledger, issueId)).get(event.sequence);
  const at = event.at.toISOString();
  const { roles, forHandler } = await whoseWords(ledger, { issueId, roundId: issue.roundId, personId: to, now: at });
  if (!roles.includes('handler') && forHandler === undefined && !(await isRightHandler(ledger, issueId, to)))
    throw new RefusedError(
      'NotHandler',
      `“${person}”当时不是责任人，也不受责任人委托，所说不能算办理；材料请先用“更正佐证”移出措施，再以其本人名义代录`,
    );
  return {
    corrected: recording.map(({ sequence }) => sequence),
    evidenceIds: recording.flatMap(({ type, detail }) => filesIn(type, detail)),
    from: signed?.personId ?? event.by ?? '',
    to,
    ...(forHandler !== undefined && { toStandsInFor: forHandler }),
    reason,
  };
}

/** Whether he should have been the handler from the start: the assignment was corrected (更正) to him. */
async function isRightHandler(ledger: Ledger, issueId: string, personId: string): Promise<boolean> {
  const events = await ledger.issueEvent.findMany({ where: { issueId, type: 'handedOver' }, select: { detail: true } });
  return events.some(({ detail }) => {
    const { role, to, corrects } = detail as unknown as FactOf<'handedOver'>;
    return corrects !== undefined && role === 'handler' && to.includes(personId);
  });
}

function filesIn(type: string, detail: unknown): string[] {
  if (type !== 'evidenceReceived') return [];
  return (detail as FactOf<'evidenceReceived'>).evidence.map(({ evidenceId }) => evidenceId);
}

/** A recording's requests share all but their last part. */
function stem(requestId: string | null): string {
  return (requestId ?? '').replace(/\/[^/]*$/u, '');
}
