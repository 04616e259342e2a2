import { type Command, Option } from 'commander';
import { roundBesideCommands } from './beside-commands.ts';
import { roundBodyCommands } from './round-body-commands.ts';
import type { AssignOptions, CreateOptions } from './round.ts';
import { group, type Surroundings } from './surroundings.ts';

/** `round …`. */
export function roundCommands(program: Command, surroundings: Surroundings): void {
  const { output, instance } = surroundings;
  const round = group(program, 'round', '整改轮次；<轮次> 可写编号、编号的开头或名称');
  round
    .command('create')
    .description('从通报建立轮次（草稿）')
    .requiredOption('--from <通报>', '通报文件（.txt .html .docx）')
    .option('--code <前缀>', '问题编号的前缀，如 GM')
    .option('--name <名称>', '轮次的名称')
    .option('--feedback <日期>', '反馈日；通报没有写明时必填')
    .addOption(new Option('--level <层级>', '问题所在的层级').choices(['一、', '（一）', '1.', '（1）']))
    .action(async (options: CreateOptions) =>
      (await import('./round.ts')).roundCreate(output(), await instance(), options),
    );
  round
    .command('assign <轮次>')
    .description('分派：谁对哪些问题负责；从 .csv，或逐项写')
    .option(
      '--from <文件>',
      '.csv，列：编号 责任领导 责任部门 责任人 配合部门 整改时限 重要程度；编号写 3.2 的行管第3个问题的措施2：责任人 责任部门 整改时限 措施类别；编号写 * 的行管全轮，写单位名称的行管该单位：组长 督办 巡察办',
    )
    .option('--issues <范围>', '如 1-5 或 GM-01、GM-03 或 全部；3.2 是第3个问题的措施2')
    .option('--body <单位>', '某一被巡察单位的全部问题，可写其责任人、责任领导、组长、督办、巡察办')
    .option('--handler <姓名>', '责任人')
    .option('--leader <姓名>', '责任领导')
    .option('--unit <部门>', '责任部门')
    .option('--assisting <部门>', '配合部门')
    .option('--deadline <时限>', '整改时限，如 2024年6月底前')
    .option('--kind <类别>', '措施类别：一次性、建章立制、追责问责、长期坚持')
    .option('--weight <程度>', '重要程度：重大、一般')
    .option('--office <姓名>', '全轮（或该单位）的督办办公室')
    .option('--group-head <姓名>', '全轮（或该单位）的组长')
    .option('--reviewer <姓名>', '全轮（或该单位）的巡察办')
    .option('--reason <理由>', '交办之后换人即移交：为什么换')
    .option('--by <姓名>', '交办之后换人即移交：督办办公室的谁经办')
    .option('--preview', '只看会改什么，不写入')
    .action(async (ref: string, options: AssignOptions) => {
      await (await import('./round.ts')).roundAssign(output(), await instance(), ref, options);
    });
  round
    .command('launch <轮次>')
    .description('交办：从此逐项跟踪；缺什么会一次列全')
    .addOption(
      new Option('--first-mail <时间>', 'now 为立即发出交办邮件').choices(['now', 'inHours']).default('inHours'),
    )
    .option('--preview', '只看还缺什么；齐了就看首日发给谁、若无人办理会怎样（预演），不交办')
    .action(async (ref: string, options: { firstMail: 'now' | 'inHours'; preview?: true }) => {
      await (await import('./round-launch.ts')).roundLaunch(output(), await instance(), ref, options);
    });
  round
    .command('discard <轮次>')
    .description('删除草稿；已经交办的不能删除')
    .option('--preview', '只看连同什么一起删除，不删除')
    .action(async (ref: string, options: { preview?: true }) => {
      await (await import('./round-discard.ts')).roundDiscard(output(), await instance(), ref, options);
    });
  round
    .command('status [轮次]')
    .description('一个轮次的进展；不写则列出所有轮次')
    .action(async (ref?: string) => (await import('./round.ts')).roundStatus(output(), await instance(), ref));
  roundBodyCommands(round, surroundings);
  roundBesideCommands(round, surroundings);
}
