import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHolders } from '../../../activities/mail/holders.ts';
import { mayAct } from '../../../client/acting/may-act.ts';
import { holdersOf } from '../../../client/drill-check/holders.ts';
import { loadFacts } from '../../../client/drill-check/load-facts.ts';
import { readRoleHolders } from '../../../client/reading/role-holders.ts';
import { Addressees } from '../../../client/rehearsal/addressees.ts';
import { loadRound } from '../../../client/rehearsal/load-round.ts';
import { handOver } from '../../../client/rounds/hand-over.ts';
import { missingForLaunch } from '../../../client/rounds/missing-for-launch.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { at } from '../../../workflows/rules/instants.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { MailRoom } from '../../activities/mail/mail-room.ts';

/** A town (issues 1 and 2) and a village (issues 3 and 4) in one round; issue 4 has a head of its own. */
let room: MailRoom;
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeAll(async () => {
  room = await MailRoom.open();
  const { ledger } = room;
  await ledger.body.create({ data: { id: 'village', roundId: 'round', name: '大王村党总支' } });
  for (const number of [1, 2, 3, 4]) await room.issue(number);
  await ledger.issue.updateMany({ where: { number: { gt: 2 } }, data: { bodyId: 'village' } });
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李副镇长', 'responsibleLeader');
  await room.person('zhao', '赵书记', 'groupHead');
  await room.person('wang', '王主任', 'office');
  await room.person('qian', '钱联络员', 'reviewer');
  for (const [id, name] of [
    ['sun', '孙支书'],
    ['hua', '华文书'],
    ['own', '包案领导'],
    ['next', '新支书'],
  ] as const)
    await room.person(id, name);
  await room.assign('sun', 'groupHead', { bodyId: 'village' });
  await room.assign('hua', 'office', { bodyId: 'village' });
  await room.assign('own', 'groupHead', { issueId: 'issue-4' });
});
afterAll(() => room.close());

const expected: readonly [string, Role, string][] = [
  ['issue-1', 'groupHead', 'zhao'],
  ['issue-2', 'office', 'wang'],
  ['issue-3', 'groupHead', 'sun'],
  ['issue-3', 'office', 'hua'],
  ['issue-3', 'handler', 'chen'],
  ['issue-4', 'groupHead', 'own'],
  ['issue-4', 'office', 'hua'],
];

describe('who holds a role for an issue of a body', () => {
  it('is the issue’s own, else its body’s, else the round’s, for the post-office', async () => {
    const places = expected.map(([issueId]) => ({ roundId: 'round', issueId, obligationId: null }));
    const holders = await loadHolders(room.ledger, places, nine);
    for (const [issueId, role, who] of expected) {
      expect([issueId, role, ...holders.of({ roundId: 'round', issueId, obligationId: null }, role)]).toEqual([
        ...[issueId, role, who],
      ]);
    }
    expect(holders.of({ roundId: 'round', issueId: null, obligationId: null }, 'groupHead')).toEqual(['zhao']);
    expect(holders.handlersOf({ roundId: 'round', issueId: 'issue-3', obligationId: null })).toEqual(['chen']);
  });

  it('is the same for the pages', async () => {
    const holders = await readRoleHolders(room.ledger, [{ id: 'round', now: nine }]);
    for (const [issueId, role, who] of expected) {
      expect([issueId, role, ...holders.holding('round', issueId, role).map(({ id }) => id)]).toEqual([
        ...[issueId, role, who],
      ]);
    }
    expect(holders.holding('round', null, 'office').map(({ id }) => id)).toEqual(['wang']);
  });

  it('is the same for the rehearsal and for the naïve checker of drills', async () => {
    const { ledger } = room;
    await ledger.policyVersion.create({
      data: { roundId: 'round', version: 1, body: simplePolicy as unknown as Prisma.InputJsonObject },
    });
    await ledger.calendarVersion.create({
      data: { version: 1, body: bundledCalendar as unknown as Prisma.InputJsonObject, source: '国务院办公厅' },
    });
    const { holdings, delegations, issues } = await loadRound(ledger, 'round', nine);
    const bodyOf = new Map(issues.map(({ terms, bodyId }) => [terms.issueId, bodyId!]));
    const addressees = new Addressees(holdings, delegations, bodyOf);
    await ledger.drill.create({
      data: { id: 'd', roundId: 'round', seed: '1', staff: 'mixed', secondsPerDay: 0, now: nine, endsBy: nine },
    });
    await ledger.person.updateMany({ data: { scope: 'd' } });
    const facts = await loadFacts(ledger, 'd');
    await ledger.person.updateMany({ data: { scope: 'real' } });
    await ledger.drill.deleteMany();
    for (const [issueId, role, who] of expected) {
      const rehearsed = addressees.at({ issueId, measure: undefined, role }, nine).personIds;
      const checked = holdersOf(facts, { issueIds: [issueId], measure: undefined, role, kind: undefined }, nine);
      expect([issueId, role, rehearsed, checked]).toEqual([issueId, role, [who], [`${who}@unit.example`]]);
    }
  });

  it('gets what climbs, and the round’s own head gets only what is not the village’s', async () => {
    for (const issueId of ['issue-1', 'issue-3']) {
      await room.owes(issueId, 'evidence-1-1', 'evidence', '2024-03-22');
      await room.row({ issueId, role: 'groupHead', rungId: 'after-5', letter: 'escalation', on: friday });
    }
    await room.deliver(nine);
    const lines = await room.server.lines();
    const sent = room.server.taken.map(({ to }, index) => [to.split('@')[0], lines[index]?.[0]?.split('/')[0]]);
    expect(sent.sort()).toEqual([
      ['sun', 'issue-3'],
      ['zhao', 'issue-1'],
    ]);
  });
});

describe('who holds a role for a body', () => {
  const may = (by: string, issueId: string) =>
    mayAct(room.ledger, 'withdrawIssue', { issueId, roundId: 'round', now: nine, by });

  it('may act on its issues and on no other’s', async () => {
    await expect(may('hua', 'issue-3')).resolves.toBeUndefined();
    await expect(may('wang', 'issue-3')).resolves.toBeUndefined();
    await expect(may('hua', 'issue-1')).rejects.toMatchObject({ code: 'NotYours' });
  });

  it('fills the role at the launch for its issues alone', async () => {
    const { ledger } = room;
    const fallback = { roundId: 'round', role: 'groupHead', issueId: null, bodyId: null } as const;
    await ledger.assignment.updateMany({ where: fallback, data: { untilAt: nine } });
    expect((await missingForLaunch(ledger, 'round')).map(({ message }) => message)).toEqual([
      '没有反馈日',
      'LN-01、LN-02：还没有组长',
    ]);
    await ledger.assignment.updateMany({ where: fallback, data: { untilAt: null } });
  });

  it('hands the body over as a whole, and each of its issues is told', async () => {
    const { ledger } = room;
    const row = await ledger.issue.findUniqueOrThrow({ where: { id: 'issue-1' } });
    const progress = { phase: 'rectification', cycle: 1, sequence: 1, measures: [], obligations: [] };
    await ledger.issue.updateMany({ data: { step: 1, sequence: 1, terms: row.terms!, progress } });
    const told: string[] = [];
    const issues = {
      ask: (_name: string, issueId: string) => {
        told.push(issueId);
        return Promise.resolve();
      },
    };
    const request = { from: 'sun', to: 'next', role: 'groupHead', reason: '换届', by: 'wang', source: 'page' } as const;
    await handOver({ ledger, issues }, { ...request, mode: 'write' });
    expect(told).toEqual(['issue-3', 'issue-4']);
    const begun = await ledger.assignment.findFirstOrThrow({ where: { personId: 'next' } });
    expect(begun).toMatchObject({ role: 'groupHead', bodyId: 'village', issueId: null });
  });

  it('cannot hold it for an issue in the same row: the ledger refuses', async () => {
    await expect(
      room.ledger.assignment.create({
        data: { roundId: 'round', personId: 'sun', role: 'office', issueId: 'issue-1', bodyId: 'village' },
      }),
    ).rejects.toThrow('Assignment_one_subject');
    expect(await room.ledger.body.count({ where: { roundId: 'round' } })).toBe(2);
  });
});
