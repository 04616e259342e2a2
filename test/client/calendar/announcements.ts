import fc from 'fast-check';
import { addDays } from '../../../workflows/rules/instants.ts';
import { type Announcement, daysFrom, isWeekend, type Writing } from './holidays.ts';

const choice = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

export const writings: fc.Arbitrary<Writing> = fc
  .record({
    weekday: choice<Writing['weekday']>('（周', '（星期', 'none'),
    years: choice<Writing['years']>('where needed', 'everywhere'),
    punctuation: choice<Writing['punctuation']>('full', 'half'),
    lines: choice<Writing['lines']>('an item each', 'one paragraph', 'heading apart', 'broken'),
    title: choice<Writing['title']>('given', 'left out'),
  })
  // Without a title the year is taken from 元旦, which must then say it.
  .map((writing) => (writing.title === 'given' ? writing : { ...writing, years: 'everywhere' }));

const span = (year: number, names: string[], from: string, shifts: number, most: number) =>
  fc.record({ shift: fc.nat(shifts), days: fc.integer({ min: 1, max: most }) }).map(({ shift, days }) => {
    const first = addDays(`${String(year)}-${from}`, shift);
    return { names, first, last: addDays(first, days - 1) };
  });

/** 中秋节 falls before 国庆节, or the two share their days. */
function autumn(year: number) {
  const national = `${String(year)}-10-01`;
  return fc.oneof(
    fc
      .tuple(span(year, ['中秋节'], '09-06', 20, 3))
      .map(([moon]) => [moon, { names: ['国庆节'], first: national, last: addDays(national, 6) }]),
    fc
      .record({
        names: choice(['国庆节', '中秋节'], ['中秋节', '国庆节']),
        early: fc.nat(2),
        days: fc.integer({ min: 5, max: 9 }),
      })
      .map(({ names, early, days }) => [
        { names, first: addDays(national, -early), last: addDays(national, days - 1) },
      ]),
  );
}

/** Any year that could be announced: its weekends worked lie within two weeks of their festival. */
export const announcements: fc.Arbitrary<Announcement> = fc.integer({ min: 2001, max: 2098 }).chain(announcementsFor);

export function announcementsFor(year: number): fc.Arbitrary<Announcement> {
  return fc
    .tuple(
      fc.record({ early: fc.nat(2), days: fc.nat(2) }).map(({ early, days }) => ({
        names: ['元旦'],
        first: addDays(`${String(year)}-01-01`, -early),
        last: addDays(`${String(year)}-01-01`, days),
      })),
      span(year, ['春节'], '01-20', 28, 9),
      span(year, ['清明节'], '04-04', 2, 3),
      fc.nat(4).map((days) => ({
        names: ['劳动节'],
        first: `${String(year)}-05-01`,
        last: addDays(`${String(year)}-05-01`, days),
      })),
      span(year, ['端午节'], '05-26', 30, 3),
      autumn(year),
      fc.array(fc.nat(13), { minLength: 8, maxLength: 8 }),
    )
    .map(([newYear, spring, tomb, labour, dragon, autumnal, picks]) => {
      const spans = [newYear, spring, tomb, labour, dragon, ...autumnal];
      const taken = new Set(spans.flatMap(({ first, last }) => daysFrom(first, last)));
      return {
        year,
        holidays: spans.map((one, index) => {
          const around = [
            ...daysFrom(addDays(one.first, -14), addDays(one.first, -1)),
            ...daysFrom(addDays(one.last, 1), addDays(one.last, 14)),
          ];
          const free = around.filter((day) => isWeekend(day) && !taken.has(day));
          const makeUpDays = free.slice(0, (picks[index] ?? 0) % 4);
          for (const day of makeUpDays) taken.add(day);
          return { ...one, makeUpDays };
        }),
      };
    });
}
