import { expect, test } from 'vitest';
import { testLedger } from '../../support/servers.ts';
import { leadersBureau } from '../reading/leader-world.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();

test('whoever has the next level of a closure review is who can decide on the page of the issue, and nobody else', async () => {
  const round = await leadersBureau(ledger);
  const choicesOf = async (code: string, id: string) => {
    const { text } = await opened(pagesOver(ledger).app, `/issues/${round.idOf(code)}`);
    const choices = new RegExp(`<select id="${id}".+?</select>`, 'u').exec(text)?.[0] ?? '';
    return [...choices.matchAll(/<option[^>]*>([^<]+)/gu)].map(([, one]) => one);
  };
  expect(await choicesOf('LN-02', 'decide-by')).toEqual(['分管副局长（责任领导）']);
  expect(await choicesOf('LN-02', 'return-by')).toEqual(['分管副局长（责任领导）']);
  expect(await choicesOf('LN-04', 'decideExtension-by')).toEqual(['督办专责（督办办公室）']);
});
