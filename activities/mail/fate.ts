import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { isQuietDay } from '../../workflows/rules/sending-days.ts';
import type { DueRow } from './due-rows.ts';
import { type Hours, leavesAt, nextSending, windowOn } from './hours.ts';

/** What becomes of a row whose moment has come; `reason` is kept on the row for `why`. */
export type Fate =
  | { readonly kind: 'go'; readonly reason: string | null }
  /** `latestAt` is given when its window moves with it. */
  | {
      readonly kind: 'wait';
      readonly earliestAt: IsoInstant;
      readonly latestAt?: IsoInstant;
      readonly reason: string;
    }
  | { readonly kind: 'collapsed'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string };

type Windowed = Pick<DueRow, 'kind' | 'letter' | 'state' | 'plannedOn' | 'latestAt' | 'missed'>;

/**
 * The row's own rule for a window that passed while nothing could be sent (错过的发送时间). Nothing leaves on a day off or
 * outside the hours, in whatever state: what is late waits for the next hours and is judged again then, and a window that
 * a calendar or a policy adopted meanwhile has closed moves to the next day on which mail may leave.
 *
 * @param laterLineOn the day of the last line up to today that says the same to the same role
 */
export function fateOf(row: Windowed, hours: Hours, now: IsoInstant, laterLineOn: IsoDate | undefined): Fate {
  const today = dayOf(now);
  const isWhole = row.state === 'planned'; // nobody has his copy yet
  if (isWhole && row.missed === 'collapse' && laterLineOn !== undefined) {
    return { kind: 'collapsed', reason: `错过${row.plannedOn}发送时间，并入${laterLineOn}的提醒` };
  }
  const earliestAt = nextSending(row.kind, hours, now);
  const day = dayOf(earliestAt);
  if (now < row.latestAt) {
    if (leavesAt(row, hours, now) <= now) return { kind: 'go', reason: null };
    const { latestAt } = windowOn(hours, day);
    const why = isQuietDay(hours.policy, today) ? '是静默日' : '此时不发信';
    return { kind: 'wait', earliestAt, latestAt, reason: `${today}${why}，等到${day}发出` };
  }
  if (isWhole && row.missed === 'skip') {
    return { kind: 'skipped', reason: `错过${row.plannedOn}发送时间，按规则不再补发` };
  }
  if (earliestAt <= now) return { kind: 'go', reason: `错过${row.plannedOn}发送时间，${today}补发` };
  return { kind: 'wait', earliestAt, reason: `错过${row.plannedOn}发送时间，等到${day}补发` };
}
