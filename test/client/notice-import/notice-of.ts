import { readNoticeParagraphs } from '../../../client/notice-import/read-notice.ts';
import { linesOf } from '../../../client/notice-import/paragraphs.ts';
import type { NoticeReading, ReadNoticeOptions } from '../../../client/notice-import/notice-reading.ts';

export const title = '中共岭南市水务局党组关于巡察整改进展情况的通报';
export const intro =
  '根据市委统一部署，2023年3月6日至5月31日，市委第三巡察组对市水务局党组开展了巡察。2023年7月14日，市委第三巡察组向市水务局党组反馈了巡察意见。现将整改进展情况予以公布。';
export const contact =
  '欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。公开期限：2024年2月1日至2024年2月22日。联系电话：0799-6120011；邮政地址：岭南市清波路2号；电子邮箱：zg@shuiwu.example.cn。';
export const signature = ['中共岭南市水务局党组', '2024年1月30日'];
export const organisation = ['一、党组履行主体责任情况', '党组高度重视，成立领导小组。'];
export const results = '二、巡察反馈问题整改落实情况';
const next = ['三、下一步工作打算', '持续巩固。一要坚持，二要深化。'];
/** The chapters around a results chapter of the given lines. */
export const inResults = (...lines: string[]): string[] => [...organisation, results, ...lines, ...next];

/** Reads a whole notice made around the given results chapter (and further chapters), one line a paragraph. */
export function noticeOf(body: readonly string[], options: ReadNoticeOptions = {}): NoticeReading {
  return read([title, intro, ...body, contact, ...signature], options);
}

export const read = (lines: readonly string[], options: ReadNoticeOptions = {}): NoticeReading =>
  readNoticeParagraphs(linesOf(lines.join('\n')), options);

export const measureCounts = (reading: NoticeReading): number[] =>
  reading.issues.map(({ measures }) => measures.length);

export const codes = (reading: NoticeReading): string[] => reading.problems.map(({ code }) => code);
