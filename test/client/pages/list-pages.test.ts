import { beforeAll, expect, test } from 'vitest';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  const issues = Array.from({ length: 52 }, (_, index) => ({ title: `第${String(index + 1)}个问题`, unit: '办公室' }));
  round = await ToldRound.draft(ledger, issues);
});

const shown = async (path: string) => {
  const text = await (await pagesOver(ledger).app.request(path)).text();
  const link = (rel: string) =>
    new RegExp(`rel="${rel}" href="([^"]+)"`, 'u').exec(text)?.[1]?.replaceAll('&amp;', '&');
  return { text, rows: text.match(/class="issue-code"/gu)?.length ?? 0, previous: link('prev'), next: link('next') };
};

test('a list shows fifty issues and links to the next and the previous page, which keep what it was filtered by', async () => {
  const filtered = `unit=${encodeURIComponent('办公室')}&phase=assignment`;
  for (const path of ['/issues', `/rounds/${round.roundId}`]) {
    const first = await shown(`${path}?${filtered}`);
    expect([first.rows, first.previous]).toEqual([50, undefined]);
    expect(first.text).toContain('共52项');
    expect(first.text).toContain('待认领（52）');
    const second = await shown(first.next!);
    expect([second.rows, second.next]).toEqual([2, undefined]);
    expect(second.previous).toContain('phase=assignment');
    expect(second.previous).toContain('unit=');
    const back = await shown(second.previous!);
    expect([back.rows, back.previous, back.next]).toEqual([50, undefined, first.next]);
  }
});

test('a list that goes on from an issue which is gone says so', async () => {
  const answer = await pagesOver(ledger).app.request('/issues?after=gone');
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain('请从头看列表');
});
