import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { isQuietDay } from '../../workflows/rules/sending-days.ts';
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
  // A day that was none when the row was written may have become one (静默日) by a policy adopted since.
  const isQuiet = isQuietDay(hours.policy, today);
  if (row.state === 'planned') {
    if (row.missed === 'collapse' && laterLineOn !== undefined) {
      return { kind: 'collapsed', reason: `错过${row.plannedOn}发送时间，并入${laterLineOn}的提醒` };
    }
    if (now < row.latestAt && !isQuiet) return { kind: 'go', reason: null };
    if (now >= row.latestAt && row.missed === 'skip')
      return { kind: 'skipped', reason: `错过${row.plannedOn}发送时间，按规则不再补发` };
  } else if (now < row.latestAt && !isQuiet) return { kind: 'go', reason: null };
  const earliestAt = nextSending(row.kind, hours, now);
  if (earliestAt <= now) return { kind: 'go', reason: `错过${row.plannedOn}发送时间，${today}补发` };
  const why = now < row.latestAt ? `${today}是静默日` : `错过${row.plannedOn}发送时间`;
  return { kind: 'wait', earliestAt, reason: `${why}，等到${dayOf(earliestAt)}补发` };
}
