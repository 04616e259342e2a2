import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Instance } from './support/instance.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const wang = { name: '王主任', email: 'wang@office.example', password: '春天的第一场雨2026' };
const printed = /http:\/\/127\.0\.0\.1:\d+\/set-up\?token=([A-Za-z0-9_-]{32})/;

test('npm start prints the way to the first account while there is none; who has signed in stays so when it starts anew', async () => {
  const dataDir = temporaryFolder();
  let instance = await Instance.start(dataDir);
  onTestFinished(async () => {
    await instance.stop();
  });
  const [address = '', token = ''] = printed.exec(instance.output) ?? [];
  expect(instance.output.trim().split('\n').at(-1)).toBe(`回头看已就绪：${instance.url}`);

  const welcome = await fetch(instance.url);
  expect([welcome.status, await welcome.text()]).toEqual([200, expect.stringContaining('href="/set-up"')]);
  expect((await fetch(`${instance.url}/issues/GM-01`, { redirect: 'manual' })).headers.get('location')).toBe('/set-up');

  const page = await fetch(address);
  const seal = /name="seal" value="([^"]+)"/.exec(await page.text())![1]!;
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const claimed = await fetch(`${instance.url}/set-up`, {
    ...{ method: 'POST', redirect: 'manual', headers: { cookie, origin: instance.url } },
    body: new URLSearchParams({ seal, token, ...wang }),
  });
  expect([claimed.status, claimed.headers.get('location')]).toEqual([303, '/']);
  const session = claimed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const account = () => fetch(`${instance.url}/account`, { redirect: 'manual', headers: { cookie: session } });
  expect(await (await account()).text()).toContain('王主任');
  // Another name for this machine is a way around the sign-in for nobody.
  const foreign = await fetch(`${instance.url}/issues`, {
    headers: { 'x-forwarded-for': '192.0.2.7' },
    redirect: 'manual',
  });
  expect(foreign.headers.get('location')).toBe('/sign-in?next=%2Fissues');
  await instance.stop();

  instance = await Instance.start(dataDir, { HUITOUKAN_PORT: new URL(instance.url).port });
  expect(instance.output).not.toContain('set-up');
  expect((await account()).status).toBe(200);
  expect(await (await fetch(instance.url)).text()).toContain('href="/sign-in"');
  await instance.stop();

  const secret = readFileSync(join(dataDir, 'session-secret'), 'utf8').trim();
  expect(secret).not.toBe(readFileSync(join(dataDir, 'secret'), 'utf8').trim());
  const logs = join(dataDir, 'logs');
  const written = readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('');
  for (const hidden of [token, secret, wang.password, wang.email, session.split('=')[1]!])
    expect(written).not.toContain(hidden);
}, 180_000);
