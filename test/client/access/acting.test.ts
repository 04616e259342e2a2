import { beforeAll, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../client/refused-error.ts';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { bureauInMarch } from '../pages/told-world.ts';
import { accessOver, everybodysCookies, twoRounds } from './two-rounds.ts';

const ledger = await testLedger();
const access = accessOver(ledger);
let cookies: ReadonlyMap<string, string>;
let officeId: string;

beforeAll(async () => {
  await bureauInMarch(ledger);
  await twoRounds(ledger);
  officeId = (await ledger.person.findFirstOrThrow({ where: { email: 'wang@office.example' } })).id;
  // As it stands in the drill, in a real round: something to review, of whose closure the office decides.
  const told = await ledger.issue.findUniqueOrThrow({ where: { id: 'round-d1-i02' } });
  await ledger.issue.update({
    where: { id: 'own-1' },
    data: { terms: told.terms!, progress: told.progress!, phase: told.phase, deadline: told.deadline },
  });
  const owed = await ledger.obligation.findMany({ where: { issueId: told.id } });
  await ledger.obligation.createMany({ data: owed.map((one) => ({ ...one, issueId: 'own-1' })) });
  cookies = await everybodysCookies(ledger);
}, 60_000);

/** A browser that has opened a page with the cookies of an account. */
async function opened(account: string | undefined, path: string, refuse?: RefusedError) {
  const { app, asked } = pagesOver(ledger, refuse, undefined, access);
  const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
  const own = account === undefined ? '' : cookies.get(account)!;
  const page = await app.request(path, { headers: { cookie: own, host: 'localhost' } }, env);
  const formCookie = /huitoukan-form=[^;]+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const text = await page.text();
  const seal = /name="seal" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const post = async (to: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ seal, requestId: `page-${crypto.randomUUID()}`, ...fields });
    const headers = { cookie: `${own}; ${formCookie}`, origin: 'http://localhost', host: 'localhost' };
    const answer = await app.request(to, { method: 'POST', body, headers }, env);
    return { status: answer.status, text: await answer.text() };
  };
  return { text, post, asked };
}

const returned = { decision: 'returned', reason: '照片看不清', measures: '1' };

describe('in a real round', () => {
  it('nobody who is signed in is asked in whose name he acts, and it is his own', async () => {
    const { text, post, asked } = await opened('wang', '/issues/own-1');
    expect(text).toContain('审核销号');
    expect(text).toContain('以王主任的名义登记');
    expect(text).not.toMatch(/<select[^>]+name="by"/);
    expect((await post('/issues/own-1/closure-decision', returned)).status).toBe(303);
    expect(asked).toMatchObject([{ what: 'decideClosure', with: ['own-1', { by: officeId }] }]);
  });

  it('a form in somebody else’s name is refused, and nothing is asked for', async () => {
    const { post, asked } = await opened('wang', '/issues/own-1');
    for (const by of ['li', 'chen', '王主任']) {
      const answer = await post('/issues/own-1/closure-decision', { ...returned, by });
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('只能以自己的名义办')]);
    }
    const own = await post('/issues/own-1/closure-decision', { ...returned, by: officeId });
    expect([own.status, asked.length]).toEqual([303, 1]);
  });

  it('what is not his to do is not offered, and is refused by the request’s own rule with a sentence', async () => {
    const refuse = new RefusedError('NotYours', '只有督办办公室可以审核销号');
    const { text } = await opened('chen', '/issues/own-1');
    expect([text.includes('通报原文'), text.includes('closure-decision')]).toEqual([true, false]);
    const { post, asked } = await opened('chen', '/account', refuse);
    const answer = await post('/issues/own-1/closure-decision', returned);
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('只有督办办公室可以审核销号')]);
    expect(asked).toMatchObject([{ with: ['own-1', { by: 'chen' }] }]);
  });

  it('whoever stands in for who may (委托) acts in his own name', async () => {
    const window = { fromAt: new Date(Date.now() - 3_600_000), untilAt: new Date(Date.now() + 3_600_000) };
    await ledger.delegation.create({ data: { fromPersonId: officeId, toPersonId: 'li', ...window } });
    const { text, post, asked } = await opened('li', '/issues/own-1');
    expect(text).toContain('以李副局长的名义登记');
    await post('/issues/own-1/closure-decision', returned);
    expect(asked).toMatchObject([{ with: ['own-1', { by: 'li' }] }]);
    await ledger.delegation.deleteMany();
  });
});

describe('in a drill', () => {
  it.each([
    ['at this machine without signing in', undefined],
    ['by whoever is signed in', 'wang'],
  ] as const)('one of its people is chosen, %s', async (_, account) => {
    const { text, post, asked } = await opened(account, '/issues/round-d1-i02');
    expect(text).toMatch(/<select[^>]+name="by"/);
    const by = /<select id="return-by" name="by" required="">\s*<option value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect((await post('/issues/round-d1-i02/closure-decision', { ...returned, by })).status).toBe(303);
    expect(asked).toMatchObject([{ with: ['round-d1-i02', { by }] }]);
  });
});
