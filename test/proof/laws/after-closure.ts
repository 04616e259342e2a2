import { isDeepStrictEqual } from 'node:util';
import type { Folded, History } from '../history.ts';
import type { Violation } from './law.ts';

/** 6. A closed cycle stays as it is; it is looked back at or left out on record; a rebound opens the next. */
export function afterClosure({ folded }: History): Violation[] {
  return folded.flatMap((one) =>
    [...closedFigures(one), ...waysOut(one), ...rebound(one)].map((what): Violation => ({
      law: 6,
      what: `${String(one.event.sequence)} ${one.event.type}: ${what}`,
    })),
  );
}

const closed: readonly string[] = ['lookBack', 'longTerm', 'archived'];

function closedFigures({ before, event, after }: Folded): string[] {
  if (!closed.includes(before.phase) || event.type === 'rebounded') return [];
  const found: string[] = [];
  if (after.cycle !== before.cycle) found.push('the cycle changes');
  if (after.deadline !== before.deadline) found.push('the deadline of a closed cycle changes');
  if (!isDeepStrictEqual(after.measures, before.measures)) found.push('the measures of a closed cycle change');
  if (!isDeepStrictEqual(after.closed, before.closed)) found.push('the closure changes');
  return found;
}

/** What may follow a phase of a closed cycle, and by which event. */
function waysOut({ before, event, after, terms }: Folded): string[] {
  if (event.type === 'closureApproved' && after.phase !== 'lookBack' && after.phase !== 'longTerm')
    return [`a closed issue is ${after.phase}, and nobody looks back`];
  if (event.type === 'lookBackLeftOut') {
    if (terms.weight === 'major') return ['a major issue is left out'];
    if ((before.remainder ?? []).length > 0) return ['an issue with a remainder is left out'];
    if (terms.policy.lookBack === undefined || terms.policy.lookBack.share === 1)
      return ['all are to be looked at, and one is left out'];
    if (event.drawId === '') return ['left out by no draw'];
  }
  if (after.phase === before.phase || !closed.includes(before.phase)) return [];
  const way = `${before.phase} ${event.type} ${after.phase}`;
  return ways.has(way) ? [] : [`leads from ${before.phase} to ${after.phase}`];
}

const ways: ReadonlySet<string> = new Set([
  'lookBack lookBackHeld archived',
  'lookBack lookBackLeftOut archived',
  'lookBack rebounded rectification',
  'lookBack withdrawn withdrawn',
  'longTerm longTermEnded lookBack',
  'longTerm withdrawn withdrawn',
]);

function rebound({ before, event, after }: Folded): string[] {
  if (event.type !== 'rebounded') return [];
  const found: string[] = [];
  if (after.cycle !== before.cycle + 1)
    found.push(`cycle ${String(before.cycle)} is followed by ${String(after.cycle)}`);
  if (after.phase !== 'rectification') found.push(`a rebound leads to ${after.phase}`);
  if (after.deadline !== event.deadline) found.push('the new cycle has another deadline than was set');
  if (after.measures.some(({ evidence, deadline }) => evidence.length > 0 || deadline !== event.deadline))
    found.push('a measure is not owed anew');
  if (after.measures.length !== before.measures.length) found.push('a measure is lost');
  return found;
}
