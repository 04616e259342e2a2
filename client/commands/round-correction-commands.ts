import type { Command } from 'commander';
import { asWhom } from './issue-request-commands.ts';
import type { CorrectBatchOptions, CorrectCommentOptions } from './round-corrections.ts';
import type { Surroundings } from './surroundings.ts';

const actions = () => import('./round-corrections.ts');

/** What was told about a round, and its corrections: `round batches`, `round correct-batch` … Stands behind `round …`. */
export function roundCorrectionCommands(program: Command, { output, instance }: Surroundings): void {
  const round = program.commands.find((command) => command.name() === 'round');
  if (round === undefined) throw new Error('the commands of rounds come first');
  round
    .command('batches <轮次>')
    .description('本轮的督办批次：任务、期限、涉及的问题，更正过的写明原来怎样、谁更正、为什么')
    .action(async (ref: string) => {
      await (await actions()).roundBatches(output(), await instance(), ref);
    });
  round
    .command('comments <轮次>')
    .description('本轮的群众意见：内容、涉及的问题、答复，更正过的写明原来怎样、谁更正、为什么')
    .action(async (ref: string) => {
      await (await actions()).roundComments(output(), await instance(), ref);
    });
  asWhom(
    round
      .command('correct-batch <轮次> <批次>')
      .description('更正督办批次：只写要更正的；没有答复的部门另发更正后的督办单，重新答复')
      .option('--task <任务>', '应为的任务')
      .option('--due <日期>', '应为的办结期限')
      .option('--issues <范围>', '应列的全部问题，如 1-3,7')
      .requiredOption('--reason <理由>', '为什么更正')
      .option('--preview', '只看哪些事项结束、哪些部门重新答复、督办单怎么写，不更正'),
  ).action(async (ref: string, number: string, options: CorrectBatchOptions) => {
    await (await actions()).roundCorrectBatch(output(), await instance(), { ref, number }, options);
  });
  asWhom(
    round
      .command('correct-comment <轮次> <意见>')
      .description('更正登记错了的群众意见；<意见> 写编号（如 GM-意见1）或登记时给出的内部编号；已答复的不再更正')
      .option('--text <内容>', '应为的原话')
      .option('--issue <问题>', '应为哪个问题；不涉及哪个问题的写 无')
      .requiredOption('--reason <理由>', '为什么更正'),
  ).action(async (ref: string, comment: string, options: CorrectCommentOptions) => {
    await (await actions()).roundCorrectComment(output(), await instance(), { ref, comment }, options);
  });
}
