import { openNotice } from '../notice-import/open-notice.ts';
import type { HolidayReading } from './holiday-year.ts';
import { readHolidayLines } from './read-holiday-notice.ts';
import { readHolidayTable } from './read-holiday-table.ts';

/**
 * Reads a year's holidays from a file: a .csv table, or the notice as text, web page or Word.
 *
 * @throws MisuseError for what is no table
 * @throws UnreadableNotice for what is no text
 */
export function readHolidayFile(bytes: Uint8Array, fileName: string): HolidayReading {
  return /\.csv$/iu.test(fileName) ? readHolidayTable(bytes, fileName) : readHolidayLines(openNotice(bytes, fileName));
}
