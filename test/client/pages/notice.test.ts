import { describe, expect, test } from 'vitest';
import { bodyNameChoices } from '../../../client/notice-import/body-name-choices.ts';
import { toIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();

const withoutFeedback = `中共青禾市园林绿化局党组关于巡察整改进展情况的通报

2023年5月8日至7月21日，市委第二巡察组对市园林绿化局党组开展了巡察。局党组于2023年9月18日召开动员会。

一、整改情况

1.关于公园便民设施维护不及时的问题。一是建立维修台账。二是修复破损设施。

2.关于绿化养护招标管理不规范的问题。一是修订办法。二是开展自查。
`;

const twoLevels = `中共青禾市园林绿化局党组关于巡察整改进展情况的通报

2023年9月15日，市委第二巡察组向市园林绿化局党组反馈了巡察意见。

一、整改情况

（一）公园便民设施维护
1.建立维修台账。
2.修复破损设施。

（二）绿化养护招标管理
1.修订办法。
2.开展自查。
`;

/** The page of a notice that has been pasted on the start page. */
async function pasted(text: string, more: Record<string, string | File> = {}) {
  const { app } = pagesOver(ledger);
  const { post } = await opened(app, '/');
  const answer = await post('/notices', { noticeText: text, ...more });
  const path = answer.headers.get('location') ?? '';
  return { app, answer, path, ...(path === '' ? {} : await opened(app, path)) };
}

function decoded(html: string): string {
  return html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}

/** Where the choice with these words leads. */
function choice(text: string, words: string): string {
  const [, path = ''] = new RegExp(`href="([^"]+)">改用[^<]*${words}`, 'u').exec(text) ?? [];
  return decoded(path);
}

describe('a notice', () => {
  test('may be pasted instead of uploaded, and is read as the file would be', async () => {
    const { answer, path, text } = await pasted(withoutFeedback);
    expect(answer.status).toBe(303);
    expect(decodeURIComponent(path)).toContain('fileName=粘贴的通报.txt');
    expect(text).toContain('2个问题、4条措施');
  });

  test('that is both pasted and uploaded is asked about, and read neither way', async () => {
    const file = new File([withoutFeedback], '通报.txt', { type: 'text/plain' });
    const { answer } = await pasted(withoutFeedback, { notice: file });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('请只留一样');
  });

  test('shows each problem beside the line that it is about', async () => {
    const { text } = await pasted(withoutFeedback);
    expect(text).toMatch(
      /第3行<\/span><div><p>没有读到反馈日期[^]*?<blockquote class="quoted">2023年5月8日至7月21日，市委第二巡察组/u,
    );
  });

  test('without a feedback day offers the days that it names, and takes one only when the round is made with it', async () => {
    const { app, text = '' } = await pasted(withoutFeedback);
    expect(text).toMatch(/id="round-feedback"[^>]*value=""/u);
    const rounds = await ledger.round.count();
    const chosen = await opened(app, choice(text, '2023年9月18日'));
    expect(chosen.text).toMatch(/id="round-feedback"[^>]*value="2023-09-18"/u);
    expect(await ledger.round.count()).toBe(rounds);
    const sha256 = 'f'.repeat(64);
    const said = { sha256, fileName: '粘贴的通报.txt', name: '青禾园林', feedbackOn: '2023-09-18', bodyName: '园林局' };
    const made = await chosen.post('/rounds', said);
    const id = /^\/rounds\/([^/?]+)/u.exec(made.headers.get('location') ?? '')?.[1] ?? '';
    const round = await ledger.round.findUniqueOrThrow({ where: { id }, include: { bodies: true } });
    expect(toIsoDate(round.feedbackOn!)).toBe('2023-09-18');
    expect(round.bodies.map(({ name }) => name)).toEqual(['园林局']);
  });

  test('that can be read at several levels says what each would give, and is made a round at the level chosen', async () => {
    const { app, text = '' } = await pasted(twoLevels);
    expect(text).toMatch(/“（一）”一级（现在用的）<\/b><span class="note">读到2个问题/u);
    const chosen = await opened(app, choice(text, '“1\\.”一级'));
    expect(chosen.text).toMatch(/个方面、4个问题/u);
    const level = /name="level" value="([^"]+)"/u.exec(chosen.text)?.[1] ?? '';
    const said = { sha256: 'f'.repeat(64), fileName: '粘贴的通报.txt', feedbackOn: '2023-09-15', level };
    const made = await chosen.post('/rounds', { ...said, name: '按小项' });
    const id = /^\/rounds\/([^/?]+)/u.exec(made.headers.get('location') ?? '')?.[1] ?? '';
    expect(await ledger.issue.count({ where: { roundId: id } })).toBe(4);
  });

  test('keeps what was filled in when the round is refused', async () => {
    const { post } = await pasted(withoutFeedback);
    const said = { sha256: 'f'.repeat(64), fileName: '粘贴的通报.txt', name: '青禾园林二轮', feedbackOn: '' };
    const refused = await post!('/rounds', said);
    expect(refused.status).toBe(409);
    const text = await refused.text();
    expect(text).toContain('请写明反馈日');
    expect(text).toContain('value="青禾园林二轮"');
  });

  test('asks for the feedback day where the address names a day that there is not', async () => {
    const { app, path } = await pasted(withoutFeedback);
    const { page, text } = await opened(app, `${path}&feedbackOn=2023-02-30&level=none`);
    expect(page.status).toBe(200);
    expect(text).toMatch(/id="round-feedback"[^>]*value=""/u);
  });
});

test('a body is offered by its names in title and signature, with and without the Party form, each once', () => {
  expect(bodyNameChoices({ bodyName: '中共青禾市园林绿化局党组', signedBy: '青禾市园林绿化局' })).toEqual([
    '中共青禾市园林绿化局党组',
    '青禾市园林绿化局',
  ]);
  expect(bodyNameChoices({ bodyName: '某市城管局', signedBy: null })).toEqual(['某市城管局']);
  expect(bodyNameChoices({ bodyName: null, signedBy: null })).toEqual([]);
});
