import { addDays, daysInMonth, isIsoDate, type IsoDate } from './instants.ts';

/** A day or period named inside a phrase (3月底, 2023年第四季度, 2024.3.31); it stands for its last day. */
export interface Mention {
  /** Where it stands in the plain words; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** Undefined where no year is written, or only a word for one. */
  readonly year: number | undefined;
  /** 今年, 明年, 次年 …: the word in place of a year. */
  readonly yearWord: string | undefined;
  /** A bare period (3月, 第四季度): "before" it could mean before its first day. */
  readonly extent: 'day' | 'period';
  /** What a person should look at again. */
  readonly doubts: readonly string[];
  /** The last day named, once the year is known. */
  readonly lastDayIn: (year: number) => NamedDay;
}

export type NamedDay = { readonly on: IsoDate } | { readonly problem: string };

const monthParts = '(?<monthPart>底|末|终|上旬|中旬|下旬|初|中期|中(?![旬秋央层下心])|上半月|下半月|全月)?';
const named = new RegExp(
  [
    // 2024-3-31 · 2024.3.31 · 2024/3/31 · 31/3/2024 · 24.3.31
    '(?<![\\d])(?<first>\\d{1,4})(?<sign>[-/.])(?<second>\\d{1,2})\\k<sign>(?<third>\\d{1,4})[日号]?(?!\\d)',
    // 20240331 · 240331 · 202403
    '(?<!\\d)(?<compact>\\d{8}|\\d{6})(?!\\d)',
    // 十四五末
    '十(?<plan>[三四五六])五(?:规划)?(?:期间|时期|期|收官)?[末底内]?',
    // 2024-3 · 2024.3底
    `(?<!\\d)(?<isoYear>\\d{4})[-/.](?<isoMonth>\\d{1,2})(?![\\d月]|[-/.]\\d{1,2}(?!\\d))(?<isoPart>底|末|上旬|中旬|下旬)?`,
    // with a year before them, or without: 3月31日 · 3月底 · 第四季度 · 上半年 · 年底 · 3.31
    '(?:(?:(?<!\\d)(?<year>\\d{4}|\\d{2})(?:年度?|[-/.](?=\\d{1,2}月)|(?<=\\d{4})(?=年?[底末]))|(?<yearWord>今年|本年|当年|该年|同年|明年|次年|来年|翌年|下一?年|后年|去年|上年)度?)的?)?' +
      '(?:(?<!\\d)(?<month>\\d{1,2})月份?的?(?:(?<day>\\d{1,2})(?:[日号]|(?!\\d|个|天|周|月|工作日|自然日|%|[.]\\d))|' +
      `${monthParts})` +
      '|第?(?<!\\d)(?<quarter>\\d)季度?(?:之?[末底])?|Q(?<quarterLetter>\\d)|(?<!\\d)(?<letterQuarter>\\d)Q|前(?<quarters>[1-4])个?季度' +
      '|(?<half>[上下])半年(?:之?[末底])?' +
      '|(?<yearPart>年?[底末终]|全年|年?中(?:期|(?![旬秋央层下心]))|年?初|年?内)' +
      '|(?<!\\d|[-/.])(?<looseMonth>\\d{1,2})[-/.](?<looseDay>\\d{1,2})(?:[日号]|(?!\\d|个|天|周|月|年|季|工作日|[-/.]\\d))' +
      ')?',
  ].join('|'),
  'gu',
);

/** The mentions in the plain words, in their order. */
export function mentionsIn(text: string): Mention[] {
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return [serialNumber(text)];
  const mentions: Mention[] = [];
  for (const match of text.matchAll(named)) {
    const mention = mentionOf(match);
    if (mention) mentions.push(mention);
  }
  return mentions;
}

type Groups = Readonly<Record<string, string | undefined>>;

function mentionOf(match: RegExpExecArray): Mention | undefined {
  const words = match[0];
  const group: Groups = match.groups ?? {};
  if (words === '') return undefined;
  const place = { start: match.index, end: match.index + words.length, words };
  if (group['first'] !== undefined) return { ...place, ...threeNumbers(words, group) };
  if (group['compact'] !== undefined) return { ...place, ...compactNumber(group['compact']) };
  if (group['isoYear'] !== undefined) return { ...place, ...yearAndMonth(words, group) };

  if (group['plan'] !== undefined) {
    const year = 2020 + 5 * '三四五六'.indexOf(group['plan']); // 十三五 ended with 2020
    return { ...place, ...fixed(year, () => monthEnd(year, 12, words)) };
  }

  const { yearPart } = group;
  const yearless = group['year'] === undefined && group['yearWord'] === undefined;
  if (yearPart !== undefined && yearless && !/^(?:年|全年)/u.test(yearPart)) return undefined; // the 底 of 月底
  return { ...place, ...yearOf(group), ...partOf(words, group) };
}

type Reading = Omit<Mention, 'start' | 'end' | 'words'>;

function yearOf(group: Groups): Pick<Mention, 'year' | 'yearWord' | 'doubts'> {
  const { year, yearWord } = group;
  if (year === undefined) return { year: undefined, yearWord, doubts: [] };
  if (year.length === 4) return { year: Number(year), yearWord, doubts: [] };
  return { year: 2000 + Number(year), yearWord, doubts: [`年份只写了两位“${year}”,读作 20${year} 年`] };
}

/** The period inside a year, or the whole year when nothing else is written. */
function partOf(words: string, group: Groups): Pick<Mention, 'extent' | 'lastDayIn'> & Partial<Reading> {
  const month = group['month'] ?? group['looseMonth'];
  const day = group['day'] ?? group['looseDay'];
  if (month !== undefined && day !== undefined) {
    const { doubts } = yearOf(group);
    const orRange = /\d-\d/.test(words) && Number(day) <= 12; // 10-12 may be October to December
    const doubt = `“${words}”读作 ${Number(month)} 月 ${Number(day)} 日,请核对`;
    return {
      extent: 'day',
      doubts: orRange ? [...doubts, doubt] : doubts,
      lastDayIn: (year) => dayNamed(year, Number(month), Number(day), words),
    };
  }
  if (month !== undefined) return monthOf(Number(month), group['monthPart'], words, yearOf(group).doubts);

  const quarter = group['quarter'] ?? group['quarterLetter'] ?? group['letterQuarter'] ?? group['quarters'];
  if (quarter !== undefined) {
    const number = Number(quarter);
    return {
      extent: /[末底]$/u.test(words) ? 'day' : 'period',
      lastDayIn: (year) =>
        number >= 1 && number <= 4
          ? monthEnd(year, number * 3, words)
          : { problem: `“${words}”不是有效的季度:一年只有四个季度,例如 2023年第四季度` },
    };
  }
  if (group['half'] === '上') return { extent: endOrPeriod(words), lastDayIn: (year) => monthEnd(year, 6, words) };
  const { yearPart = '' } = group;
  const { doubts } = yearOf(group);
  if (yearPart.includes('中')) {
    const doubt = `“${words}”没有写到哪一天,按 6 月底读`;
    return { extent: 'day', doubts: [...doubts, doubt], lastDayIn: (year) => monthEnd(year, 6, words) };
  }
  if (yearPart.includes('初')) {
    return { extent: 'day', lastDayIn: () => ({ problem: `“${words}”没有写到哪一天,请写明月份,例如 2024年1月底前` }) };
  }
  return {
    extent: /[底末终内]$/u.test(yearPart) ? 'day' : endOrPeriod(words),
    lastDayIn: (year) => monthEnd(year, 12, words),
  };
}

function endOrPeriod(words: string): Mention['extent'] {
  return /[末底]$/u.test(words) ? 'day' : 'period';
}

const lastDayOfPart: Readonly<Record<string, number>> = { 上旬: 10, 初: 10, 上半月: 15, 中: 15, 中期: 15, 中旬: 20 };

function monthOf(
  month: number,
  part: string | undefined,
  words: string,
  doubts: readonly string[],
): Pick<Mention, 'extent' | 'lastDayIn' | 'doubts'> {
  const day = part === undefined ? undefined : lastDayOfPart[part];
  if (day === undefined) {
    return { extent: part ? 'day' : 'period', doubts, lastDayIn: (year) => monthEnd(year, month, words) };
  }
  const vague = part === '初' || part === '中' || part === '中期';
  return {
    extent: 'day',
    doubts: vague ? [...doubts, `“${words}”没有写到哪一天,按 ${day} 日读`] : doubts,
    lastDayIn: (year) => dayNamed(year, month, day, words),
  };
}

/** 2024-3-31 plainly; a year of two digits or at the end only where one reading alone is a day. */
function threeNumbers(words: string, group: Groups): Reading {
  const numbers = [group['first'] ?? '', group['second'] ?? '', group['third'] ?? ''] as const;
  const [first, second, third] = numbers.map(Number) as [number, number, number];
  if (numbers[0].length === 4 && numbers[2].length <= 2) {
    return fixed(first, () => dayNamed(first, second, third, words));
  }
  const readings: (readonly [number, number, number])[] = [
    [first, second, third],
    [third, first, second],
  ];
  if (third >= 1000) readings.push([third, second, first]);
  const days = new Set<IsoDate>();
  for (const [year, month, day] of readings) {
    const full = year < 100 ? 2000 + year : year;
    const named = dayNamed(full, month, day, words);
    if (full >= 2015 && full <= 2049 && 'on' in named) days.add(named.on);
  }
  const [on] = days;
  if (on === undefined || days.size > 1) {
    const problem = on === undefined ? '不是有效日期' : `可以有 ${days.size} 种读法(${[...days].join('、')})`;
    return fixed(2000, () => ({ problem: `“${words}”${problem},请按年月日写全,例如 2024年3月31日` }));
  }
  return { ...fixed(Number(on.slice(0, 4)), () => ({ on })), doubts: [`“${words}”读作 ${on}`] };
}

function compactNumber(digits: string): Reading {
  const pair = (from: number) => Number(digits.slice(from, from + 2));
  if (digits.length === 8) {
    const year = Number(digits.slice(0, 4));
    return fixed(year, () => dayNamed(year, pair(4), pair(6), digits));
  }
  if (digits.startsWith('20') && pair(4) >= 1 && pair(4) <= 12) {
    const year = Number(digits.slice(0, 4));
    return { ...fixed(year, () => monthEnd(year, pair(4), digits)), extent: 'period' };
  }
  const year = 2000 + pair(0);
  return { ...fixed(year, () => dayNamed(year, pair(2), pair(4), digits)), doubts: [`“${digits}”按年月日各两位读`] };
}

function yearAndMonth(words: string, group: Groups): Reading {
  const year = Number(group['isoYear']);
  const { lastDayIn, extent } = monthOf(Number(group['isoMonth']), group['isoPart'], words, []);
  const cut = /^\d{4}\.1$/.test(words); // a spreadsheet turns 2024.10 into 2024.1
  return {
    ...fixed(year, lastDayIn),
    extent,
    doubts: cut ? [`“${words}”读作 1 月;若原为 10 月,是表格去掉了末尾的 0`] : [],
  };
}

/** A day as a spreadsheet stores it: days since 1899-12-30 (ECMA-376, the 1900 date system after its false leap day). */
function serialNumber(text: string): Mention {
  const on = addDays('1899-12-30', Math.floor(Number(text)));
  const year = Number(on.slice(0, 4));
  const unlikely = year < 2010 || year > 2049;
  const reading = fixed(year, () => ({ on }));
  const lastDayIn = unlikely
    ? () => ({ problem: `“${text}”不像日期(按表格序列号是 ${on}),请写成 2024年3月31日` })
    : reading.lastDayIn;
  return { start: 0, end: text.length, words: text, ...reading, lastDayIn };
}

function fixed(year: number, lastDayIn: Mention['lastDayIn']): Reading {
  return { year, yearWord: undefined, extent: 'day', doubts: [], lastDayIn };
}

function monthEnd(year: number, month: number, words: string): NamedDay {
  return dayNamed(year, month, daysInMonth(year, month), words);
}

function dayNamed(year: number, month: number, day: number, words: string): NamedDay {
  if (year < 2000 || year > 2099) return { problem: `“${words}”的年份 ${year} 不像是整改时限,请核对` };
  if (month < 1 || month > 12) return { problem: `“${words}”不是有效日期:没有 ${month} 月(应为 ${year}-12-31 之类)` };
  const last = daysInMonth(year, month);
  const pad = (number: number) => String(number).padStart(2, '0');
  const on = `${year}-${pad(month)}-${pad(day)}`;
  if (day >= 1 && isIsoDate(on)) return { on };
  return {
    problem: `“${words}”不是有效日期:${year}年${month}月只有${last}天(应为 ${year}-${pad(month)}-${last} 之类)`,
  };
}
