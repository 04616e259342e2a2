import { beforeAll, describe, expect, it } from 'vitest';
import { fromIsoDate } from '../../../prisma/days.ts';
import { secretMeasures } from '../../../client/access/secret-measures.ts';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { accessOver, everybodysCookies, secretFile, secretWords, twoRounds } from './two-rounds.ts';

const ledger = await testLedger();
const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
let cookies: ReadonlyMap<string, string>;

beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
  // Of the drill too there is something to find.
  await ledger.evidence.update({ where: { id: 'drill-file-1' }, data: { fileName: '采购演练.docx' } });
}, 60_000);

async function page(path: string, account: string, from: 'here' | 'elsewhere' = 'elsewhere'): Promise<string> {
  const remoteAddress = from === 'here' ? '127.0.0.1' : '192.0.2.7';
  const headers = { cookie: cookies.get(account) ?? '', host: 'localhost' };
  const answer = await app.request(path, { headers }, { incoming: { socket: { remoteAddress } } });
  expect([path, account, answer.status]).toEqual([path, account, 200]);
  return answer.text();
}

/** Which of the worlds’ issues a page names, by code. */
function codesOn(text: string): string[] {
  return [...new Set(text.match(/(?:OWN|FOREIGN|DRILL)-0\d/g))].toSorted();
}

const own = ['OWN-01', 'OWN-02'];
const foreign = ['FOREIGN-01', 'FOREIGN-02'];
const confidential = ['FOREIGN-05', 'OWN-05'];
const drill = ['DRILL-01', 'DRILL-02'];

describe('lists of issues and searches name what is in sight, and count no more', () => {
  it.each([
    ['the supervision office, drills apart', 'wang', 'elsewhere', [...foreign, ...own, ...confidential].toSorted()],
    ['the handler of one issue', 'chen', 'elsewhere', ['OWN-01', 'OWN-05']],
    ['the leader of one issue, named reviewer of a confidential one', 'li', 'elsewhere', ['OWN-01', 'OWN-05']],
    ['the reviewer of a round, without its confidential issue', 'zhao', 'elsewhere', own],
    ['the handler of another round', 'zhou', 'elsewhere', ['FOREIGN-01', 'FOREIGN-05']],
    ['the handler at this machine, where drills are open', 'chen', 'here', ['OWN-01', 'OWN-05']],
    ['somebody at this machine who has not signed in', 'nobody', 'here', drill],
  ] as const)('for %s', async (_, account, from, codes) => {
    const all = await page('/issues', account, from);
    expect(codesOn(all)).toEqual(codes);
    expect(all).toContain(`共${String(codes.length)}项`);
    expect(codesOn(await page('/issues?phase=rectification', account, from))).toEqual(codes);
    expect(codesOn(await page('/issues?text=采购问题', account, from))).toEqual(codes);
    const first = codes.filter((code) => code.endsWith('1')).length;
    const some = first === codes.length ? '' : `，符合的${String(first)}项`;
    expect(await page('/issues?text=采购问题1', account, from)).toContain(`共${String(codes.length)}项${some}`);
    const found = await page('/search?text=采购问题', account, from);
    expect(codesOn(found)).toEqual(codes);
  });

  it('also when a round, a body or a page of another is asked for', async () => {
    expect(codesOn(await page('/issues?round=foreign', 'chen'))).toEqual([]);
    expect(codesOn(await page('/issues?round=own', 'chen'))).toEqual(['OWN-01', 'OWN-05']);
    expect(codesOn(await page('/issues?after=own-1', 'zhao'))).toEqual(['OWN-02']);
    expect(codesOn(await page('/issues?before=own-2', 'chen'))).toEqual(['OWN-01']);
  });
});

it('evidence and mails are found by whoever may open them, and evidence of a secret measure by the office alone', async () => {
  const found = async (account: string, from: 'here' | 'elsewhere' = 'elsewhere') => {
    const [files, mails] = [
      await page('/search?text=采购', account, from),
      await page('/search?text=进展', account, from),
    ];
    const decisions = await page('/search?text=处分决定书', account, from);
    return {
      files: [...files.matchAll(/\/evidence\/(\w+-file-\d)/g)].map(([, id]) => id).toSorted(),
      secret: decisions.includes('-file-2'),
      mails: [...mails.matchAll(/\/mailbox\/(\w+)-mail/g)].map(([, world]) => world).toSorted(),
    };
  };
  expect(await found('wang')).toEqual({
    files: ['foreign-file-1', 'foreign-file-5', 'own-file-1', 'own-file-5'],
    secret: true,
    mails: ['foreign', 'own'],
  });
  expect(await found('chen')).toEqual({ files: ['own-file-5'], secret: false, mails: ['own'] });
  expect(await found('zhou')).toEqual({ files: ['foreign-file-5'], secret: false, mails: ['foreign'] });
  expect(await found('zhao')).toEqual({ files: [], secret: false, mails: [] });
  expect(await found('nobody', 'here')).toEqual({ files: ['drill-file-1'], secret: true, mails: ['drill'] });
});

it('the mailbox, the leaders and the start page show whoever is not of the office his own alone', async () => {
  const [mails, leaders, start] = [
    await page('/mailbox', 'chen'),
    await page('/leaders', 'li'),
    await page('/', 'zhao'),
  ];
  expect(mails).toContain('own请报进展');
  expect(mails).not.toMatch(/foreign|drill/);
  expect(await page('/mailbox?person=zhou', 'chen')).not.toContain('foreign');
  expect(leaders).toContain('/leaders/li');
  expect(await page('/leaders', 'chen')).not.toContain('/leaders/li');
  expect(await page('/leaders', 'wang')).toContain('/leaders/li');
  expect(codesOn(start)).toEqual(own);
  expect(start).not.toMatch(/foreign|待交付|建一个真实轮次/);
  const nobody = await page('/', 'nobody', 'here');
  expect(nobody).toContain('href="/sign-in"');
  expect(nobody).toContain('开始一次演练');
  expect(nobody).not.toMatch(/own轮次|foreign|建一个真实轮次/);
  expect(await page('/?clock=real', 'nobody', 'here')).not.toMatch(/own轮次|foreign/);
  expect(codesOn(await page('/?clock=drill', 'chen'))).toEqual(['OWN-01', 'OWN-05']);
});

it('a round is seen as far as one’s own issues go: not who else is in it, nor what leaves for them', async () => {
  const [part, whole] = [await page('/rounds/own', 'chen'), await page('/rounds/own', 'zhao')];
  expect(codesOn(part)).toEqual(['OWN-01', 'OWN-05']);
  expect(part).toContain('共2项');
  expect(part).not.toContain('赵主任');
  expect(codesOn(whole)).toEqual(own);
  expect(whole).toContain('赵主任');
});

describe('the words of a measure that holds people to account', () => {
  it.each([
    ['the supervision office', 'wang', 'read'],
    ['the handler of the issue', 'chen', 'read'],
    ['the leader of the issue', 'li', 'read'],
    ['the handler of another of its measures', 'sun', 'hidden'],
    ['a reviewer who does not judge its closure', 'zhao', 'hidden'],
  ] as const)('for %s: %s is %s', async (_, account, words) => {
    const text = await page('/issues/own-1', account);
    expect(text).toContain('修订采购办法');
    expect([text.includes(secretWords), text.includes(secretFile)]).toEqual([words === 'read', words === 'read']);
    expect(text.includes('内容不在您的查看范围内')).toBe(words === 'hidden');
    expect(text).toContain('追责问责'); // that there is one is no secret
  });

  it('are not for who stands in for its handler, though he sees the issue', async () => {
    const window = { fromAt: new Date(Date.now() - 3_600_000), untilAt: new Date(Date.now() + 3_600_000) };
    const { id } = await ledger.delegation.create({ data: { fromPersonId: 'chen', toPersonId: 'zhou', ...window } });
    const text = await page('/issues/own-1', 'zhou');
    expect([text.includes('修订采购办法'), text.includes(secretWords)]).toEqual([true, false]);
    await ledger.delegation.delete({ where: { id } });
  });

  it('are for who judges its closure, whatever his role is called', async () => {
    const closure = { levels: [{ role: 'reviewer', of: 'all' }], satisfaction: 'none' };
    const terms = { policy: { version: 1, closure }, calendar: { version: 1, from: '', to: '', daysOff: [] } };
    await ledger.issue.create({
      data: {
        ...{ id: 'own-3', roundId: 'own', number: 3, code: 'OWN-03', kind: 'ordinary', title: '', text: '' },
        ...{ firstDeadline: fromIsoDate('2024-06-30'), terms, progress: { measures: [] } },
      },
    });
    const measure = { issueId: 'own-3', number: 1, text: secretWords, kind: 'accountability' as const };
    await ledger.measure.create({ data: { ...measure, deadline: fromIsoDate('2024-06-30') } });
    const now = new Date().toISOString();
    const secretFor = async (personId: string) => [
      ...(await secretMeasures(
        ledger,
        { real: { personId, held: [], confidential: [] }, drills: 'none' },
        'own-3',
        now,
      )),
    ];
    expect([await secretFor('zhao'), await secretFor('chen')]).toEqual([[], [1]]);
    await ledger.measure.deleteMany({ where: { issueId: 'own-3' } });
    await ledger.issue.delete({ where: { id: 'own-3' } });
  });
});
