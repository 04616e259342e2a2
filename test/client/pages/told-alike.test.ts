import { beforeAll, describe, expect, test } from 'vitest';
import { readIssue, whyIssue } from '../../../client/reading/index.ts';
import { dayWords } from '../../../client/reading/words.ts';
import { testLedger } from '../../support/servers.ts';
import { bureauInMarch, pagesOver } from './told-world.ts';

const ledger = await testLedger();
let codes: string[];

beforeAll(async () => {
  await bureauInMarch(ledger);
  codes = (await ledger.issue.findMany({ select: { code: true }, orderBy: { number: 'asc' } })).map(({ code }) => code);
});

/** What a reader of the page reads, folded parts included, in one line and without blanks. */
async function pageOf(code: string): Promise<string> {
  const html = await (await pagesOver(ledger).app.request(`/issues/${code}`)).text();
  return bare(
    html
      .replace(/<[^>]+>/gu, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&'),
  );
}

function bare(words: string): string {
  return words.replace(/\s+/gu, '');
}

/** Those of the words that the page does not have. */
function missingOn(page: string, words: readonly (string | null)[]): string[] {
  return words.flatMap((one) => (one === null || page.includes(bare(one)) ? [] : one));
}

describe('an issue’s page tells what the command line’s JSON does', () => {
  test('how it stands, and what happens next', async () => {
    const missing: Record<string, string[]> = {};
    for (const code of codes) {
      const { phaseName, light, deadline, next, obligations } = await readIssue(ledger, code);
      const nextWords = next === null ? [] : [next.what, next.when, ...next.to, next.cancelledBy, next.turn, next.then];
      const owed = obligations.flatMap(({ persons }) => persons);
      missing[code] = missingOn(await pageOf(code), [
        phaseName,
        light.name,
        light.sentence,
        dayWords(deadline),
        ...nextWords,
        ...owed,
      ]);
    }
    expect(missing).toEqual(Object.fromEntries(codes.map((code) => [code, []])));
  });

  test('why each line was sent, will be, or was not', async () => {
    const missing: Record<string, string[]> = {};
    for (const code of codes) {
      const { lines } = await whyIssue(ledger, code);
      expect(lines.length).toBeGreaterThan(0);
      const told = lines.flatMap((line) => [
        ...[line.rule, line.calendarDay, line.owed, line.letter, line.lift],
        // What an event made needless stands beneath it.
        line.state === 'cancelled'
          ? (/事件\d+/u.exec(line.stateReason ?? '')?.[0] ?? line.stateReason)
          : line.stateReason,
        ...line.toWhom.flatMap(({ person, why }) => [person, why]),
      ]);
      missing[code] = [...new Set(missingOn(await pageOf(code), told))];
    }
    expect(missing).toEqual(Object.fromEntries(codes.map((code) => [code, []])));
  });
});
