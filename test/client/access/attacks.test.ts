import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEvidenceStore } from '../../../client/evidence-store.ts';
import { createPages } from '../../../client/pages/index.tsx';
import { readPracticeMail } from '../../../client/practice/mailbox-reading.ts';
import { testLedger } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { depsOver, pagesOver } from '../pages/told-world.ts';
import { accessOver, cookiesOf, everybodysCookies, twoRounds } from './two-rounds.ts';

const ledger = await testLedger();
const access = accessOver(ledger);
const { app, asked } = pagesOver(ledger, undefined, undefined, access);
let cookies: ReadonlyMap<string, string>;

beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
}, 60_000);

const here = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
const as = (account: string) => ({ cookie: cookies.get(account)!, host: 'localhost' });

describe('a form that another site made', () => {
  const body = () => new URLSearchParams({ seal: 'x'.repeat(32), decision: 'returned', reason: '坏', requestId: 'r' });

  it.each([
    ['with no seal cookie', {}],
    ['with a seal that its own page could not know', { 'huitoukan-form': 'y'.repeat(32) }],
    ['with a seal cookie that it has planted, and its own origin', { 'huitoukan-form': 'x'.repeat(32) }],
  ])('is refused %s, though the browser sends the session', async (_, planted) => {
    const seals = Object.entries(planted).map(([name, value]) => `; ${name}=${value}`);
    const headers = {
      ...as('wang'),
      cookie: `${cookies.get('wang')!}${seals.join('')}`,
      origin: 'https://evil.example',
    };
    const answer = await app.request('/issues/own-1/closure-decision', { method: 'POST', headers, body: body() }, here);
    expect([answer.status, asked]).toEqual([403, []]);
  });
});

describe('a session', () => {
  it('from before the sign-in is not the one after, and signs nobody in', async () => {
    const planted = 'huitoukan.session_token=planted-by-somebody-else.signature';
    const visitor = { cookie: planted, userAgent: 'test', address: '192.0.2.9' };
    const { cookies: set } = await access.sessions.signIn(visitor, {
      email: 'chen@unit.example',
      password: '春天的第一场雨2026',
    });
    const [token] = set.filter((cookie) => cookie.startsWith('huitoukan.session_token='));
    expect(token).toMatch(/; HttpOnly; SameSite=Lax/);
    expect(token!.split(';')[0]).not.toBe(planted);
    const status = async (cookie: string) =>
      (await app.request('/account', { headers: { cookie, host: 'localhost' } })).status;
    expect([await status(planted), await status(token!.split(';')[0]!)]).toEqual([303, 200]);
  });

  it('of one’s own signs nobody else in when its end is changed, and none when it is over', async () => {
    const own = await cookiesOf(ledger, 'li@unit.example');
    const status = async (cookie: string) =>
      (await app.request('/account', { headers: { cookie, host: 'localhost' } })).status;
    expect(await status(own)).toBe(200);
    expect(await status(`${own.slice(0, -6)}AAAAAA`)).toBe(303);
    await ledger.accountSession.updateMany({
      where: { account: { email: 'li@unit.example' } },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    expect(await status(own)).toBe(303);
  });
});

it.each([
  '//evil.example/x',
  '/\\evil.example',
  '/%2F/evil.example',
  '/x?next=https://evil.example',
  '/issues?x=//evil.example',
])('asked for %s, the way through the sign-in stays here', async (path) => {
  const answer = await app.request(`http://localhost${path}`, { headers: { host: 'localhost' } });
  const location = answer.headers.get('location') ?? '';
  if (answer.status === 303) expect(location).toMatch(/^\/sign-in\?next=/);
  else expect([answer.status, location]).toEqual([404, '']);
  const next = new URLSearchParams(location.split('?')[1] ?? '').get('next') ?? '/';
  const page = await (
    await app.request(`/sign-in?next=${encodeURIComponent(next)}`, { headers: { host: 'localhost' } })
  ).text();
  expect(/name="next" value="([^"]*)"/.exec(page)![1]).toMatch(/^\/(?![/\\])/);
});

it('a name that climbs out of a folder finds nothing, whoever asks', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'token'), 'the token of the API');
  const pages = createPages({
    ...depsOver(ledger).deps,
    access,
    files: createEvidenceStore({ folder: join(folder, 'evidence'), ledger }),
    practice: {
      read: (messageId) => readPracticeMail(join(folder, 'practice'), messageId),
      replyAs: () => Promise.reject(new Error('nobody replies')),
    },
  });
  const climbs = [
    '../token',
    '..%2Ftoken',
    '..%2f..%2ftoken',
    '%2e%2e%2ftoken',
    '..%5Ctoken',
    '....//token',
    '%00',
    'token%00.eml',
  ];
  for (const climb of climbs) {
    for (const path of [
      `/evidence/${climb}`,
      `/notices/${climb}`,
      `/mailbox/${climb}/source.eml`,
      `/mailbox/${climb}/body`,
      `/prints/${climb}`,
      `/assets/${climb}`,
      `/assets/x/${climb}`,
    ]) {
      const answer = await pages.request(path, { headers: as('wang') });
      const text = await answer.text();
      expect({ path, status: answer.status, told: text.includes('the token of') }).toEqual({
        path,
        status: 404,
        told: false,
      });
    }
  }
});

it('a kept file of a real round is read into a drill by nobody but the office', async () => {
  const start = await app.request('/', { headers: { host: 'localhost' } }, here);
  const cookie = /huitoukan-form=[^;]+/.exec(start.headers.get('set-cookie') ?? '')![0];
  const seal = /name="seal" value="([^"]+)"/.exec(await start.text())![1]!;
  const fields = { seal, sha256: 'own1'.padEnd(64, '0'), fileName: '通报.txt', staff: 'silent', secondsPerDay: '0' };
  const headers = { host: 'localhost', origin: 'http://localhost', cookie };
  const answer = await app.request('/drills', { method: 'POST', headers, body: new URLSearchParams(fields) }, here);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('只有督办办公室')]);
  expect(asked).toEqual([]);
});

describe('what strangers wrote', () => {
  const script = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

  beforeAll(async () => {
    await ledger.round.update({ where: { id: 'own' }, data: { name: script, noticeFileName: script } });
    const { id: accountId } = await ledger.account.findUniqueOrThrow({ where: { email: 'wang@office.example' } });
    const [madeAt, endsOn] = [new Date(), new Date()];
    await ledger.accountToken.create({
      data: { id: 't', tokenHash: 't', accountId, name: script, madeAt, endsOn },
    });
    const key = { publicKey: Buffer.from('x'), counter: 0, transports: [] };
    await ledger.accountPasskey.create({ data: { id: 'k', accountId, name: script, madeAt, ...key } });
    const words = { title: script, text: script, unit: script, aspect: script, source: script, assistingUnits: script };
    await ledger.issue.update({ where: { id: 'own-1' }, data: { ...words, deadlineNote: script } });
    await ledger.measure.updateMany({
      where: { issueId: 'own-1' },
      data: { text: script, unit: script, deadlinePhrase: script },
    });
    await ledger.evidence.updateMany({ where: { issueId: 'own-1' }, data: { fileName: `采购${script}.docx` } });
    await ledger.person.update({ where: { id: 'chen' }, data: { name: script, unit: script, unreachable: script } });
    const raw = Buffer.from(`Subject: ${script}\r\nFrom: ${script} <x@unit.example>\r\n\r\n采购 ${script}`);
    await ledger.mail.updateMany({ where: { clockId: 'real' }, data: { subject: script, raw } });
    await ledger.incomingMail.updateMany({
      where: { clockId: 'real' },
      data: { subject: script, text: `采购 ${script}`, raw, fromAddress: script },
    });
  });

  it.each([
    '/',
    '/issues',
    '/issues?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
    '/issues/own-1',
    '/rounds/own',
    '/search?text=采购',
    '/search?text=采购&of=evidence',
    '/search?text=采购&of=mails',
    '/leaders',
    '/leaders/chen',
    '/mailbox',
    '/mailbox/own-mail%40huitoukan.invalid',
    '/mailbox/own-mail%40huitoukan.invalid?view=text',
    '/mailbox/own-mail%40huitoukan.invalid?view=source',
    '/mailbox/replies/own-reply',
    '/account',
  ])('stands in %s as it was written, and does nothing', async (path) => {
    const answer = await app.request(path, { headers: as('wang') });
    const text = await answer.text();
    expect([answer.status, text.includes('<script>alert'), text.includes('<img src=x')]).toEqual([200, false, false]);
    const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    const ours = (name: string) =>
      expect.stringMatching(new RegExp(`^<script type="module" src="/assets/[0-9a-f]+/${name}\\.js">$`)) as string;
    expect(scripts).toEqual(path === '/account' ? [ours('live'), ours('passkey')] : [ours('live')]);
    expect(text).not.toMatch(/<[^>]+\son\w+=(?!")/);
  });

  it('comes as a file to keep, whatever its name', async () => {
    const answer = await app.request('/evidence/own-file-1', { headers: as('wang') });
    expect(answer.headers.get('content-disposition')).not.toMatch(/[<>\r\n]|"><script/);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  });
});
