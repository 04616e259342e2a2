import { addDays, daysBetween, type IsoDate, inChinese, isIsoDate } from '../../workflows/rules/instants.ts';
import { numberOf } from '../notice-import/text-forms.ts';
import type { HolidayProblemCode } from './holiday-year.ts';
import { weekdayIn, weekdayWord } from './weekday-words.ts';

/** What one part of a sentence says: 1月1日至3日放假, 1月4日上班, 共3天, 与周末连休, 不调休. `at` is its place in the sentence. */
export type HolidayPart =
  | { readonly says: 'off' | 'worked'; readonly at: number; readonly days: readonly PlacedDay[] }
  | { readonly says: 'count'; readonly at: number; readonly days: number }
  | { readonly says: 'joinsWeekend' | 'nothingMadeUp'; readonly at: number };

interface PlacedDay {
  readonly day: IsoDate;
  readonly at: number;
}

export interface SentenceProblem {
  readonly code: HolidayProblemCode;
  readonly at: number;
  readonly message: string;
}

/** Parts are given only for a sentence that was understood to its last character. */
export interface SentenceReading {
  readonly parts: readonly HolidayPart[];
  readonly problems: readonly SentenceProblem[];
}

const dayPattern = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})[日号](?:\(([^()]*)\)|((?:周|星期)[一二三四五六日天]))?/uy;
const untilPattern = /起?(?:至|到|-{1,2}|~)/uy;
const nextPattern = /[、,和及与](?=\d)/uy;
const verbPattern =
  /止?(?:(?<off>放假、?调休|放假|补休)|(?<worked>(?:照常|正常|调休)?上班))(?:(?<count>[\d一二三四五六七八九十两]{1,3})天)?/uy;
const claimPattern =
  /(?:共计?|一共|合计)(?:放假|连休)?(?<count>[\d一二三四五六七八九十两]{1,3})天|(?<joins>[与和]周末连休)|(?<nothing>不调休)/uy;
/** What beside the weekday may stand in a day's brackets: words of the lunar calendar, and the festival's own name. */
const besideWeekday =
  /^(?:农历|大年|正月|腊月|[一二三四五六七八九十]+月|初?[一二三四五六七八九十廿]+|除夕|元旦|春节|清明|端午|中秋|国庆|五一|节|当[日天])+$/u;
/** No holiday is longer; what is, is a slip in a year or a month. */
const longestSpanDays = 31;

/**
 * Reads a sentence of the announcement; undefined when any of it is not understood, so that nothing in it is dropped.
 * A year that is not written is the announcement's, and in a span that of its first day.
 *
 * @param sentence without blanks, in half-width punctuation
 */
export function readHolidaySentence(sentence: string, year: number): SentenceReading | undefined {
  return new SentenceReader(sentence, year).read();
}

/** Goes through a sentence once, from left to right. */
class SentenceReader {
  readonly #text: string;
  readonly #year: number;
  readonly #problems: SentenceProblem[] = [];
  #at = 0;

  constructor(text: string, year: number) {
    this.#text = text;
    this.#year = year;
  }

  read(): SentenceReading | undefined {
    const parts: HolidayPart[] = [];
    while (this.#at < this.#text.length) {
      const found = this.#claim() ?? this.#arrangement();
      if (!found) return undefined;
      parts.push(...found);
      if (this.#at < this.#text.length) this.#take(/[,、]/uy);
    }
    return { parts, problems: this.#problems };
  }

  #claim(): HolidayPart[] | undefined {
    const at = this.#at;
    const groups = this.#take(claimPattern)?.groups;
    if (!groups) return undefined;
    if (groups['count'] !== undefined) return [{ says: 'count', at, days: numberOf(groups['count']) ?? 0 }];
    return [{ says: groups['joins'] === undefined ? 'nothingMadeUp' : 'joinsWeekend', at }];
  }

  /** Days and what they are: 1月26日(周日)、2月8日(周六)上班. */
  #arrangement(): HolidayPart[] | undefined {
    const at = this.#at;
    const days: PlacedDay[] = [];
    let before: IsoDate | undefined;
    do {
      const first = this.#day(before, 'listed');
      if (first === undefined) return undefined;
      const begunAt = this.#at;
      const last = this.#take(untilPattern) ? this.#day(first.day, 'ending') : first;
      if (last === undefined) return undefined;
      before = last.day;
      if (!isIsoDate(first.day) || !isIsoDate(last.day)) continue; // reported where it stands
      if (last.day < first.day) {
        const message = `${inChinese(last.day)}早于${inChinese(first.day)}；跨年的放假请把两个年份都写上`;
        this.#problems.push({ code: 'SpanBackwards', at: begunAt, message });
      }
      if (daysBetween(first.day, last.day) >= longestSpanDays) return undefined;
      for (let day = first.day; day <= last.day; day = addDays(day, 1)) days.push({ day, at: first.at });
    } while (this.#take(nextPattern));
    const verb = this.#take(verbPattern)?.groups;
    if (!verb) return undefined;
    const part: HolidayPart = { says: verb['off'] === undefined ? 'worked' : 'off', at, days };
    return verb['count'] === undefined ? [part] : [part, { says: 'count', at, days: numberOf(verb['count']) ?? 0 }];
  }

  /** One day, which may leave out what the day before it says. Text that is no day of the calendar is reported. */
  #day(before: IsoDate | undefined, place: 'listed' | 'ending'): PlacedDay | undefined {
    const at = this.#at;
    const match = this.#take(dayPattern);
    if (!match) return undefined;
    const [, statedYear, statedMonth, dayOfMonth = '', brackets, plainWeekday] = match;
    const inheritsYear = place === 'ending' || statedMonth === undefined;
    const year = statedYear ?? (inheritsYear ? before?.slice(0, 4) : undefined) ?? String(this.#year);
    const month = statedMonth ?? before?.slice(5, 7);
    if (month === undefined) return undefined;
    const day = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
    if (!isIsoDate(day)) {
      this.#problems.push({ code: 'NoSuchDay', at, message: `“${match[0]}”不是有效日期，请核对` });
      return { day, at };
    }
    const notes = (brackets ?? plainWeekday)?.split(/[、,]/u) ?? [];
    return notes.every((note) => this.#agrees(note, day, at)) ? { day, at } : undefined;
  }

  /** Whether the words beside a day are understood; a weekday that is not the day's own is reported. */
  #agrees(note: string, day: IsoDate, at: number): boolean {
    const stated = weekdayIn(note);
    if (stated === undefined) return besideWeekday.test(note);
    if (stated !== weekdayWord(day)) {
      const message = `写的是${note}，而日历上是${inChinese(day)}，请核对年月日`;
      this.#problems.push({ code: 'WeekdayDisagrees', at, message });
    }
    return true;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }
}
