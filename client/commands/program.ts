import { type Argument, Command, Option } from 'commander';
import type { HerdOptions } from './bench-herd.ts';
import type { MailOptions } from './bench-mail.ts';
import type { ReplyOptions } from './bench-reply.ts';
import type { WebOptions } from './bench-web.ts';
import type { IssueLevel } from '../notice-import/notice-reading.ts';
import { postCommands } from './beside-commands.ts';
import { issueCommands } from './issue-commands.ts';
import { leaderCommands } from './leader-commands.ts';
import type { DkimKeyOptions } from './dkim-key.ts';
import type { DrillOptions } from './drill.ts';
import type { RehearseOptions } from './rehearse.ts';
import { widthOf } from './output.ts';
import { peopleCommands } from './people-commands.ts';
import { calendarCommands, policyCommands } from './policy-commands.ts';
import { roundCommands } from './round-commands.ts';
import { roundCorrectionCommands } from './round-correction-commands.ts';
import { roundDutyCommands } from './round-duty-commands.ts';
import { group, type Surroundings } from './surroundings.ts';

/** All commands with their help. Each loads its own file only when it is called, so that the readers start fast. */
export function buildProgram(surroundings: Surroundings): Command {
  const { output, instance, environmentWith } = surroundings;
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

  peopleCommands(program, surroundings);
  roundCommands(program, surroundings);
  roundDutyCommands(program, surroundings);
  roundCorrectionCommands(program, surroundings);
  issueCommands(program, surroundings);
  leaderCommands(program, surroundings);
  postCommands(program, surroundings);

  program
    .command('why <问题、人员或轮次>')
    .description('每封提醒是按哪条规则、哪版政策、哪天、发给谁、为什么是他；没有发的是为什么')
    .action(async (ref: string) => (await import('./why.ts')).why(output(), await instance(), ref));

  program
    .command('rehearse <轮次>')
    .description('预演：若无人办理，哪天会给谁发几封、升级到谁、提请几次；什么也不改变')
    .option('--from <日期>', '从哪天交办起算；不写则为今天')
    .action(async (ref: string, options: RehearseOptions) =>
      (await import('./rehearse.ts')).rehearseRound(output(), await instance(), ref, options),
    );

  const calendar = group(program, 'calendar', '工作日历');
  calendar
    .command('workdays <从> <到>')
    .description('两天之间的工作日，含首尾；启动着的，按已公布的日历，否则按自带的放假安排')
    .action(async (from: string, to: string) => {
      await (await import('./readers.ts')).workdays(output(), instance, from, to);
    });
  calendarCommands(calendar, surroundings);
  policyCommands(program, surroundings);

  const deadline = group(program, 'deadline', '读整改时限的文字（不需要启动；启动着的，按已公布的日历）');
  deadline
    .command('read [文字]')
    .description('如 2024年3月底前、立行立改、2023年第四季度')
    .option('--feedback <日期>', '反馈日，如 2023-09-22')
    .option('--batch <文件>', '逐行读 {"phrase","feedback"}，按原顺序逐行答复')
    .action(async (phrase: string | undefined, options: { feedback?: string; batch?: string }) => {
      await (await import('./readers.ts')).deadline(output(), instance, phrase, options);
    });

  const mail = group(program, 'mail', '读来信，收来信文件，备签名的密钥');
  mail
    .command('read [文件]')
    .description('一封来信（.eml）是答复、自动回复、退信还是转发，写了什么，带了什么附件')
    .option('--batch <文件夹>', '逐个读文件夹里的邮件，按文件名顺序，一封一行 JSON')
    .action(async (path: string | undefined, options: { batch?: string }) => {
      await (await import('./mail.ts')).mailRead(output(), path, options);
    });
  mail
    .command('import <文件或文件夹>')
    .description('把存成文件的来信（.eml）收进来，和从邮箱收到的一样办（需要启动）；文件夹里的按文件名顺序')
    .option('--preview', '只看会怎么收，不收')
    .action(async (path: string, options: { preview?: true }) => {
      await (await import('./mail.ts')).mailImport(output(), await instance(), path, options);
    });
  mail
    .command('reply-text')
    .description('从标准输入读邮件正文，只留本人写的，去掉引用的原邮件和签名')
    .option('--batch <文件夹>', '逐个读文件夹里的正文，按文件名顺序，一个一行 JSON')
    .action(async (options: { batch?: string }) => {
      (await import('./mail.ts')).mailReplyText(output(), options);
    });
  mail
    .command('dkim-key <文件夹>')
    .description('备好给发出的邮件签名（DKIM）的私钥，写明要加的 DNS 记录；已有的不动')
    .requiredOption('--domain <域名>', '发信的域名，即 MAIL_DOMAIN')
    .option('--selector <名称>', '选择器，即 MAIL_DKIM_SELECTOR', 'huitoukan')
    .action(async (folder: string, options: DkimKeyOptions) =>
      (await import('./dkim-key.ts')).dkimKey(output(), folder, options),
    );

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
    .action(async (path: string, options: DrillOptions) => {
      await (await import('./drill.ts')).drill(output(), environmentWith, path, options);
    });

  const bench = group(program, 'bench', '量一量');
  bench
    .command('reminder')
    .description('每行提醒在 Temporal 里花多少历史事件和状态变更，与教科书写法相比')
    .action(async () => (await import('./bench.ts')).benchReminder(output(), environmentWith));
  bench
    .command('rehearse')
    .description('预演一千个问题的轮次要多久（不需要启动）')
    .action(async () => (await import('./bench-rehearse.ts')).benchRehearse(output()));
  bench
    .command('herd')
    .description('十万行同时到点、发给五百人要多久，与 graphile-worker 相比（不需要启动）')
    .option('--lines <行数>', '多少行', '100000')
    .option('--people <人数>', '发给多少人', '500')
    .action(async (options: HerdOptions) => (await import('./bench-herd.ts')).benchHerd(output(), options));
  bench
    .command('web')
    .description('十万个问题时列表、问题页、概览、查找各要多久、多大，同时走着一场演练，与只读数据相比（不需要启动）')
    .option('--issues <个数>', '多少个问题', '100000')
    .action(async (options: WebOptions) =>
      (await import('./bench-web.ts')).benchWeb(output(), environmentWith, options),
    );
  bench
    .command('mail')
    .description('一秒发得出多少封写好的信，与 Postfix 的 smtp-source 相比（不需要启动，须装有 Postfix）')
    .option('--mails <封数>', '多少封', '10000')
    .action(async (options: MailOptions) => (await import('./bench-mail.ts')).benchMail(output(), options));
  bench
    .command('reply')
    .description('回信从收下到问题页上看得见要多久（自己起一套回头看，用真时钟）')
    .option('--replies <封数>', '多少封', '200')
    .action(async (options: ReplyOptions) =>
      (await import('./bench-reply.ts')).benchReply(output(), environmentWith, options),
    );

  program
    .command('verify')
    .description('重放每个问题和轮次的事件，与台账逐项核对')
    .action(async () => (await import('./system.ts')).verifyLedger(output(), await instance()));
  program
    .command('health')
    .description('各部件是否正常，有没有该办而没有办的')
    .option('--all', '把每个问题的台账与流程都比对一遍，不只抽查')
    .action(async ({ all }: { all?: true }) =>
      (await import('./system.ts')).health(output(), await instance(), all ? 'all' : 'sample'),
    );
  return program;
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
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
}
