import { Readable } from 'node:stream';
import type { ReadStream } from 'node:fs';
import type { PagesDependencies } from '../../../client/pages/deps.ts';
import type { Access } from '../../../client/access/access.ts';
import { createPages } from '../../../client/pages/index.tsx';
import { readNoticeWhole } from '../../../client/mechanism/read-notice-whole.ts';
import { type PracticeMailReading, readingOf } from '../../../client/practice/mailbox-reading.ts';
import type { Watchers } from '../../../client/live/watchers.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { drillProgress } from '../../../client/rounds/drill-result.ts';
import { Rounds } from '../../../client/rounds.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { ToldRound } from '../reading/builder.ts';

/** What the pages asked of the rest, in order. */
export interface Asked {
  readonly what: string;
  readonly with: readonly unknown[];
}

/** The pages over a real ledger; what they ask of workflows and mail is noted, and refused where the test says so. */
export function pagesOver(ledger: Ledger, refuse?: RefusedError, watchers?: Watchers, access?: Access) {
  const { deps, asked } = depsOver(ledger, refuse);
  return { app: createPages({ ...deps, watchers, access }), asked };
}

/** What such pages need. */
export function depsOver(ledger: Ledger, refuse?: RefusedError) {
  const asked: Asked[] = [];
  const note =
    (what: string) =>
    (...given: unknown[]) => {
      asked.push({ what, with: given });
      return refuse ? Promise.reject(refuse) : Promise.resolve();
    };
  const kept = new Map<string, Uint8Array>();
  // The ledger's side of rounds is real; nothing here starts a workflow.
  const rounds = new Rounds({ ledger, temporal: undefined as never });
  const deps: PagesDependencies = {
    ledger,
    rounds: {
      createFromReading: (origin) => rounds.createFromReading(origin),
      importPeople: (rows, how) => rounds.importPeople(rows, how),
      assign: (assignment) => rounds.assign(assignment),
      missingForLaunch: (id) => rounds.missingForLaunch(id),
      notesForLaunch: (id) => rounds.notesForLaunch(id),
      launch: note('launch'),
      discard: (id) => rounds.discard(id),
    },
    drills: {
      start: async (request) => {
        await note('startDrill')(request.fileName, request.staff, request.secondsPerDay);
        return { drillId: 'd1', roundId: 'round-d1' };
      },
      progress: (id) => drillProgress(ledger, id),
    },
    duties: {
      ask: note('askRound'),
      receiveComment: (...given) => note('receiveComment')(...given).then(() => 'comment'),
      answerComment: note('answerComment'),
      adoptRoundPolicy: note('adoptRoundPolicy'),
      adoptRoundCalendar: note('adoptRoundCalendar'),
    },
    inbox: { handleStored: () => Promise.resolve() },
    rowsPlanned: () => undefined,
    issues: {
      decideClosure: note('decideClosure'),
      decideProposal: note('decideProposal'),
      recordLookBack: note('recordLookBack'),
      ask: note('ask'),
      acknowledge: note('acknowledge'),
      reportProgress: note('reportProgress'),
      submitEvidence: note('submitEvidence'),
      proposeClosure: note('proposeClosure'),
    },
    files: {
      keep: (bytes) => {
        kept.set('f'.repeat(64), bytes);
        return Promise.resolve({ sha256: 'f'.repeat(64), sizeBytes: bytes.byteLength });
      },
      open: (sha256) => {
        const bytes = kept.get(sha256) ?? Buffer.from('佐证');
        const stream = Readable.from([bytes]) as unknown as ReadStream;
        return Promise.resolve({ sha256, sizeBytes: bytes.byteLength, mediaType: 'text/html', stream });
      },
    },
    readNoticeWhole,
    practice: {
      read: (messageId) => readSent(ledger, messageId),
      replyAs: async (reply) => {
        await note('replyAs')(reply);
        return { messageId: 'human@practice.invalid' };
      },
    },
    log: (error) => {
      throw error;
    },
  };
  return { deps, asked };
}

async function readSent(ledger: Ledger, messageId: string): Promise<PracticeMailReading> {
  const mail = await ledger.mail.findUnique({ where: { messageId } });
  if (!mail) throw new RefusedError('NoSuchMail', '演练信箱里没有这封邮件');
  return readingOf(messageId, mail.raw);
}

const findings = [
  {
    title: '规范公务用车管理',
    unit: '办公室',
    text: '公务用车管理不规范。抽查2023年1月至7月局机关公务用车126车次，其中37车次未履行事前审批手续，21车次未在公务用车管理平台登记；个别车辆油料、维修无台账。\n局党组对公务用车管理重部署、轻检查，制度制定后执行不到位。',
    measures: [
      '2024年2月底前对事后补登的9条用车记录逐条核实，补齐审批手续，说明原因。',
      '每月检查全局公务用车使用情况，形成检查台账，及时处理平台异常提醒订单。',
      '2024年4月12日前完成局公务用车使用管理办法修订，明确事前审批的例外情形和责任追究。',
    ],
  },
  {
    title: '营造鲜明靓丽的城市门户景观',
    unit: '园林绿化科',
    measures: ['2024年3月15日前完成城市门户绿化提升方案。', '补植行道树120株，建立养护台账。'],
  },
  { title: '深入推进生活垃圾分类工作', unit: '市容环卫科', measures: ['2024年3月底前实现住宅小区分类投放点全覆盖。'] },
  { title: '干部人事档案专项审核不到位', unit: '人事科', measures: ['2024年3月底前完成干部人事档案复审。'] },
  { title: '规范项目结算工作', unit: '市政管理科', measures: ['2024年2月20日前完成2宗项目结算资料补报。'] },
  { title: '有效盘活国有资产', unit: '计划财务科', measures: ['2024年4月10日前完成闲置资产清查。'] },
  {
    title: '持续推进老旧公园改造提升',
    unit: '园林绿化科',
    longTerm: true,
    measures: ['其余公园列入年度计划，逐年推进。'],
  },
];

/** A bureau's round on 29 March 2024: something overdue, something to review, something to decide, one looked back at. */
export async function bureauInMarch(ledger: Ledger): Promise<ToldRound> {
  const round = await ToldRound.launched(ledger, findings);
  await round.until('2024-01-03T02:12:00.000Z');
  for (const [code, name] of [
    ['LN-01', '办公室经办人'],
    ['LN-02', '园林绿化科经办人'],
    ['LN-03', '市容环卫科经办人'],
    ['LN-04', '人事科经办人'],
  ] as const) {
    await round.tell(code, name, { type: 'acknowledged' });
  }
  await round.until('2024-01-16T08:38:00.000Z');
  await round.submit('LN-04', '人事科经办人', 1, '干部人事档案复审表.xlsx');
  await round.proposeClosure('LN-04', '人事科经办人');
  await round.until('2024-01-18T02:00:00.000Z');
  await round.approve('LN-04', '督办专责');
  await round.until('2024-03-22T08:38:00.000Z');
  await round.report(
    'LN-01',
    '办公室经办人',
    '已补登4条，其余5条正在核对派车单，涉及两名驾驶员已轮岗，需找交通费报销单比对。3月检查台账见附件。',
  );
  await round.submit('LN-01', '办公室经办人', 2, '2024年3月公务用车检查台账.xlsx');
  await round.until('2024-03-25T03:20:00.000Z');
  await round.submit('LN-02', '园林绿化科经办人', 1, '城市门户绿化提升方案.docx');
  await round.submit('LN-02', '园林绿化科经办人', 2, '行道树养护台账.xlsx');
  await round.proposeClosure('LN-02', '园林绿化科经办人');
  await round.submit('LN-03', '市容环卫科经办人', 1, '分类投放点一览表.xlsx');
  await round.proposeClosure('LN-03', '市容环卫科经办人');
  await round.until('2024-03-29T02:26:00.000Z');
  await round.report('LN-06', '计划财务科经办人', '清查完成八成，余下三处房产在补权属材料。');
  return round;
}

/** The same bureau three months later: the archive's issue has come back in its look-back. */
export async function afterRebound(round: ToldRound): Promise<void> {
  await round.until('2024-04-19T07:05:00.000Z');
  const finding = '抽查档案30卷，4卷仍缺任免材料，复审表与原件不符。';
  await round.tell('LN-04', '巡察办专责', { type: 'rebounded', finding, deadline: '2024-06-28' });
}
