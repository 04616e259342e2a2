import { isDeepStrictEqual } from 'node:util';
import { openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import type { History } from '../history.ts';
import type { Violation } from './law.ts';

/** 4. Every change is one numbered event with its author; replaying them gives what stands there, on whatever run. */
export function events({ launched, folded, progress, carried, looks, endedAt }: History): Violation[] {
  const found: string[] = [];
  let replayed = openIssue(launched, launched.launchedAt);
  let at = launched.launchedAt;
  let last: typeof progress | undefined;
  for (const [index, { event, before, after, message }] of folded.entries()) {
    replayed = record(replayed, event);
    const name = `${String(event.sequence)} ${event.type}`;
    if (event.sequence !== index + 1) found.push(`${name} is the ${String(index + 1)}. event`);
    if (event.at < at) found.push(`${name} lies before the event before it`);
    if (last !== undefined && before !== last && !isDeepStrictEqual(before, last))
      found.push(`${name} was preceded by a change that is no event`);
    if ((event.by === null) !== (message === undefined)) found.push(`${name} has the wrong author`);
    if (event.by !== null && (event.requestId === null || event.source === null)) found.push(`${name} has no request`);
    if ('reason' in event && event.reason.trim() === '' && !mayBeSilent.has(event.type))
      found.push(`${name} has no reason`);
    if (after.sequence !== event.sequence) found.push(`${name} is not the last of what it led to`);
    at = event.at;
    last = after;
  }
  if (!isDeepStrictEqual(replayed, progress))
    found.push(`replaying ${String(folded.length)} events gives something else`);
  if (carried.some(({ given, taken }) => !isDeepStrictEqual(given, taken)))
    found.push('progress changes on its way to the next run');
  const written = looks.flatMap((look) => look.events.map(({ sequence }) => sequence));
  if (written.some((sequence, index) => sequence !== index + 1)) found.push('the events written down have gaps');
  if (written.length !== folded.length) found.push(`at ${endedAt} not all events are written down`);
  return found.map((what): Violation => ({ law: 4, what }));
}

/** A piece of evidence that is accepted, and a proposal that is decided, need no words. */
const mayBeSilent: ReadonlySet<string> = new Set(['evidenceJudged', 'proposalDecided']);
