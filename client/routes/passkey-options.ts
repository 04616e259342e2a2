import type { Context } from 'hono';
import type { Passkeys } from '../access/passkeys.ts';
import type { PasskeysOffered } from '../pages/parts/passkeys.tsx';
import { RefusedError } from '../refused-error.ts';
import { formOf } from './form.ts';

/** A passkey belongs to a name: a page that was opened under another one cannot use it. */
export function passkeysOffered(c: Context, { origin }: Passkeys): PasskeysOffered {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  return { at: host === new URL(origin).host ? 'here' : 'elsewhere', origin };
}

/** What the script of our pages asks a device, as JSON; only for a page of ours. */
export async function options(c: Context, make: () => Promise<object>): Promise<Response> {
  try {
    await formOf(c);
    return c.json(await make());
  } catch (error) {
    if (error instanceof RefusedError) return c.json({ message: error.message }, 403);
    throw error;
  }
}
