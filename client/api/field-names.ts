import type { z } from 'zod';

/** What people read for the fields of a request or a form; a field that is not here is never shown by its name in the code. */
export const fieldNames: Readonly<Record<string, string>> = {
  accepted: '认可的佐证',
  acceptedEvidence: '认可的佐证',
  acknowledge: '是否认领',
  act: '核实结论',
  after: '从哪个问题以后列起',
  answer: '答复',
  aspect: '方面',
  assistingUnits: '配合部门',
  authority: '机关',
  back: '退回的条目',
  basicallySatisfied: '基本满意人数',
  body: '被巡察单位',
  by: '办理人',
  carried: '承接的措施',
  channel: '途径',
  clock: '哪一边（真实的或某次演练）',
  code: '编号',
  codePrefix: '编号前缀',
  contact: '联系方式',
  content: '文件内容',
  corrects: '更正第几条',
  deadline: '整改时限',
  decidedBy: '决定机关',
  decision: '决定',
  deliveredBy: '送达人',
  drawn: '抽中的问题',
  dueOn: '截止日',
  earlierIssue: '从前的问题',
  email: '邮箱',
  evidence: '佐证',
  evidenceId: '佐证编号',
  feedback: '反馈日',
  feedbackOn: '反馈日',
  fileName: '文件名',
  files: '文件',
  firstMail: '首封邮件何时发',
  finding: '情况',
  for: '谁说的',
  from: '移交人或委托人',
  fromOn: '开始日',
  groupHead: '组长',
  handler: '责任人',
  into: '并入的措施序号',
  issue: '问题',
  issuedAt: '印发时间',
  issues: '问题',
  items: '子台账条目',
  kind: '类别',
  known: '已有的条目',
  lastDays: '最近几天',
  left: '出库的条目',
  level: '级别',
  light: '灯号',
  limit: '至多列几项',
  line: '行号',
  measure: '措施序号',
  measureKind: '措施类别',
  measures: '措施',
  mediaType: '文件类型',
  mode: '方式',
  name: '名称',
  note: '说明',
  number: '序号',
  office: '督办办公室',
  on: '日期',
  outcome: '结果',
  partly: '部分巩固',
  people: '人员',
  person: '更正后的人',
  persons: '人数',
  phase: '阶段',
  policy: '办法',
  progress: '进展',
  promise: '承诺日',
  proposal: '提请事项',
  proposalId: '提请事项',
  reason: '理由',
  secrecy: '保密',
  rebound: '反弹后的整改时限',
  receivedOn: '收到日',
  recordedBy: '代录人',
  remainder: '余下的措施',
  requestId: '请求编号',
  responsibleLeader: '责任领导',
  returned: '退回的佐证',
  reviewer: '巡察办',
  role: '角色',
  round: '轮次',
  rows: '各行',
  satisfaction: '满意度',
  satisfied: '满意人数',
  scope: '演练编号',
  secondsPerDay: '每天走几秒',
  seed: '抽取种子',
  source: '反馈来源',
  staff: '演练人员',
  state: '核对码',
  stateHash: '核对码',
  task: '任务',
  text: '内容',
  title: '标题',
  to: '接手人或去向',
  trust: '是否可信',
  unit: '责任部门',
  unsatisfied: '不满意人数',
  until: '期限',
  untilOn: '结束日',
  version: '版本',
  weight: '轻重',
  what: '更正哪一件',
  which: '列哪些',
  whose: '谁的答复',
};

/** What is wrong with a request, in sentences: every place named as people know it. */
export function misuseSentence(error: z.ZodError): string {
  return error.issues.map(wrongSentence).join('；');
}

/** One thing that is wrong, with its place. */
export function wrongSentence(issue: z.core.$ZodIssue): string {
  return `${placeOf(issue.path)}${whatIsWrong(issue)}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  const named = path.map((key) => (typeof key === 'number' ? `第${String(key + 1)}项` : nameOf(String(key))));
  return named.length === 0 ? '' : `“${named.join('·')}”`;
}

function nameOf(key: string): string {
  return Object.hasOwn(fieldNames, key) ? fieldNames[key]! : '其中一项';
}

/** Our own schemas say it in Chinese; what zod says by itself is English and names types. */
function whatIsWrong(issue: z.core.$ZodIssue): string {
  if (/\p{Script=Han}/u.test(issue.message)) return `：${issue.message}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `里有不认识的内容${issue.keys.map((key) => `“${key}”`).join('')}，请去掉或核对写法`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? '没有填写' : `应为${kinds[issue.expected] ?? '另一种写法'}`;
    case 'invalid_value':
      return `只能写 ${issue.values.map(String).join('、')}`;
    case 'too_small':
      if (issue.origin === 'string') return '没有填写';
      return issue.origin === 'array' ? `至少要有 ${String(issue.minimum)} 项` : `不能小于 ${String(issue.minimum)}`;
    case 'too_big':
      if (issue.origin === 'string') return `超过了 ${String(issue.maximum)} 个字`;
      return issue.origin === 'array' ? `至多 ${String(issue.maximum)} 项` : `不能大于 ${String(issue.maximum)}`;
    default:
      return '写法不对，请核对';
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  array: '列表',
  object: '一组内容',
  boolean: '是或否',
};
