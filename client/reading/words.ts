import type { Calendar } from '../../workflows/rules/calendar.ts';
import { isProvisional, isWorkday } from '../../workflows/rules/calendar.ts';
import type { IssueEvent, IssuePhase } from '../../workflows/rules/events.ts';
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
  return obligationNames[kind as ObligationKind] ?? kind;
}

/** What somebody has to do to meet it, as a verb: `交措施2佐证`, `认领`. */
export function dutyWords(kind: string, measure?: number | null): string {
  switch (kind) {
    case 'evidence':
      return `交${obligationWords(kind, measure)}`;
    case 'closureDecision':
      return '审核销号';
    case 'attestation':
      return '确认长期坚持情况';
    case 'lookBack':
      return '开展回头看';
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
  return source === null ? null : (sourceNames[source] ?? '邮件');
}

/** What happened, as the heading of an event. */
export function eventWords(
  event: Pick<IssueEvent, 'type'> & { readonly detail: Readonly<Record<string, unknown>> },
): string {
  const { type, detail } = event;
  const owed = () => obligationWords(text(detail['kind']), number(detail['measure']));
  switch (type) {
    case 'obligationOpened':
      return `应${dutyWords(text(detail['kind']), number(detail['measure']))}`;
    case 'obligationOverdue':
      return `${obligationOf(text(detail['obligationId']))}逾期`;
    case 'obligationLapsed':
      return `${obligationOf(text(detail['obligationId']))}未答复，转入下一次`;
    case 'proposalRaised':
      return '提请决定：是否约谈';
    case 'acknowledged':
      return '认领';
    case 'progressReported':
      return '报进展';
    case 'evidenceReceived':
      return `交佐证${String(length(detail['evidence']))}份`;
    case 'closureProposed':
      return detail['outcome'] === 'longTerm' ? '申请转入长期坚持' : '申请销号';
    case 'closureReturned':
      return '销号退回';
    case 'closureApproved':
      return detail['outcome'] === 'longTerm' ? '同意转入长期坚持' : '同意销号';
    case 'proposalDecided':
      return detail['decision'] === 'accepted' ? '采纳提请：约谈' : '不采纳提请';
    case 'lookBackHeld':
      return '回头看：没有反弹，归档';
    case 'rebounded':
      return '回头看：反弹，重新整改';
    default:
      return `${String(type)}${owed()}`;
  }
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

/** The wall clock in Beijing, `09:00`. */
export function timeWords(moment: IsoInstant): string {
  return addMs(moment, 8 * 3_600_000).slice(11, 16);
}

/** How far a day is, in working days: what a light or a row says beside the day itself. */
export function distanceWords(workdaysLeft: number): string {
  if (workdaysLeft > 0) return `还有${String(workdaysLeft)}个工作日`;
  return workdaysLeft === 0 ? '今天' : `逾期${String(-workdaysLeft)}个工作日`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function length(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
