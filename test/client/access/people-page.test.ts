import { beforeAll, expect, it } from 'vitest';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { openedBy } from './signed-browser.ts';
import { accessOver, everybodysCookies, twoRounds } from './two-rounds.ts';

const ledger = await testLedger();
const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
let cookies: ReadonlyMap<string, string>;

beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
}, 60_000);

const opened = (path: string, account = 'wang') => openedBy(app, cookies.get(account)!, path);

const namesOn = (text: string) => [...text.matchAll(/<th scope="row">([^<]+)/g)].map(([, name]) => name!);

it('lists the real people, fifty a page by name, each with what he holds and whether he can sign in', async () => {
  const many = Array.from({ length: 120 }, (_, index) => ({ id: `many-${String(index)}`, name: '众人', unit: '机关' }));
  await ledger.person.createMany({ data: many });
  const all: string[] = [];
  let path: string | undefined = '/people';
  while (path !== undefined) {
    const { text } = await opened(path);
    const names = namesOn(text);
    expect(names.length).toBeLessThanOrEqual(50);
    all.push(...names);
    path = /<a href="(\/people\?[^"]+)">下一页/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(all.toSorted()).toEqual(
    [...many.map(({ name }) => name), '王主任', '李副局长', '陈股长', '赵主任', '孙科员', '周外人'].toSorted(),
  );
  const { text } = await opened('/people?text=陈');
  expect(namesOn(text)).toEqual(['陈股长']);
  expect(text).toMatch(/chen@unit\.example[\s\S]*2项[\s\S]*已开通/);
  expect(text).not.toContain('采购股经办人');
});

it('invites by a link that is shown once, names nobody else as the inviter, and ends earlier ones', async () => {
  await ledger.person.create({ data: { id: 'qian', name: '钱新人', email: 'qian@unit.example' } });
  const { post } = await opened('/people?text=钱');
  const linkOf = async () => {
    const { status, text } = await post('/people/qian/invitations', { standing: 'person' });
    expect(status).toBe(200);
    return /value="http:\/\/localhost(\/invitations\/[A-Za-z0-9_-]{32})"/.exec(text)![1]!;
  };
  const [first, second] = [await linkOf(), await linkOf()];
  const status = async (path: string) => (await app.request(path, { headers: { host: 'localhost' } })).status;
  expect([await status(first), await status(second)]).toEqual([404, 200]);
  const { text } = await opened('/people?text=钱');
  expect(text).toContain('已邀请');
  expect(text).not.toContain(second);
  const office = await ledger.account.findUniqueOrThrow({ where: { email: 'wang@office.example' } });
  expect(await ledger.accountInvitation.findFirst({ where: { personId: 'qian', revokedAt: null } })).toMatchObject({
    invitedBy: office.id,
    standing: 'person',
  });
});

it('refuses with a sentence whom no invitation reaches, and shows the page to nobody but the office', async () => {
  await ledger.person.create({ data: { id: 'wu', name: '吴无邮箱' } });
  const { text } = await opened('/people?text=吴');
  expect(text).not.toContain('/people/wu/invitations');
  const { post } = await opened('/people?text=钱');
  const answer = await post('/people/wu/invitations', { standing: 'person' });
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('没有可用的登记邮箱')]);
  expect((await post('/people/wu/invitations', { standing: 'all' })).text).toContain('请选择账户');
  for (const account of ['chen', 'li', 'zhao']) {
    expect((await opened('/people', account)).status).toBe(404);
    const { post: posts } = await opened('/account', account);
    expect((await posts('/people/qian/invitations', { standing: 'office' })).status).toBe(403);
  }
});
