import { obligationNames } from '../../workflows/rules/names.ts';
import type { Policy, Rung } from '../../workflows/rules/policy.ts';

type KeysWithin<Value> = Value extends readonly (infer Entry)[]
  ? KeysWithin<Entry>
  : Value extends object
    ? { [Key in keyof Value & string]-?: Key | KeysWithin<NonNullable<Value[Key]>> }[keyof Value & string]
    : never;

type FieldName = KeysWithin<Omit<Policy, 'ladders'>> | 'ladders' | keyof Rung;

/** What the office reads for each setting. */
export const fieldNames: Readonly<Record<FieldName, string>> = {
  name: '办法名称',
  version: '版本',
  concentratedMonths: '集中整改月数',
  immediateWithinDays: '立行立改天数',
  acknowledgeWithinWorkdays: '认领时限（工作日）',
  checkInEveryWorkdays: '报进展间隔（工作日）',
  proposeClosureWithinWorkdays: '申请销号时限（工作日）',
  decideClosureWithinWorkdays: '销号审核时限（工作日）',
  decideProposalWithinWorkdays: '决定提请事项时限（工作日）',
  returnedWithinWorkdays: '退回后补正时限（工作日）',
  attestEveryMonths: '长期坚持确认间隔（月）',
  lookBackAfterMonths: '销号后回头看（月）',
  openAheadWorkdays: '提前布置（工作日）',
  yellowWithinWorkdays: '黄灯（剩余工作日）',
  sendAt: '发送时间',
  sendingHours: '发送时段',
  quietDays: '静默日',
  ladders: '阶梯',
  phases: '阶段',
  duties: '定期事项',
  closure: '销号审核',
  extension: '延期',
  dispute: '异议',
  suspension: '中止',
  statusAnswer: '问询',
  subLedger: '子台账',
  attestation: '长期坚持复核',
  lookBack: '回头看',
  supervisionBatch: '督办批次',
  publication: '公开',
  completionRate: '完成率口径',
  id: '编号',
  title: '名称',
  kind: '类别',
  role: '承办角色',
  cadence: '周期',
  until: '持续到',
  per: '由谁承担',
  every: '频次',
  weekday: '星期',
  dayOfMonth: '每月几日',
  after: '起算点',
  months: '月数',
  levels: '审核层级',
  of: '适用问题',
  satisfaction: '群众满意度',
  decidedBy: '逐次审批角色',
  decideWithinWorkdays: '决定时限（工作日）',
  atMostDays: '累计上限（天）',
  reviewEveryMonths: '过问间隔（月）',
  withinWorkdays: '办理时限（工作日）',
  reportEveryMonths: '报告间隔（月）',
  recheckedBy: '复核角色',
  recheckWithinWorkdays: '复核时限（工作日）',
  endorsedBy: '复核角色',
  endorseWithinWorkdays: '复核时限（工作日）',
  share: '抽取比例',
  drawWithinWorkdays: '抽取时限（工作日）',
  againAfterMonths: '再次回头看（月）',
  windowWorkdays: '公开期限（工作日）',
  answerWithinWorkdays: '答复时限（工作日）',
  from: '起',
  to: '止',
  workdays: '工作日数',
  letter: '文种语气',
  paper: '函件',
  repeatEveryWorkdays: '重复间隔（工作日）',
  missed: '错过时',
  proposal: '提请',
};

const inRung: Readonly<Partial<Record<string, string>>> = { from: '起算', to: '接收人' };

/**
 * The setting at a path as the office reads it: `阶梯·佐证·第3级（after-3）“工作日数”`. Places in a list count from 1 and carry
 * the entry's id, where it has one.
 */
export function fieldAt(policy: unknown, path: readonly PropertyKey[]): string {
  const parts = path.map((key, index) => partAt(policy, path, index, key));
  const last = path.at(-1);
  if (last === undefined) return '办法';
  if (typeof last === 'number') return parts.join('·');
  return `${parts.slice(0, -1).join('·')}“${parts.at(-1) ?? ''}”`;
}

function partAt(policy: unknown, path: readonly PropertyKey[], index: number, key: PropertyKey): string {
  if (typeof key === 'number') {
    const id = valueAt(policy, [...path.slice(0, index + 1), 'id']);
    const counted = path[0] === 'ladders' && index === 2 ? '级' : '项';
    return `第${String(key + 1)}${counted}${typeof id === 'string' && id !== '' ? `（${id}）` : ''}`;
  }
  const name = String(key);
  const ofKind = (obligationNames as Readonly<Partial<Record<string, string>>>)[name];
  const ofRung = inRung[name];
  if (path[0] === 'ladders' && index === 1) return ofKind ?? name;
  if (path[0] === 'ladders' && index === 3 && ofRung !== undefined) return ofRung;
  return (fieldNames as Readonly<Partial<Record<string, string>>>)[name] ?? name;
}

/** What stands at a path of a JSON value; undefined where nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return found;
}
