import { type Calendar, isWorkday } from '../../workflows/rules/calendar.ts';
import { addDays, type IsoDate } from '../../workflows/rules/instants.ts';

/** Counts workdays by laying the days out one after the other, as on a wall calendar. */
export class WorkdayCount {
  readonly #upTo = new Map<IsoDate, number>();
  readonly #worked = new Set<IsoDate>();

  /** @param from the first day that will be asked about, @param to the last, both inclusive */
  constructor(calendar: Calendar, from: IsoDate, to: IsoDate) {
    let count = 0;
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (isWorkday(calendar, day)) {
        count += 1;
        this.#worked.add(day);
      }
      this.#upTo.set(day, count);
    }
  }

  isWorked(day: IsoDate): boolean {
    return this.#worked.has(day);
  }

  /** How many workdays there are up to a day, itself included. */
  upTo(day: IsoDate): number {
    const count = this.#upTo.get(day);
    if (count === undefined) throw new RangeError(`${day} lies outside the days laid out`);
    return count;
  }
}
