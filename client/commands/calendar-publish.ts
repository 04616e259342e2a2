import { dayOf, inChinese } from '../../workflows/rules/instants.ts';
import type { CalendarAdoption, CalendarPreview } from '../adoption/adopt-calendar.ts';
import type { CalendarVersionReading } from '../calendar/calendar-versions.ts';
import type { HolidayReading } from '../calendar/holiday-year.ts';
import type { CalendarPublished } from '../calendar/publish-calendar.ts';
import { readHolidayFile } from '../calendar/read-holiday-file.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';
import { listed, outcomesWords } from './policy-words.ts';

/** `calendar read FILE`: what a year's notice or table says, without a running instance. @throws UnreadableNotice, MisuseError */
export function calendarRead(output: Output, path: string): void {
  const { bytes, fileName } = fileGiven(path);
  const reading = readHolidayFile(bytes, fileName);
  output.answer(reading, () => readingWords(reading));
}

/** `calendar publish FILE`: makes the year the next version of the calendar, or shows what that would change. */
export async function calendarPublish(
  output: Output,
  instance: Instance,
  path: string,
  { mode, by }: { readonly mode: 'preview' | 'write'; readonly by?: string | undefined },
): Promise<void> {
  const { bytes, fileName } = fileGiven(path);
  const done = await instance.post<CalendarPublished>(['calendar'], { query: { fileName, mode, by }, bytes });
  output.answer(done, () => publishedWords(done));
}

/** `calendar versions`: where each version comes from, who published it and when. */
export async function calendarVersionsList(output: Output, instance: Instance): Promise<void> {
  const all = await instance.get<CalendarVersionReading[]>(['calendar', 'versions']);
  output.answer(all, () =>
    columns(
      all.map(({ version, source, publishedAt, publishedBy }) => [
        `第${String(version)}版`,
        publishedAt === null ? '' : `${dayOf(publishedAt)} ${publishedBy ?? ''}`.trim(),
        source,
      ]),
    ),
  );
}

/** `calendar adopt --preview`: which reminders a version of the calendar would move, and why. */
export async function calendarPreview(output: Output, instance: Instance, version: string | undefined): Promise<void> {
  const preview = await instance.get<CalendarPreview>(['calendar', 'adoption'], { version });
  output.answer(preview, () =>
    [
      `（预览，未写入）日历第${String(preview.version)}版`,
      ...preview.rounds.flatMap(({ roundName, issues, move }) => [
        `${roundName}：${String(issues)} 个在办问题，改期 ${String(move.length)} 条`,
        ...listed('', move, ({ words }) => words),
      ]),
    ].join('\n'),
  );
}

/** `calendar adopt --by PERSON`: the reminders of everything that runs in the real rounds go by the version from now on. */
export async function calendarAdopt(
  output: Output,
  instance: Instance,
  version: string | undefined,
  by: string,
): Promise<void> {
  const request = { by, ...(version !== undefined && { version }) };
  const done = await instance.put<CalendarAdoption>(['calendar', 'adoption'], { json: request });
  output.answer(done, () =>
    [
      `日历第${String(done.version)}版${done.state === 'adopted' ? '已采用' : '没有全部采用，可再次运行'}`,
      ...done.rounds.flatMap(({ roundName, outcomes, moved }) => [
        `${roundName}：改期 ${String(moved.length)} 条`,
        ...outcomesWords(outcomes).map((line) => `  ${line}`),
        ...listed('', moved, ({ words }) => words),
      ]),
    ].join('\n'),
  );
}

function readingWords({ year, festivals, makeUpDays, problems }: HolidayReading): string {
  const spans = festivals.map(({ name, firstDayOff, lastDayOff }) => [
    name,
    firstDayOff === lastDayOff ? inChinese(firstDayOff) : `${inChinese(firstDayOff)}至${inChinese(lastDayOff)}`,
  ]);
  return [
    year === null
      ? '没有读到年份'
      : `${String(year)}年：${String(festivals.length)} 个节日放假，${String(makeUpDays.length)} 天调休上班`,
    ...(spans.length > 0 ? [columns(spans, '  ')] : []),
    ...(makeUpDays.length > 0 ? [`  调休上班：${makeUpDays.map(inChinese).join('、')}`] : []),
    ...(problems.length > 0
      ? [
          '',
          '请核对：',
          columns(
            problems.map(({ line, message }) => [`第${String(line)}行`, message]),
            '  ',
          ),
        ]
      : []),
  ].join('\n');
}

function publishedWords({ written, version, year, difference, provisionalRows }: CalendarPublished): string {
  if (written === 'unchanged') return `${String(year)}年的安排与日历第${String(version)}版相同，没有写入`;
  return [
    `${written === 'preview' ? '（预览，未写入）' : ''}日历第${String(version)}版：${String(year)}年放假安排，与现行日历相比有 ${String(difference.length)} 天变化`,
    ...difference.map(({ day, words }) => `  ${inChinese(day)}${words}`),
    `有 ${String(provisionalRows)} 条待发提醒的日期原是暂定`,
  ].join('\n');
}
