import type { Said } from '../../workflows/messages.ts';
import type { IssueRequest } from '../../workflows/rules/requests/index.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { type GeneralRequestName, requestDoors } from './issue-requests.ts';
import { forgetWords, requireMayAct, type RequestContext } from './request-context.ts';

/**
 * Asks for what has a door of `requestDoors`. What was kept for a request goes again when it is refused; a second delivery
 * of the same request changes nothing.
 *
 * @throws ZodError when the body does not fit; RefusedError as `Issues.ask`
 */
export async function askGenerally<Name extends GeneralRequestName>(
  issues: Pick<Issues, 'ask'>,
  name: Name,
  context: RequestContext,
  said: Said,
  body: unknown,
): Promise<void> {
  await requireMayAct(name, context);
  const request: IssueRequest<Name> = await requestDoors[name].read(context, body);
  try {
    await issues.ask(name, context.issueId, Object.assign({}, said, request));
  } catch (error) {
    if (error instanceof RefusedError) await forgetWords(context);
    throw error;
  }
}
