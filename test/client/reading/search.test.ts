import { beforeAll, describe, expect, test } from 'vitest';
import { readIssueList } from '../../../client/reading/index.ts';
import { readFound, readSearch } from '../../../client/reading/search.ts';
import { excerptOf, piecesOf, soughtIn } from '../../../client/reading/sought-words.ts';
import { testLedger } from '../../support/servers.ts';
import { bureauInMarch, pagesOver } from '../pages/told-world.ts';
import type { ToldRound } from './builder.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await bureauInMarch(ledger);
  const mail = await ledger.mail.findFirstOrThrow({ where: { subject: { contains: '待办' } } });
  const came = {
    envelopeTo: '',
    clockId: round.clockId,
    receivedAt: round.now,
    raw: new Uint8Array(),
  };
  await ledger.incomingMail.createMany({
    data: [
      { ...came, id: 'c1', messageId: 'c1', subject: '回复', text: '派车单已核对完毕', mailId: mail.id },
      { ...came, id: 'c2', messageId: 'c2', subject: '回复：线索核查情况', text: '另附', fromAddress: 'x@y' },
    ],
  });
});

const found = async (text: string) => {
  const { issues, evidence, mails } = await readSearch(ledger, text);
  return {
    issues: issues.hits.map(({ code }) => code),
    evidence: evidence.hits.map(({ fileName }) => fileName),
    mails: mails.hits.map(({ id }) => id).filter((id) => id.length < 10),
  };
};

describe('a search', () => {
  test('finds a word of two characters in issues, in names of evidence and in mails', async () => {
    expect(await found('公务')).toEqual({
      issues: ['LN-01'],
      evidence: ['2024年3月公务用车检查台账.xlsx'],
      mails: [],
    });
    expect((await found('园林')).issues).toEqual(['LN-02', 'LN-07']);
    expect((await found('派车单')).mails).toEqual(['c1']);
    expect((await found('线索')).mails).toEqual(['c2']);
    expect((await readSearch(ledger, '待办')).mails.hits[0]).toMatchObject({ way: 'sent' });
  });

  test('asks for all the words that are written, each as a whole, whatever their case', async () => {
    expect((await found('ln-01')).issues).toEqual(['LN-01']);
    expect((await found('公务 审批')).issues).toEqual(['LN-01']);
    expect((await found('公务 园林')).issues).toEqual([]);
    // Both pairs of 车辆油 stand in the text, and 油料; this does not.
    expect((await found('辆油车辆')).issues).toEqual([]);
    expect((await found('100%')).issues).toEqual([]);
    expect((await found('车')).issues).toEqual(['LN-01']);
  });

  test('finds an issue by what it is called now', async () => {
    await ledger.issue.update({
      where: { id: round.idOf('LN-05') },
      data: { title: '规范工程变更', text: '工程变更没有上会。' },
    });
    expect([(await found('工程变更')).issues, (await found('项目结算工作')).issues]).toEqual([['LN-05'], []]);
    expect((await readIssueList(ledger, { text: '变更' })).map(({ code }) => code)).toEqual(['LN-05']);
  });

  test('keeps out what was answered to a mail that told no words of the finding', async () => {
    await ledger.mail.updateMany({ data: { told: 'codeOnly' } });
    expect((await found('派车单')).mails).toEqual([]);
    await ledger.mail.updateMany({ data: { told: 'words' } });
  });

  test('shows all of a kind a page at a time, the latest first', async () => {
    const { found: first } = await readFound(ledger, 'mails', '待办', undefined);
    const ids = first.hits.hits.map(({ id }) => id);
    const { found: rest } = await readFound(ledger, 'mails', '待办', {
      at: (first.hits.hits[1] as { at: string }).at,
      id: ids[1]!,
    });
    expect(rest.hits.hits.map(({ id }) => id).slice(0, ids.length - 2)).toEqual(ids.slice(2));
  });

  test('is a page with the words marked, and says so where nothing is found', async () => {
    const page = async (text: string) =>
      (await pagesOver(ledger).app.request(`/search?text=${encodeURIComponent(text)}`)).text();
    const marked = await page('公务');
    expect(marked).toContain('规范<mark>公务</mark>用车管理');
    expect(marked).toContain(`/issues/${round.idOf('LN-01')}`);
    expect(await page('<b>')).toContain('问题、佐证、邮件里都没有“&lt;b&gt;”。');
    expect(await page('')).toContain('几个词用空格隔开');
  });
});

test('words are marked wherever they stand, the longest first, and odd characters are only themselves', () => {
  expect(piecesOf('公务用车和公车', ['公', '公务'])).toEqual(['', '公务', '用车和', '公', '车']);
  expect(piecesOf('a.c abc', ['a.c'])).toEqual(['', 'a.c', ' abc']);
});

test('an excerpt shows what stands around the first word', () => {
  expect(excerptOf(`${'前'.repeat(100)}公车${'后'.repeat(100)}`, ['公车'])).toMatch(/^…前{20}公车后{68}…$/u);
  expect(excerptOf('短文', ['公车'])).toBe('短文');
});

test('what is sought is split at spaces, each word once', () => {
  expect(soughtIn(' 公车　台账 公车 ')).toEqual(['公车', '台账']);
});
