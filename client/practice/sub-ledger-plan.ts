import { addMonths, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';

/** A sub-ledger as a drill plays it: how many items ask to leave by a day, and the rest after it. */
export interface SubLedgerPlan {
  readonly entered: number;
  /** How many have asked to leave by `signedOn`; the notice says so. */
  readonly askedBySigning: number;
  readonly launchedOn: IsoDate;
  /** The day the notice was signed (落款). */
  readonly signedOn: IsoDate;
}

/**
 * How many items, counted from the first, have asked to leave once a mail of this moment is answered: the notice's number
 * is spread over the months up to the one before it was signed, so that an answer that comes late is still in time; all
 * the rest asks after the signing. Whoever has asked before is named again, in case that answer was not needed then.
 */
export function askingToLeave(plan: SubLedgerPlan, sentAt: IsoInstant): number | 'all' {
  const { entered, askedBySigning, launchedOn, signedOn } = plan;
  const day = dayOf(sentAt);
  if (day > signedOn) return 'all';
  const months = Math.max(1, monthsBetween(launchedOn, addMonths(signedOn, -1)));
  const month = Math.min(months, monthsBetween(launchedOn, day) + 1);
  return Math.round((Math.min(askedBySigning, entered) * month) / months);
}

/** From the month of one day to the month of another. */
function monthsBetween(from: IsoDate, to: IsoDate): number {
  const monthOf = (day: IsoDate) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return monthOf(to) - monthOf(from);
}
