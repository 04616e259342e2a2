import { type Command, Option } from 'commander';
import type { CloseManyOptions } from './issue-requests.ts';
import { itemCommands, type RequestCommand, requestCommands } from './issue-request-table.ts';
import { group, type Surroundings } from './surroundings.ts';

/** Who acts and for whom it is entered: the same options for every request. */
export function asWhom(command: Command): Command {
  return enteredAs(command.requiredOption('--by <谁>', actor));
}

/** The same where the command may be asked for a preview alone, in which nobody acts; `when` says for what he is needed. */
export function asWhomUnlessPreview(command: Command, when: string): Command {
  return enteredAs(command.option('--by <谁>', `${actor}；${when}时必填`));
}

const actor = '以谁的名义：姓名、邮箱或内部编号';

function enteredAs(command: Command): Command {
  return command
    .option('--recorded-by <谁>', '代录人（须是督办办公室）')
    .option('--request-id <编号>', '重复执行时写同一个编号，只办一次');
}

/** Of every request to an issue. */
export const previewOption = [
  '--preview',
  '只看会怎样：哪些事项结束、改期，哪些提醒取消，能不能撤回；什么也不改变',
] as const;

/** One command for every request of `issue …`, from their table. */
export function issueRequestCommands(issue: Command, surroundings: Surroundings): void {
  for (const command of requestCommands) addRequest(issue, command, surroundings);
  const items = group(issue, 'items', '子台账条目（如黑点）；<条目> 写序号、1-5 或名称');
  items
    .command('list <问题>')
    .description('列出条目和状态')
    .action(async (ref: string) =>
      (await import('./issue-requests.ts')).itemsList(surroundings.output(), await surroundings.instance(), ref),
    );
  for (const command of itemCommands) addRequest(items, command, surroundings);
  asWhom(
    issue
      .command('close-many [问题...]')
      .description('批量同意销号；<问题> 写 编号=状态码；有一项没办成也接着办其余的')
      .option('--from <文件>', '每行一项：编号,状态码')
      .option('--present', '没写状态码的，同意现在的材料'),
  ).action(async (refs: string[], options: CloseManyOptions) => {
    const { issueCloseMany } = await import('./issue-requests.ts');
    await issueCloseMany(surroundings.output(), await surroundings.instance(), refs, options);
  });
}

function addRequest(parent: Command, request: RequestCommand, { output, instance }: Surroundings): void {
  const takes = ['<问题>', ...(request.arguments ?? [])].join(' ');
  const command = parent.command(`${request.name} ${takes}`).description(request.description);
  for (const { flags, description, choices, required } of request.options) {
    const option = new Option(flags, description);
    if (choices !== undefined) option.choices([...choices]);
    command.addOption(required === undefined ? option : option.makeOptionMandatory());
  }
  command.option(...previewOption);
  asWhom(command).action(async (ref: string, ...given: unknown[]) => {
    const options = given.at(-2) as Record<string, string | true | undefined>;
    const typed = { arguments: given.slice(0, -2).flat() as string[], options };
    await (await import('./issue-requests.ts')).issueRequest(output(), await instance(), request, ref, typed);
  });
}
