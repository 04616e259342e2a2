import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  acceptInvitation,
  claimInstance,
  invite,
  isUnclaimed,
  readInvitation,
} from '../../../client/access/accounts.ts';
import { createAttemptLimits } from '../../../client/access/attempt-limits.ts';
import { createAuth, type Visitor } from '../../../client/access/auth.ts';
import { createSessions, type Sessions, type Signed, type Viewer } from '../../../client/access/sessions.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase } from '../../support/servers.ts';

const wang = { name: '王主任', email: 'Wang@office.example', password: '春天的第一场雨2026' };
const now = '2026-11-28T02:00:00.000Z';
const publicUrl = 'http://127.0.0.1:8787';

let ledger: Ledger;
let sessions: Sessions;

beforeEach(async () => {
  const { url, drop } = await testDatabase();
  ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  sessions = newSessions();
});

function newSessions(): Sessions {
  const { ask } = createAuth({ ledger, secret: 'a secret of at least thirty-two characters', publicUrl });
  return createSessions({ ledger, ask, limits: createAttemptLimits() });
}

let addresses = 0;
/** A browser elsewhere in the house. */
const browser = (cookie = ''): Visitor => ({
  cookie,
  userAgent: 'Firefox',
  address: `10.0.0.${String((addresses += 1))}`,
});
const cookieOf = ({ cookies }: Signed) => cookies.map((one) => one.split(';')[0]!).join('; ');
const signedIn = async (given: { email: string; password: string } = wang) =>
  browser(cookieOf(await sessions.signIn(browser(), given)));
const viewerOf = async (visitor: Visitor): Promise<Viewer> => (await sessions.viewer(visitor))!.viewer;

describe('the first account', () => {
  it('is the office’s, and a person of the directory', async () => {
    expect(await isUnclaimed(ledger)).toBe(true);
    await claimInstance(ledger, wang);
    expect(await isUnclaimed(ledger)).toBe(false);
    const viewer = await viewerOf(await signedIn());
    expect(viewer).toMatchObject({ name: '王主任', email: 'wang@office.example', standing: 'office' });
    expect(await ledger.person.findUniqueOrThrow({ where: { id: viewer.personId } })).toMatchObject({
      scope: 'real',
      name: '王主任',
    });
  });

  it('is one, however many ask for it at once', async () => {
    const asked = ['a', 'b', 'c'].map((id) => claimInstance(ledger, { ...wang, email: `${id}@office.example` }));
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ledger.account.count()).toBe(1);
    expect(await ledger.person.count()).toBe(1);
  });

  it('belongs to whoever the directory knows by that address', async () => {
    await ledger.person.create({ data: { id: 'p', name: '王某某', email: 'wang@office.example', unit: '督办办' } });
    await claimInstance(ledger, wang);
    expect(await viewerOf(await signedIn())).toMatchObject({ personId: 'p', name: '王某某' });
  });
});

it.each([
  ['短密码', '至少10位'],
  ['1'.repeat(12), '不同的字符太少'],
  ['wang-123456', '姓名或邮箱名'],
  ['我是王主任一二三四五', '姓名或邮箱名'],
  ['x'.repeat(129), '最多128位'],
])('the password %s is unfit', async (password, why) => {
  await expect(claimInstance(ledger, { ...wang, password })).rejects.toThrow(why);
});

describe('signing in', () => {
  beforeEach(() => claimInstance(ledger, wang));

  it('keeps the password as argon2id makes of it, and nothing else', async () => {
    const { password } = await ledger.accountCredential.findFirstOrThrow();
    expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('sets a cookie that no script reads and no other site sends along with a form', async () => {
    const { cookies } = await sessions.signIn(browser(), wang);
    expect(cookies).toEqual([expect.stringMatching(/^huitoukan\.session_token=.*HttpOnly; SameSite=Lax/)]);
  });

  it('says the same of a wrong password and of an address that nobody has', async () => {
    const wrong = sessions.signIn(browser(), { ...wang, password: '不是这个密码' });
    await expect(wrong).rejects.toThrow('邮箱或密码不对，或账户已经停用。');
    const nobody = sessions.signIn(browser(), { ...wang, email: 'li@office.example' });
    await expect(nobody).rejects.toThrow('邮箱或密码不对，或账户已经停用。');
  });

  it('lets nobody guess: after ten wrong passwords the right one waits too, wherever they came from', async () => {
    for (let tries = 0; tries < 10; tries += 1)
      await expect(sessions.signIn(browser(), { ...wang, password: `猜${String(tries)}` })).rejects.toMatchObject({
        code: 'SignInRefused',
      });
    await expect(sessions.signIn(browser(), wang)).rejects.toMatchObject({ code: 'TooManyTries' });
  });

  it('lets one place try ten accounts a minute', async () => {
    const place = browser();
    const tried = async (email: string) =>
      sessions.signIn(place, { email, password: '随便一个密码' }).catch((error: { code: string }) => error.code);
    const codes: unknown[] = [];
    for (let tries = 0; tries < 12; tries += 1) codes.push(await tried(`nobody${String(tries)}@office.example`));
    expect(codes).toEqual([...Array<string>(10).fill('SignInRefused'), 'TooManyTries', 'TooManyTries']);
  });

  it('takes over no session that somebody planted in the browser', async () => {
    const planted = await signedIn();
    const mine = cookieOf(await sessions.signIn(browser(planted.cookie), wang));
    expect(mine).not.toBe(planted.cookie);
    await sessions.signOut(browser(mine));
    expect(await sessions.viewer(browser(mine))).toBeUndefined();
    expect(await sessions.viewer(browser('huitoukan.session_token=made.up'))).toBeUndefined();
  });

  it('ends with signing out, also for whoever copied the cookie', async () => {
    const visitor = await signedIn();
    await sessions.signOut(visitor);
    expect(await sessions.viewer(visitor)).toBeUndefined();
  });

  it('shows all browsers that are signed in, and signs out any of them', async () => {
    const [here, there, elsewhere] = [await signedIn(), await signedIn(), await signedIn()];
    const viewer = await viewerOf(here);
    const list = await sessions.list(viewer);
    expect(list.map(({ isThis }) => isThis).sort()).toEqual(['no', 'no', 'yes']);
    expect(list.every(({ userAgent, address }) => userAgent === 'Firefox' && address.startsWith('10.0.0.'))).toBe(true);
    await sessions.revoke(viewer, { sessionId: (await viewerOf(there)).sessionId });
    expect(await sessions.viewer(there)).toBeUndefined();
    await sessions.revoke(viewer, 'others');
    expect(await sessions.viewer(elsewhere)).toBeUndefined();
    expect(await sessions.viewer(here)).toBeDefined();
  });

  it('ends at once, and begins no more, when the account is closed', async () => {
    const visitor = await signedIn();
    await ledger.account.updateMany({ data: { closedAt: now } });
    expect(await sessions.viewer(visitor)).toBeUndefined();
    await expect(signedIn()).rejects.toMatchObject({ code: 'SignInRefused' });
    expect(await ledger.accountSession.count()).toBe(1);
  });

  it('goes on with a new password where it was changed, and nowhere else', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const viewer = await viewerOf(here);
    const fresh = '秋天的最后一片叶子2026';
    await expect(sessions.changePassword(here, viewer, { old: '不是这个', fresh })).rejects.toMatchObject({
      code: 'PasswordWrong',
    });
    await expect(sessions.changePassword(here, viewer, { old: wang.password, fresh: '太短' })).rejects.toMatchObject({
      code: 'PasswordUnfit',
    });
    await sessions.changePassword(here, viewer, { old: wang.password, fresh });
    expect([await sessions.viewer(here), await sessions.viewer(there)]).toEqual([expect.anything(), undefined]);
    await expect(signedIn()).rejects.toMatchObject({ code: 'SignInRefused' });
    await signedIn({ ...wang, password: fresh });
  });
});

describe('an invitation', () => {
  const li = { email: 'li@unit.example', password: '夏天的一阵凉风2026' };
  const asked = async (personId = 'li') => invite(ledger, { personId, standing: 'person', by: 'office', now });
  beforeEach(async () => {
    await ledger.person.create({ data: { id: 'li', name: '李副局长', email: li.email } });
  });

  it('opens an account once', async () => {
    const { token, email, purpose } = await asked();
    expect({ email, purpose }).toEqual({ email: li.email, purpose: 'opens' });
    expect(await ledger.accountInvitation.findFirstOrThrow()).not.toMatchObject({ tokenHash: token });
    await acceptInvitation(ledger, { token, password: li.password, now });
    expect(await viewerOf(await signedIn(li))).toMatchObject({ personId: 'li', standing: 'person' });
    await expect(acceptInvitation(ledger, { token, password: li.password, now })).rejects.toMatchObject({
      code: 'InvitationOver',
    });
  });

  it('opens one account when it is taken up twice at once', async () => {
    const { token } = await asked();
    const results = await Promise.allSettled(
      [1, 2].map(() => acceptInvitation(ledger, { token, password: li.password, now })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['a later one was made', async () => void (await asked())],
    ['it is older than a week', () => ledger.accountInvitation.updateMany({ data: { expiresAt: now } })],
    ['the person has another address by now', () => ledger.person.updateMany({ data: { email: 'li@new.example' } })],
  ])('is over when %s', async (_, happens) => {
    const { token } = await asked();
    expect(await readInvitation(ledger, token, now)).toBeDefined();
    await happens();
    expect(await readInvitation(ledger, token, now)).toBeUndefined();
    await expect(acceptInvitation(ledger, { token, password: li.password, now })).rejects.toMatchObject({
      code: 'InvitationOver',
    });
  });

  it('sets a new password for who has an account, and signs it out everywhere', async () => {
    await acceptInvitation(ledger, { token: (await asked()).token, password: li.password, now });
    const visitor = await signedIn(li);
    const { token, purpose } = await asked();
    expect(purpose).toBe('setsAnew');
    await acceptInvitation(ledger, { token, password: '冬天的一场大雪2026', now });
    expect(await sessions.viewer(visitor)).toBeUndefined();
    await signedIn({ ...li, password: '冬天的一场大雪2026' });
  });

  it.each([
    ['has no mail', { email: null }, 'AddressMissing'],
    ['cannot be reached', { unreachable: '退信' }, 'AddressMissing'],
    ['is of a drill', { scope: 'drill-1' }, 'UnknownPerson'],
  ])('goes to nobody who %s', async (_, data, code) => {
    await ledger.person.update({ where: { id: 'li' }, data });
    await expect(asked()).rejects.toMatchObject({ code });
  });
});
