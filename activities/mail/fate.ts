import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { DueRow } from './due-rows.ts';
import { type Hours, nextSending } from './hours.ts';

/** What becomes of a row whose moment has come; `reason` is kept on the row for `why`. */
export type Fate =
  | { readonly kind: 'go'; readonly reason: string | null }
  | { readonly kind: 'wait'; readonly earliestAt: IsoInstant; readonly reason: string }
  | { readonly kind: 'collapsed'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string };

type Windowed = Pick<DueRow, 'kind' | 'state' | 'plannedOn' | 'latestAt' | 'missed'>;

/**
 * The row's own rule for a window that passed while nothing could be sent (错过的发送时间). Nothing leaves on a day off or
 * outside the hours: what is late waits for the next hours and is judged again then.
 *
 * @param laterLineOn the day of the last line up to today that says the same to the same role
 */
export function fateOf(row: Windowed, hours: Hours, now: IsoInstant, laterLineOn: IsoDate | undefined): Fate {
  const today = dayOf(now);
  if (row.state === 'planned') {
    if (row.missed === 'collapse' && laterLineOn !== undefined) {
      return { kind: 'collapsed', reason: `错过${row.plannedOn}发送时间，并入${laterLineOn}的提醒` };
    }
    if (now < row.latestAt) return { kind: 'go', reason: null };
    if (row.missed === 'skip') return { kind: 'skipped', reason: `错过${row.plannedOn}发送时间，按规则不再补发` };
  } else if (now < row.latestAt) return { kind: 'go', reason: null };
  const earliestAt = nextSending(row.kind, hours, now);
  if (earliestAt <= now) return { kind: 'go', reason: `错过${row.plannedOn}发送时间，${today}补发` };
  return { kind: 'wait', earliestAt, reason: `错过${row.plannedOn}发送时间，等到${dayOf(earliestAt)}补发` };
}
