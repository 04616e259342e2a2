import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { isOurForm, sealed } from '../../../client/pages/form-seal.ts';

const app = new Hono();
app.use(sealed);
app.get('/', (c) => c.text(c.var.seal));
app.post('/', async (c) => c.text(isOurForm(c, await c.req.text()) ? 'ours' : 'foreign'));

async function visit(cookie = ''): Promise<{ seal: string; cookie: string }> {
  const answer = await app.request('/', { headers: { cookie } });
  const [set = cookie] = (answer.headers.get('set-cookie') ?? cookie).split(';');
  return { seal: await answer.text(), cookie: set };
}

async function post(seal: string, cookie: string): Promise<string> {
  const answer = await app.request('/', { method: 'POST', body: seal, headers: { cookie, host: 'localhost' } });
  return answer.text();
}

test('the seals of one browser’s pages look different, and each is good for its forms', async () => {
  const first = await visit();
  const second = await visit(first.cookie);
  expect(second.seal).not.toBe(first.seal);
  expect([await post(first.seal, first.cookie), await post(second.seal, first.cookie)]).toEqual(['ours', 'ours']);
});

test('another browser’s seal, a cut one, the cookie itself and none are not', async () => {
  const [own, other] = [await visit(), await visit()];
  const key = own.cookie.split('=')[1] ?? '';
  for (const seal of [other.seal, own.seal.slice(0, 40), key, '', '!'])
    expect(await post(seal, own.cookie), seal).toBe('foreign');
});
