import { type Calendar, isWorkday, workdaysBetween } from '../../workflows/rules/calendar.ts';
import { inChinese, type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';
import { letterNames, roleNames } from '../../workflows/rules/names.ts';
import type { Letter, ObligationKind, Policy, Role, Rung } from '../../workflows/rules/policy.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';

/** Says in a mail without the finding's words why it has none (保密). */
export const codeOnlyNotice = '按保密要求，本邮件只写编号、时限和链接，具体内容请向督办办公室了解。';

/** Says of a confidential issue (保密问题) why its item or letter has no words. */
export const confidentialNotice = '保密问题，内容请到督办办公室查阅或登录查看';

/** The roles as a label of few characters. */
export const roleLabels: Record<Role, string> = {
  handler: '责任人',
  responsibleLeader: '责任领导',
  groupHead: '组长',
  office: '督办办',
  reviewer: '巡察办',
};

/** Whom a ladder reaches first stands first. */
export const roleOrder: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'];

/** Why somebody is written to: what he is to these issues. */
export function roleSentence(role: Role, codes: string): string {
  if (role === 'office') return `您负责${codes}的督办`;
  if (role === 'reviewer') return `您负责${codes}的回头看`;
  return `您是${codes}的${roleNames[role]}`;
}

/** The same for duties of the round, which are owed by a role of it. */
export function dutySentence(owedBy: Role, role: Role, codes: string): string {
  return owedBy === role
    ? `${codes}由您（${roleNames[role]}）承办`
    : `${codes}由${roleNames[owedBy]}承办，您是${roleNames[role]}`;
}

/** `4月2日(周二)`, and of a weekend that is worked `4月7日(周日，上班)`. */
export function shortDay(calendar: Calendar, day: IsoDate): string {
  const text = inChinese(day).replace(/^\d+年/, '');
  const isWeekend = weekdayOf(day) === 0 || weekdayOf(day) === 6;
  return isWeekend && isWorkday(calendar, day) ? text.replace(')', '，上班)') : text;
}

/** How far a day is, in workdays: `逾期3个工作日`, `今天到期`, `还有7个工作日`. */
export function distance(calendar: Calendar, today: IsoDate, dueOn: IsoDate): string {
  const left = workdaysBetween(calendar, today, dueOn);
  if (dueOn === today) return '今天到期';
  if (dueOn < today) return left === 0 ? '已逾期' : `逾期${String(-left)}个工作日`;
  return left === 0 ? '休息日到期' : `还有${String(left)}个工作日`;
}

/** The rung by which a line was sent, `到期后第3个工作日催办`. */
export function rungWords(policy: Policy, kind: ObligationKind, rungId: string): string {
  const rung = ladderOf(policy, kind).find(({ id }) => id === rungId);
  return rung === undefined ? '督促' : `${rungDayWords(rung)}${letterNames[rung.letter]}`;
}

function rungDayWords({ from, workdays, repeatEveryWorkdays }: Rung): string {
  const repeat = repeatEveryWorkdays === undefined ? '' : `起每${String(repeatEveryWorkdays)}个工作日`;
  if (from === 'opened') return workdays === 0 ? '事项产生时' : `事项产生后第${String(workdays)}个工作日${repeat}`;
  if (workdays === 0) return `到期当日${repeat}`;
  return `到期${workdays < 0 ? '前' : '后'}第${String(Math.abs(workdays))}个工作日${repeat}`;
}

/** What a coming line does, as the person reads it who owes the thing: `再提醒您本人`, `催办，并告知责任领导`. */
export function stepWords(letter: Letter, roles: readonly Role[], owedBy: Role, reader: 'owes' | 'informed'): string {
  const others = roleOrder.filter((role) => role !== owedBy && roles.includes(role)).map((role) => roleNames[role]);
  const owner = reader === 'owes' ? '您本人' : roleNames[owedBy];
  if (others.length === 0) return letter === 'reminder' || letter === 'assignment' ? `再提醒${owner}` : `催办${owner}`;
  if (!roles.includes(owedBy)) return `报告${others.join('、')}`;
  return `${letter === 'reminder' ? '再提醒' : '催办'}${owner}，并告知${others.join('、')}`;
}
