import { expect, onTestFinished, test } from 'vitest';
import { evidenceOwed, MailWorld } from './mail-world.ts';

test.each([
  ['a NUL', '措施1的台账\u0000已建立。'],
  ['half a character', '措施1的台账已建立\ud83d。'],
  ['an emoji where a sentence is cut', `${'进'.repeat(199)}😀${'展'.repeat(400)}`],
])('an answer with %s is understood and kept like any other', async (_, text) => {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const issueId = await world.issue(1, [evidenceOwed(1)]);
  const token = await world.mailAbout([issueId]);
  const file = { filename: `台账\u0000\ud83d.txt`, content: '台账' };
  const id = await world.answered({ token, text, files: [file] });
  expect(await world.verdict(id)).toMatchObject({ kind: 'reply', items: [{ issueId }] });
  expect(await world.ledger.progressNote.count()).toBe(1);
});
