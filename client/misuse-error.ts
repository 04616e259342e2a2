/**
 * The command was used wrongly or its input cannot be read: exit code 2 and one Chinese sentence, never a stack trace.
 * What is asked rightly but cannot be granted is a refusal, not a misuse.
 */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
  readonly exitCode = 2;
}
