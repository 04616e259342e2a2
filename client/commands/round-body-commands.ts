import { type Command, Option } from 'commander';
import type { ImportOptions } from './round-bodies.ts';
import { group, type Surroundings } from './surroundings.ts';

/** `round import`, `round bodies …`, `round sources …`: what a draft is made up of. */
export function roundBodyCommands(round: Command, { output, instance }: Surroundings): void {
  const loaded = () => import('./round-bodies.ts');
  round
    .command('import <轮次>')
    .description('把另一份通报并入草稿：另一个被巡察单位的，或另一个反馈来源的')
    .requiredOption('--from <通报>', '通报文件（.txt .html .docx）')
    .option('--body <单位>', '属于哪个被巡察单位；不写则按通报写的单位')
    .option('--source <来源>', '反馈来源，如 选人用人专项检查；通报只写了一个的可不写')
    .option('--code <前缀>', '编号的前缀；不写则接着该单位已有的编号')
    .option('--feedback <日期>', '反馈日；不写则按通报写的，通报没写按本轮的')
    .addOption(new Option('--level <层级>', '问题所在的层级').choices(['一、', '（一）', '1.', '（1）']))
    .action(async (ref: string, options: ImportOptions) =>
      (await loaded()).roundImport(output(), await instance(), ref, options),
    );

  const bodies = group(round, 'bodies', '被巡察单位（草稿）：增加、改名、归入问题');
  bodies
    .command('list <轮次>')
    .description('列出被巡察单位、各有哪些问题、各单位自己的人')
    .action(async (ref: string) => (await loaded()).bodiesList(output(), await instance(), ref));
  bodies
    .command('add <轮次> <名称>')
    .description('增加一个被巡察单位')
    .action(async (ref: string, name: string) => (await loaded()).bodiesAdd(output(), await instance(), ref, name));
  bodies
    .command('rename <轮次> <单位> <名称>')
    .description('改名')
    .action(async (ref: string, body: string, name: string) =>
      (await loaded()).bodiesRename(output(), await instance(), { round: ref, body, name }),
    );
  bodies
    .command('remove <轮次> <单位>')
    .description('去掉没有问题的单位')
    .action(async (ref: string, body: string) => (await loaded()).bodiesRemove(output(), await instance(), ref, body));
  bodies
    .command('put <轮次> <单位>')
    .description('把问题归入这个单位；编号不变')
    .requiredOption('--issues <范围>', '如 1-5 或 GM-01、GM-03')
    .action(async (ref: string, body: string, { issues }: { issues: string }) =>
      (await loaded()).bodiesPut(output(), await instance(), { round: ref, body, issues }),
    );

  const sources = group(round, 'sources', '反馈来源（草稿）：巡察反馈、选人用人专项检查……');
  sources
    .command('list <轮次>')
    .description('列出反馈来源和各有哪些问题')
    .action(async (ref: string) => (await loaded()).sourcesList(output(), await instance(), ref));
  sources
    .command('put <轮次> <来源>')
    .description('写明哪些问题出自这个来源')
    .requiredOption('--issues <范围>', '如 12-15')
    .action(async (ref: string, source: string, { issues }: { issues: string }) =>
      (await loaded()).sourcesPut(output(), await instance(), { round: ref, source, issues }),
    );
}
