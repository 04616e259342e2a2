import type { Calendar } from '../../workflows/rules/calendar.ts';
import { isProvisional, isWorkday } from '../../workflows/rules/calendar.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { addMs, type IsoDate, type IsoInstant, inChinese, weekdayOf } from '../../workflows/rules/instants.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import { obligationNames } from '../../workflows/rules/names.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { IssueKind } from '../../workflows/rules/terms.ts';

/** What the phases of an issue are called. */
export const phaseNames: Readonly<Record<IssuePhase, string>> = {
  assignment: '待认领',
  rectification: '整改中',
  closureReview: '销号审核',
  longTerm: '长期坚持',
  lookBack: '已销号，待回头看',
  archived: '已归档',
  withdrawn: '已撤销',
  merged: '已并入',
};

export const kindNames: Readonly<Record<IssueKind, string>> = {
  ordinary: '一般',
  immediate: '立行立改',
  longTerm: '长期坚持',
};

export const roundStateNames = { draft: '筹备中', launched: '进行中', ended: '已结束' } as const;

/** The roles as a page has room for them; client/issues.ts has the full form for refusals. */
export const shortRoleNames: Readonly<Record<Role, string>> = {
  handler: '责任人',
  responsibleLeader: '责任领导',
  groupHead: '组长',
  office: '督办办公室',
  reviewer: '巡察办',
};

export const lightNames: Readonly<Record<Light['colour'], string>> = {
  red: '红灯',
  yellow: '黄灯',
  green: '绿灯',
  none: '无待办',
};

/** What is owed, in as few words as tell it: `措施2佐证`, `认领`. */
export function obligationWords(kind: string, measure?: number | null): string {
  if (kind === 'evidence') return measure ? `措施${String(measure)}佐证` : '佐证材料';
  if (kind === 'acknowledgement' && measure) return `认领措施${String(measure)}`;
  if (kind === 'evidenceReview' && measure) return `措施${String(measure)}补交佐证审核`;
  return obligationNames[kind as ObligationKind] ?? kind;
}

/** What somebody has to do to meet it, as a verb: `交措施2佐证`, `认领`. */
export function dutyWords(kind: string, measure?: number | null): string {
  switch (kind) {
    case 'evidence':
      return `交${obligationWords(kind, measure)}`;
    case 'closureDecision':
      return '审核销号';
    case 'evidenceReview':
      return measure ? `审核措施${String(measure)}补交的佐证` : '审核补交的佐证';
    case 'proposalDecision':
      return '决定提请事项';
    case 'extensionDecision':
      return '决定延期申请';
    case 'itemReport':
      return '报子台账月报';
    case 'itemRecheck':
      return '复核提请出库的条目';
    case 'attestation':
      return '确认长期坚持情况';
    case 'attestationEndorsement':
      return '复核长期坚持情况';
    case 'lookBack':
      return '开展回头看';
    case 'weeklyCheck':
    case 'evaluation':
      return `开展${obligationWords(kind)}`;
    case 'monthlyDispatch':
      return '召开月调度';
    case 'periodicDuty':
      return '办理定期事项';
    case 'progressReport':
      return '报送整改进展情况报告';
    case 'supervisionBatch':
      return '答复督办事项';
    default:
      return obligationWords(kind, measure);
  }
}

const letterNames: Readonly<Record<string, string>> = {
  assignment: '交办通知',
  reminder: '提醒',
  urge: '催办',
  escalation: '升级提醒',
  answer: '答复',
};

/** What kind of letter a line is on paper. */
export function letterWords(letter: string): string {
  return letterNames[letter] ?? letter;
}

export const rowStateNames = {
  planned: '将发',
  cancelled: '已撤销',
  collapsed: '并入后一次',
  skipped: '已跳过',
  claimed: '发送中',
  sent: '已发',
} as const;

const sourceNames: Readonly<Record<string, string>> = {
  page: '页面',
  commandLine: '命令行',
  practice: '演练',
  drill: '演练',
};

/** From where a request came: anything that is no door of ours is an incoming mail's id. */
export function sourceWords(source: string | null): string | null {
  return source === null ? null : (sourceNames[source] ?? (source.startsWith('link/') ? '邮件里的链接' : '邮件'));
}

/** What a measure is called by its number; 0 stands for an issue without measures. */
export function measureName(number: number): string {
  return number === 0 ? '佐证材料' : `措施${String(number)}`;
}

/** What an obligation's id stands for: `evidence-2-1` is 措施2佐证. */
export function obligationOf(obligationId: string): string {
  const parts = obligationIdParts(obligationId);
  return parts === undefined ? obligationId : obligationWords(parts.kind, parts.measure ?? null);
}

/** The day whole, with a word where the calendar differs from the week: `2024年4月7日(周日，上班)`. */
export function dayWords(day: IsoDate, calendar?: Calendar): string {
  return `${day.slice(0, 4)}年${shortDayWords(day, calendar)}`;
}

/** The day where the page makes the year plain: `4月7日(周日，上班)`. */
export function shortDayWords(day: IsoDate, calendar?: Calendar): string {
  const plain = inChinese(day).slice(5);
  if (calendar === undefined || isProvisional(calendar, day)) return plain;
  const weekend = weekdayOf(day) % 6 === 0;
  const differs = isWorkday(calendar, day) === weekend;
  return differs ? plain.replace(')', weekend ? '，上班)' : '，放假)') : plain;
}

/** The day beside another, whose year it leaves out when it is its own. */
export function dayBeside(day: IsoDate, beside: IsoDate, calendar?: Calendar): string {
  return day.slice(0, 4) === beside.slice(0, 4) ? shortDayWords(day, calendar) : dayWords(day, calendar);
}

/** The wall clock in Beijing, `09:00`. */
export function timeWords(moment: IsoInstant): string {
  return addMs(moment, 8 * 3_600_000).slice(11, 16);
}

/** How far a day is, in working days: what a light or a row says beside the day itself. */
export function distanceWords(workdaysLeft: number): string {
  if (workdaysLeft > 0) return `还有${String(workdaysLeft)}个工作日`;
  return workdaysLeft === 0 ? '今天' : `逾期${String(-workdaysLeft)}个工作日`;
}
