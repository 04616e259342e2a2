import type { pagesOver } from './told-world.ts';

type App = ReturnType<typeof pagesOver>['app'];
const origin = 'http://localhost';

/** A browser that has opened a page: it holds the cookie, and every form on the page holds the seal. */
export async function opened(app: App, path: string) {
  const page = await app.request(path);
  const cookie = /huitoukan-form=[^;]+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const text = await page.text();
  const seal = /name="seal" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const requestId = /name="requestId" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const post = (to: string, fields: Record<string, string | string[] | File>, headers: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ seal, requestId, ...fields })) {
      for (const one of [value].flat()) body.append(name, one);
    }
    return app.request(to, { method: 'POST', body, headers: { cookie, origin, host: 'localhost', ...headers } });
  };
  return { page, text, post };
}
