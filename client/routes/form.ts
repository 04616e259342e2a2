import type { Context } from 'hono';
import { z } from 'zod';
import type { Signed } from '../access/sessions.ts';
import { wrongSentence } from '../api/field-names.ts';
import { MisuseError } from '../misuse-error.ts';
import { UnreadableNotice } from '../notice-import/notice-reading.ts';
import { isOurForm } from '../pages/form-seal.ts';
import type { Shown } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';

/** A posted form: single texts, lists of texts, and files. */
export interface Form {
  text(name: string): string;
  /** Who acts: whoever is signed in, and only where nobody is, whom the form names. */
  by(): string;
  /** A password: as it was typed, blanks included. */
  secret(name: string): string;
  texts(name: string): readonly string[];
  files(name: string): readonly File[];
}

/** Who acts, as a form names him. */
export const by = z.string().min(1, '请选择以谁的名义');
/** The page's own key for what the form asks: it is done once, however often it is sent. */
export const requestId = z.string().regex(/^page-[0-9a-f-]{36}$/, '页面放得太久了，请刷新再试');

/** Thrown when a form does not come from a page of ours. */
class ForeignForm extends RefusedError {
  constructor() {
    super('ForeignForm', '这张表单不是从本站的页面交来的，或页面放得太久了。请刷新页面再试。');
  }
}

/**
 * Reads a form that was posted from a page of ours.
 *
 * @throws ForeignForm
 */
export async function formOf(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true });
  const all = (name: string) => [body[name]].flat().filter((one) => one !== undefined);
  const texts = (name: string) => all(name).filter((one) => typeof one === 'string');
  if (!isOurForm(c, texts('seal')[0])) throw new ForeignForm();
  const { acting } = c.var.visit;
  const named = texts('by')[0]?.trim() ?? '';
  if (acting.by === 'viewer' && named !== '' && named !== acting.personId)
    throw new RefusedError('NotYou', '只能以自己的名义办；替别人登记答复，请由督办办公室代录。');
  return {
    texts,
    text: (name) => texts(name)[0]?.trim() ?? '',
    by: () => (acting.by === 'viewer' ? acting.personId : named),
    secret: (name) => texts(name)[0] ?? '',
    files: (name) => all(name).filter((one): one is File => one instanceof File && (one.size > 0 || one.name !== '')),
  };
}

/** Parses what a form says. @throws RefusedError `FormIncomplete` with a sentence for each field that is amiss */
export function parsed<Out>(schema: z.ZodType<Out>, value: unknown): Out {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  // A schema of ours says what to do; what zod says by itself is English and names types.
  const sentences = issues.map((issue) =>
    /\p{Script=Han}/u.test(issue.message) ? issue.message : wrongSentence(issue),
  );
  throw new RefusedError('FormIncomplete', sentences.join('\n'));
}

/** Gives the browser what signing in or out made of its cookies. */
export function keep(c: Context, { cookies }: Signed): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** What is refused because of who asks. */
const notHis: readonly string[] = ['NotYou', 'NotYours', 'NotOffice'];

/**
 * Does what a form asks for; what is refused is told on the page the form stood on. Defects go on to the server.
 *
 * @param again shows that page with the sentence
 */
export async function answered(
  c: Context,
  again: (shown: Shown) => Promise<Response> | Response,
  act: () => Promise<string>,
): Promise<Response> {
  try {
    return c.redirect(await act(), 303);
  } catch (error) {
    if (error instanceof ForeignForm) return again({ refusal: error.message, status: 403 });
    if (error instanceof RefusedError)
      return again({ refusal: error.message, status: notHis.includes(error.code) ? 403 : 409 });
    if (error instanceof UnreadableNotice || error instanceof MisuseError)
      return again({ refusal: error.message, status: 400 });
    throw error;
  }
}
