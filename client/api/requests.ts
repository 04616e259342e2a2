import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { MisuseError } from '../misuse-error.ts';
import { findPersonId } from '../reading/index.ts';

export const day = z.string().refine(isIsoDate, '不是有效日期（应为 2024-03-29 之类）');

/** Who acts; the request's id makes a second delivery harmless and is made here when it is not given. */
export const acting = {
  by: z.string().min(1, '没有写明是谁'),
  /** Of the office, who enters it for the person who acts (代录). */
  recordedBy: z.string().min(1).optional(),
  requestId: z
    .string()
    .min(1)
    .max(200)
    .default(() => randomUUID()),
} as const;

/** Who says it, with ids for the names. @throws RefusedError `UnknownPerson`, `AmbiguousPerson` */
export async function saidBy(
  ledger: Ledger,
  { by, recordedBy, requestId }: { by: string; recordedBy?: string | undefined; requestId: string },
  scope?: string,
): Promise<Said> {
  return {
    requestId,
    by: await findPersonId(ledger, by, scope),
    source: 'commandLine',
    ...(recordedBy !== undefined && { recordedBy: await findPersonId(ledger, recordedBy, scope) }),
  };
}

/** The JSON of a request, as the schema wants it. @throws MisuseError, ZodError */
export async function bodyOf<Shape>(context: Context, schema: z.ZodType<Shape>): Promise<Shape> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new MisuseError('请求不是 JSON');
  }
  return schema.parse(body);
}

/** An uploaded file: its bytes are the body, its name stands in the query. @throws MisuseError when there is none */
export async function fileOf(context: Context): Promise<{ bytes: Uint8Array; fileName: string }> {
  const fileName = context.req.query('fileName');
  if (fileName === undefined || fileName === '') throw new MisuseError('没有写明文件名');
  return { bytes: new Uint8Array(await context.req.arrayBuffer()), fileName };
}
