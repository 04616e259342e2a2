import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSight, type Sight } from '../../../client/access/sight.ts';
import { readReviews } from '../../../client/reading/reviews.ts';
import { opened } from '../pages/browser.ts';
import { type ReviewerApp, reviewerApp } from '../pages/reviewer-app.ts';
import { inEarnest } from '../pages/reviewer-world.ts';

let world: ReviewerApp;
beforeAll(async () => {
  world = await reviewerApp();
}, 60_000);
afterAll(() => world.close());

const listed = async (sight: Sight, drillId?: string) => {
  const { rows } = await readReviews(world.ledger, { sight, drillId });
  return rows.map(({ code, kind }) => `${code} ${kind}`).toSorted();
};
const sightOf = async (name: string): Promise<Sight> => {
  const personId = world.round.personId(name);
  const { real } = await readSight(world.ledger, { personId, standing: 'person' }, new Date().toISOString());
  return { real, drills: 'none' };
};
const all = ['LN-01 closure', 'LN-02 closure', 'LN-03 lookBack', 'LN-04 coming'];

describe('what waits for a reviewer', () => {
  test('in a drill is everything, by its own time, with the way to the sheet where it is done', async () => {
    const drills: Sight = { real: 'none', drills: 'all' };
    expect(await listed(drills)).toEqual(all);
    expect(await listed(drills, 'd1')).toEqual(all);
    expect(await listed(drills, 'another')).toEqual([]);
    const { text } = await opened(world.app, '/reviews?clock=d1');
    expect(text).toContain('3件等审核或回头看');
    expect(text).toContain('销号，共2级，现第2级');
    expect(text).toContain(`href="/issues/${world.round.idOf('LN-01')}/review"`);
    expect(text).toContain(`href="/issues/${world.round.idOf('LN-03')}/look-back-sheet"`);
    expect((await opened(world.app, '/?clock=d1')).text).toContain('href="/reviews?clock=d1"');
  });

  test('comes page by page, each thing once, whatever the key says that is none', async () => {
    const sight: Sight = { real: 'none', drills: 'all' };
    const read: string[] = [];
    let after: string | undefined;
    do {
      const page = await readReviews(world.ledger, { sight, after, limit: 1 });
      read.push(...page.rows.map(({ code, kind }) => `${code} ${kind}`));
      after = page.next;
    } while (after !== undefined && read.length < 10);
    expect(read.toSorted()).toEqual(all);
    for (const key of ['', 'x', "2026-01-01'~a~b", '2026-99-99~a~b'])
      expect((await readReviews(world.ledger, { sight, after: key })).rows).toHaveLength(4);
  });

  test('in earnest is what is his turn: the level of the closure is his, and look-backs are', async () => {
    await inEarnest(world.round, []);
    expect(await listed(await sightOf('巡察办专责'))).toEqual(['LN-01 closure', 'LN-03 lookBack', 'LN-04 coming']);
    expect(await listed(await sightOf('督办专责'))).toEqual(['LN-02 closure']);
    expect(await listed(await sightOf('办公室经办人'))).toEqual([]);
    expect(await listed({ real: 'all', drills: 'all' })).toEqual(['LN-02 closure', 'LN-03 lookBack', 'LN-04 coming']);
    expect(await listed({ real: 'none', drills: 'all' })).toEqual([]);
  });
});
