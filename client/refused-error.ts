/** The request cannot be met in the present state; `code` is stable, the message is for people. 409, exit 1, or a refusal mail. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
