import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { type Light, lightOf } from '../../workflows/rules/lights.ts';
import { type Stored, storedIssue } from './stored.ts';
import { dayWords, distanceWords, dutyWords, lightNames, obligationWords, shortRoleNames } from './words.ts';

/** A light with its reason, as a list shows it. */
export interface LightReading {
  readonly colour: Light['colour'];
  readonly name: string;
  /** `措施1佐证逾期3个工作日`; never empty. */
  readonly reason: string;
  /** The whole sentence with the day. */
  readonly sentence: string;
  /** Which rule decides, with the policy's version. */
  readonly rule: string;
  readonly dueOn: IsoDate | null;
  readonly workdaysLeft: number | null;
}

/** The light of an issue at a moment; an issue of a draft has none. */
export function lightReading(stored: Stored, now: IsoInstant): LightReading {
  const issue = storedIssue(stored);
  if (issue === undefined) return none('尚未交办', '本轮尚未启动，这个问题还没有交办。', '');
  const { terms } = issue;
  const version = `政策第${String(terms.policy.version)}版·灯号`;
  if (issue.progress.suspension !== undefined && reviewOwed(issue.progress) === undefined) {
    return none('中止中', '已中止，计时停止，不催办；督办办公室定期过问。', version);
  }
  const progress = lit(issue.progress);
  const { colour, obligation, workdaysLeft } = lightOf(terms, progress, now);
  if (obligation === undefined || workdaysLeft === undefined) {
    const [reason, sentence] = idle[progress.phase];
    return { ...none(reason, sentence, version), colour, name: lightNames[colour] };
  }
  const owed = obligationWords(obligation.kind, obligation.measure);
  const duty = dutyWords(obligation.kind, obligation.measure);
  const distance = distanceWords(workdaysLeft);
  const day = dayWords(obligation.dueOn, terms.calendar);
  const who = shortRoleNames[obligation.role];
  return {
    colour,
    name: lightNames[colour],
    reason: workdaysLeft === 0 && colour !== 'red' ? `${owed}今天到期` : `${owed}${lateWords(colour, workdaysLeft)}`,
    sentence:
      colour === 'red'
        ? `${who}应于${day}前${duty}，已${lateWords(colour, workdaysLeft)}。`
        : `${who}应于${day}前${duty}，${workdaysLeft === 0 ? '今天到期' : distance}。`,
    rule: `规则：${rules[colour](yellowWithin(obligation.kind, terms.policy.yellowWithinWorkdays))}。${version}`,
    dueOn: obligation.dueOn,
    workdaysLeft,
  };
}

/** While the clock stands still only the office's own question is late, while a dispute is checked the handler is not. */
export function lit(progress: IssueProgress): IssueProgress {
  const { suspension, dispute, obligations } = progress;
  if (suspension !== undefined)
    return { ...progress, obligations: obligations.filter(({ kind }) => kind === 'suspensionReview') };
  if (dispute === undefined) return progress;
  return { ...progress, obligations: obligations.filter(({ role }) => role !== 'handler') };
}

function reviewOwed({ obligations }: IssueProgress) {
  return obligations.find(({ kind }) => kind === 'suspensionReview');
}

/** A day off can pass without a workday: overdue it is all the same. */
function lateWords(colour: Light['colour'], workdaysLeft: number): string {
  return colour === 'red' && workdaysLeft === 0 ? '逾期，尚不足1个工作日' : distanceWords(workdaysLeft);
}

function yellowWithin(kind: string, days: number): number {
  return kind === 'evidence' ? days : Math.min(3, days);
}

const rules: Readonly<Record<Light['colour'], (days: number) => string>> = {
  red: () => '任一事项逾期即红灯',
  yellow: (days) => `最先到期的事项距期限${String(days)}个工作日以内为黄灯`,
  green: (days) => `没有逾期，最先到期的事项距期限多于${String(days)}个工作日为绿灯`,
  none: () => '没有待办事项不亮灯',
};

const idle = {
  assignment: ['正在交办', '正在交办，还没有到期事项。'],
  rectification: ['暂无到期事项', '整改中，眼下没有到期事项。'],
  closureReview: ['等待审核', '已申请销号，等督办办公室审核。'],
  longTerm: ['下次确认未到', '转入长期坚持，下一次确认的时间还没有到。'],
  lookBack: ['待回头看', '回头看的时间还没有到。'],
  archived: ['已归档', '回头看没有反弹，已归档。'],
  withdrawn: ['已撤销', '问题已撤销，不再整改。'],
  merged: ['已并入', '已并入其他问题，本问题不再单独整改。'],
} as const;

function none(reason: string, sentence: string, rule: string): LightReading {
  return { colour: 'none', name: lightNames.none, reason, sentence, rule, dueOn: null, workdaysLeft: null };
}
