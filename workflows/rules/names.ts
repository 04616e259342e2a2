import type { IssuePhase, ItemState } from './events.ts';
import type { Letter, ObligationKind, Paper, Punishment, Role } from './policy.ts';
import type { IssueWeight, MeasureKind } from './terms.ts';

/** What people read for the rules' words; pages, mails and refusals take them from here. */

export const roleNames: Readonly<Record<Role, string>> = {
  handler: '责任人',
  responsibleLeader: '责任领导',
  groupHead: '组长',
  office: '督办办公室',
  reviewer: '巡察办(派驻纪检组)',
};

/** How much an issue weighs (重要程度). */
export const weightNames: Readonly<Record<IssueWeight, string>> = {
  major: '重大',
  ordinary: '一般',
};

/** What kind of thing a measure does (措施类别). */
export const measureKindNames: Readonly<Record<MeasureKind, string>> = {
  once: '一次性',
  rule: '建章立制',
  accountability: '追责问责',
  keepUp: '长期坚持',
};

export const phaseNames: Readonly<Record<IssuePhase, string>> = {
  assignment: '待认领',
  rectification: '整改中',
  closureReview: '销号审核中',
  longTerm: '长期坚持',
  lookBack: '已销号、等回头看',
  archived: '已归档',
  withdrawn: '已撤销',
  merged: '已并入其他问题',
};

export const obligationNames: Readonly<Record<ObligationKind, string>> = {
  acknowledgement: '认领',
  checkIn: '报进展',
  evidence: '佐证',
  evidenceReview: '补交佐证审核',
  closureProposal: '申请销号',
  closureDecision: '销号审核',
  proposalDecision: '决定提请事项',
  extensionDecision: '决定延期申请',
  disputeDecision: '核实异议',
  suspensionReview: '过问中止事项',
  statusAnswer: '答复问询',
  itemReport: '子台账月报',
  itemRecheck: '出库复核',
  attestation: '长期坚持情况确认',
  attestationEndorsement: '长期坚持情况复核',
  lookBack: '回头看',
  rectificationPlan: '报整改方案',
  planApproval: '审定整改方案',
  weeklyCheck: '周检查',
  monthlyDispatch: '月调度',
  periodicDuty: '定期事项',
  evaluation: '定期评估',
  progressReport: '整改进展情况报告',
  supervisionBatch: '督办事项',
  publicComment: '答复群众意见',
  lookBackDraw: '抽取回头看',
};

export const punishmentNames: Readonly<Record<Punishment, string>> = {
  reminderTalk: '提醒谈话',
  talk: '约谈',
  notice: '通报',
  accountability: '问责建议',
};

export const letterNames: Readonly<Record<Letter, string>> = {
  assignment: '交办',
  reminder: '提醒',
  urge: '催办',
  escalation: '督办',
};

export const paperNames: Readonly<Record<Paper, string>> = {
  supervisionNotice: '督导函',
  workPrompt: '工作提示单',
  supervisionLetter: '督办单',
  urgeLetter: '催办函',
  warningLetter: '警示函',
};

export const itemStateNames: Readonly<Record<ItemState, string>> = {
  entered: '已入库',
  inWork: '整治中',
  askedToLeave: '提请出库，待复核',
  left: '已出库',
};
