import { type Command, Option } from 'commander';
import { issueBesideCommands } from './beside-commands.ts';
import type { Acting, DecideOptions, ListOptions, LookBackOptions, ProposeOptions } from './issue.ts';
import { issueRequestCommands, previewOption } from './issue-request-commands.ts';
import { group, type Surroundings } from './surroundings.ts';

/** `issue …`. */
export function issueCommands(program: Command, surroundings: Surroundings): void {
  const { output, instance } = surroundings;
  const issue = group(program, 'issue', '反馈问题；<问题> 写编号，如 GM-07');
  const by = ['--by <谁>', '以谁的名义：姓名、邮箱或内部编号'] as const;
  issue
    .command('list')
    .description('列出问题')
    .option('--round <轮次>', '只列这个轮次')
    .addOption(
      new Option('--phase <阶段>').choices([
        'assignment',
        'rectification',
        'closureReview',
        'longTerm',
        'lookBack',
        'archived',
        'withdrawn',
        'merged',
      ]),
    )
    .addOption(new Option('--light <灯号>').choices(['red', 'yellow', 'green', 'none']))
    .option('--unit <部门>', '责任部门')
    .option('--body <单位>', '被巡察单位')
    .option('--source <来源>', '反馈来源')
    .option('--text <文字>', '编号、标题、原文中的文字')
    .action(async (options: ListOptions) =>
      (await import('./issue.ts')).issueList(output(), await instance(), options),
    );
  issue
    .command('show <问题>')
    .description('一个问题的措施、佐证、欠着什么、下一步')
    .action(async (ref: string) => (await import('./issue.ts')).issueShow(output(), await instance(), ref));
  issue
    .command('propose <问题>')
    .description('申请销号（代录）')
    .requiredOption(...by)
    .option('--recorded-by <谁>', '代录人（须是督办办公室）')
    .addOption(
      new Option('--outcome <结果>', '完成、基本完成、转入长期坚持；不写则按问题的类别').choices([
        'done',
        'basicallyDone',
        'longTerm',
      ]),
    )
    .option('--remainder <措施=日期>', '基本完成时余下的措施和时限，如 2=2025-12-31,3=2026-03-31')
    .option(...previewOption)
    .action(async (ref: string, options: ProposeOptions) => {
      await (await import('./issue.ts')).issuePropose(output(), await instance(), ref, options);
    });
  issue
    .command('close <问题>')
    .description('同意销号；申请人、提交佐证的人不能审核自己的')
    .requiredOption(...by)
    .requiredOption('--state <状态码>', 'issue show 显示的状态码：只同意看过的那一版材料')
    .option('--evidence <编号>', '只认可这些佐证，逗号分隔；不写则全部认可')
    .option(...previewOption)
    .action(async (ref: string, options: Acting & { state: string; evidence?: string }) => {
      await (await import('./issue.ts')).issueClose(output(), await instance(), ref, options);
    });
  issue
    .command('return <问题>')
    .description('退回销号申请')
    .requiredOption(...by)
    .requiredOption('--reason <理由>', '退回的理由')
    .option('--measures <序号>', '要补材料的措施，逗号分隔')
    .option(...previewOption)
    .action(async (ref: string, options: Acting & { reason: string; measures?: string }) => {
      await (await import('./issue.ts')).issueReturn(output(), await instance(), ref, options);
    });
  issue
    .command('look-back <问题>')
    .description('登记回头看；写了 --rebound-until 即为反弹，重新整改')
    .requiredOption(...by)
    .requiredOption('--finding <所见>', '看到了什么')
    .option('--partly', '部分巩固，过几个月再看')
    .option('--rebound-until <日期>', '问题反弹，新的整改时限')
    .option(...previewOption)
    .action(async (ref: string, options: LookBackOptions) => {
      await (await import('./issue.ts')).issueLookBack(output(), await instance(), ref, options);
    });
  issue
    .command('decide <问题>')
    .description('决定系统的提请（如约谈）')
    .requiredOption(...by)
    .requiredOption('--proposal <提请>', 'issue show 列出的提请')
    .option('--accept', '采纳')
    .option('--decline', '不采纳')
    .requiredOption('--reason <理由>', '理由')
    .option(...previewOption)
    .action(async (ref: string, options: DecideOptions) => {
      await (await import('./issue.ts')).issueDecide(output(), await instance(), ref, options);
    });
  issueRequestCommands(issue, surroundings);
  issueBesideCommands(issue, surroundings);
}
