import { type Command, Option } from 'commander';
import type { DelegateOptions, HandoverOptions, ReachableOptions } from './people-changes.ts';
import { group, type Surroundings } from './surroundings.ts';

/** Whether it has to be given, the ledger knows. */
const by = ['--by <谁>', '由谁办理（督办办公室）；还没有分派督办办公室时可以不写'] as const;
const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'];

/** `people …`. */
export function peopleCommands(program: Command, { output, instance }: Surroundings): void {
  const people = group(program, 'people', '通讯录、移交、委托');
  people
    .command('import <文件>')
    .description('从 .csv 导入人员（姓名、邮箱、单位、职务）；按邮箱对应，重复导入不变')
    .option(...by)
    .option('--preview', '只看会改什么，不写入')
    .action(async (path: string, { preview, by: who }: { preview?: true; by?: string }) => {
      const how = { mode: preview ? ('preview' as const) : ('write' as const), by: who };
      await (await import('./people.ts')).peopleImport(output(), await instance(), path, how);
    });
  people
    .command('imports')
    .description('列出历次导入：谁、何时、哪个文件、改了多少')
    .action(async () => (await import('./people.ts')).peopleImports(output(), await instance()));
  const changing = (command: Command, what: string) =>
    command
      .addOption(new Option('--role <职责>', '以哪种职责').choices(roles).default('handler'))
      .option('--round <轮次>', `只${what}这个轮次的`)
      .option('--issue <问题>', `只${what}这些问题，逗号分隔`)
      .requiredOption('--reason <理由>', '理由')
      .requiredOption('--by <谁>', '由谁办理（督办办公室）')
      .option('--scope <演练>', `演练的编号，${what}演练人员时写`)
      .option('--preview', `只看会${what}什么，不写入`);
  changing(people.command('handover <移交人> <接手人>'), '移交')
    .description('移交：把一个人在办的问题交给另一个人；接手的责任人须重新认领')
    .action(async (from: string, to: string, options: HandoverOptions) => {
      await (await import('./people-changes.ts')).peopleHandover(output(), await instance(), from, to, options);
    });
  changing(people.command('correct <写错的人> <应为的人>'), '更正')
    .description('更正：分派、移交时写错了人，从一开始就应是另一个人；误发的邮件留底，以后发给应为的人')
    .action(async (from: string, to: string, options: HandoverOptions) => {
      const { peopleHandover } = await import('./people-changes.ts');
      await peopleHandover(output(), await instance(), from, to, options, 'correction');
    });
  people
    .command('reachable <人>')
    .description('退信以后登记：这个人的邮箱又能收信了，或换了邮箱；以后的提醒照常发邮件')
    .option('--email <邮箱>', '换成的邮箱；没换的不写')
    .requiredOption('--reason <理由>', '理由，如：本人来电更正')
    .option(...by)
    .option('--preview', '只看会改什么，不写入')
    .action(async (person: string, options: ReachableOptions) =>
      (await import('./people-changes.ts')).peopleReachable(output(), await instance(), person, options),
    );
  people
    .command('delegate <委托人> <代理人>')
    .description('委托：某段时间内由代理人代办，两人的姓名都留存')
    .requiredOption('--from <日期>', '从哪天起')
    .requiredOption('--until <日期>', '到哪天止（含当日）')
    .requiredOption('--reason <理由>', '理由')
    .option('--by <谁>', '由谁登记（督办办公室，或委托人本人）；演练、还没有分派督办办公室时可以不写')
    .option('--scope <演练>', '演练的编号，委托演练人员时写')
    .option('--preview', '只看涉及什么，不写入')
    .action(async (from: string, to: string, options: DelegateOptions) => {
      await (await import('./people-changes.ts')).peopleDelegate(output(), await instance(), from, to, options);
    });
  people
    .command('delegations')
    .description('列出委托')
    .option('--scope <演练>', '演练的编号')
    .action(async (options: { scope?: string }) =>
      (await import('./people-changes.ts')).peopleDelegations(output(), await instance(), options),
    );
  people
    .command('revoke <委托>')
    .description('撤销委托；<委托> 写 people delegations 列出的编号')
    .option('--by <谁>', '由谁撤销（督办办公室，或委托人本人）；演练、还没有分派督办办公室时可以不写')
    .action(async (id: string, options: { by?: string }) =>
      (await import('./people-changes.ts')).peopleRevoke(output(), await instance(), id, options),
    );
}
