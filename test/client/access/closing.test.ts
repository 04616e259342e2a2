import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { acceptInvitation, invite } from '../../../client/access/accounts.ts';
import { closeAccount, holdAccounts } from '../../../client/access/closing.ts';
import { lastTokenDay, makeToken, tokenOwner } from '../../../client/access/tokens.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { testDatabase } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { openedBy } from './signed-browser.ts';
import { accessOver, cookiesOf, twoRounds } from './two-rounds.ts';

const now = new Date().toISOString();
const fresh = '秋天的第一片叶2026';
let ledger: Ledger;

beforeEach(async () => {
  const { url, drop } = await testDatabase();
  ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  await twoRounds(ledger);
}, 60_000);

const accountOf = async (account: string) =>
  ledger.account.findFirstOrThrow({ where: { email: { startsWith: `${account}@` } } });
const close = async (personId: string, by: string) =>
  closeAccount(ledger, { personId, by: (await accountOf(by)).id, now });
const asOffice = async (personId: string) => {
  const { id: by } = await accountOf('wang');
  const { token } = await invite(ledger, { personId, standing: 'office', by, now });
  await acceptInvitation(ledger, { token, password: fresh, now });
};

const opened = async (account: string) => {
  const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
  return openedBy(app, await cookiesOf(ledger, account), '/people');
};

describe('an account that the office closes', () => {
  it('is signed out everywhere, its tokens and its invitation are over, and nobody else’s', async () => {
    const [{ id: accountId }, { id: by }] = [await accountOf('chen'), await accountOf('wang')];
    const cookie = await cookiesOf(ledger, 'chen@unit.example');
    const { token } = await makeToken(ledger, { accountId, name: '报表', endsOn: lastTokenDay(now), now });
    const others = await makeToken(ledger, { accountId: by, name: '报表', endsOn: lastTokenDay(now), now });
    await invite(ledger, { personId: 'chen', standing: 'person', by, now });
    const passkey = { name: '电脑', publicKey: Buffer.from('x'), counter: 0, transports: [], madeAt: now };
    await ledger.accountPasskey.createMany({
      data: [
        { id: 'of-chen', accountId, ...passkey },
        { id: 'of-wang', accountId: by, ...passkey },
      ],
    });
    await cookiesOf(ledger, 'li@unit.example');

    await close('chen', 'wang');
    const visitor = { cookie, userAgent: 'test', address: '127.0.0.1' };
    expect(await accessOver(ledger).sessions.viewer(visitor)).toBeUndefined();
    await expect(cookiesOf(ledger, 'chen@unit.example')).rejects.toThrow('账户已经停用');
    expect(await tokenOwner(ledger, token, now)).toBeUndefined();
    expect(
      await ledger.accountInvitation.count({ where: { personId: 'chen', acceptedAt: null, revokedAt: null } }),
    ).toBe(0);
    expect(await ledger.account.findUnique({ where: { id: accountId } })).toMatchObject({ closedBy: by });

    expect(await ledger.accountPasskey.findMany({ select: { id: true } })).toEqual([{ id: 'of-wang' }]);
    expect(await tokenOwner(ledger, others.token, now)).toBeDefined();
    expect(await ledger.accountSession.count({ where: { account: { personId: 'li' } } })).toBe(1);
    expect(await ledger.assignment.count({ where: { personId: 'chen', untilAt: null } })).toBe(2);
  });

  it('is opened again by a new invitation, with a new password, and with no token of before', async () => {
    const [{ id: accountId }, { id: by }] = [await accountOf('chen'), await accountOf('wang')];
    const old = await makeToken(ledger, { accountId, name: '报表', endsOn: lastTokenDay(now), now });
    await close('chen', 'wang');
    const { token, purpose } = await invite(ledger, { personId: 'chen', standing: 'person', by, now });
    expect(purpose).toBe('opens');
    await expect(cookiesOf(ledger, 'chen@unit.example')).rejects.toThrow();
    await acceptInvitation(ledger, { token, password: fresh, now });
    const visitor = { cookie: '', userAgent: 'test', address: '127.0.0.1' };
    const given = { email: 'chen@unit.example', password: fresh };
    await expect(accessOver(ledger).sessions.signIn(visitor, given)).resolves.toMatchObject({ next: 'in' });
    await expect(cookiesOf(ledger, 'chen@unit.example')).rejects.toThrow('邮箱或密码不对');
    expect(await tokenOwner(ledger, old.token, now)).toBeUndefined();
    expect(await accountOf('chen')).toMatchObject({ id: accountId, closedAt: null, closedBy: null });
  });

  it('is never one’s own, and never the office’s last', async () => {
    await expect(close((await accountOf('wang')).personId, 'wang')).rejects.toMatchObject({ code: 'OwnAccount' });
    await asOffice('li');
    await close((await accountOf('wang')).personId, 'li');
    await expect(close('li', 'chen')).rejects.toMatchObject({ code: 'LastOffice' });
    await expect(close('nobody', 'li')).rejects.toMatchObject({ code: 'UnknownPerson' });
  });

  it('of two of the office that close each other’s at once, one stays', async () => {
    await asOffice('li');
    const wang = await accountOf('wang');
    const both = await ledger.$transaction(async (tx) => {
      await holdAccounts(tx);
      const closing = Promise.allSettled([close('li', 'wang'), close(wang.personId, 'li')]);
      await vi.waitFor(async () => {
        const waiting = await ledger.$queryRaw`SELECT 1 FROM pg_locks WHERE NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
        expect(waiting).toHaveLength(2);
      }, 10_000);
      return { closing };
    });
    expect((await both.closing).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await ledger.account.count({ where: { standing: 'office', closedAt: null } })).toBe(1);
  });

  it('nor does an invitation to less make the last account of the office an ordinary one', async () => {
    const wang = await accountOf('wang');
    const invited = { personId: wang.personId, standing: 'person', by: wang.id, now } as const;
    const { token } = await invite(ledger, invited);
    await expect(acceptInvitation(ledger, { token, password: fresh, now })).rejects.toMatchObject({
      code: 'LastOffice',
    });
    expect(await accountOf('wang')).toMatchObject({ standing: 'office' });
  });

  it('closing twice changes nothing the second time', async () => {
    await close('chen', 'wang');
    const before = await accountOf('chen');
    await closeAccount(ledger, { personId: 'chen', by: 'another', now: '2030-01-01T00:00:00.000Z' });
    expect(await accountOf('chen')).toEqual(before);
  });
});

it('a password that is set anew by an invitation ends the tokens as well as the sessions', async () => {
  const [{ id: accountId }, { id: by }] = [await accountOf('chen'), await accountOf('wang')];
  const { token: old } = await makeToken(ledger, { accountId, name: '报表', endsOn: lastTokenDay(now), now });
  const { token } = await invite(ledger, { personId: 'chen', standing: 'person', by, now });
  await acceptInvitation(ledger, { token, password: fresh, now });
  expect(await tokenOwner(ledger, old, now)).toBeUndefined();
});

describe('on the people’s page', () => {
  it('an account is closed only when it is confirmed, and can be invited again', async () => {
    const { text, post } = await opened('wang@office.example');
    expect(text).toContain('/people/chen/closing');
    expect(text).not.toContain(`/people/${(await accountOf('wang')).personId}/closing`);
    const unsure = await post('/people/chen/closing', {});
    expect([unsure.status, unsure.text]).toEqual([409, expect.stringContaining('请先勾选确认停用')]);
    expect(await accountOf('chen')).toMatchObject({ closedAt: null });
    expect((await post('/people/chen/closing', { confirmed: 'yes' })).status).toBe(303);
    const closed = (await opened('wang@office.example')).text;
    expect(closed).toContain('已停用');
    expect(closed).not.toContain('/people/chen/closing');
    expect(closed).toContain('重新开通');
  });

  it('one’s own is refused with a sentence', async () => {
    const { post } = await opened('wang@office.example');
    const answer = await post(`/people/${(await accountOf('wang')).personId}/closing`, { confirmed: 'yes' });
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('不能停用自己的账户')]);
  });
});
