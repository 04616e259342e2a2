import type { Hono } from 'hono';

const host = 'http://localhost';

interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: readonly (readonly [string, string | File])[];
}

/** What a robot did on its way. */
export interface Visit {
  readonly requests: number;
  readonly posts: number;
}

/**
 * A scanner of mail that spares nothing: HEAD and GET of a link, every redirect and every link below `/a/`, and every
 * form it meets, filled in with what fits each field, until it finds nothing new.
 */
export async function scan(app: Hono, path: string, words: string): Promise<Visit> {
  const jar = new Map<string, string>();
  const seen = new Set<string>();
  let requests = 0;
  let posts = 0;
  const send = async (to: string, init: RequestInit = {}) => {
    requests += 1;
    const headers = {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      host: 'localhost',
      ...(init.method === 'POST' && { origin: 'null', 'sec-fetch-site': 'same-origin' }),
    };
    const response = await app.request(new URL(to, host).href, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return response;
  };
  const read = async (response: Response, depth: number): Promise<void> => {
    const location = response.headers.get('location');
    if (location !== null) return open(location, depth);
    const html = await response.text();
    for (const [, href] of html.matchAll(/<a href="(\/a\/[^"]*)"/g)) await open(href!, depth);
    for (const form of formsIn(html, words)) {
      const name = `${form.action} ${form.fields.map(([key, value]) => (key === 'act' && typeof value === 'string' ? value : key)).join(',')}`;
      if (depth > 4 || seen.has(name)) continue;
      seen.add(name);
      const body = new FormData();
      for (const [key, value] of form.fields) body.append(key, value);
      posts += 1;
      const { action } = form;
      await read(await send(action, { method: 'POST', body }), depth + 1);
    }
  };
  const open = async (to: string, depth: number): Promise<void> => {
    if (seen.has(to) || !to.startsWith('/a/')) return;
    seen.add(to);
    await send(to, { method: 'HEAD' });
    await read(await send(to), depth);
  };
  await open(path, 0);
  return { requests, posts };
}

/** The forms of a page, once for each choice among radio buttons. */
function formsIn(html: string, words: string): Form[] {
  return [...html.matchAll(/<form[^>]*method="(post)"[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].flatMap(
    ([, method, action, inside]) => {
      const radios: (readonly [string, string])[] = [];
      const fields: (readonly [string, string | File])[] = [];
      for (const [, tag, attributes] of inside!.matchAll(/<(input|textarea|select)\b([^>]*)>/g)) {
        const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes!)?.[1];
        const [name, type, value] = [of('name') ?? '', of('type') ?? tag!, of('value') ?? ''];
        if (type === 'radio') radios.push([name, value]);
        else if (type === 'file') fields.push([name, new File(['scanner'], '材料1.txt', { type: 'text/plain' })]);
        else if (type === 'date') fields.push([name, '2024-05-10']);
        else if (type === 'select') fields.push([name, /<option value="([^"]*)"/.exec(inside!)?.[1] ?? '']);
        else fields.push([name, value === '' ? words : value]);
      }
      const choices = radios.length === 0 ? [[]] : radios.map((one) => [one]);
      return choices.map((chosen) => ({ method: method!, action: action!, fields: [...fields, ...chosen] }));
    },
  );
}
