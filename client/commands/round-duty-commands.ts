import { type Command, Option } from 'commander';
import { commentChannels } from '../rounds/comment-channels.ts';
import { asWhom, asWhomUnlessPreview } from './issue-request-commands.ts';
import type {
  AnswerOptions,
  BatchOptions,
  CommentOptions,
  DrawOptions,
  EvaluateOptions,
  PlanOptions,
  ReportOptions,
} from './round-duties.ts';
import type { Surroundings } from './surroundings.ts';

const actions = () => import('./round-duties.ts');

/** What a round owes as a whole, and what people do about it: `round duties`, `round report` … Stands behind `round …`. */
export function roundDutyCommands(program: Command, { output, instance }: Surroundings): void {
  const round = program.commands.find((command) => command.name() === 'round');
  if (round === undefined) throw new Error('the commands of rounds come first');
  round
    .command('duties <轮次>')
    .description('本轮应办事项：编号、期限、由谁办、是否逾期；接下来的哪天列入')
    .option('--all', '已办结和已过期的也列出')
    .action(async (ref: string, { all }: { all?: true }) => {
      await (await actions()).roundDuties(output(), await instance(), ref, all ? 'all' : 'ahead');
    });
  asWhom(
    round
      .command('report <轮次> <事项>')
      .description('登记办理情况：周检查、月调度、整改方案、报告、督办事项；<事项> 写 round duties 列出的编号')
      .requiredOption('--text <内容>', '办理情况'),
  ).action(async (ref: string, duty: string, options: ReportOptions) => {
    await (await actions()).roundReport(output(), await instance(), { ref, duty }, options);
  });
  asWhom(
    round
      .command('plan <轮次>')
      .description('审定整改方案；只有组长可以，报送人不能自己审定')
      .option('--approve', '同意')
      .option('--return', '退回，须写理由')
      .option('--body <单位>', '各单位分别报送的，写明是哪个被巡察单位的方案')
      .option('--reason <理由>', '理由'),
  ).action(async (ref: string, options: PlanOptions) => {
    await (await actions()).roundPlan(output(), await instance(), ref, options);
  });
  asWhom(
    round
      .command('batch <轮次>')
      .description('下达督办批次，并给每个责任部门写督办单')
      .requiredOption('--issues <范围>', '如 1-3,7 或 GM-01、GM-03 或 全部')
      .requiredOption('--title <标题>', '督办什么')
      .requiredOption('--task <任务>', '要求做什么')
      .option('--due <日期>', '办结期限；不写则按政策')
      .option('--preview', '只看给哪些部门、督办单怎么写、何时办结，不下达'),
  ).action(async (ref: string, options: BatchOptions) => {
    await (await actions()).roundBatch(output(), await instance(), ref, options);
  });
  asWhom(
    round
      .command('comment <轮次>')
      .description('登记群众意见')
      .requiredOption('--text <内容>', '原话')
      .option('--issue <问题>', '涉及哪个问题')
      .option('--contact <联系方式>', '来信人的联系方式')
      .addOption(new Option('--channel <途径>', '怎么来的').choices(Object.values(commentChannels)))
      .option('--received <日期>', '哪天收到；不写则为今天')
      .option('--due <日期>', '哪天前答复；不写则按政策'),
  ).action(async (ref: string, options: CommentOptions) => {
    await (await actions()).roundComment(output(), await instance(), ref, options);
  });
  asWhom(
    round
      .command('answer-comment <轮次> <意见>')
      .description('答复群众意见；<意见> 写编号（如 GM-意见1）或登记时给出的内部编号')
      .requiredOption('--answer <内容>', '答复内容'),
  ).action(async (ref: string, comment: string, options: AnswerOptions) => {
    await (await actions()).roundAnswerComment(output(), await instance(), { ref, comment }, options);
  });
  asWhomUnlessPreview(
    round
      .command('evaluate <轮次>')
      .description('定期评估：按台账算出各项得分和依据，登记评估结果')
      .option('--body <单位>', '只评这个被巡察单位；一轮有几个单位的，各单位分别评估')
      .option('--satisfaction <件数>', '群众评价：满意,基本满意,不满意 各几件，如 30,5,1；不写则按台账')
      .option('--note <说明>', '说明')
      .option('--preview', '只看得分和依据，不登记'),
    '登记',
  ).action(async (ref: string, options: EvaluateOptions) => {
    await (await actions()).roundEvaluate(output(), await instance(), ref, options);
  });
  asWhomUnlessPreview(
    round
      .command('draw <轮次>')
      .description('抽取回头看的问题，并逐项告知；上次没有办完的接着办完')
      .option('--seed <种子>', '事先公布的种子；不写则随机产生，都留存备查')
      .option('--preview', '只看从哪些里抽、哪些必抽、抽几项；抽中谁要抽了才知道'),
    '抽取',
  ).action(async (ref: string, options: DrawOptions) => {
    await (await actions()).roundDraw(output(), await instance(), ref, options);
  });
  round
    .command('verify-draw <轮次或抽取>')
    .description('按留存的种子和名单重新抽取一遍，核对结果是否相同')
    .action(async (ref: string) => {
      await (await actions()).roundVerifyDraw(output(), await instance(), ref);
    });
}
