import { beforeAll, describe, expect, it } from 'vitest';
import { lastTokenDay, listTokens, makeToken, revokeToken, tokenOwner } from '../../../client/access/tokens.ts';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { openedBy } from './signed-browser.ts';
import { accessOver, everybodysCookies, twoRounds } from './two-rounds.ts';

const ledger = await testLedger();
const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
const password = '春天的第一场雨2026';
let cookies: ReadonlyMap<string, string>;
let accountId: string;

beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
  accountId = (await ledger.account.findUniqueOrThrow({ where: { email: 'chen@unit.example' } })).id;
}, 60_000);

const now = '2026-11-28T02:00:00.000Z';
const made = (endsOn: string, name = '每周报表') => makeToken(ledger, { accountId, name, endsOn, now });

describe('a personal token', () => {
  it('is its owner’s until the end of its last day in Beijing, and is noted as used to the minute', async () => {
    const { token } = await made('2026-11-30');
    expect(await tokenOwner(ledger, token, now)).toMatchObject({ personId: 'chen', standing: 'person' });
    await tokenOwner(ledger, token, '2026-11-28T02:00:59.000Z');
    const used = async () => (await listTokens(ledger, accountId, now))[0]?.lastUsedAt;
    expect(await used()).toBe(now);
    await tokenOwner(ledger, token, '2026-11-28T02:01:01.000Z');
    expect(await used()).toBe('2026-11-28T02:01:01.000Z');
    expect(await tokenOwner(ledger, token, '2026-11-30T15:59:59.000Z')).toBeDefined();
    expect(await tokenOwner(ledger, token, '2026-11-30T16:00:00.000Z')).toBeUndefined();
    expect(await listTokens(ledger, accountId, '2026-11-30T16:00:00.000Z')).toMatchObject([{ state: 'ended' }]);
  });

  it.each([
    ['2026-11-27', '每周报表', '已经过去'],
    ['2027-11-29', '每周报表', '最多用一年'],
    ['2026-2-30', '每周报表', '用到哪天'],
    ['2026-12-31', '', '给什么用'],
    ['2026-12-31', '报'.repeat(61), '最多写60字'],
  ])('to %s for “%s” is refused: %s', async (endsOn, name, why) => {
    await expect(made(endsOn, name)).rejects.toThrow(why);
  });

  it('may hold for a year to the day', async () => {
    expect(lastTokenDay(now)).toBe('2027-11-28');
    await expect(made('2027-11-28')).resolves.toMatchObject({ endsOn: '2027-11-28' });
  });

  it('is revoked by its owner alone', async () => {
    const { token } = await made('2026-12-31', '要作废的');
    const [{ id: tokenId } = { id: '' }] = await ledger.accountToken.findMany({ where: { name: '要作废的' } });
    const other = await ledger.account.findUniqueOrThrow({ where: { email: 'li@unit.example' } });
    await revokeToken(ledger, { accountId: other.id, tokenId, now });
    expect(await tokenOwner(ledger, token, now)).toBeDefined();
    await revokeToken(ledger, { accountId, tokenId, now });
    expect(await tokenOwner(ledger, token, now)).toBeUndefined();
    expect((await listTokens(ledger, accountId, now)).map(({ name }) => name)).not.toContain('要作废的');
  });
});

describe('on the account’s page', () => {
  const opened = (account: string) => openedBy(app, cookies.get(account)!, '/account');
  const endsOn = lastTokenDay(new Date().toISOString());

  it('a token is made with the password once more, shown once, listed without itself and revoked', async () => {
    const { post } = await opened('li');
    const wrong = await post('/account/tokens', { name: '汇总', endsOn, password: '不是这个密码' });
    expect([wrong.status, wrong.text]).toEqual([409, expect.stringContaining('密码不对')]);
    expect(await ledger.accountToken.count({ where: { name: '汇总' } })).toBe(0);
    const shown = await post('/account/tokens', { name: '汇总', endsOn, password });
    const token = /value="(htk_[A-Za-z0-9_-]{43})"/.exec(shown.text)![1]!;
    expect(await tokenOwner(ledger, token, new Date().toISOString())).toMatchObject({ personId: 'li' });
    const { text } = await opened('li');
    expect([text.includes('汇总'), text.includes(token)]).toEqual([true, false]);
    const id = /action="\/account\/tokens\/([^"]+)"/.exec(text)![1]!;
    expect((await (await opened('sun')).post(`/account/tokens/${id}`, {})).status).toBe(303);
    expect(await tokenOwner(ledger, token, new Date().toISOString())).toBeDefined();
    expect(await post(`/account/tokens/${id}`, {})).toMatchObject({
      status: 303,
      location: '/account?done=tokenRevoked',
    });
    expect(await tokenOwner(ledger, token, new Date().toISOString())).toBeUndefined();
  });

  it('an account shows no token of another', async () => {
    const { post } = await opened('zhao');
    await post('/account/tokens', { name: '赵的程序', endsOn, password });
    expect((await opened('zhou')).text).not.toContain('赵的程序');
  });
});
