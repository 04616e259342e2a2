import { beforeAll, describe, expect, test } from 'vitest';
import { policyVersions } from '../../../client/adoption/policy-versions.ts';
import { testLedger } from '../../support/servers.ts';
import type { ToldRound } from '../reading/builder.ts';
import { opened } from './browser.ts';
import { bureauInMarch, pagesOver } from './told-world.ts';

const ledger = await testLedger();
const path = '/rounds/round-d1/policy';
let round: ToldRound;

beforeAll(async () => {
  round = await bureauInMarch(ledger);
});

describe('the policy of a round under way', () => {
  test('is told in words and as its ladder climbs, and the round leads to it', async () => {
    const { app } = pagesOver(ledger);
    expect((await opened(app, '/rounds/round-d1')).text).toContain(`href="${path}"`);
    const { page, text } = await opened(app, `${path}?kind=evidence&due=2024-03-29`);
    expect(page.status).toBe(200);
    expect(text).toContain('第1版，现行');
    expect(text).toContain('每10个工作日');
    expect(text).toContain('3月29日(周五)到期');
    expect(text).not.toContain('采用第1版');
  });

  test('that is filled in wrongly, unchanged or without a reason is kept nowhere, and the form says what is amiss', async () => {
    const { post } = await opened(pagesOver(ledger).app, path);
    const refused = async (fields: Record<string, string>) => {
      const answer = await post(path, { version: '1', ...fields });
      return [answer.status, await answer.text()] as const;
    };
    const [wrong, words] = await refused({ note: '调整', checkInEveryWorkdays: '两周' });
    expect([wrong, words]).toEqual([409, expect.stringContaining(`value="两周"`)]);
    expect(/role="alert">([^]*?)<\/div>/.exec(words)?.[1]).toContain('报进展间隔（工作日）');
    expect(await refused({ note: '调整' })).toEqual([409, expect.stringContaining('没有改动')]);
    expect(await refused({ checkInEveryWorkdays: '5' })).toEqual([409, expect.stringContaining('请写明为什么改')]);
    expect(await policyVersions(ledger, 'round-d1')).toHaveLength(1);
  });

  test('is changed into a version that shows what it would move, and goes by nothing until it is adopted', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, path);
    const changed = { version: '1', note: '报勤一点', checkInEveryWorkdays: '5' };
    const saved = await post(path, changed);
    expect(saved.headers.get('location')).toBe(`${path}?version=2&done=policySaved`);
    const { text, post: adopt } = await opened(app, `${path}?version=2`);
    expect(text).toContain('第2版，还没有采用');
    expect(text).toContain('“报进展间隔（工作日）”：由10改为5');
    expect(text).toContain('在办问题改按这一版');
    expect(asked).toEqual([]);

    const adopted = await adopt(`${path}/adoption`, { version: '2', by: round.personId('督办专责') });
    expect(adopted.headers.get('location')).toBe(`${path}?done=policyAdopted`);
    const names = asked.map(({ what, with: [name] }) => `${what} ${String(name)}`);
    expect([...new Set(names)]).toEqual(['ask adoptPolicy']);
    expect(await policyVersions(ledger, 'round-d1')).toMatchObject([{ state: 'earlier' }, { state: 'current' }]);
  });
});
