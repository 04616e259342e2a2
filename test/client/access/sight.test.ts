import { beforeAll, describe, expect, it } from 'vitest';
import { loadHolders } from '../../../activities/mail/holders.ts';
import {
  conditionOfSight,
  conditionOfTurn,
  issuesInSight,
  readSight,
  roundsInSight,
} from '../../../client/access/sight.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { testLedger } from '../../support/servers.ts';

const ledger = await testLedger();
type Asked = Parameters<typeof loadHolders>[1][number];
const now = '2024-03-29T02:00:00.000Z';

/** Two rounds under way, one being prepared, one of a drill; each with two bodies of two issues: `a1` to `a4`, and so on. */
beforeAll(async () => {
  const rounds = [
    ['a', 'launched', 'real'],
    ['b', 'launched', 'real'],
    ['c', 'draft', 'real'],
    ['d', 'launched', 'drill'],
  ] as const;
  for (const [id, state, clockId] of rounds) {
    await ledger.round.create({ data: { id, name: id, codePrefix: id, state, clockId } });
    for (const body of [1, 2]) {
      const bodyId = `${id}-body-${String(body)}`;
      await ledger.body.create({ data: { id: bodyId, roundId: id, name: bodyId } });
      for (const number of [2 * body - 1, 2 * body]) {
        const issue = { id: `${id}${String(number)}`, number, code: `${id}-${String(number)}`, title: '', text: '' };
        await ledger.issue.create({
          data: { ...issue, roundId: id, bodyId, kind: 'ordinary', firstDeadline: fromIsoDate('2024-06-30') },
        });
      }
    }
  }
});

let people = 0;
interface Held {
  readonly role?: Role;
  readonly roundId?: string;
  readonly bodyId?: string;
  readonly issueId?: string;
  readonly measure?: number;
  readonly fromAt?: string;
  readonly untilAt?: string;
}
async function person(...held: readonly Held[]): Promise<string> {
  const id = `person-${String((people += 1))}`;
  await ledger.person.create({ data: { id, name: id } });
  for (const { role = 'handler', roundId = 'a', ...rest } of held)
    await ledger.assignment.create({ data: { personId: id, role, roundId, ...rest } });
  return id;
}
async function delegates(fromPersonId: string, toPersonId: string, changes: object = {}): Promise<void> {
  const window = { fromAt: '2024-03-01T00:00:00Z', untilAt: '2024-04-01T00:00:00Z' };
  await ledger.delegation.create({ data: { fromPersonId, toPersonId, ...window, ...changes } });
}
async function seen(personId: string, standing: 'office' | 'person' = 'person') {
  const sight = { real: (await readSight(ledger, { personId, standing }, now)).real, drills: 'none' as const };
  const [issues, rounds] = await Promise.all([
    ledger.issue.findMany({ where: issuesInSight(sight), select: { id: true }, orderBy: { id: 'asc' } }),
    ledger.round.findMany({ where: roundsInSight(sight), select: { id: true }, orderBy: { id: 'asc' } }),
  ]);
  return `${rounds.map(({ id }) => id).join('')}: ${issues.map(({ id }) => id).join(' ')}`.trim();
}

describe('in sight is', () => {
  it.each<[string, readonly Held[], string]>([
    ['nothing, of who holds no role', [], ':'],
    ['the one issue, of its handler', [{ issueId: 'a1' }], 'a: a1'],
    ['the issue, of who has one of its measures', [{ issueId: 'a2', measure: 3 }], 'a: a2'],
    ['all of a body, of its leader', [{ bodyId: 'a-body-2', role: 'groupHead' }], 'a: a3 a4'],
    ['all of a round, of its reviewer', [{ role: 'reviewer' }], 'a: a1 a2 a3 a4'],
    ['what is held in each of two rounds', [{ issueId: 'a1' }, { roundId: 'b', issueId: 'b4' }], 'ab: a1 b4'],
    ['nothing of a round that is being prepared', [{ roundId: 'c', role: 'reviewer' }], ':'],
    ['nothing of a drill', [{ roundId: 'd', role: 'reviewer' }], ':'],
    ['no more what was handed over', [{ issueId: 'a1', untilAt: now }], ':'],
    ['not yet what will be taken over', [{ issueId: 'a1', fromAt: '2024-03-30T00:00:00Z' }], ':'],
  ])('%s', async (_, held, expected) => {
    expect(await seen(await person(...held))).toBe(expected);
  });

  it('all real rounds, drafts too, of the supervision office', async () => {
    expect(await seen(await person(), 'office')).toBe('abc: a1 a2 a3 a4 b1 b2 b3 b4 c1 c2 c3 c4');
  });

  it('what one stands in for, also through another, as long as one does', async () => {
    const [absent, first, second] = [
      await person({ issueId: 'a3' }),
      await person({ issueId: 'b1', roundId: 'b' }),
      await person(),
    ];
    await delegates(absent, first);
    await delegates(first, second);
    await delegates(await person({ issueId: 'a1' }), second, { untilAt: now });
    await delegates(await person({ issueId: 'a2' }), second, { revokedAt: '2024-03-28T00:00:00Z' });
    expect([await seen(first), await seen(second), await seen(absent)]).toEqual(['ab: a3 b1', 'ab: a3 b1', 'a: a3']);
  });
});

describe('a confidential issue', () => {
  const roles = ['handler', 'responsibleLeader', 'groupHead', 'reviewer'] as const;
  const scopes = {
    issue: { issueId: 'b1' },
    measure: { issueId: 'b1', measure: 1 },
    body: { bodyId: 'b-body-1' },
    round: {},
  };
  const wholes = ['none', ...Object.keys(scopes)] as const;

  beforeAll(async () => {
    await ledger.issue.update({ where: { id: 'b1' }, data: { secrecy: 'confidential' } });
    await ledger.measure.create({ data: { issueId: 'b1', number: 1, text: '', deadline: fromIsoDate('2024-06-30') } });
  });

  /** Everybody whom a mail about it reaches, of the issue as a whole or of its measure. */
  async function reached(): Promise<string[]> {
    const places: Asked[] = ['closure-proposal-1', 'evidence-1-1'].map((obligationId) => ({
      roundId: 'b',
      issueId: 'b1',
      obligationId,
    }));
    const holders = await loadHolders(ledger, places, now);
    return [...new Set(places.flatMap((place) => roles.flatMap((role) => holders.of(place, role))))];
  }

  it.each(wholes.flatMap((one) => wholes.map((other) => [one, other] as const)))(
    'is seen by whom its mails reach and by no one else, where one role is held for %s and %s',
    async (one, other) => {
      await ledger.assignment.deleteMany({ where: { roundId: 'b' } });
      const held = (name: string) => (name === 'none' ? [] : [scopes[name as keyof typeof scopes]]);
      const mixed = [
        ...held(one).map((scope) => ({ role: 'reviewer' as const, roundId: 'b', ...scope })),
        { role: 'groupHead' as const, roundId: 'b', bodyId: 'b-body-1' },
      ];
      const people = [
        await person(...mixed),
        await person(...held(other).map((scope) => ({ role: 'reviewer' as const, roundId: 'b', ...scope }))),
        await person({ role: 'reviewer', roundId: 'b' }),
        await person({ role: 'groupHead', roundId: 'b' }),
        await person({ role: 'handler', roundId: 'b', bodyId: 'b-body-2' }),
      ];
      const mailed = await reached();
      expect(mailed.length).toBeGreaterThan(0);
      for (const personId of people) {
        const { real } = await readSight(ledger, { personId, standing: 'person' }, now);
        if (real === 'all' || real === 'none') throw new Error('a person sees a part');
        const sight = { real, drills: 'none' } as const;
        const ofIssue = Prisma.sql`SELECT i.id FROM "Issue" i WHERE i.id = 'b1' AND `;
        const [filtered, queried] = await Promise.all([
          ledger.issue.count({ where: { AND: [{ id: 'b1' }, issuesInSight(sight)] } }),
          ledger.$queryRaw<object[]>`${ofIssue} ${conditionOfSight(sight)!.condition}`,
        ]);
        const turns = await ledger.$queryRaw<object[]>`
          SELECT FROM "Issue" i, (SELECT unnest(enum_range(NULL::"Role")) AS role) o WHERE i.id = 'b1' AND ${conditionOfTurn(real)}`;
        const sees = mailed.includes(personId);
        expect([filtered > 0, queried.length > 0, turns.length > 0]).toEqual([sees, sees, sees]);
        expect(await seen(personId).then((words) => words.includes('b1'))).toBe(sees);
      }
    },
  );

  it('is seen by who stands in for whom its mails reach, and by the office', async () => {
    await ledger.assignment.deleteMany({ where: { roundId: 'b' } });
    const [absent, wide, deputy, other] = [
      await person({ role: 'reviewer', roundId: 'b', issueId: 'b1' }),
      await person({ role: 'reviewer', roundId: 'b' }),
      await person(),
      await person(),
    ];
    await delegates(absent, deputy);
    await delegates(wide, other);
    expect([await seen(absent), await seen(deputy)]).toEqual(['b: b1', 'b: b1']);
    expect([await seen(wide), await seen(other)]).toEqual(['b: b2 b3 b4', 'b: b2 b3 b4']);
    expect(await seen(other, 'office')).toContain('b1');
  });
});
