import type { Mechanism } from '../../../client/mechanism/mechanism.ts';
import { readMechanism } from '../../../client/mechanism/read-mechanism.ts';
import type { NoticeReading } from '../../../client/notice-import/notice-reading.ts';
import { linesOf } from '../../../client/notice-import/paragraphs.ts';
import { readNoticeParagraphs } from '../../../client/notice-import/read-notice.ts';
import { contact, intro, signature, title } from '../notice-import/notice-of.ts';

/** Line 4 of the notice: what the body says of its own organisation. */
export const organisationLine = 4;
/** Line 6: the first issue. */
export const firstIssueLine = 6;

const ordinary = '关于台账更新不及时的问题。一是明确专人更新。二是开展一次核对。';

/** A notice whose organisation chapter holds the given words, and whose first issues are the given ones. */
export function noticeLines(organisation: string, issues: readonly string[]): string[] {
  return [
    title,
    intro,
    '一、党组履行主体责任情况',
    organisation === '' ? '党组高度重视，成立领导小组。' : organisation,
    '二、巡察反馈问题整改落实情况',
    ...[...issues, ordinary].map((words, index) => `${index + 1}.${words}`),
    '三、下一步工作打算',
    '持续巩固整改成果。',
    contact,
    ...signature,
  ];
}

export function read(lines: readonly string[]): { readonly mechanism: Mechanism; readonly reading: NoticeReading } {
  const opened = linesOf(lines.join('\n'));
  const reading = readNoticeParagraphs(opened);
  return { mechanism: readMechanism(opened, reading), reading };
}

/** The mechanism of a notice that says this of the whole round. */
export const saying = (organisation: string): Mechanism => read(noticeLines(organisation, [])).mechanism;

/** The mechanism of a notice with these first issues. */
export const answering = (...issues: readonly string[]): Mechanism => read(noticeLines('', issues)).mechanism;

export const codes = (mechanism: Mechanism): string[] => mechanism.problems.map(({ code }) => code);
