import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAccess } from '../../../client/access/access.ts';
import { claimInstance, invite } from '../../../client/access/accounts.ts';
import { createPages } from '../../../client/pages/index.tsx';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase } from '../../support/servers.ts';

const wang = { name: '王主任', email: 'wang@office.example', password: '春天的第一场雨2026' };
const setUpToken = 'printed-when-the-program-started';
const origin = 'http://localhost';

let ledger: Ledger;
let app: ReturnType<typeof createPages>;

beforeEach(async () => {
  const { url, drop } = await testDatabase();
  ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  const none = undefined as never; // what no page of signing in asks for
  app = createPages({
    ...{
      ledger,
      duties: none,
      inbox: none,
      issues: none,
      files: none,
      rounds: none,
      drills: none,
      readNoticeWhole: none,
    },
    rowsPlanned: () => undefined,
    access: createAccess({
      ledger,
      secret: 'a secret of at least thirty-two characters',
      publicUrl: origin,
      setUpToken,
    }),
    log: (error) => {
      throw error;
    },
  });
});

/** A browser with its cookies, and the seal of the last page it saw. */
class Browser {
  readonly jar = new Map<string, string>();
  text = '';
  status = 0;
  location = '';

  async get(path: string): Promise<this> {
    return this.#sees(await app.request(path, { headers: { cookie: this.#cookie() } }));
  }

  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<this> {
    const seal = /name="seal" value="([^"]+)"/.exec(this.text)?.[1] ?? '';
    const body = new URLSearchParams({ seal, ...fields });
    const sent = { cookie: this.#cookie(), origin, host: 'localhost', ...headers };
    return this.#sees(await app.request(path, { method: 'POST', body, headers: sent }));
  }

  #cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async #sees(response: Response): Promise<this> {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (/max-age=0/i.test(cookie)) this.jar.delete(name!);
      else this.jar.set(name!, value!);
    }
    this.status = response.status;
    this.location = response.headers.get('location') ?? '';
    this.text = await response.text();
    return this;
  }
}

const atSignIn = async (next = '') =>
  new Browser().get(`/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);
const signedIn = async () => (await atSignIn()).post('/sign-in', wang);

describe('the first visit', () => {
  it('makes the office’s account for who knows what the program printed, and signs in', async () => {
    const browser = await new Browser().get('/sign-in');
    expect(browser.location).toBe('/set-up');
    await browser.get(`/set-up?token=${setUpToken}`);
    expect(browser.text).toContain('建立督办办公室的账户');
    await browser.post('/set-up', { ...wang, token: setUpToken });
    expect([browser.status, browser.location]).toEqual([303, '/']);
    expect((await browser.get('/account')).text).toContain('王主任');
  });

  it('makes none for anybody else, and keeps what was typed but the password', async () => {
    const browser = await new Browser().get('/set-up');
    expect(browser.text).toContain('启动口令');
    await browser.post('/set-up', { ...wang, token: 'guessed' });
    expect([browser.status, browser.text]).toEqual([409, expect.stringContaining('启动口令不对')]);
    expect(browser.text).toContain('value="王主任"');
    expect(browser.text).not.toContain(wang.password);
    expect(await ledger.account.count()).toBe(0);
  });

  it('is over once there is an account', async () => {
    await claimInstance(ledger, wang);
    expect((await new Browser().get(`/set-up?token=${setUpToken}`)).location).toBe('/sign-in');
  });
});

describe('signing in', () => {
  beforeEach(() => claimInstance(ledger, wang));

  it.each([
    ['/issues?light=red', '/issues?light=red'],
    ['/rounds/a#b', '/rounds/a#b'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['/.//evil.example/', '/'],
    ['/..//evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['account', '/'],
  ])('leads on to %j only where it is ours: %s', async (next, where) => {
    const browser = await atSignIn(next);
    const field = /name="next" value="([^"]*)"/.exec(browser.text)![1]!;
    expect(field).toBe(where);
    expect((await browser.post('/sign-in', { ...wang, next })).location).toBe(where);
  });

  it('says no word of whether the address is known, and shows it again', async () => {
    const browser = await atSignIn('/issues');
    await browser.post('/sign-in', { ...wang, password: '不对的密码', next: '/issues' });
    expect([browser.status, browser.text]).toEqual([409, expect.stringContaining('邮箱或密码不对')]);
    expect(browser.text).toContain('value="wang@office.example"');
    expect(browser.text).toContain('name="next" value="/issues"');
    expect([...browser.jar.keys()]).toEqual(['huitoukan-form']);
  });

  it.each([
    ['another seal', { seal: 'x'.repeat(32) }, {}],
    ['another site’s origin', {}, { origin: 'https://evil.example' }],
    ['no origin', {}, { origin: 'null' }],
  ])('refuses a form with %s', async (_, fields, headers) => {
    const browser = await atSignIn();
    await browser.post('/sign-in', { ...wang, ...fields }, headers);
    expect(browser.text).toContain('不是从本站的页面交来的');
    expect(await ledger.accountSession.count()).toBe(0);
  });

  it('shows nobody’s account to who is not signed in', async () => {
    const browser = await new Browser().get('/account');
    expect(browser.location).toBe('/sign-in?next=%2Faccount');
  });

  it('can be undone', async () => {
    const browser = await (await signedIn()).get('/account');
    await browser.post('/sign-out', {});
    expect(browser.location).toBe('/sign-in?done=signedOut');
    expect([...browser.jar.keys()]).toEqual(['huitoukan-form']);
    expect((await browser.get('/account')).status).toBe(303);
  });
});

describe('one’s own account', () => {
  beforeEach(() => claimInstance(ledger, wang));

  it('signs out another browser of one’s own, and nobody else’s', async () => {
    const [here, there] = [await (await signedIn()).get('/account'), await signedIn()];
    await ledger.person.create({ data: { id: 'li', name: '李', email: 'li@unit.example' } });
    const account = { id: 'a', name: '李', email: 'li@unit.example', personId: 'li' };
    const his = { id: 'his', token: 'his-token', expiresAt: '2099-01-01T00:00:00Z' };
    await ledger.account.create({ data: { ...account, sessions: { create: his } } });
    await here.post('/account/sessions/his', {});
    expect(await ledger.accountSession.count({ where: { id: 'his' } })).toBe(1);
    await here.get('/account');
    const path = /action="(\/account\/sessions\/(?!others)[^"]+)"/.exec(here.text)![1]!;
    await here.post(path, {});
    expect((await there.get('/account')).status).toBe(303);
    expect((await here.get('/account')).status).toBe(200);
  });

  it('changes the password', async () => {
    const browser = await (await signedIn()).get('/account');
    await browser.post('/account/password', { old: '不对的密码啊', fresh: '秋天的最后一片叶子2026' });
    expect(browser.text).toContain('原来的密码不对');
    await browser.post('/account/password', { old: wang.password, fresh: '秋天的最后一片叶子2026' });
    expect(browser.location).toBe('/account?done=passwordChanged');
  });

  it('shows what a browser calls itself as text', async () => {
    const browser = await (await signedIn()).get('/account');
    await ledger.accountSession.updateMany({ data: { userAgent: '<script>alert(1)</script>' } });
    expect((await browser.get('/account')).text).not.toContain('<script>alert');
  });
});

describe('a second step', () => {
  beforeEach(() => claimInstance(ledger, wang));
  const begun = async () => {
    const browser = await (await signedIn()).get('/account');
    await browser.post('/account/second-step/prepare', { password: wang.password });
    const secret = /密钥：<code>([^<]+)</.exec(browser.text)![1]!.replaceAll(' ', '');
    const backupCodes = [...browser.text.matchAll(/<li><code>([^<]+)</g)].map(([, code]) => code!);
    return { browser, secret, backupCodes };
  };
  const on = async () => {
    const step = await begun();
    const first = totp(step.secret);
    const next = totp(step.secret, 1);
    await step.browser.post('/account/second-step/begin', { code: first });
    return { ...step, first, next };
  };

  it('is in force once a first code was given, and not before', async () => {
    const { browser, secret } = await begun();
    expect(browser.text).toContain('<svg');
    await browser.post('/account/second-step/begin', { code: totp(secret, -5) });
    expect([browser.status, browser.text]).toEqual([409, expect.stringContaining('口令不对或已过时')]);
    expect((await signedIn()).location).toBe('/');
    await browser.post('/account/second-step/begin', { code: totp(secret) });
    expect(browser.location).toBe('/account?done=secondStepOn');
    expect((await browser.get('/account')).text).toContain('停用动态口令');
    expect((await signedIn()).location).toBe('/sign-in/code?next=%2F');
  });

  it('is asked for before anything is shown, and leads on to where one wanted to go', async () => {
    const { secret } = await on();
    const browser = await atSignIn('/account');
    await browser.post('/sign-in', { ...wang, next: '/account' });
    expect(browser.location).toBe('/sign-in/code?next=%2Faccount');
    const waiting = new Map(browser.jar);
    expect((await browser.get('/account')).status).toBe(303);
    await browser.get('/sign-in/code?next=//evil.example');
    await browser.post('/sign-in/code', { code: '000000', next: '/account' });
    expect(browser.text).toContain('口令不对或已过时');
    await browser.post('/sign-in/code', { code: totp(secret, 1), next: '/account' });
    expect(browser.location).toBe('/account');
    expect((await browser.get('/account')).status).toBe(200);
    const again = new Browser();
    for (const [name, value] of waiting) again.jar.set(name, value);
    await (await again.get('/sign-in/code')).post('/sign-in/code', { code: totp(secret), next: '/' });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('口令不对或已过时')]); // that sign-in is done with
  });

  it('takes each code once, also of two that come at the same time, and none that is older', async () => {
    const { first, next } = await on();
    const withCode = async (code: string) => {
      const browser = await signedIn();
      await browser.get('/sign-in/code');
      await browser.post('/sign-in/code', { code, next: '/' });
      return browser;
    };
    const sessions = await ledger.accountSession.count();
    const used = await withCode(first);
    expect([used.status, used.text]).toEqual([409, expect.stringContaining('这个口令已经用过')]);
    expect((await used.get('/account')).status).toBe(303);
    expect(await ledger.accountSession.count()).toBe(sessions);
    const both = await Promise.all([withCode(next), withCode(next)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect((await withCode(first)).status).toBe(409);
  });

  it('takes each code for its loss once', async () => {
    const { backupCodes } = await on();
    const withCode = async (code: string) => (await signedIn()).post('/sign-in/code', { code, next: '/' });
    const statuses = [];
    for (const code of [backupCodes[0]!, backupCodes[0]!, backupCodes[1]!]) {
      const browser = await signedIn();
      await browser.get('/sign-in/code');
      statuses.push((await browser.post('/sign-in/code', { code, next: '/' })).status);
    }
    expect(statuses).toEqual([303, 409, 303]);
    expect((await withCode('12345-67890')).status).toBe(409);
  });

  it('ends with the password alone', async () => {
    const { browser } = await on();
    await browser.get('/account');
    await browser.post('/account/second-step/end', { password: '不对的密码啊' });
    expect(browser.text).toContain('密码不对');
    await browser.post('/account/second-step/end', { password: wang.password });
    expect(browser.location).toBe('/account?done=secondStepOff');
    expect((await signedIn()).location).toBe('/');
  });
});

/** RFC 6238 with SHA-1, six digits, thirty seconds; so many steps from now. */
function totp(secret: string, steps = 0): string {
  const digits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from(
    digits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash.at(-1)! & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('an invitation', () => {
  it('is taken up on its page, which names nobody when it is over', async () => {
    const now = new Date().toISOString();
    await ledger.person.create({ data: { id: 'li', name: '李副局长', email: 'li@unit.example' } });
    const { token } = await invite(ledger, { personId: 'li', standing: 'person', by: 'office', now });
    const browser = await new Browser().get(`/invitations/${token}`);
    expect(browser.text).toContain('李副局长');
    await browser.post(`/invitations/${token}`, { password: '短' });
    expect([browser.status, browser.text]).toEqual([409, expect.stringContaining('至少10位')]);
    await browser.post(`/invitations/${token}`, { password: '夏天的一阵凉风2026' });
    expect(browser.location).toBe('/');
    expect((await browser.get('/account')).text).toContain('李副局长');
    const after = await new Browser().get(`/invitations/${token}`);
    expect([after.status, after.text]).toEqual([404, expect.stringContaining('用过、作废或过期')]);
    expect(after.text).not.toContain('李副局长');
  });
});
