import { type Calendar, isWorkday, workdaysBetween } from '../../workflows/rules/calendar.ts';
import { inChinese, type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';
import type { Letter, ObligationKind, Policy, Role, Rung } from '../../workflows/rules/policy.ts';

/** What the roles are called in a mail. */
export const roleNames: Record<Role, string> = {
  handler: '责任人',
  responsibleLeader: '责任领导',
  groupHead: '组长',
  office: '督办办公室',
  reviewer: '巡察办(派驻纪检组)',
};

/** The same as a label of few characters. */
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

/** What somebody is asked for, and the label that stands before it. */
export interface Need {
  readonly label: '要办' | '要交' | '要报';
  readonly text: string;
}

/** What is owed (义务), as the person who owes it reads it. Evidence names its measures, which are in order. */
export function needOf(kind: ObligationKind, measures: readonly { number: number; text: string }[]): Need {
  switch (kind) {
    case 'acknowledgement':
      return { label: '要办', text: '认领，回复“收到”即可' };
    case 'checkIn':
      return { label: '要报', text: '整改进展，三五句话即可' };
    case 'evidence':
      return { label: '要交', text: evidenceNeed(measures) };
    case 'closureProposal':
      return { label: '要办', text: '材料已齐，回复“申请销号”即可' };
    case 'closureDecision':
      return { label: '要办', text: '审核销号申请（同意，或退回并写明理由）' };
    case 'proposalDecision':
      return { label: '要办', text: '决定是否约谈（写明理由）' };
    case 'attestation':
      return { label: '要报', text: '长期坚持情况，三五句话即可' };
    case 'lookBack':
      return { label: '要办', text: '开展回头看，核实整改成效是否巩固，登记结论' };
  }
}

/** The same as somebody reads it who is told of it. */
export function debtOf(kind: ObligationKind, measures: readonly { number: number; text: string }[]): string {
  switch (kind) {
    case 'acknowledgement':
      return '尚未认领';
    case 'checkIn':
      return '尚未报整改进展';
    case 'evidence':
      return `尚未提交${evidenceNeed(measures)}`;
    case 'closureProposal':
      return '材料已齐，尚未申请销号';
    case 'closureDecision':
      return '销号申请尚未审核';
    case 'proposalDecision':
      return '约谈提请尚未决定';
    case 'attestation':
      return '尚未报长期坚持情况';
    case 'lookBack':
      return '尚未登记回头看结论';
  }
}

function evidenceNeed(measures: readonly { number: number; text: string }[]): string {
  const [first] = measures;
  if (first === undefined || first.number === 0) return '整改佐证材料';
  if (measures.length > 1) return `措施${measures.map(({ number }) => String(number)).join('、')}佐证`;
  return first.text === ''
    ? `措施${String(first.number)}佐证`
    : `措施${String(first.number)}佐证，即${short(first.text)}`;
}

/** A measure's own words, cut where they are long; the page has all of them. */
function short(text: string): string {
  const plain = text.replace(/\s+/g, '').replace(/[。；;.]$/, '');
  return plain.length <= 60 ? plain : `${plain.slice(0, 58)}……`;
}

/** A line by which the handler may answer; undefined for what is decided on a page. */
export function exampleOf(kind: ObligationKind, measures: readonly number[]): string | undefined {
  const [first = 0] = measures;
  switch (kind) {
    case 'acknowledgement':
      return '收到';
    case 'checkIn':
      return '已完成2次现场检查，发现的3处问题正在整改';
    case 'evidence':
      return first === 0 ? '已完成，材料见附件' : `措施${String(first)}佐证见附件`;
    case 'closureProposal':
      return '申请销号';
    case 'attestation':
      return '制度执行正常，本季度自查2次，没有反弹';
    case 'closureDecision':
    case 'proposalDecision':
    case 'lookBack':
      return undefined;
  }
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

const letterNames: Record<Letter, string> = { assignment: '交办', reminder: '提醒', urge: '催办', escalation: '督办' };

/** The rung by which a line was sent, `到期后第3个工作日催办`. */
export function rungWords(policy: Policy, kind: ObligationKind, rungId: string): string {
  const rung = policy.ladders[kind].find(({ id }) => id === rungId);
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
