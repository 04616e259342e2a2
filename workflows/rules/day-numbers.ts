/** A calendar day in Beijing, `2024-03-29`. */
export type IsoDate = string;

/**
 * Days as numbers, counted from 1970-01-01, a Thursday: whatever goes from day to day counts with them and makes text
 * at the end only.
 */
export type DayNumber = number;

export const dayMs = 86_400_000;

const zero = '0'.charCodeAt(0);
/** From 1 March of the year 0 to 1970-01-01. */
const daysUntil1970 = 719_468;

/** @throws RangeError for text that is no day */
export function numberOf(day: IsoDate): DayNumber {
  const number = day.length === 10 ? numberAtStart(day) : undefined;
  if (number === undefined) throw new RangeError(`Not a day (YYYY-MM-DD): “${day}”`);
  return number;
}

/** The day that the text begins with; undefined when it begins with none of the years 1000 to 9999. */
export function numberAtStart(text: string): DayNumber | undefined {
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const isDay =
    text[4] === '-' && text[7] === '-' && year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDay || (day > 28 && day > daysInMonth(year, month))) return undefined;
  return daysBefore(year, month) + day - 1;
}

/**
 * The same day of the month so many months later (negative: earlier), or that month's last day where it is shorter.
 *
 * @throws RangeError for text that is no day
 */
export function monthsAfter(day: IsoDate, months: number): DayNumber {
  numberOf(day); // what is no day has no months
  const sinceYear0 = 12 * digitsAt(day, 0, 4) + digitsAt(day, 5, 2) - 1 + months;
  const year = Math.floor(sinceYear0 / 12);
  const month = (sinceYear0 % 12) + 1;
  return daysBefore(year, month) + Math.min(digitsAt(day, 8, 2), daysInMonth(year, month)) - 1;
}

/** The number that so many digits make; NaN where anything else stands. */
export function digitsAt(text: string, start: number, count: number): number {
  let value = 0;
  for (let place = start; place < start + count; place += 1) {
    const digit = text.charCodeAt(place) - zero;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** How many days the month has, 1 for January to 12 for December. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number of the month's first day: whole years are counted from March, so that a leap day is a year's last. */
function daysBefore(year: number, month: number): DayNumber {
  const marches = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marches / 4) - Math.floor(marches / 100) + Math.floor(marches / 400);
  const sinceMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return 365 * marches + leapDays + sinceMarch - daysUntil1970;
}

const firstNumber = numberOf('1000-01-01');
const lastNumber = numberOf('9999-12-31');

/** How many days are kept in mind at a time, almost three years: few, so that each of many workflows stays small. */
export const keptAtMost = 1_000;

/**
 * Texts of the days that were last asked for: the same days come again and again, and making their text is what
 * counting in days costs. What is known changes no answer.
 */
const texts = new Map<DayNumber, IsoDate>();

/** @throws RangeError when it lies outside the years 1000 to 9999 or is no whole number */
export function dayNumbered(number: DayNumber): IsoDate {
  const known = texts.get(number);
  if (known !== undefined) return known;
  if (!Number.isInteger(number) || number < firstNumber || number > lastNumber)
    throw new RangeError(`Not a day of the years 1000 to 9999: ${number}`);
  const text = new Date(number * dayMs).toISOString().slice(0, 10);
  if (texts.size >= keptAtMost) texts.clear();
  texts.set(number, text);
  return text;
}

/** The weekday, 0 for Sunday to 6 for Saturday. */
export function weekdayNumbered(number: DayNumber): number {
  return (((number + 4) % 7) + 7) % 7;
}
