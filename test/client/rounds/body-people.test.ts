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
      const rehearsed = addressees.at({ heldFor: issueId, measure: undefined, role }, nine).personIds;
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

const plan = 'rectification-plan-b2-1-1';
const approval = 'plan-approval-b2-1';
const judged = 'evaluation-b2-1-1';

describe('what a body owes itself', () => {
  const owned: readonly [string, Role, string][] = [
    [plan, 'office', 'hua'],
    [plan, 'groupHead', 'sun'],
    [plan, 'handler', 'chen'],
    [judged, 'office', 'wang'],
    [judged, 'groupHead', 'zhao'],
  ];

  beforeAll(async () => {
    await room.owesDuty(plan, 'rectificationPlan', friday, { scope: { bodyId: 'village' } });
    await room.owesDuty(judged, 'evaluation', friday, { scope: { judgedBodyId: 'village' } });
    const approved = { role: 'groupHead', scope: { bodyId: 'village' } } as const;
    await room.owesDuty(approval, 'planApproval', friday, approved);
  });

  it('is its own people’s, else the round’s; who evaluates it is not of the body', async () => {
    const places = owned.map(([obligationId]) => ({ roundId: 'round', issueId: null, obligationId }));
    const holders = await loadHolders(room.ledger, places, nine);
    const found = owned.map(([obligationId, role]) => [
      ...[obligationId, role],
      ...holders.of({ roundId: 'round', issueId: null, obligationId }, role),
    ]);
    expect(found).toEqual(owned);
  });

  it('is the same people’s for pages, rehearsal and the naïve checker', async () => {
    const shown = await readRoleHolders(room.ledger, [{ id: 'round', now: nine }]);
    const { holdings, delegations } = await loadRound(room.ledger, 'round', nine);
    const addressees = new Addressees(holdings, delegations);
    const people = new Map(holdings.map(({ personId }) => [personId, `${personId}@unit.example`]));
    const facts = { holdings, delegations: [], people, issues: [], round: { id: 'round', events: [] } };
    for (const [obligationId, role, who] of owned) {
      const heldFor = obligationId === judged ? null : 'village';
      const whose = { issueIds: heldFor === null ? [] : [heldFor], measure: undefined, role, kind: undefined };
      expect([
        shown.holding('round', heldFor, role).map(({ id }) => id),
        addressees.at({ heldFor, measure: undefined, role }, nine).personIds,
        holdersOf(facts, whose, nine),
      ]).toEqual([[who], [who], [`${who}@unit.example`]]);
    }
  });

  it('is reminded to them alone, under the body’s number and name', async () => {
    room.server.taken.length = 0;
    await room.dutyRow({ obligationId: plan, on: friday });
    await room.dutyRow({ obligationId: judged, on: friday });
    await room.deliver(nine);
    const mails = await room.server.mails();
    const text = (id: string) => mails[room.server.taken.findIndex(({ to }) => to.startsWith(`${id}@`))]?.text ?? '';
    expect(room.server.taken.map(({ to }) => to.split('@')[0]).sort()).toEqual(['hua', 'wang']);
    expect(text('hua')).toContain('LN-单位2方案1');
    expect(text('hua')).toContain('大王村党总支');
    expect(text('wang')).toContain('LN-单位2评估1');
    expect(text('wang')).not.toContain('LN-单位2方案1');
  });

  it('is not approved by who handed it in, though the head has delegated to him', async () => {
    room.server.taken.length = 0;
    const plans = { bodyPlans: { village: { state: 'submitted', by: 'hua', at: nine } } };
    await room.ledger.round.update({ where: { id: 'round' }, data: { progress: plans } });
    const window = { fromAt: at('2024-03-01', '00:00'), untilAt: at('2024-05-01', '00:00') };
    const given = await room.ledger.delegation.create({ data: { fromPersonId: 'sun', toPersonId: 'hua', ...window } });
    await room.dutyRow({ obligationId: approval, role: 'groupHead', on: '2024-04-01' });
    await room.deliver(at('2024-04-01', '09:00'));
    await room.ledger.delegation.delete({ where: { id: given.id } });
    expect(room.server.taken.map(({ to }) => to.split('@')[0])).toEqual(['sun']);
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
      askPermitted: (_name: string, issueId: string) => {
        told.push(issueId);
        return Promise.resolve();
      },
    };
    const request = {
      from: 'sun',
      to: 'next',
      role: 'groupHead',
      kind: 'handover',
      reason: '换届',
      by: 'wang',
      source: 'page',
    } as const;
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
