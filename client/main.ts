import { CommanderError } from 'commander';
import { environmentWith, readConfig } from '../config.ts';
import { misuseWords } from './commands/misuse-words.ts';
import { type Output, processOutput } from './commands/output.ts';
import { buildProgram } from './commands/program.ts';
import { MisuseError } from './misuse-error.ts';
import { RefusedError } from './refused-error.ts';

/**
 * The command line: exit 0 when it is done, 1 when it was refused, 2 when it was misused or cannot read its input; one
 * message on standard error, never a stack trace.
 */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough (head) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const output = processOutput(args.includes('--json') ? 'json' : 'text');
  const program = buildProgram({
    output: () => output,
    instance: async () => {
      const { Instance, instanceAddress } = await import('./commands/instance.ts');
      return new Instance(instanceAddress(config()));
    },
    environmentWith,
  });
  if (args.length === 0) {
    output.raw(program.helpInformation());
    return;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = told(error, output);
  }
}

function config(): ReturnType<typeof readConfig> {
  try {
    return readConfig();
  } catch (error) {
    throw new MisuseError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Says why it was not done, and gives the exit code. */
function told(error: unknown, output: Output): 0 | 1 | 2 {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0; // help was asked for
    output.note(misuseWords(error));
    return 2;
  }
  const name = error instanceof Error ? error.name : '';
  if (error instanceof MisuseError || name === 'UnreadableNotice') {
    output.note((error as Error).message);
    return 2;
  }
  if (error instanceof RefusedError) {
    const problems = 'problems' in error ? { problems: error.problems } : {};
    output.refused({ code: error.code, message: error.message, ...problems });
    output.note(error.message);
    return 1;
  }
  output.note(`程序出错：${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  return 1;
}
