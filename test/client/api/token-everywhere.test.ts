import { expect, it } from 'vitest';
import { createApi } from '../../../client/api/index.ts';

const none = undefined as never; // what nobody without the token gets to
const api = createApi({
  ...{ ledger: none, temporal: none, issues: none, rounds: none, drills: none, inbox: none },
  ...{ mailDomain: 'x.invalid', token: 'the token of this instance', verify: none },
  log: (line) => {
    throw new Error(line);
  },
});
const routes = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
];

it('the API has routes that can be asked about', () => {
  expect(routes.length).toBeGreaterThan(50);
});

it.each(routes)('%s refuses whoever has no token, another one, or only a session', async (route) => {
  const [method, path] = route.split(' ') as [string, string];
  const address = path.replace(/:\w+(\{[^}]*\})?/g, 'some');
  for (const headers of [
    {},
    { authorization: 'Bearer another' },
    { authorization: 'Bearer ' },
    { authorization: 'Basic dGhlIHRva2VuIG9mIHRoaXMgaW5zdGFuY2U=' },
    { cookie: 'huitoukan.session_token=some' },
  ] as Record<string, string>[]) {
    const answer = await api.request(address, { method, headers, body: method === 'GET' ? null : '{}' });
    expect(answer.status).toBe(401);
  }
});
