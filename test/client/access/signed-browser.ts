import type { pagesOver } from '../pages/told-world.ts';

type App = ReturnType<typeof pagesOver>['app'];

/** A page as somebody sees who is signed in, and his browser, which posts from it. */
export async function openedBy(app: App, cookie: string, path: string) {
  const own = { cookie, host: 'localhost' };
  const page = await app.request(path, { headers: own });
  const formCookie = /huitoukan-form=[^;]+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const text = await page.text();
  const seal = /name="seal" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const post = async (to: string, fields: Record<string, string>) => {
    const headers = { ...own, cookie: `${cookie}; ${formCookie}`, origin: 'http://localhost' };
    const answer = await app.request(to, { method: 'POST', headers, body: new URLSearchParams({ seal, ...fields }) });
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
  };
  return { status: page.status, text, post };
}
