import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { MisuseError } from '../misuse-error.ts';
import { findPersonId } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';

export const day = z.string().refine(isIsoDate, '不是有效日期（应为 2024-03-29 之类）').meta({ format: 'date' });

export const importMode = z.enum(['write', 'preview']).default('write');

/** Who acts; the request's id makes a second delivery harmless and is made here when it is not given. */
export const acting = {
  by: z.string().min(1, '没有写明是谁'),
  /** Of the office, who enters it for the person who acts (代录). */
  recordedBy: z.string().min(1).optional(),
  requestId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .transform((given) => given ?? randomUUID()),
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

/** The JSON of a request, as the schema wants it. @throws MisuseError, ZodError, RefusedError `NotYou` */
export async function bodyOf<Shape>(context: Context, schema: z.ZodType<Shape>): Promise<Shape> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new MisuseError('请求不是 JSON');
  }
  requireDescribed(context.var.described?.body, schema);
  return schema.parse(signed(context, schema, body));
}

/** What stands in the address after `?`, as the schema wants it. @throws ZodError, RefusedError `NotYou` */
export function queryOf<Shape>(context: Context, schema: z.ZodType<Shape>): Shape {
  requireDescribed(context.var.described?.query, schema);
  return schema.parse(signed(context, schema, context.req.query()));
}

/** A route reads by the schema that the document of the API shows, and by no other. */
function requireDescribed(described: z.ZodType | undefined, read: z.ZodType): void {
  if (described !== read) throw new Error('the route reads by another schema than it is described with');
}

/** What a request names, where its route begins with it: as the gate found it in sight, else as the address has it. */
export function refOf(context: Context): string {
  return context.var.subjectId ?? context.req.param('ref') ?? '';
}

/** With a person's token he acts himself: who acts need not be written, and nobody else may be. */
function signed(context: Context, schema: z.ZodType, given: unknown): unknown {
  const { acting } = context.var.visit;
  if (acting.by === 'choice' || typeof given !== 'object' || given === null) return given;
  const his = [acting.personId, acting.name, acting.email];
  const isHis = (field: 'by' | 'recordedBy') => {
    const named = (given as Readonly<Record<string, unknown>>)[field];
    return named === undefined || (typeof named === 'string' && his.includes(named.trim()));
  };
  if (!isHis('by') || !isHis('recordedBy'))
    throw new RefusedError('NotYou', '个人令牌只能以本人的名义办；替别人登记答复，请由督办办公室代录。');
  return namesWhoActs(schema) ? { ...given, by: acting.personId } : given;
}

function namesWhoActs(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.some((one) => namesWhoActs(one as z.ZodType));
  return schema instanceof z.ZodObject && 'by' in schema.shape;
}

/** What the address of an uploaded file says of it: its bytes are the body. */
export const upload = { fileName: z.string('没有写明文件名').min(1, '没有写明文件名') } as const;

/** The bytes of an uploaded file. */
export async function bytesOf(context: Context): Promise<Uint8Array> {
  return new Uint8Array(await context.req.arrayBuffer());
}
