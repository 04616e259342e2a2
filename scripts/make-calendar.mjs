/**
 * Writes workflows/rules/state-council-2018-2026.ts from the installed chinese-days package, which copies the State
 * Council's yearly notices. Run it by hand when a year is published, read the difference against the notice, commit.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [firstYear, lastYear] = [2018, 2026];
const data = JSON.parse(
  readFileSync(new URL('../node_modules/chinese-days/dist/chinese-days.json', import.meta.url), 'utf8'),
);
const names = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };
/** The years whose notice gives 中秋节 and 国庆节 the same days off, whichever of them a single day is filed under. */
const sharedDays = { 2020: '国庆节、中秋节', 2023: '中秋节、国庆节', 2025: '国庆节、中秋节' };

const nextDay = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

const blocks = [];
for (const day of Object.keys(data.holidays).sort()) {
  const named = data.holidays[day].split(',')[1];
  const short = named === '中秋' && sharedDays[day.slice(0, 4)] ? '国庆节' : named;
  const last = blocks.at(-1);
  if (last && last.short === short && nextDay(last.to) === day) last.to = day;
  else blocks.push({ short, from: day, to: day });
}

const rows = [];
for (let year = firstYear; year <= lastYear; year += 1) {
  // 元旦 belongs to the year of its 1 January, though its days off may begin in December.
  const festivals = blocks
    .filter((block) => Number(block.to.slice(0, 4)) === year)
    .map(({ short, from, to }) => {
      const name = short === '国庆节' && sharedDays[year] ? sharedDays[year] : (names[short] ?? short);
      return `['${name}', '${from}', '${to}']`;
    });
  const madeUp = Object.keys(data.workdays)
    .filter((day) => day.startsWith(`${year}-`))
    .sort();
  rows.push(
    `  {\n    year: ${year},\n    festivals: [\n${festivals.map((row) => `      ${row},`).join('\n')}\n    ],\n` +
      `    madeUp: [${madeUp.map((day) => `'${day}'`).join(', ')}],\n  },`,
  );
}

const file = new URL(`../workflows/rules/state-council-${firstYear}-${lastYear}.ts`, import.meta.url);
writeFileSync(
  file,
  `// Written by scripts/make-calendar.mjs from chinese-days; the source is the State Council's yearly notice
// (国务院办公厅关于部分节假日安排的通知), with its later changes (2019 劳动节, 2020 春节).
import type { Calendar } from './calendar.ts';
import { addDays, weekdayOf, type IsoDate } from './instants.ts';

/** A year as the notice gives it: each festival's first and last day off (inclusive), and the weekends worked. */
interface PublishedYear {
  readonly year: number;
  readonly festivals: readonly (readonly [names: string, firstDayOff: IsoDate, lastDayOff: IsoDate])[];
  readonly madeUp: readonly IsoDate[];
}

const years: readonly PublishedYear[] = [
${rows.join('\n')}
];

/** The calendar the system starts with: every year the State Council published from ${firstYear} to ${lastYear}. */
export const bundledCalendar: Calendar = {
  version: 1,
  from: '${firstYear}-01-01',
  to: '${lastYear}-12-31',
  daysOff: years.flatMap(({ festivals }) => festivals.flatMap(([, first, last]) => weekdaysIn(first, last))),
  makeUpDays: years.flatMap(({ madeUp }) => madeUp),
  festivals: years.flatMap(({ year, festivals }) =>
    festivals.flatMap(([names, firstDayOff, lastDayOff]) =>
      names.split('、').map((name) => ({ name, year, firstDayOff, lastDayOff })),
    ),
  ),
};

function weekdaysIn(first: IsoDate, last: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (weekdayOf(day) % 6 !== 0) days.push(day);
  }
  return days;
}
`,
);
