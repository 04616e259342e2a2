import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { AnsweredEvent } from '../../workflows/rules/answers.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { dayBeside, dayWords, letterWords, obligationWords } from './words.ts';

/** What stands in a row's `because`: frozen by `writeDown` when the line was planned. */
interface LadderReason {
  readonly kind: string;
  readonly measure?: number;
  readonly from: 'opened' | 'due';
  readonly workdays: number;
  readonly repeatEveryWorkdays?: number;
  readonly dueOn: IsoDate;
  readonly openedAt: IsoInstant;
  readonly workdaysFromDue: number;
  readonly calendar?: 'published' | 'provisional';
  readonly lift?: number;
}

/** A row as far as its rule goes. */
export interface RuledRow {
  readonly kind: string;
  readonly letter: string;
  readonly plannedOn: IsoDate;
  readonly calendarVersion: number | null;
  readonly because: unknown;
  readonly content: unknown;
}

/** The rule behind a line: `措施2佐证到期后第3个工作日，升级提醒`. */
export function ruleWords(row: RuledRow, title?: string): string {
  const reason = ladderReason(row);
  if (reason === undefined) return answerWords(row);
  return `${title ?? obligationWords(reason.kind, reason.measure)}${rungWords(reason)}，${letterWords(row.letter)}`;
}

/** The day of a line and how it was counted: `2024年4月3日(周三)，应于3月29日(周五)，其后第3个工作日；日历第1版`. */
export function calendarDayWords(row: RuledRow): string {
  const version = row.calendarVersion === null ? '' : `；日历第${String(row.calendarVersion)}版`;
  const reason = ladderReason(row);
  const day = dayWords(row.plannedOn);
  if (reason === undefined) return `${day}，发信时间内随到随发${version}`;
  return `${day}，${reason.from === 'due' ? countedFromDue(row, reason) : countedFromOpening(row, reason)}${version}${provisionalWords(reason)}`;
}

/** Whether the days off of the line's year are published; null for what no ladder planned. */
export function calendarStateOf(row: RuledRow): 'published' | 'provisional' | null {
  const reason = ladderReason(row);
  return reason === undefined ? null : (reason.calendar ?? 'published');
}

/** Why a line is read by more levels than its rung says; the reasons as they stand today. */
export function liftWords(
  row: RuledRow,
  cycle: number | null,
  progress: IssueProgress | null | undefined,
): string | null {
  const lift = ladderReason(row)?.lift;
  if (lift === undefined) return null;
  const broken = progress?.promises?.broken ?? 0;
  const reasons = [
    ...((cycle ?? 1) > 1 ? [`反弹后第${String(cycle)}轮`] : []),
    ...(progress?.recurrenceOf === undefined ? [] : ['往轮问题再次发生']),
    ...(broken > 0 ? [`承诺未兑现${String(broken)}次`] : []),
    ...((progress?.missedAttestations ?? 0) > 0 ? ['长期坚持情况漏报'] : []),
  ];
  return `催办提高${String(lift)}级${reasons.length === 0 ? '' : `：${reasons.join('、')}`}`;
}

function provisionalWords({ calendar }: LadderReason): string {
  return calendar === 'provisional' ? '，当年放假安排尚未公布，日期暂定' : '';
}

/** What the line asks for, if it is a reminder: `措施2佐证`. */
export function owedWords(row: RuledRow): string | null {
  const reason = ladderReason(row);
  return reason === undefined ? null : obligationWords(reason.kind, reason.measure);
}

function ladderReason({ because }: RuledRow): LadderReason | undefined {
  const reason = because as Partial<LadderReason> | null;
  return reason !== null && typeof reason.dueOn === 'string' && typeof reason.kind === 'string'
    ? (reason as LadderReason)
    : undefined;
}

function rungWords({ from, workdays, repeatEveryWorkdays }: LadderReason): string {
  const every = repeatEveryWorkdays === undefined ? '' : `起每${String(repeatEveryWorkdays)}个工作日一次`;
  if (from === 'opened') return workdays === 0 ? '开始应办之日' : `开始应办后第${String(workdays)}个工作日${every}`;
  if (workdays === 0) return `到期当日${every}`;
  return workdays > 0 ? `到期后第${String(workdays)}个工作日${every}` : `到期前第${String(-workdays)}个工作日${every}`;
}

function countedFromDue({ plannedOn }: RuledRow, { dueOn, workdays, workdaysFromDue }: LadderReason): string {
  if (plannedOn === dueOn) return '即应交之日';
  const due = `应于${dayBeside(dueOn, plannedOn)}`;
  // A rung before a day off counts from the last workday before it.
  if (workdays < 0 && workdaysFromDue < workdays)
    return `${due}，当日不上班，由此前最近的工作日倒数第${String(-workdays)}个工作日`;
  if (workdaysFromDue === 0) return `${due}，当日不上班，提前到此前最近的工作日`;
  return workdaysFromDue > 0
    ? `${due}，其后第${String(workdaysFromDue)}个工作日`
    : `${due}，其前第${String(-workdaysFromDue)}个工作日`;
}

function countedFromOpening({ plannedOn }: RuledRow, { openedAt, dueOn }: LadderReason): string {
  const opened = dayOf(openedAt);
  const due = `应于${dayBeside(dueOn, plannedOn)}`;
  return opened === plannedOn
    ? `当日开始应办，${due}`
    : `${dayBeside(opened, plannedOn)}开始应办，顺延到发信的工作日，${due}`;
}

const answers: Readonly<Record<AnsweredEvent, string>> = {
  closureReturned: '销号退回后即告知责任人',
  closureApproved: '同意销号后即告知责任人',
  rebounded: '回头看反弹后即告知责任人',
  extensionGranted: '同意延期后即告知责任人',
  extensionRefused: '不同意延期后即告知责任人',
  disputeRejected: '异议核实后即告知责任人',
  withdrawn: '撤销问题后即告知责任人',
  mergedInto: '并入其他问题后即告知责任人',
  evidenceJudged: '退回佐证后即告知责任人',
  itemsRechecked: '出库复核退回后即告知责任人',
  proposalDecided: '采纳提请后即告知责任人和责任领导',
  undone: '撤回上一步后即告知其间收到过来信的人',
};

/** Of what is sent beside ladders and answers to requests. */
const besides: Readonly<Record<string, string>> = {
  acknowledgement: '收到来信即回执',
  answerTurnedAway: '有回信没有计入，即告知收信人，一人一天至多一封',
  answerUnverified: '有来信待核实，即在当天邮件中告知督办办公室',
  freshMailAsked: '本人在失效的链接页面上要最新事项，即发到登记的邮箱，一人一天至多一封',
  pageWaits: '有打印件待送达，即在当天邮件中告知督办办公室',
};

function answerWords({ because, content }: RuledRow): string {
  const { rule = '' } = (because ?? {}) as { rule?: string };
  const about = (content as { about?: unknown } | null)?.about;
  return (
    besides[rule] ?? (typeof about === 'string' ? answers[about as AnsweredEvent] : undefined) ?? '办理结果即告知本人'
  );
}
