import type { DraftHeading, DraftIssue } from './outline.ts';
import type { NoticeProblem } from './notice-reading.ts';
import type { Chapter } from './chapters.ts';
import { titleOf } from './markers.ts';
import { rectificationLabelAt } from './measure-labels.ts';
import { chineseNumber, excerpt } from './text-forms.ts';

/**
 * Checks that issues are numbered one after the other, or from 1 again under a new parent; a single misprint between two
 * right neighbours is put right and reported.
 *
 * @param earlier the last issue of the chapter before, on which the numbers may go on
 */
export function checkIssueNumbers(
  issues: readonly DraftIssue[],
  earlier: DraftIssue | undefined,
): { issues: DraftIssue[]; problems: NoticeProblem[] } {
  const problems: NoticeProblem[] = [];
  const checked: DraftIssue[] = [];
  issues.forEach((issue, index) => {
    const goesOn = earlier?.heading.marker?.rank === issue.heading.marker?.rank;
    const before = checked.at(-1) ?? (goesOn ? earlier : undefined);
    const next = issues[index + 1];
    const expected = before === undefined ? 1 : before.number + 1;
    const isNewParent = index === 0 || before === undefined || before.parent !== issue.parent;
    if (issue.number === expected || (isNewParent && issue.number === 1)) checked.push(issue);
    else if (next !== undefined && next.number === expected + 1) {
      checked.push({ ...issue, number: expected });
      problems.push({
        code: 'misnumbered-issue',
        line: issue.heading.line,
        message: `问题“${excerpt(issue.heading.text)}”按顺序应为第${expected}个，原文标为“${issue.heading.marker?.printed ?? '无序号'}”，已按第${expected}个计入，请确认。`,
      });
    } else {
      checked.push(issue);
      problems.push(outOfSequence(issue, before, expected));
    }
  });
  return { issues: checked, problems };
}

/**
 * Finds paragraphs inside an issue that read as an issue of their own whose number was lost: a title that names a finding,
 * a list that begins again in a paragraph without a marker, or a rectification told twice.
 */
export function checkLostHeadings(issues: readonly DraftIssue[]): NoticeProblem[] {
  return issues.flatMap(({ body }) => {
    let isListed = false;
    const labels = new Set<string>();
    return body.flatMap((segment, index) => {
      const { marker, stands, line, text, paragraph } = segment;
      if (index > 0 && marker !== null) isListed = true;
      if (index === 0 || marker !== null || stands !== 'atStart') return [];
      const label = rectificationLabelAt(text) === 0 ? (/^[^:：]{0,16}/u.exec(text)?.[0] ?? '') : '';
      const isToldAgain = label !== '' && labels.has(label);
      labels.add(label);
      const next = body[index + 1];
      const restarts =
        isListed && next?.paragraph === paragraph && next.marker?.number === 1 && rectificationLabelAt(text) === -1;
      if (!restarts && !isToldAgain && !/^(?:关于|针对).{2,60}问题$/u.test(titleOf(segment))) return [];
      return [
        {
          code: 'unnumbered-heading',
          line,
          message: `“${excerpt(text)}”没有序号，却像是另一个问题的标题，现计入前一个问题，请核对原文是否漏印序号。`,
        },
      ];
    });
  });
}

function outOfSequence(issue: DraftIssue, before: DraftIssue | undefined, expected: number): NoticeProblem {
  const { line, text } = issue.heading;
  const printed = issue.heading.marker?.printed ?? '';
  if (issue.number > expected) {
    const missing = issue.number - expected === 1 ? `${expected}` : `${expected}至${issue.number - 1}`;
    return {
      code: 'missing-issue',
      line,
      message: `问题序号不连续：“${excerpt(text, 20)}”之前缺少第${missing}个问题，请对照反馈意见补齐或更正序号。`,
    };
  }
  if (issue.number === before?.number) {
    return {
      code: 'repeated-number',
      line,
      message: `问题序号“${printed}”出现两次(另一处在第${before.heading.line}行)，两处均已计入，请更正序号。`,
    };
  }
  return {
    code: 'number-restart',
    line,
    message: `问题序号在“${excerpt(text, 20)}”处由${before?.number ?? 0}变为${issue.number}，此前没有新的方面标题，请核对是否缺少标题或层级有误。`,
  };
}

/** Checks the numbers of the headings above the issues. */
export function checkHeadingNumbers(headings: readonly DraftHeading[]): NoticeProblem[] {
  const problems: NoticeProblem[] = [];
  const last = new Map<number, number>();
  for (const { rank, number, title, line, kind } of headings) {
    const before = last.get(rank) ?? 0;
    const isAspect = kind === 'aspect';
    if (number > before + 1) {
      const missing = Array.from(
        { length: number - before - 1 },
        (_, index) => `（${chineseNumber(before + 1 + index)}）`,
      ).join('');
      problems.push({
        code: isAspect ? 'missing-aspect' : 'missing-heading',
        line,
        message: `“${excerpt(title)}”之前缺少${isAspect ? '方面' : '标题'}${rank === 2 ? missing : `第${before + 1}个`}，其下的问题可能已归入前一个${isAspect ? '方面' : '标题'}，请对照反馈意见补齐。`,
      });
    } else if (number <= before && number !== 1) {
      problems.push({
        code: 'repeated-number',
        line,
        message: `标题“${excerpt(title)}”的序号与前文重复或倒退(上一个为${before})，请更正序号。`,
      });
    }
    last.set(rank, number);
    for (const deeper of last.keys()) if (deeper > rank && number === 1) last.delete(deeper);
  }
  return problems;
}

/** Checks the numbers of the chapters. */
export function checkChapterNumbers(chapters: readonly Chapter[]): NoticeProblem[] {
  const numbered = chapters.flatMap(({ heading }) =>
    heading?.marker == null ? [] : [{ number: heading.marker.number, heading }],
  );
  return numbered.flatMap(({ number, heading }, index) => {
    const before = numbered[index - 1]?.number ?? 0;
    if (number === before + 1) return [];
    return [
      {
        code: 'chapter-numbers',
        line: heading.line,
        message: `章节序号不连续：“${excerpt(heading.text, 20)}”之前应为第${chineseNumber(before + 1)}章，请核对原文是否缺章。`,
      },
    ];
  });
}
