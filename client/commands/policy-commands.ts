import type { Command } from 'commander';
import { MisuseError } from '../misuse-error.ts';
import { group, type Surroundings } from './surroundings.ts';

interface AdoptOptions {
  readonly by?: string;
  readonly preview?: true;
}

const preview = ['--preview', '只看会改什么，不写入'] as const;
const by = ['--by <谁>', '以谁的名义：督办办公室的姓名、邮箱或内部编号'] as const;

/** `policy …`. */
export function policyCommands(program: Command, { output, instance }: Surroundings): void {
  const policy = group(program, 'policy', '轮次的办法（督办规则）；<轮次> 可写编号、编号的开头或名称');
  policy
    .command('presets')
    .description('现成的办法；用 --json 得到可以改的全文（不需要启动）')
    .option('--feedback <日期>', '反馈日；三阶段的日期由它算起，不写则为今天')
    .action(async (options: { feedback?: string }) => {
      (await import('./policy.ts')).policyPresets(output(), options);
    });
  policy
    .command('check <文件>')
    .description('核对改好的办法，一次列出全部问题（不需要启动）')
    .action(async (path: string) => {
      (await import('./policy.ts')).policyCheck(output(), path);
    });
  policy
    .command('show <轮次>')
    .description('轮次现行的办法和各版')
    .option('--version <版本>', '看另一版')
    .action(async (ref: string, options: { version?: string }) => {
      await (await import('./policy.ts')).policyShow(output(), await instance(), ref, options);
    });
  policy
    .command('save <轮次> <文件>')
    .description('把改好的办法存为新的一版；不影响在办的问题')
    .requiredOption('--note <说明>', '为什么改')
    .action(async (ref: string, path: string, options: { note: string }) => {
      await (await import('./policy.ts')).policySave(output(), await instance(), ref, path, options);
    });
  policy
    .command('adopt <轮次> <版本>')
    .description('从现在起采用这一版；已过的日期不补发、不补提请')
    .option(...by)
    .option(...preview)
    .action(async (ref: string, version: string, options: AdoptOptions) => {
      const commands = await import('./policy.ts');
      if (options.preview) return commands.policyPreview(output(), await instance(), ref, version);
      await commands.policyAdopt(output(), await instance(), ref, version, requiredBy(options));
    });
}

/** `calendar read`, `calendar publish`, `calendar versions` and `calendar adopt`, in the group that holds `calendar workdays`. */
export function calendarCommands(calendar: Command, { output, instance }: Surroundings): void {
  calendar
    .command('read <文件>')
    .description('读一年的放假安排（通知原文或 .csv），列出要核对的地方（不需要启动）')
    .action(async (path: string) => {
      (await import('./calendar-publish.ts')).calendarRead(output(), path);
    });
  calendar
    .command('publish <文件>')
    .description('把一年的放假安排存为日历的新一版；在办问题的提醒要采用后才移动')
    .option('--by <谁>', '由谁公布（督办办公室）；还没有分派督办办公室时可以不写')
    .option(...preview)
    .action(async (path: string, options: AdoptOptions) => {
      const how = { mode: options.preview ? ('preview' as const) : ('write' as const), by: options.by };
      await (await import('./calendar-publish.ts')).calendarPublish(output(), await instance(), path, how);
    });
  calendar
    .command('versions')
    .description('列出日历的各版：出自哪里、谁、何时公布')
    .action(async () => (await import('./calendar-publish.ts')).calendarVersionsList(output(), await instance()));
  calendar
    .command('adopt [版本]')
    .description('在办问题的提醒改按这一版日历，不写则为最新一版；应交的日期不变')
    .option(...by)
    .option(...preview)
    .action(async (version: string | undefined, options: AdoptOptions) => {
      const commands = await import('./calendar-publish.ts');
      if (options.preview) return commands.calendarPreview(output(), await instance(), version);
      await commands.calendarAdopt(output(), await instance(), version, requiredBy(options));
    });
}

/** A preview is nobody's act; everything else is somebody's. */
function requiredBy({ by: who }: AdoptOptions): string {
  if (who === undefined) throw new MisuseError('请用 --by 写明以谁的名义采用，或用 --preview 只看变化');
  return who;
}
