import type { ObligationKind } from '../../workflows/rules/policy.ts';

/** What somebody is asked for, and the label that stands before it. */
export interface Need {
  readonly label: '要办' | '要交' | '要报';
  readonly text: string;
}

/** A measure as far as a mail names it. */
export interface NamedMeasure {
  readonly number: number;
  readonly text: string;
}

interface DutyWords {
  readonly label: Need['label'];
  /** As the person reads it who owes it. */
  readonly need: string;
  /** As somebody reads it who is told of it. */
  readonly debt: string;
  /** A line by which it may be answered; none for what is decided on a page. */
  readonly example?: string;
}

const duties: Readonly<Record<Exclude<ObligationKind, 'evidence'>, DutyWords>> = {
  acknowledgement: { label: '要办', need: '认领，回复“收到”即可', debt: '尚未认领', example: '收到' },
  checkIn: {
    label: '要报',
    need: '整改进展，三五句话即可',
    debt: '尚未报整改进展',
    example: '已完成2次现场检查，发现的3处问题正在整改',
  },
  evidenceReview: { label: '要办', need: '审核补交的佐证（认可，或退回并写明理由）', debt: '补交的佐证尚未审核' },
  closureProposal: {
    label: '要办',
    need: '材料已齐，回复“申请销号”即可',
    debt: '材料已齐，尚未申请销号',
    example: '申请销号',
  },
  closureDecision: {
    label: '要办',
    need: '审核销号申请（同意，或退回并写明理由）',
    debt: '销号申请尚未审核',
  },
  proposalDecision: { label: '要办', need: '决定提请事项（约谈、通报或问责建议，写明理由）', debt: '提请事项尚未决定' },
  extensionDecision: { label: '要办', need: '决定延期申请（同意或不同意，写明理由）', debt: '延期申请尚未决定' },
  disputeDecision: { label: '要办', need: '核实对反馈问题的异议，登记结论', debt: '异议尚未核实' },
  suspensionReview: { label: '要办', need: '过问中止事项的进展，登记情况或恢复整改', debt: '中止事项尚未过问' },
  statusAnswer: {
    label: '要报',
    need: '答复领导问询，写明目前情况和下一步',
    debt: '尚未答复领导问询',
    example: '已完成排查，正在整改，预计本月底前办结',
  },
  itemReport: {
    label: '要报',
    need: '子台账本月治理情况，逐项说明；已治理完毕的可提请出库',
    debt: '尚未报子台账月报',
    example: '本月治理2处，其余正在整治',
  },
  itemRecheck: { label: '要办', need: '复核提请出库的条目，登记出库或退回', debt: '提请出库的条目尚未复核' },
  attestation: {
    label: '要报',
    need: '长期坚持情况，三五句话即可',
    debt: '尚未报长期坚持情况',
    example: '制度执行正常，本季度自查2次，没有反弹',
  },
  attestationEndorsement: {
    label: '要办',
    need: '复核长期坚持情况，回复“确认”即可',
    debt: '长期坚持情况尚未复核',
    example: '确认',
  },
  lookBack: { label: '要办', need: '开展回头看，核实整改成效是否巩固，登记结论', debt: '尚未登记回头看结论' },
  rectificationPlan: {
    label: '要交',
    need: '整改方案（问题清单、任务清单、责任清单）',
    debt: '尚未报送整改方案',
    example: '整改方案见附件',
  },
  planApproval: { label: '要办', need: '审定整改方案（同意，或退回并写明理由）', debt: '整改方案尚未审定' },
  weeklyCheck: { label: '要报', need: '本周检查情况', debt: '尚未报周检查情况', example: '本周检查3个科室，已督促2项' },
  monthlyDispatch: {
    label: '要报',
    need: '本月调度情况报告',
    debt: '尚未报月调度情况',
    example: '本月调度会已召开，报告见附件',
  },
  periodicDuty: { label: '要报', need: '本期办理情况', debt: '尚未报本期办理情况', example: '本期已办理，情况见附件' },
  evaluation: { label: '要办', need: '组织定期评估，登记评分和等次', debt: '尚未登记评估结果' },
  progressReport: {
    label: '要交',
    need: '集中整改进展情况报告',
    debt: '尚未报送整改进展情况报告',
    example: '报告见附件',
  },
  supervisionBatch: {
    label: '要报',
    need: '督办事项办理结果',
    debt: '尚未报督办事项办理结果',
    example: '已按督办要求办结，材料见附件',
  },
  publicComment: { label: '要办', need: '核实并答复群众意见', debt: '群众意见尚未答复' },
  lookBackDraw: { label: '要办', need: '抽取回头看问题', debt: '尚未抽取回头看问题' },
};

/** What is owed (义务), as the person who owes it reads it. Evidence, and what is taken on by itself, name their measures in order. */
export function needOf(kind: ObligationKind, measures: readonly NamedMeasure[]): Need {
  if (kind === 'evidence') return { label: '要交', text: evidenceNeed(measures) };
  if (isOfMeasures(kind, measures)) return { label: '要办', text: `认领${measureWords(measures, '')}；回复“收到”即可` };
  const { label, need } = duties[kind];
  return { label, text: need };
}

/** The same as somebody reads it who is told of it. */
export function debtOf(kind: ObligationKind, measures: readonly NamedMeasure[]): string {
  if (kind === 'evidence') return `尚未提交${evidenceNeed(measures)}`;
  return isOfMeasures(kind, measures) ? `尚未认领${measureWords(measures, '')}` : duties[kind].debt;
}

/** Whether single measures are to be taken on, which were handed over by themselves (移交). */
function isOfMeasures(kind: ObligationKind, measures: readonly NamedMeasure[]): boolean {
  return kind === 'acknowledgement' && measures.length > 0;
}

/** A line by which it may be answered; undefined for what is decided on a page. */
export function exampleOf(kind: ObligationKind, measures: readonly number[]): string | undefined {
  if (kind !== 'evidence') return duties[kind].example;
  const [first = 0] = measures;
  return first === 0 ? '已完成，材料见附件' : `措施${String(first)}佐证见附件`;
}

function evidenceNeed(measures: readonly NamedMeasure[]): string {
  const [first] = measures;
  return first === undefined || first.number === 0 ? '整改佐证材料' : measureWords(measures, '佐证');
}

/** Several by their numbers, one with its own words: `措施2佐证，即补登用车记录`. */
function measureWords(measures: readonly NamedMeasure[], what: '佐证' | ''): string {
  const [first] = measures;
  const named = `措施${measures.map(({ number }) => String(number)).join('、')}${what}`;
  return measures.length > 1 || first === undefined || first.text === '' ? named : `${named}，即${short(first.text)}`;
}

/** A measure's own words, cut where they are long; the page has all of them. */
function short(text: string): string {
  const plain = text.replace(/\s+/g, '').replace(/[。；;.]$/, '');
  return plain.length <= 60 ? plain : `${plain.slice(0, 58)}……`;
}
