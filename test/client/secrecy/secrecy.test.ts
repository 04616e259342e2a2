import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAssignments } from '../../../client/assign-import.ts';
import { readIssue } from '../../../client/reading/issue.ts';
import { readLines } from '../../../client/reading/why-lines.ts';
import { readClocks } from '../../../client/reading/clocks.ts';
import { assign } from '../../../client/rounds/assign.ts';
import { decideSecrecy } from '../../../client/secrecy/decide-secrecy.ts';
import { previewSecrecy } from '../../../client/secrecy/preview-secrecy.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import { accessOver, everybodysCookies, twoRounds } from '../access/two-rounds.ts';
import { pagesOver } from '../pages/told-world.ts';

const ledger = await testLedger();
let cookies: ReadonlyMap<string, string>;
let officeId: string;

beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
  officeId = (await ledger.person.findFirstOrThrow({ where: { email: 'wang@office.example' } })).id;
  await ledger.assignment.create({ data: { roundId: 'own', role: 'reviewer', personId: 'li', issueId: 'own-1' } });
}, 60_000);

beforeEach(async () => {
  await ledger.issueSecrecyChange.deleteMany();
  await ledger.issue.updateMany({ where: { id: { in: ['own-1', 'own-2'] } }, data: { secrecy: 'ordinary' } });
});

const restrict = (changes: object = {}) =>
  decideSecrecy(ledger, {
    ...{ issueId: 'own-1', secrecy: 'confidential', reason: '涉及举报人', by: '王主任', requestId: 'r-1' },
    ...changes,
  });
const secrecies = async () =>
  (await ledger.issue.findMany({ where: { roundId: 'own' }, orderBy: { number: 'asc' } })).map(
    ({ secrecy }) => secrecy,
  );

describe('a decision that an issue is confidential', () => {
  it('is kept with who, when and why, and the issue says so', async () => {
    expect(await restrict()).toBe('now');
    const issue = await readIssue(ledger, 'own-1');
    expect(issue).toMatchObject({ secrecy: 'confidential', restricted: { by: '王主任', reason: '涉及举报人' } });
    expect(await restrict({ secrecy: 'ordinary', reason: '已公开', requestId: 'r-2' })).toBe('now');
    expect(await readIssue(ledger, 'own-1')).toMatchObject({ secrecy: 'ordinary', restricted: null });
    expect(await ledger.issueSecrecyChange.count()).toBe(2);
  });

  it('is written once, also when it is delivered a second time after it was lifted, or holds already', async () => {
    await restrict();
    expect(await restrict({ requestId: 'r-2' })).toBe('before');
    await restrict({ secrecy: 'ordinary', requestId: 'r-3' });
    expect(await restrict()).toBe('before');
    expect(await ledger.issueSecrecyChange.count()).toBe(2);
    expect(await secrecies()).toEqual(['ordinary', 'ordinary', 'confidential']);
  });

  it.each([
    ['by anybody but the office', { by: '陈股长' }, 'NotOffice'],
    ['without a name', { by: undefined }, 'AuthorMissing'],
    ['without a reason', { reason: ' ' }, 'ReasonMissing'],
    ['of a drill', { issueId: 'drill-1' }, 'DrillIssue'],
  ])('is refused %s', async (_, changes, code) => {
    await expect(restrict(changes)).rejects.toMatchObject({ code });
    expect(await ledger.issueSecrecyChange.count()).toBe(0);
  });

  it('is tried first: who will see it, by name, and who no longer', async () => {
    const people = (some: readonly { name: string }[]) => some.map(({ name }) => name).toSorted();
    const preview = await previewSecrecy(ledger, { issueId: 'own-1', secrecy: 'confidential' });
    expect(people(preview.sees)).toEqual(['孙科员', '李副局长', '王主任', '陈股长']);
    expect(people(preview.noLonger)).toEqual(['赵主任']);
    const same = await previewSecrecy(ledger, { issueId: 'own-2', secrecy: 'confidential' });
    expect([people(same.sees), same.noLonger]).toEqual([['王主任', '赵主任'], []]);
    await restrict();
    const lifting = await previewSecrecy(ledger, { issueId: 'own-1', secrecy: 'ordinary' });
    expect(people(lifting.sees)).toContain('赵主任');
    expect(await ledger.issueSecrecyChange.count()).toBe(1);
  });
});

it('why says of a mail what held when it was written', async () => {
  const written = await ledger.mail.findFirstOrThrow({ where: { personId: 'chen' } });
  const line = { key: 'own-1/line', kind: 'reminder', letter: 'reminder', issueId: 'own-1', roundId: 'own' } as const;
  const days = { plannedOn: fromIsoDate('2024-03-01'), earliestAt: written.preparedAt, latestAt: written.preparedAt };
  await ledger.outboxRow.create({
    data: {
      ...line,
      ...days,
      clockId: 'real',
      cycle: 1,
      role: 'handler',
      missed: 'sendLate',
      because: {},
      state: 'sent',
    },
  });
  await ledger.delivery.create({ data: { rowKey: line.key, personId: 'chen', mailId: written.id, position: 1 } });
  const why = async () => (await readLines(ledger, await readClocks(ledger), { key: line.key }))[0]?.mails[0];
  await restrict();
  expect(await why()).toMatchObject({ told: 'words', toldWhy: '写明问题内容' });
  await ledger.issueSecrecyChange.updateMany({ data: { at: '2024-02-01T00:00:00Z' } });
  await restrict({ secrecy: 'ordinary', requestId: 'r-2' });
  expect(await why()).toMatchObject({ told: 'codeOnly', toldWhy: '只写编号、时限和链接：本问题保密' });
});

describe('the column 保密 of an assignment', () => {
  const nobody = () => Promise.reject(new Error('nobody is to be told'));
  const imported = (text: string, by: string | undefined, mode: 'write' | 'preview' = 'write', roundId = 'own') =>
    assign(
      { ledger, issues: { askPermitted: nobody } },
      {
        ...{ roundId, mode, fileName: '分工.csv', rows: readAssignments(new TextEncoder().encode(text), '分工.csv') },
        reassigning: by === undefined ? undefined : { by, reason: '', source: 'page' },
      },
    );

  it.each(['draft', 'launched'] as const)(
    'makes issues confidential in a round that is %s, signed by who imports it',
    async (state) => {
      await ledger.round.update({ where: { id: 'own' }, data: { state } });
      const text = '编号,保密\nOWN-01,是\nOWN-02,否\n';
      expect(await imported(text, officeId, 'preview')).toMatchObject({ changes: ['OWN-01：设为保密'] });
      expect(await secrecies()).toEqual(['ordinary', 'ordinary', 'confidential']);
      await imported(text, officeId);
      expect(await secrecies()).toEqual(['confidential', 'ordinary', 'confidential']);
      expect(await imported(text, officeId)).toMatchObject({ changes: [] });
      const changes = await ledger.issueSecrecyChange.findMany({ select: { issueId: true, by: true, reason: true } });
      expect(changes).toEqual([{ issueId: 'own-1', by: officeId, reason: '分工名单“分工.csv”写明' }]);
      await imported('编号,保密\nOWN-01,否\n', officeId);
      expect(await secrecies()).toEqual(['ordinary', 'ordinary', 'confidential']);
    },
  );

  it('is refused without an author, of another than the office, of a drill, and in words that are not known', async () => {
    const text = '编号,保密\nOWN-01,是\n';
    await expect(imported(text, undefined)).rejects.toMatchObject({ code: 'AuthorMissing' });
    await expect(imported(text, 'chen')).rejects.toMatchObject({ code: 'NotOffice' });
    await expect(imported('编号,保密\nOWN-01,绝密\n', officeId)).rejects.toThrow('请写“是”或“否”');
    const drill = imported('编号,保密\nDRILL-01,是\n', officeId, 'write', 'drill');
    await expect(drill).rejects.toMatchObject({ code: 'DrillIssue' });
    expect(await secrecies()).toEqual(['ordinary', 'ordinary', 'confidential']);
  });
});

describe('on the issue’s page', () => {
  const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
  const env = { incoming: { socket: { remoteAddress: '192.0.2.7' } } };
  async function opened(account: string) {
    const own = cookies.get(account)!;
    const page = await app.request('/issues/own-1', { headers: { cookie: own, host: 'localhost' } }, env);
    const formCookie = /huitoukan-form=[^;]+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
    const text = await page.text();
    const seal = /name="seal" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const post = async (fields: Record<string, string>) => {
      const body = new URLSearchParams({ seal, requestId: `page-${crypto.randomUUID()}`, ...fields });
      const headers = { cookie: `${own}; ${formCookie}`, origin: 'http://localhost', host: 'localhost' };
      const answer = await app.request('/issues/own-1/secrecy', { method: 'POST', body, headers }, env);
      return { status: answer.status, text: await answer.text() };
    };
    return { text, post };
  }

  it('the office reads first who will see it, and confirms', async () => {
    const { text, post } = await opened('wang');
    expect(text).toContain('先看谁看得到');
    const shown = await post({ secrecy: 'confidential', reason: '涉及举报人' });
    for (const part of ['还没有登记', '不再看得到的：赵主任', '确认设为保密', '涉及举报人'])
      expect(shown.text).toContain(part);
    expect(await secrecies()).toEqual(['ordinary', 'ordinary', 'confidential']);
    const done = await post({ secrecy: 'confidential', reason: '涉及举报人', confirmed: 'yes' });
    expect([done.status, (await secrecies())[0]]).toEqual([303, 'confidential']);
    const after = (await opened('wang')).text;
    for (const part of ['<b>保密</b>', '王主任', '解除保密']) expect(after).toContain(part);
  });

  it('nobody else is offered it, and the handler who asks for it all the same is refused', async () => {
    const { text } = await opened('chen');
    expect(text).not.toContain('/secrecy');
    const { post } = await opened('chen');
    expect((await post({ secrecy: 'confidential', reason: 'x', confirmed: 'yes' })).status).toBe(403);
    expect((await secrecies())[0]).toBe('ordinary');
  });
});
