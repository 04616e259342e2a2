import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { UnreadableNotice } from '../notice-import/notice-reading.ts';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';
import { ImportRefused } from '../rounds/import-refused.ts';
import { LaunchRefused } from '../rounds/launch.ts';
import { misuseSentence } from './field-names.ts';

/** What the API answers when it does not do what was asked. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  /** Of an import or a launch: everything at once, for programs. */
  readonly problems?: readonly { readonly line?: number; readonly code?: string; readonly message: string }[];
}

/** A request cannot be met: 409. It cannot be understood: 400. Anything else is a defect: 500, logged whole, told in one line. */
export function errorAnswer(context: Context, error: unknown, log: (line: string) => void): Response {
  const answer = (status: 400 | 401 | 403 | 404 | 409 | 413 | 500, body: ErrorAnswer) => context.json(body, status);
  if (error instanceof ImportRefused) {
    return answer(409, { code: error.code, message: error.message, problems: error.problems });
  }
  if (error instanceof LaunchRefused) {
    return answer(409, { code: error.code, message: error.message, problems: error.missing });
  }
  if (error instanceof RefusedError)
    return answer(error.code === 'NotYou' ? 403 : 409, { code: error.code, message: error.message });
  if (error instanceof MisuseError || error instanceof UnreadableNotice) {
    return answer(400, { code: 'Misuse', message: error.message });
  }
  if (error instanceof z.ZodError)
    return answer(400, { code: 'Misuse', message: `请求有误：${misuseSentence(error)}` });
  if (error instanceof HTTPException && (error.status === 401 || error.status === 403 || error.status === 413)) {
    return answer(error.status, { code: 'Refused', message: error.message });
  }
  log(
    `${context.req.method} ${context.req.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return answer(500, { code: 'Defect', message: '程序出错，没有办成；详情见日志' });
}
