import type { IssueLevel, NoticeReading } from '../notice-import/notice-reading.ts';
import { readNotice } from '../notice-import/read-notice.ts';
import { fileGiven } from './files.ts';
import { columns, type Output, shortened } from './output.ts';

/** `notice read FILE`: what a published notice says, without a running instance. @throws UnreadableNotice, MisuseError */
export function noticeRead(output: Output, path: string, level?: IssueLevel): void {
  const { bytes, fileName } = fileGiven(path);
  const reading = readNotice(bytes, fileName, level === undefined ? {} : { level });
  output.answer(reading, () => words(reading));
}

function words({ round, level, aspects, issues, claims, problems, joins }: NoticeReading): string {
  const span = (from: string | null, to: string | null) =>
    from === null && to === null ? '（未写明）' : `${from ?? '？'} 至 ${to ?? '？'}`;
  const measures = issues.reduce((sum, issue) => sum + issue.measures.length, 0);
  const longTerm = issues.filter((issue) => issue.longTerm).length;
  const facts = columns([
    ['被巡察单位', round.bodyName ?? '（未写明）'],
    ['巡察组', round.team ?? '（未写明）'],
    ['巡察时间', span(round.inspectedFrom, round.inspectedTo)],
    ['反馈日', round.feedbackOn ?? '（未写明）'],
    ['落款', [round.signedBy, round.signedOn].filter((part) => part !== null).join('，') || '（未写明）'],
    ['公开期限', round.commentText ?? span(round.commentFrom, round.commentTo)],
    [
      '联系方式',
      [...round.phones, ...round.emails, round.postalAddress ?? ''].filter((part) => part !== '').join('，') ||
        '（未写明）',
    ],
  ]);
  const list = columns(
    issues.map((issue) => [
      String(issue.number),
      shortened(issue.title, 40),
      issue.measures.length === 0 ? '无措施' : `${String(issue.measures.length)}条措施`,
      issue.longTerm ? '长期' : '',
      `第${String(issue.line)}行`,
    ]),
    '  ',
  );
  return [
    facts,
    '',
    `${String(issues.length)} 个问题（其中长期 ${String(longTerm)} 个，按“${level ?? '？'}”一级计），${String(aspects.length)} 个方面，${String(measures)} 条措施，接回断开的段落 ${String(joins)} 处`,
    list,
    ...section(
      '通报自己的数字',
      claims.map(({ what, claimed, found }) => [
        what,
        `写明 ${String(claimed)}`,
        found === null ? '无从核对' : `读到 ${String(found)}`,
      ]),
    ),
    ...section(
      '请核对',
      problems.map(({ line, message }) => [`第${String(line)}行`, message]),
    ),
  ].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title}：`, columns(rows, '  ')];
}
