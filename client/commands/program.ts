import { type Argument, Command, Option } from 'commander';
import type { IssueLevel } from '../notice-import/notice-reading.ts';
import type { EnvironmentWith } from './drill.ts';
import type { Instance } from './instance.ts';
import { type Output, widthOf } from './output.ts';
import type { AssignOptions, CreateOptions } from './round.ts';
import type { ListOptions } from './issue.ts';

export interface Surroundings {
  readonly output: () => Output;
  /** The running instance. @throws RefusedError `NotRunning` */
  readonly instance: () => Promise<Instance>;
  readonly environmentWith: EnvironmentWith;
}

/** All commands with their help. Each loads its own file only when it is called, so that the readers start fast. */
export function buildProgram({ output, instance, environmentWith }: Surroundings): Command {
  const program = inChinese(new Command('huitoukan'))
    .description('回头看：从通报到回头看，跟住每一个反馈问题')
    .option('--json', '标准输出只写 JSON')
    .addHelpText('after', '\n退出码：0 办成；1 被拒绝（写明原因）；2 用法不对或文件读不了');

  const notice = group(program, 'notice', '读公开的整改通报（不需要启动）');
  notice
    .command('read <文件>')
    .description('读出轮次、问题、措施，并列出要核对的地方（.txt .html .docx）')
    .addOption(
      new Option('--level <层级>', '问题所在的层级，不写则自动判断').choices(['一、', '（一）', '1.', '（1）']),
    )
    .action(async (path: string, { level }: { level?: IssueLevel }) => {
      (await import('./notice.ts')).noticeRead(output(), path, level);
    });

  const people = group(program, 'people', '通讯录');
  people
    .command('import <文件>')
    .description('从 .csv 导入人员（姓名、邮箱、单位、职务）；按邮箱对应，重复导入不变')
    .option('--preview', '只看会改什么，不写入')
    .action(async (path: string, { preview }: { preview?: true }) => {
      const mode = preview ? 'preview' : 'write';
      await (await import('./people.ts')).peopleImport(output(), await instance(), path, mode);
    });

  rounds(program, { output, instance, environmentWith });
  issues(program, { output, instance, environmentWith });

  program
    .command('why <问题或人员>')
    .description('每封提醒是按哪条规则、哪版政策、哪天、发给谁的；没有发的是为什么')
    .action(async (ref: string) => (await import('./why.ts')).why(output(), await instance(), ref));

  const calendar = group(program, 'calendar', '工作日历（不需要启动）');
  calendar
    .command('workdays <从> <到>')
    .description('两天之间的工作日，含首尾，按国务院办公厅放假安排')
    .action(async (from: string, to: string) => {
      (await import('./readers.ts')).workdays(output(), from, to);
    });

  const deadline = group(program, 'deadline', '读整改时限的文字（不需要启动）');
  deadline
    .command('read [文字]')
    .description('如 2024年3月底前、立行立改、2023年第四季度')
    .option('--feedback <日期>', '反馈日，如 2023-09-22')
    .option('--batch <文件>', '逐行读 {"phrase","feedback"}，按原顺序逐行答复')
    .action(async (phrase: string | undefined, options: { feedback?: string; batch?: string }) => {
      (await import('./readers.ts')).deadline(output(), phrase, options);
    });

  program
    .command('drill <通报>')
    .description('另起一个回头看，用演练人员把这份通报从交办走到回头看，然后停止')
    .option('--seconds-per-day <秒>', '一天走多少秒；0 为尽快', '0')
    .addOption(
      new Option('--staff <人员>', '勤快、参差、不理睬').choices(['diligent', 'mixed', 'silent']).default('mixed'),
    )
    .option('--seed <种子>', '同一种子，同一结果')
    .option('--last-days <天>', '最多走多少天')
    .option('--keep <文件夹>', '数据留在这个文件夹')
    .action(async (path: string, options: Parameters<(typeof import('./drill.ts'))['drill']>[3]) => {
      await (await import('./drill.ts')).drill(output(), environmentWith, path, options);
    });

  program
    .command('verify')
    .description('重放每个问题的事件，与台账逐项核对')
    .action(async () => (await import('./system.ts')).verifyLedger(output(), await instance()));
  program
    .command('health')
    .description('各部件是否正常，有没有该办而没有办的')
    .action(async () => (await import('./system.ts')).health(output(), await instance()));
  return program;
}

function rounds(program: Command, { output, instance }: Surroundings): void {
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
      '.csv，列：编号 责任领导 责任部门 责任人 配合部门 整改时限；编号写 * 的行：组长 督办 巡察办',
    )
    .option('--issues <范围>', '如 1-5 或 GM-01、GM-03 或 全部')
    .option('--handler <姓名>', '责任人')
    .option('--leader <姓名>', '责任领导')
    .option('--unit <部门>', '责任部门')
    .option('--assisting <部门>', '配合部门')
    .option('--deadline <时限>', '整改时限，如 2024年6月底前')
    .option('--office <姓名>', '全轮的督办办公室')
    .option('--group-head <姓名>', '全轮的组长')
    .option('--reviewer <姓名>', '全轮的巡察办')
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
    .action(async (ref: string, { firstMail }: { firstMail: 'now' | 'inHours' }) => {
      await (await import('./round.ts')).roundLaunch(output(), await instance(), ref, firstMail);
    });
  round
    .command('status [轮次]')
    .description('一个轮次的进展；不写则列出所有轮次')
    .action(async (ref?: string) => (await import('./round.ts')).roundStatus(output(), await instance(), ref));
}

function issues(program: Command, { output, instance }: Surroundings): void {
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
      ]),
    )
    .addOption(new Option('--light <灯号>').choices(['red', 'yellow', 'green', 'none']))
    .option('--unit <部门>', '责任部门')
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
    .action(async (ref: string, options: { by: string }) => {
      await (await import('./issue.ts')).issuePropose(output(), await instance(), ref, options);
    });
  issue
    .command('close <问题>')
    .description('同意销号；申请人、提交佐证的人不能审核自己的')
    .requiredOption(...by)
    .requiredOption('--state <状态码>', 'issue show 显示的状态码：只同意看过的那一版材料')
    .option('--evidence <编号>', '只认可这些佐证，逗号分隔；不写则全部认可')
    .action(async (ref: string, options: { by: string; state: string; evidence?: string }) => {
      await (await import('./issue.ts')).issueClose(output(), await instance(), ref, options);
    });
  issue
    .command('return <问题>')
    .description('退回销号申请')
    .requiredOption(...by)
    .requiredOption('--reason <理由>', '退回的理由')
    .option('--measures <序号>', '要补材料的措施，逗号分隔')
    .action(async (ref: string, options: { by: string; reason: string; measures?: string }) => {
      await (await import('./issue.ts')).issueReturn(output(), await instance(), ref, options);
    });
  issue
    .command('look-back <问题>')
    .description('登记回头看；写了 --rebound-until 即为反弹，重新整改')
    .requiredOption(...by)
    .requiredOption('--finding <所见>', '看到了什么')
    .option('--rebound-until <日期>', '问题反弹，新的整改时限')
    .action(async (ref: string, options: { by: string; finding: string; reboundUntil?: string }) => {
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
    .action(async (ref: string, options: Parameters<(typeof import('./issue.ts'))['issueDecide']>[3]) => {
      await (await import('./issue.ts')).issueDecide(output(), await instance(), ref, options);
    });
}

/** A command that only holds others. */
function group(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
};

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

/** Sub-commands inherit all of this. */
function inChinese(program: Command): Command {
  return program
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示命令的帮助')
    .configureHelp({
      showGlobalOptions: true,
      displayWidth: widthOf,
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
      commandUsage: (command) => {
        const names: string[] = [];
        for (let one: Command | null = command; one; one = one.parent) names.unshift(one.name());
        const takes = command.commands.length > 0 ? ['<命令>'] : command.registeredArguments.map(argumentTerm);
        return [...names, ...takes, '[选项]'].join(' ');
      },
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: ({ description, argChoices, defaultValue }) =>
        [
          description,
          ...(argChoices ? [`可选 ${argChoices.join('、')}`] : []),
          ...(typeof defaultValue === 'string' ? [`默认 ${defaultValue}`] : []),
        ]
          .filter((part) => part !== '')
          .join('；'),
    })
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
}
