import { beforeAll, describe, expect, test } from 'vitest';
import { leaderRoutes } from '../../../client/api/leaders.ts';
import { leaderList, leaderShow } from '../../../client/commands/leader.ts';
import type { Instance } from '../../../client/commands/instance.ts';
import { dayWords, shortDayWords } from '../../../client/reading/words.ts';
import type { LeaderReading } from '../../../client/reading/index.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { askJson, gatedApi } from '../../support/gated-api.ts';
import { testLedger } from '../../support/servers.ts';
import { attestedText, confidentialText, leadersBureau } from '../reading/leader-world.ts';
import type { ToldRound } from '../reading/builder.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
let round: ToldRound;
let path: string;

beforeAll(async () => {
  round = await leadersBureau(ledger);
  path = `/leaders/${round.personId('分管副局长')}`;
});

/** The command line over the API, as it speaks to a running instance. */
async function told(format: 'json' | 'text', command: typeof leaderShow | typeof leaderList): Promise<string> {
  let answer = '';
  const output = {
    format,
    answer: (value: unknown, words: () => string) => {
      answer = format === 'json' ? JSON.stringify(value) : words();
    },
    refused: () => undefined,
    raw: () => undefined,
    note: () => undefined,
  };
  const api = gatedApi(ledger, { '/leaders': leaderRoutes({ ledger }) });
  const get = (path: readonly string[]) => askJson(api, `/${path.map(encodeURIComponent).join('/')}`);
  await command(output, { get } as unknown as Instance, '分管副局长');
  return answer;
}

/** What a reader of the page reads, without marks. */
function wordsOf(html: string): string {
  return html
    .replace(/<[^>]+>/gu, '')
    .replaceAll('&quot;', '"')
    .replace(/\s+/gu, '');
}

describe("a leader's page", () => {
  test('tells what the command line tells as JSON: every item, reason, name, day and unit', async () => {
    const { text } = await opened(pagesOver(ledger).app, path);
    const leader = JSON.parse(await told('json', leaderShow)) as LeaderReading;
    const words = wordsOf(text);
    const { waiting, red, yellow, climbing, units } = leader;
    const expected = [
      leader.title,
      dayWords(leader.today),
      ...leader.roles,
      ...waiting.flatMap(({ code, title, what, bits, dueOn }) => [
        code + title,
        what,
        bits.join('，'),
        shortDayWords(dueOn),
      ]),
      ...red.flatMap(({ code, title, light, redSince, overdue }) => [
        code + title,
        light.sentence,
        `${shortDayWords(redSince ?? '')}起红灯`,
        ...overdue.map(({ roleName, persons, what }) => `${roleName}${persons.join('、')}：${what}`),
      ]),
      ...yellow.flatMap(({ code, title, light }) => [code + title, light.reason]),
      ...climbing.flatMap(({ day, what, because, cancelledBy, as }) => [
        day,
        what,
        `${because}，${as}；${cancelledBy}`,
      ]),
      ...units.flatMap(({ unit, done, of }) => [unit, `已销号${String(done)}/${String(of)}`]),
      ...leader.green,
    ].map((one) => one.replace(/\s+/gu, ''));
    expect(expected.length).toBeGreaterThan(30);
    expect(expected.filter((one) => !words.includes(one))).toEqual([]);
    const plain = (await told('text', leaderShow)).replace(/\s+/gu, '');
    for (const { light } of red) expect(plain).toContain(light.sentence);
    expect(plain).toContain(leader.title);
  });

  test('leads from each thing that waits to the place where it is done', async () => {
    const { app } = pagesOver(ledger);
    const { text } = await opened(app, path);
    const issue = round.idOf('LN-02');
    expect(text).toContain(`href="/issues/${issue}/review"`);
    const there = await opened(app, `/issues/${issue}`);
    expect(there.text).toContain('id="decide"');
  });

  test('shows no text of a measure, and what was attested where it is endorsed', async () => {
    const { text } = await opened(pagesOver(ledger).app, path);
    expect(text).not.toContain(confidentialText);
    expect(text).not.toContain('逐条核实');
    expect(text).toContain(attestedText);
  });

  test('is found from the list, which is linked on every page', async () => {
    const { app } = pagesOver(ledger);
    expect((await opened(app, '/issues')).text).toContain('href="/leaders"');
    const { text } = await opened(app, '/leaders');
    expect(text).toContain(`href="${path}"`);
    expect(wordsOf(text)).toContain('红灯2项');
    expect(await told('text', leaderList)).toMatch(/分管副局长.+红灯2项/u);
    expect((await app.request('/leaders/nobody')).status).toBe(404);
  });
});

describe('a question to the handler', () => {
  const question = { text: '25笔中还差哪几笔？' };
  const ask = (issueId: string) => ({ ...question, issueId });

  test('is kept and asked in his name; the same form sent twice is the same request', async () => {
    const issueId = round.idOf('LN-01');
    const { app, asked } = pagesOver(ledger);
    const { post, text } = await opened(app, path);
    expect(wordsOf(text)).toContain('发出，请其3个工作日内答复');
    for (const _ of [1, 2]) {
      const answer = await post(`${path}/requests/askStatus`, ask(issueId));
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=asked`]);
    }
    const notes = await ledger.progressNote.findMany({ where: { issueId, text: question.text } });
    expect(notes).toHaveLength(1);
    const by = round.personId('分管副局长');
    const given = { by, source: 'page', noteId: notes[0]?.id };
    expect(asked.map(({ what, with: of }) => [what, ...of.slice(0, 2)])).toEqual([
      ['ask', 'askStatus', issueId],
      ['ask', 'askStatus', issueId],
    ]);
    expect(asked[0]?.with[2]).toMatchObject(given);
    expect(asked[1]?.with[2]).toEqual(asked[0]?.with[2]);
    expect(wordsOf((await opened(app, `${path}?done=asked`)).text)).toContain('已问责任人');
  });

  test('that is refused leaves no words behind, and his page says why', async () => {
    const issueId = round.idOf('LN-04');
    const refusal = new RefusedError('NotYours', '只有责任领导、组长可以问询');
    const { post } = await opened(pagesOver(ledger, refusal).app, path);
    const answer = await post(`${path}/requests/askStatus`, ask(issueId));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(refusal.message);
    expect(await ledger.progressNote.count({ where: { issueId, text: question.text } })).toBe(0);
  });

  test('without words, about no issue, of an unknown kind or from elsewhere is not asked', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, path);
    const of = { issueId: round.idOf('LN-01') };
    const empty = await post(`${path}/requests/askStatus`, { ...of, text: ' ' });
    expect([empty.status, (await empty.text()).includes('请写明要问什么')]).toEqual([409, true]);
    expect((await post(`${path}/requests/askStatus`, ask('nothing'))).status).toBe(409);
    expect((await post(`${path}/requests/withdrawIssue`, ask(of.issueId))).status).toBe(409);
    const foreign = await post(`${path}/requests/askStatus`, ask(of.issueId), { origin: 'https://example.org' });
    expect(foreign.status).toBe(403);
    expect(asked).toEqual([]);
  });
});

test('an attestation is endorsed on the spot', async () => {
  const { app, asked } = pagesOver(ledger);
  const { post } = await opened(app, path);
  const issueId = round.idOf('LN-03');
  const answer = await post(`${path}/requests/endorseAttestation`, { issueId });
  expect(answer.headers.get('location')).toBe(`${path}?done=endorsed`);
  expect(asked[0]?.with.slice(0, 2)).toEqual(['endorseAttestation', issueId]);
});
