import { MisuseError } from '../misuse-error.ts';

/** An option of a request's command: its flags and what they say. */
export interface RequestOption {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly required?: 'required';
}

/** What was typed: the arguments behind the issue, and the options by their name. */
export interface Typed {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, string | true | undefined>>;
}

/** One request as a command: `issue <name> <问题> …`. */
export interface RequestCommand {
  readonly name: string;
  /** Of `rules/requests/`. */
  readonly request: string;
  readonly description: string;
  /** Behind the issue, as commander writes them. */
  readonly arguments?: readonly string[];
  readonly options: readonly RequestOption[];
  readonly body: (typed: Typed) => object;
  readonly done: string;
}

const reason: RequestOption = { flags: '--reason <理由>', description: '理由', required: 'required' };
const finding: RequestOption = { flags: '--finding <所见>', description: '看到了什么', required: 'required' };
const measures: RequestOption = { flags: '--measures <序号>', description: '措施的序号，逗号分隔；不写则为整个问题' };

const onlyReason = ({ options }: Typed) => ({ reason: options['reason'] });

/** Everything that can be asked of an issue and is nothing but its own words; each is one command. */
export const requestCommands: readonly RequestCommand[] = [
  {
    name: 'withdraw-proposal',
    request: 'withdrawProposal',
    description: '撤回销号申请；只有申请人可以',
    options: [reason],
    body: onlyReason,
    done: '已撤回销号申请',
  },
  {
    name: 'accept-evidence',
    request: 'judgeEvidence',
    description: '认可佐证，不待销号；<佐证> 写 issue show 括号里的编号',
    arguments: ['<佐证...>'],
    options: [],
    body: ({ arguments: accepted }) => ({ accepted }),
    done: '已认可佐证',
  },
  {
    name: 'return-evidence',
    request: 'judgeEvidence',
    description: '退回佐证，须重交',
    arguments: ['<佐证...>'],
    options: [reason],
    body: ({ arguments: returned, options }) => ({ returned, reason: options['reason'] }),
    done: '已退回佐证',
  },
  {
    name: 'correct-evidence',
    request: 'correctEvidence',
    description: '更正佐证归属；不写 --measure 则不归任何措施',
    arguments: ['<佐证>'],
    options: [{ flags: '--measure <序号>', description: '归到第几条措施' }, reason],
    body: ({ arguments: [evidenceId], options }) => ({
      evidenceId,
      measure:
        options['measure'] === undefined
          ? null
          : wholeNumber(options['measure'], '--measure 应是措施的序号，如 --measure 2'),
      reason: options['reason'],
    }),
    done: '已更正佐证归属',
  },
  {
    name: 'correct-person',
    request: 'correctPerson',
    description: '更正代录时写错的署名；<何事> 写 issue show 列出的佐证编号或事件号，同一次代录的一并更正',
    arguments: ['<何事>'],
    options: [{ flags: '--person <谁>', description: '其实是谁说的、谁交的', required: 'required' }, reason],
    body: ({ arguments: [what], options }) => ({ what, person: options['person'], reason: options['reason'] }),
    done: '已更正署名',
  },
  {
    name: 'satisfaction',
    request: 'noteSatisfaction',
    description: '登记群众满意度测评结果',
    options: [
      {
        flags: '--result <结果>',
        description: '满意、基本满意、不满意',
        choices: ['satisfied', 'basicallySatisfied', 'unsatisfied'],
        required: 'required',
      },
      { flags: '--text <说明>', description: '怎么测评的', required: 'required' },
    ],
    body: ({ options }) => ({ satisfaction: options['result'], text: options['text'] }),
    done: '已登记群众满意度',
  },
  {
    name: 'extend',
    request: 'requestExtension',
    description: '申请延期；须在到期前，写明理由和目前进展',
    options: [
      { flags: '--until <日期>', description: '延到哪天（含当日）', required: 'required' },
      measures,
      reason,
      { flags: '--progress <进展>', description: '目前进展', required: 'required' },
    ],
    body: ({ options }) => ({
      until: options['until'],
      measures: numbers(options['measures']),
      reason: options['reason'],
      progress: options['progress'],
    }),
    done: '已申请延期',
  },
  {
    name: 'decide-extension',
    request: 'decideExtension',
    description: '决定延期申请',
    options: [
      {
        flags: '--decision <决定>',
        description: '同意或不同意',
        choices: ['granted', 'refused'],
        required: 'required',
      },
      reason,
    ],
    body: ({ options }) => ({ decision: options['decision'], reason: options['reason'] }),
    done: '已决定延期申请',
  },
  {
    name: 'correct-deadline',
    request: 'correctDeadline',
    description: '更正录错的时限；<时限> 写 措施=日期，如 1=2025-03-31,2=2025-06-30',
    arguments: ['<时限>'],
    options: [reason],
    body: ({ arguments: [days], options }) => ({ measures: measureDays(days ?? ''), reason: options['reason'] }),
    done: '已更正时限',
  },
  {
    name: 'suspend',
    request: 'suspendIssue',
    description: '中止：计时停止，不催办',
    options: [
      {
        flags: '--kind <原因>',
        description: '已移交、诉讼复议、灾害、待其他机关研定',
        choices: ['transferred', 'litigation', 'disaster', 'otherAuthority'],
        required: 'required',
      },
      { flags: '--authority <机关>', description: '移交给、等待哪个机关' },
      reason,
    ],
    body: ({ options }) => ({
      kind: options['kind'],
      authority: options['authority'] ?? '',
      reason: options['reason'],
    }),
    done: '已中止',
  },
  {
    name: 'resume',
    request: 'resumeIssue',
    description: '恢复：未到的时限按中止的工作日顺延',
    options: [reason],
    body: onlyReason,
    done: '已恢复',
  },
  {
    name: 'review-suspension',
    request: 'reviewSuspension',
    description: '登记中止期间过问的情况',
    options: [finding],
    body: ({ options }) => ({ finding: options['finding'] }),
    done: '已登记过问情况',
  },
  {
    name: 'dispute',
    request: 'disputeFinding',
    description: '提出异议：反馈问题不属实',
    options: [reason],
    body: onlyReason,
    done: '已提出异议，等督办办公室核实',
  },
  {
    name: 'decide-dispute',
    request: 'decideDispute',
    description: '核实异议：异议成立则撤销问题，不成立则继续整改',
    options: [
      {
        flags: '--decision <结论>',
        description: '异议成立（撤销问题）或不成立',
        choices: ['upheld', 'rejected'],
        required: 'required',
      },
      reason,
    ],
    body: ({ options }) => ({ decision: options['decision'], reason: options['reason'] }),
    done: '已登记核实结论',
  },
  {
    name: 'withdraw',
    request: 'withdrawIssue',
    description: '撤销问题，不再整改',
    options: [reason],
    body: onlyReason,
    done: '已撤销',
  },
  {
    name: 'merge',
    request: 'mergeInto',
    description: '并入同一轮次的另一个问题；没办结的措施逐条写明由它的哪条承接',
    arguments: ['<并入的问题>'],
    options: [
      {
        flags: '--carried <措施=措施>',
        description: '本问题的措施由并入的问题的哪条承接，如 1=2,2=2；那边没有逐条措施的写 1=0',
      },
      reason,
    ],
    body: ({ arguments: [issue], options }) => ({
      issue,
      ...(options['carried'] !== undefined && { carried: carriedMeasures(options['carried']) }),
      reason: options['reason'],
    }),
    done: '已并入',
  },
  {
    name: 'ask',
    request: 'askStatus',
    description: '问询：请责任人答复目前情况',
    options: [{ flags: '--text <问题>', description: '问什么', required: 'required' }],
    body: ({ options }) => ({ text: options['text'] }),
    done: '已问询，答复限期内会到',
  },
  {
    name: 'endorse',
    request: 'endorseAttestation',
    description: '复核长期坚持情况',
    options: [],
    body: () => ({}),
    done: '已复核',
  },
  {
    name: 'end-long-term',
    request: 'endLongTerm',
    description: '结束长期坚持，此后等回头看',
    options: [reason],
    body: onlyReason,
    done: '已结束长期坚持',
  },
  {
    name: 'confirm-recurrence',
    request: 'confirmRecurrence',
    description: '确认与往轮已销号的问题相同（再次发生）；催办从高一级开始',
    arguments: ['<往轮问题>'],
    options: [],
    body: ({ arguments: [earlierIssue] }) => ({ earlierIssue }),
    done: '已登记再次发生',
  },
  {
    name: 'undo',
    request: 'undoLastStep',
    description: '撤回本人的上一步；其后已有人办理的不能撤回',
    options: [reason],
    body: onlyReason,
    done: '已撤回',
  },
];

/** The commands below `issue items`. */
export const itemCommands: readonly RequestCommand[] = [
  {
    name: 'enter',
    request: 'enterItems',
    description: '入库；<名称> 是新条目的名称，--known 是台账里已有、还没有入库的（如 1-22）',
    arguments: ['[名称...]'],
    options: [{ flags: '--known <序号>', description: '已有条目的序号，逗号分隔，可写 1-22' }],
    body: ({ arguments: names, options }) => ({
      items: names.map((name) => ({ name })),
      known: parts(options['known']),
    }),
    done: '已入库',
  },
  {
    name: 'start',
    request: 'moveItems',
    description: '开始整治；<条目> 写序号、1-5 或名称',
    arguments: ['<条目...>'],
    options: [],
    body: ({ arguments: items }) => ({ items: items.flatMap(parts), to: 'inWork' }),
    done: '已登记开始整治',
  },
  {
    name: 'ask-leave',
    request: 'moveItems',
    description: '提请出库，须已开始整治；复核以后才算出库',
    arguments: ['<条目...>'],
    options: [],
    body: ({ arguments: items }) => ({ items: items.flatMap(parts), to: 'askedToLeave' }),
    done: '已提请出库',
  },
  {
    name: 'recheck',
    request: 'recheckItems',
    description: '出库复核；由提请人以外的人',
    options: [
      { flags: '--left <条目>', description: '可以出库的，逗号分隔' },
      { flags: '--back <条目>', description: '退回整治的，逗号分隔' },
      finding,
    ],
    body: ({ options }) => ({
      left: parts(options['left']),
      back: parts(options['back']),
      finding: options['finding'],
    }),
    done: '已登记复核',
  },
];

/** Text between commas of either width. */
export function parts(text: string | true | undefined): string[] {
  if (text === undefined || text === true) return [];
  return text
    .split(/[,，、]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function numbers(text: string | true | undefined): number[] {
  return parts(text).map((part) => wholeNumber(part, '--measures 应是措施的序号，如 --measures 1,3'));
}

/** @throws MisuseError with the sentence */
function wholeNumber(text: string | true, sentence: string): number {
  if (text === true || !/^\d+$/u.test(text.trim())) throw new MisuseError(sentence);
  return Number(text);
}

/** `1=2,2=2`: which measure is taken on by which. @throws MisuseError */
function carriedMeasures(text: string | true | undefined): { measure: number; into: number }[] {
  const sentence = '请写成 措施的序号=承接的措施，如 1=2,2=2';
  return parts(text).map((part) => {
    const [measure, into, ...rest] = part.split(/[=＝:：]/u).map((one) => one.trim().replace(/^措施/u, ''));
    if (rest.length > 0) throw new MisuseError(sentence);
    return { measure: wholeNumber(measure ?? '', sentence), into: wholeNumber(into ?? '', sentence) };
  });
}

/** `1=2025-03-31,2=2025-06-30`. @throws MisuseError */
export function measureDays(text: string): { measure: number; deadline: string }[] {
  return parts(text).map((part) => {
    const [measure = '', deadline = ''] = part.split(/[=＝:：]/u);
    return {
      measure: wholeNumber(measure.replace(/^措施/u, ''), '请写成 措施的序号=日期，如 2=2025-12-31'),
      deadline: deadline.trim(),
    };
  });
}
