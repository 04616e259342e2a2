import type { Refusal } from '../workflows/rules/refusal.ts';

/** The request cannot be met in the present state; `code` is stable, the message is for people. 409, exit 1, or a refusal mail. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @throws RefusedError with the first one's code and the sentences of all, when there is any */
export function requireNoRefusal(refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (first !== undefined) throw new RefusedError(first.code, refusals.map(({ message }) => message).join('；'));
}
