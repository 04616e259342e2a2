import type { IsoDate } from '../../workflows/rules/instants.ts';
import { punishmentNames } from '../../workflows/rules/names.ts';
import type { Paper, Punishment } from '../../workflows/rules/policy.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';

/** A letter (函件) as it is written down: title and text word for word. */
export interface LetterText {
  readonly title: string;
  readonly text: string;
}

/** What a letter about one overdue issue says. */
export interface DecisionLetter {
  readonly kind: Punishment;
  readonly roundName: string;
  readonly bodyName: string;
  readonly code: string;
  readonly issueTitle: string;
  /** 责任部门 */
  readonly unit: string;
  readonly leaders: readonly string[];
  readonly handlers: readonly string[];
  /** What is owed: `措施2佐证`. */
  readonly owed: string;
  readonly dueOn: IsoDate;
  readonly workdaysLate: number;
  readonly remindersSent: number;
  readonly policyVersion: number;
  readonly reason: string;
  readonly decidedOn: IsoDate;
}

/** What a 督办单 asks of one unit. */
export interface BatchLetter {
  readonly roundName: string;
  readonly bodyName: string;
  /** Which batch, from 1. */
  readonly number: number;
  readonly unit: string;
  readonly task: string;
  readonly dueOn: IsoDate;
  readonly issues: readonly {
    readonly code: string;
    readonly title: string;
    /** Those that alone are the unit's; none where it answers for the issue as a whole. */
    readonly measures: readonly number[];
  }[];
  readonly issuedOn: IsoDate;
  /** It replaces what the unit was told of the batch before (更正). */
  readonly correctedBecause?: string | undefined;
}

/** Kinds of letters by what `IssuedLetter.kind` says. */
export const letterKindNames: Readonly<Record<Punishment | Paper, string>> = {
  reminderTalk: '提醒谈话通知',
  talk: '约谈通知',
  notice: '通报',
  accountability: '问责建议',
  supervisionNotice: '督导函',
  workPrompt: '工作提示单',
  supervisionLetter: '督办单',
  urgeLetter: '催办函',
  warningLetter: '警示函',
};

/** What stands for the title of a confidential issue (保密问题) in a letter: its code is there. */
export function titleInLetter({ title, secrecy }: { readonly title: string; readonly secrecy: IssueSecrecy }): string {
  return secrecy === 'confidential' ? '保密问题' : title;
}

/** The letter that follows from an accepted proposal (提请): 提醒谈话通知, 约谈通知, 通报 or 问责建议. */
export function decisionLetter(letter: DecisionLetter): LetterText {
  const { kind, code, issueTitle, unit, bodyName, decidedOn } = letter;
  const addressee = unit === '' ? '责任部门' : unit;
  const titles = {
    reminderTalk: `关于“${issueTitle}”整改工作的提醒谈话通知`,
    talk: `关于“${issueTitle}”整改工作的约谈通知`,
    notice: `关于“${issueTitle}”整改逾期情况的通报`,
    accountability: `关于“${issueTitle}”整改不力的问责建议`,
  };
  const to = {
    reminderTalk: addressee,
    talk: addressee,
    notice: '各责任部门',
    accountability: `${bodyName}整改工作领导小组`,
  }[kind];
  return {
    title: titles[kind],
    text: [
      `${to}：`,
      paragraph(`${circumstances(letter)}${decisions(letter)}`),
      ...(letter.reason.trim() === '' ? [] : [paragraph(`理由：${ended(letter.reason)}`)]),
      paragraph(requests(letter)),
      '',
      ...signature(bodyName, decidedOn),
      `（问题编号：${code}）`,
    ].join('\n'),
  };
}

/** A 督办单 with its issues, its task and its time limit. */
export function batchLetter(letter: BatchLetter): LetterText {
  const { number, unit, roundName, bodyName, task, dueOn, issues, issuedOn, correctedBecause: because } = letter;
  return {
    title: `督办单（第${String(number)}批${because === undefined ? '' : '，更正'}）`,
    text: [
      `${unit === '' ? '责任部门' : unit}：`,
      paragraph(
        `${roundName}中，由你部门负责的以下${String(issues.length)}个问题列入第${String(number)}批督办${onlyMeasures(issues)}：`,
      ),
      ...issues.map(({ code, title, measures }, index) =>
        paragraph(`${String(index + 1)}．${title}（${code}${measuresWords(measures)}）`),
      ),
      paragraph(`办理要求：${ended(task)}`),
      paragraph(`请于${longDay(dueOn)}前书面答复办理情况，并附佐证材料。`),
      ...(because === undefined
        ? []
        : [paragraph(`此前就本批督办发给你部门的，以本单为准。更正理由：${ended(because)}`)]),
      '',
      ...signature(bodyName, issuedOn),
    ].join('\n'),
  };
}

function onlyMeasures(issues: BatchLetter['issues']): string {
  return issues.some(({ measures }) => measures.length > 0) ? '（写明措施的，只指由你部门负责的措施）' : '';
}

function measuresWords(measures: readonly number[]): string {
  return measures.length === 0 ? '' : `，措施${measures.join('、')}`;
}

function circumstances(letter: DecisionLetter): string {
  const { roundName, issueTitle, owed, dueOn, workdaysLate, remindersSent, decidedOn, policyVersion } = letter;
  const late = workdaysLate > 0 ? `逾期${String(workdaysLate)}个工作日` : '已逾期';
  const reminded = remindersSent > 0 ? `，其间已提醒${String(remindersSent)}次` : '';
  return `${roundName}中“${issueTitle}”一项，${owed}应于${longDay(dueOn)}前办结，截至${longDay(decidedOn)}${late}仍未办结${reminded}。根据本轮整改督办规则（第${String(policyVersion)}版），经研究，`;
}

function decisions({ kind, leaders, handlers }: DecisionLetter): string {
  const people = [
    ...(leaders.length > 0 ? [`责任领导${leaders.join('、')}`] : []),
    ...(handlers.length > 0 ? [`责任人${handlers.join('、')}`] : []),
  ].join('、');
  switch (kind) {
    case 'reminderTalk':
    case 'talk':
      return `决定对${people === '' ? '该问题责任领导、责任人' : people}进行${punishmentNames[kind]}。`;
    case 'notice':
      return '决定予以通报。';
    case 'accountability':
      return '建议按照管理权限，对整改不力的责任依规依纪研究处理。';
  }
}

function requests({ kind }: DecisionLetter): string {
  switch (kind) {
    case 'reminderTalk':
      return '请谈话对象抓紧整改，谈话时说明未按期办结的原因、下一步措施和完成时限。谈话的时间、地点另行通知。';
    case 'talk':
      return '请被约谈人准备书面说明，写明未按期办结的原因、下一步措施和完成时限。约谈的时间、地点另行通知。';
    case 'notice':
      return '请责任部门抓紧整改，尽快办结并报送佐证材料；各责任部门引以为戒，按时限完成整改任务。';
    case 'accountability':
      return '处理结果请函告本办。';
  }
}

function signature(bodyName: string, day: IsoDate): string[] {
  return [`${bodyName}整改工作领导小组办公室`, longDay(day)].map((line) => `　　　　　　　　${line}`);
}

function paragraph(text: string): string {
  return `　　${text}`;
}

function ended(text: string): string {
  const trimmed = text.trim();
  return /[。！？]$/u.test(trimmed) ? trimmed : `${trimmed}。`;
}

function longDay(day: IsoDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
}
