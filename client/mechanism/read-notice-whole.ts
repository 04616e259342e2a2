import type { NoticeReading, ReadNoticeOptions } from '../notice-import/notice-reading.ts';
import { openNotice } from '../notice-import/open-notice.ts';
import { readNoticeParagraphs } from '../notice-import/read-notice.ts';
import type { Mechanism } from './mechanism.ts';
import { readMechanism } from './read-mechanism.ts';

/**
 * A notice with all that a round is made from: its issues, and how it says the round was run.
 *
 * @throws UnreadableNotice when the file is empty, too big, binary or damaged
 */
export function readNoticeWhole(
  bytes: Uint8Array,
  fileName: string,
  options: ReadNoticeOptions = {},
): { reading: NoticeReading; mechanism: Mechanism } {
  const lines = openNotice(bytes, fileName);
  const reading = readNoticeParagraphs(lines, options);
  return { reading, mechanism: readMechanism(lines, reading) };
}
