import type { Context } from 'hono';
import { RefusedError } from '../refused-error.ts';
import type { PagesDependencies } from './deps.ts';

/** How a mail program shows a letter: with its style sheet, or, as some web mailboxes and phones do, without. */
export type LetterReader = 'desk' | 'strict';

/** The letter alone, in a frame that may run no script and ask for nothing from outside. */
export async function letterBody(c: Context, deps: PagesDependencies, messageId: string): Promise<Response> {
  const { html } = await readMail(deps, messageId);
  const reader: LetterReader = c.req.query('reader') === 'strict' ? 'strict' : 'desk';
  c.header(
    'Content-Security-Policy',
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  );
  const shown = reader === 'strict' ? html.replace(/<style\b[^]*?<\/style\s*>/gi, '') : html;
  return c.html(shown.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`));
}

/** The mail's bytes as they came in, to be kept or opened in a mail program. */
export async function mailFile(c: Context, deps: PagesDependencies, messageId: string): Promise<Response> {
  const { raw } = await readMail(deps, messageId);
  return c.body(Uint8Array.from(raw), 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': 'attachment; filename="mail.eml"',
  });
}

function readMail({ practice }: PagesDependencies, messageId: string) {
  if (practice === undefined) throw new RefusedError('NoSuchMail', '演练信箱里没有这封信。');
  return practice.read(messageId);
}
