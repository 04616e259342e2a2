import { dayOf } from '../../workflows/rules/instants.ts';
import type { WhyIssue, WhyLine, WhyPerson, WhyRound } from '../reading/index.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

/** `why ISSUE|PERSON|ROUND`: by which rule each mail was sent, will be, or was not. */
export async function why(output: Output, instance: Instance, ref: string): Promise<void> {
  const told = await instance.get<WhyIssue | WhyPerson | WhyRound>(['why', ref]);
  const head = headOf(told);
  output.answer(told, () =>
    [
      head,
      ...(told.lines.length === 0 ? ['  没有发过，也没有计划发的提醒'] : told.lines.flatMap(words)),
      ...('ahead' in told ? told.ahead : []).map(
        ({ title, opensOn, dueOn }) => `  接下来  ${title}：${opensOn} 列入，期限 ${dueOn}，列入后才提醒`,
      ),
    ].join('\n'),
  );
}

function headOf(told: WhyIssue | WhyPerson | WhyRound): string {
  if ('person' in told) return `${told.person.name}（${told.person.email ?? '无邮箱'}）`;
  return 'code' in told
    ? `${told.code}  ${told.title}${told.body === null ? '' : `（${told.body}）`}`
    : `${told.name}  全轮事项`;
}

const stateNames: Record<WhyLine['state'], string> = {
  planned: '将发',
  cancelled: '已取消',
  collapsed: '已合并',
  skipped: '已略过',
  claimed: '发送中',
  sent: '已发',
};

function words(line: WhyLine): string[] {
  const { state, plannedOn, sentAt, code, role, persons, rule, policyVersion, calendarDay, stateReason, mail } = line;
  const whom = persons.length > 0 ? persons.join('、') : (role ?? '');
  return [
    `  ${sentAt === null ? plannedOn : dayOf(sentAt)}  ${stateNames[state]}${stateReason === null ? '' : `（${stateReason}）`}  ${code ?? ''}  ${whom}`,
    `    ${rule}；${calendarDay}${policyVersion === null ? '' : `；政策第 ${String(policyVersion)} 版`}${role === null ? '' : `；${role}`}`,
    ...line.toWhom.map(({ person, why: because }) => `    发给${person}：${because}`),
    ...(line.lift === null ? [] : [`    ${line.lift}`]),
    ...(mail === null || line.page !== null ? [] : [`    邮件 <${mail}>`]),
    ...(line.page === null ? [] : [`    ${pageWords(line.page)}`]),
    ...(line.secrecy === null ? [] : [`    ${line.secrecy.why}`]),
  ];
}

function pageWords({ preparedOn, deliverBy, deliveredOn, deliveredBy }: NonNullable<WhyLine['page']>): string {
  const made = `打印件 ${preparedOn} 备好`;
  if (deliveredOn !== null) return `${made}，${deliveredOn} 由${deliveredBy ?? ''}送达`;
  return `${made}，最迟 ${deliverBy ?? preparedOn} 送达，尚未登记`;
}
