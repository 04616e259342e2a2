import { isIsoDate } from '../../workflows/rules/instants.ts';
import { punishmentNames, roleNames } from '../../workflows/rules/names.ts';
import { MisuseError } from '../misuse-error.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

export interface RehearseOptions {
  /** The day of the launch; today when it is not given. */
  readonly from?: string;
}

/** `rehearse ROUND`: who would be mailed when, if nobody did anything. Changes nothing. @throws MisuseError */
export async function rehearseRound(
  output: Output,
  instance: Instance,
  round: string,
  { from }: RehearseOptions,
): Promise<void> {
  if (from !== undefined && !isIsoDate(from)) throw new MisuseError('--from 应是日期，如 2024-03-01');
  const rehearsal = await instance.get<Rehearsal>(['rounds', round, 'rehearsal'], { from });
  output.answer(rehearsal, () => rehearsalWords(rehearsal));
}

/** What a silent round would bring, as the office reads it. */
export function rehearsalWords(rehearsal: Rehearsal): string {
  const { mails, pages, lines, people, perDay, peaks, escalations, bodies, proposals, unresolved, provisional } =
    rehearsal;
  const [firstProposal] = proposals;
  return [
    `若无人办理：${perDay[0]?.day ?? '—'} 至 ${perDay.at(-1)?.day ?? '—'}，共 ${String(mails)} 封邮件${pages === 0 ? '' : `、${String(pages)} 份打印件`} ${String(lines)} 行，收件 ${String(people.length)} 人`,
    '最多的几天：',
    columns(
      peaks.map(({ day, mails: count, pages: printed, lines: of }) => [
        day,
        `${String(count)} 封${printed === 0 ? '' : `、打印 ${String(printed)} 份`}`,
        `${String(of)} 行`,
      ]),
      '  ',
    ),
    ...(escalations.length === 0 ? [] : ['升级督办到：']),
    columns(
      escalations.map(({ role, name, lines: count, ifNobodyAnswersFrom, bodies: of }) => [
        ...[roleNames[role], name, `${ifNobodyAnswersFrom} 起`, `${String(count)} 行`],
        bodies.length > 1 ? of.join('、') : '',
      ]),
      '  ',
    ),
    ...(bodies.length < 2
      ? []
      : [
          '各被巡察单位：',
          columns(
            bodies.map(({ name, issues, lines: of }) => [name, `${String(issues)} 个问题`, `${String(of)} 行`]),
            '  ',
          ),
        ]),
    ...(firstProposal === undefined
      ? []
      : [
          `提请决定 ${String(proposals.length)} 次，最早 ${firstProposal.day}（${firstProposal.issue} ${punishmentNames[firstProposal.measure]}）`,
        ]),
    ...unresolved.map(({ role, codes }) => `没有人担任${roleNames[role]}：${codes.join('、')}`),
    ...(provisional.length === 0
      ? []
      : [`${provisional[0]!.day} 起 ${String(provisional.length)} 天尚无放假安排，暂按周末休息计，日期可能变动`]),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
