import { describe, expect, it } from 'vitest';
import type { DutyAct } from '../../../client/practice/acts.ts';
import { decide, type Doors } from '../../../client/practice/deciding.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { ObligationKind, Role } from '../../../workflows/rules/policy.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { practiceLedger } from './practice-ledger.ts';

const holders: readonly [Role, string][] = [
  ['office', 'p-office'],
  ['responsibleLeader', 'p-leader'],
  ['reviewer', 'p-reviewer-a'],
  ['reviewer', 'p-reviewer-b'],
];

/** A duty that `p-office` has read of, owed by a role, of an issue in this progress. */
async function decided(
  owed: { id: string; kind: ObligationKind; role: Role },
  progress: object,
  act: DutyAct extends infer Act ? (Act extends DutyAct ? Omit<Act, 'duty'> : never) : never,
) {
  const { ledger } = await practiceLedger({ lines: [] });
  await ledger.person.createMany({ data: holders.map(([, id]) => ({ id, scope: 'd1', name: id })) });
  await ledger.assignment.createMany({
    data: holders.map(([role, personId], index) => ({ id: `a${String(index)}`, roundId: 'r1', role, personId })),
  });
  const due = { openedAt: '2024-03-01T01:00:00.000Z', dueOn: fromIsoDate('2024-03-15') };
  await ledger.obligation.create({ data: { issueId: 'i1', cycle: 1, ...owed, ...due } });
  const base = { cycle: 1, phase: 'closureReview', measures: [], obligations: [], proposals: [], opened: {} };
  const stored = { ...base, ...progress } as unknown as Prisma.InputJsonObject;
  await ledger.issue.update({ where: { id: 'i1' }, data: { progress: stored } });
  const asked: [string, string, Record<string, unknown>][] = [];
  const issues = {
    ask: (name: string, issueId: string, request: Record<string, unknown>) =>
      Promise.resolve(void asked.push([name, issueId, request])),
  } as unknown as Doors['issues'];
  const duty = { issueId: 'i1', cycle: 1, obligationId: owed.id };
  const outcome = await decide({ ledger, issues }, { requestId: 'm1/1', by: 'p-office', act: { ...act, duty } });
  return { outcome, name: asked[0]?.[0], request: asked[0]?.[2] };
}

describe('a decision upon a duty', () => {
  it('is made by whoever’s turn it is, when the mail came to another level', async () => {
    const { request } = await decided(
      { id: 'closure-decision-2', kind: 'closureDecision', role: 'responsibleLeader' },
      { closure: { proposedBy: 'p1', outcome: 'done', stateHash: '', approvals: [{ by: 'p-office' }] } },
      { kind: 'decideClosure', decision: 'returned', reason: '不足', measurePick: 0 },
    );
    expect(request).toMatchObject({ by: 'p-leader', decision: { kind: 'returned' } });
  });

  it('about a look-back is made by a reviewer who has not approved the closure', async () => {
    const { request } = await decided(
      { id: 'look-back-1', kind: 'lookBack', role: 'reviewer' },
      { phase: 'lookBack', closed: { approvedBy: 'p-reviewer-a', approvers: ['p-office', 'p-reviewer-a'] } },
      { kind: 'recordLookBack', finding: '巩固', outcome: 'held' },
    );
    expect(request).toMatchObject({ by: 'p-reviewer-b', finding: '巩固' });
  });

  it('lets all items go that ask to leave, or sends the last of them back', async () => {
    const items = ['k1', 'k2', 'k3'].map((id) => ({
      id,
      state: id === 'k2' ? 'inWork' : 'askedToLeave',
      askedBy: 'p1',
    }));
    const owed = { id: 'item-recheck-1', kind: 'itemRecheck', role: 'office' } as const;
    const finding = '现场复核';
    const all = await decided(owed, { items }, { kind: 'recheckItems', outcome: 'allLeave', finding });
    expect(all.request).toMatchObject({ by: 'p-office', left: ['k1', 'k3'], back: [], finding });
    const one = await decided(owed, { items }, { kind: 'recheckItems', outcome: 'oneGoesBack', finding });
    expect(one.request).toMatchObject({ left: ['k1'], back: ['k3'] });
  });

  it('judges the pieces of the measure that came after the closure', async () => {
    const evidence = [
      { evidenceId: 'e1', by: 'p1', state: 'accepted' },
      { evidenceId: 'e2', by: 'p1', state: 'received' },
    ];
    const { name, request } = await decided(
      { id: 'evidence-review-2-1', kind: 'evidenceReview', role: 'office' },
      {
        phase: 'lookBack',
        remainder: [{ number: 2, deadline: '2024-12-31', evidence }],
        obligations: [{ id: 'evidence-review-2-1', measure: 2 }],
      },
      { kind: 'judgeEvidence', decision: 'accepted', reason: '相符' },
    );
    expect([name, request]).toMatchObject(['judgeEvidence', { accepted: ['e2'], returned: [] }]);
  });

  it('about a duty of the round is not made where nobody takes it', async () => {
    const { ledger } = await practiceLedger({ lines: [] });
    const due = { openedAt: '2024-03-01T01:00:00.000Z', dueOn: fromIsoDate('2024-03-15') };
    const duty = { id: 'plan-approval-1', kind: 'planApproval', role: 'groupHead', title: '审定整改方案' } as const;
    await ledger.roundObligation.create({ data: { roundId: 'r1', ...duty, ...due } });
    const asked: unknown[] = [];
    const note = (...request: unknown[]) => Promise.resolve(void asked.push(request));
    const roundDuties = { decidePlan: note } as unknown as NonNullable<Doors['roundDuties']>;
    const act: DutyAct = {
      kind: 'decidePlan',
      decision: 'approved',
      reason: '同意',
      duty: { issueId: 'r1', cycle: 1, obligationId: 'plan-approval-1' },
    };
    const planned = { requestId: 'm1/1', by: 'p9', act };
    expect(await decide({ ledger, issues: { ask: note } }, planned)).toBe('没有办理轮次事项的途径');
    expect(await decide({ ledger, issues: { ask: note }, roundDuties }, planned)).toBe('已办理');
    expect(asked).toEqual([
      ['r1', { requestId: 'm1/1', by: 'p9', source: 'practice', decision: 'approved', reason: '同意' }],
    ]);
  });
});
