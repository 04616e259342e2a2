import { isClosed } from '../../../workflows/rules/progress.ts';
import type { History } from '../history.ts';
import type { Violation } from './law.ts';

/** 7. What is refused, late or said twice changes nothing it should not. */
export function repeats({ folded, unheard }: History): Violation[] {
  const found: string[] = [];
  const heard = new Set<string>();
  for (const { event, before, after } of folded) {
    const { requestId, type } = event;
    const name = `${String(event.sequence)} ${type}`;
    if (requestId !== null && heard.has(requestId)) found.push(`${name}: ${requestId} is handled twice`);
    if (requestId !== null) heard.add(requestId);
    if (before.phase === 'archived' || before.phase === 'withdrawn' || before.phase === 'merged')
      found.push(`${name} comes after the end`);
    const isWord =
      type === 'acknowledged' || type === 'progressReported' || type === 'committed' || type === 'evidenceReceived';
    if (isWord && isClosed(before) && after.phase !== before.phase)
      found.push(`${name}: late words lead to ${after.phase}`);
    if (isWord && before.phase === 'closureReview' && after.phase !== 'closureReview')
      found.push(`${name}: words end a review`);
    const ids = after.measures.map(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId));
    if (ids.some((some) => new Set(some).size < some.length)) found.push(`${name}: a piece of evidence counts twice`);
  }
  for (const { message, because, before, after } of unheard) {
    if (before !== after) found.push(`${message.requestId} was ${because} and changed something`);
    if (because === 'repeated' && !heard.has(message.requestId)) found.push(`${message.requestId} was never heard`);
  }
  return found.map((what): Violation => ({ law: 7, what }));
}
