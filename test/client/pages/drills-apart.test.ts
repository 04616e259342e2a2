import { beforeAll, expect, test } from 'vitest';
import { findIssueId } from '../../../client/reading/find.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
let drilled: ToldRound;

beforeAll(async () => {
  drilled = await ToldRound.launched(ledger, [{ title: '演练里的公务用车问题' }]);
});

async function pageOf(path: string): Promise<string> {
  return (await pagesOver(ledger).app.request(path)).text();
}

async function earnest(): Promise<void> {
  await ledger.round.create({
    data: {
      ...{ id: 'earnest', name: '真实轮次', codePrefix: 'LN', state: 'launched', clockId: 'real' },
      bodies: { create: { id: 'earnest-body', name: '甲市乙局' } },
      issues: {
        create: {
          ...{ id: 'earnest-1', number: 1, code: 'LN-01', title: '真实的公务用车问题', text: '', kind: 'ordinary' },
          firstDeadline: new Date('2024-06-28'),
        },
      },
    },
  });
}

test('a drill’s issues are listed and found while there is nothing in earnest, and stand apart from the first real round on', async () => {
  const search = `/search?text=${encodeURIComponent('公务用车')}`;
  expect(await pageOf('/issues')).toContain('演练里的公务用车问题');
  expect(await findIssueId(ledger, 'ln-01')).toBe(drilled.idOf('LN-01'));
  await earnest();
  for (const path of ['/issues', search]) {
    const page = await pageOf(path);
    expect([path, page.includes('真实的'), page.includes('演练里的')]).toEqual([path, true, false]);
  }
  // Its own pages show them as before, and a code means what is in earnest.
  for (const path of [
    `/rounds/${drilled.roundId}`,
    `/issues?round=${drilled.roundId}`,
    `/issues/${drilled.idOf('LN-01')}`,
  ])
    expect(await pageOf(path)).toContain('演练里的公务用车问题');
  expect(await findIssueId(ledger, 'LN-01')).toBe('earnest-1');
});
