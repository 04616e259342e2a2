import type { Festival } from '../../workflows/rules/calendar.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { ImportRefused } from '../rounds/import-refused.ts';

/**
 * The holidays (放假安排) of one year as the State Council announces them. Its days lie from 1 December of the year
 * before, where 元旦 may begin or be made up for, to 30 November: what is announced for December is the next year's.
 */
export interface HolidayYear {
  readonly year: number;
  /** By their first day off, as in `Calendar`. */
  readonly festivals: readonly Festival[];
  /** Days off that fall on Monday to Friday, in order. */
  readonly daysOff: readonly IsoDate[];
  /** Saturdays and Sundays that are worked (调休上班), in order. */
  readonly makeUpDays: readonly IsoDate[];
}

/** Something a person must settle before the year can be published: what is wrong, where, and what to do. */
export interface HolidayProblem {
  readonly code: HolidayProblemCode;
  /** Line of the file or of the text as pasted, 1-based; the paragraph's number in Word. */
  readonly line: number;
  readonly message: string;
}

export type HolidayProblemCode =
  | 'NoYear'
  | 'TwoYears'
  | 'Unreadable'
  | 'NoSuchDay'
  | 'SpanBackwards'
  | 'WeekdayDisagrees'
  | 'CountDisagrees'
  | 'NoWeekendBeside'
  | 'MadeUpAfterAll'
  | 'ColumnMissing'
  | 'UnknownKind'
  | 'UnknownFestival'
  | 'FestivalMissing'
  | 'FestivalTwice'
  | 'NoDaysOff'
  | 'FestivalElsewhere'
  | 'FestivalBroken'
  | 'FestivalsOverlap'
  | 'OutsideYear'
  | 'MakeUpOnWeekday'
  | 'MakeUpOnDayOff'
  | 'MakeUpTwice'
  | 'MakeUpFarAway';

/** What was read; the year is null when the text does not say it, and then nothing else is read. */
export interface HolidayReading extends Omit<HolidayYear, 'year'> {
  readonly year: number | null;
  /** By line; the year may be published only when there is none. */
  readonly problems: readonly HolidayProblem[];
}

/** The seven festivals (法定节假日) by their full names, in the order of the year. */
export const festivalNames = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const;

export type FestivalName = (typeof festivalNames)[number];

/** The year that was read, to be published. @throws ImportRefused with all its problems at once */
export function holidayYearOf({ year, problems, ...days }: HolidayReading, fileName: string): HolidayYear {
  if (year === null || problems.length > 0) throw new ImportRefused(fileName, problems);
  return { year, ...days };
}
