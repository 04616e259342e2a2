import { beforeAll, describe, expect, test } from 'vitest';
import { readLeader, readLeaders } from '../../../client/reading/index.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { testLedger } from '../../support/servers.ts';
import type { ToldRound } from './builder.ts';
import { attestedText, confidentialText, leadersBureau } from './leader-world.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await leadersBureau(ledger);
});

const codes = (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => code);

describe("a leader's page", () => {
  test('is summed up in its title, and what waits for him alone comes first with its place', async () => {
    const leader = await readLeader(ledger, '分管副局长');
    expect(leader.title).toBe('2项红灯，2件等您办理');
    expect(leader.waiting).toMatchObject([
      { code: 'LN-02', verb: '审核', href: `/issues/${round.idOf('LN-02')}/review`, dueOn: '2024-04-01' },
      { code: 'LN-03', verb: '复核', href: null, attested: attestedText },
    ]);
    expect(leader.waiting[0]?.bits).toEqual(['园林绿化科', '措施1条，佐证1份', '3月25日(周一)申请']);
  });

  test('says of each red issue why, with whom it lies and since when, the longest first', async () => {
    const { red } = await readLeader(ledger, '分管副局长');
    expect(codes(red)).toEqual(['LN-01', 'LN-04']);
    expect(red[0]).toMatchObject({
      light: { sentence: '责任人应于2024年2月29日(周四)前交措施1佐证，已逾期21个工作日。' },
      redSince: '2024-03-01',
      overdue: [
        { what: '交措施1佐证', roleName: '责任人', persons: ['办公室经办人'], dueOn: '2024-02-29' },
        { what: '决定提请事项', roleName: '督办办公室', persons: ['督办专责'] },
      ],
      asking: { state: 'possible', withinWorkdays: 3 },
    });
  });

  test('names what reaches him in the next seven days and what keeps it away, and nothing later', async () => {
    const { climbing, today } = await readLeader(ledger, '分管副局长');
    expect(climbing.length).toBeGreaterThan(0);
    expect(climbing.every(({ on }) => on >= today && on <= '2024-04-05')).toBe(true);
    expect(climbing).toContainEqual(
      expect.objectContaining({
        code: 'LN-02',
        day: '4月1日(周一)',
        what: '提醒：销号审核',
        cancelledBy: '届时销号审核已办结即撤销',
        as: '以责任领导身份',
      }),
    );
  });

  test('sets each unit against the plan, in the order of open reds', async () => {
    const { units } = await readLeader(ledger, '分管副局长');
    expect(units.map(({ unit }) => unit)).toEqual(['办公室', '人事科', '园林绿化科']);
    expect(units.at(-1)).toMatchObject({
      lights: { red: 0, yellow: 1, green: 1 },
      done: 1,
      of: 2,
      planned: 2,
      behind: 1,
    });
  });

  test('names the green ones of which nothing is asked of him', async () => {
    expect(await readLeader(ledger, '分管副局长')).toMatchObject({ counts: { green: 1 }, green: [] });
    expect((await readLeader(ledger, '整改组长')).green).toEqual(['LN-03']);
  });

  test('tells no word of a finding or a measure', async () => {
    const told = JSON.stringify(await readLeader(ledger, '整改组长'));
    expect(told).toContain('LN-01');
    expect(told).not.toContain(confidentialText);
    expect(told).not.toContain('逐条核实');
  });

  test('says of a question that waits when its answer is due', async () => {
    await round.tell('LN-01', '分管副局长', { type: 'statusAsked', noteId: 'none' });
    const { red } = await readLeader(ledger, '分管副局长');
    expect(red[0]?.asking).toEqual({ state: 'asked', on: '2024-03-29', answerBy: '2024-04-03' });
  });
});

describe('what a leader sees', () => {
  test('is what he holds now: an issue with a leader of its own is no more the leader’s of the round', async () => {
    const other = await readLeader(ledger, '另一副局长');
    expect(other.title).toBe('1项红灯');
    expect(codes(other.red)).toEqual(['LN-05']);
    expect(JSON.stringify(await readLeader(ledger, '分管副局长'))).not.toContain('LN-05');
    expect(codes((await readLeader(ledger, '整改组长')).red)).toContain('LN-05');
  });

  test('is nothing for whoever only handles issues, or leads no more', async () => {
    expect(await readLeader(ledger, '办公室经办人')).toMatchObject({
      title: '眼下没有由您负责的问题',
      red: [],
      waiting: [],
      climbing: [],
      units: [],
    });
    const personId = await round.person('前任副局长', '局机关');
    const left = {
      roundId: round.roundId,
      role: 'responsibleLeader',
      personId,
      untilAt: '2024-03-01T00:00:00Z',
    } as const;
    const { id } = await ledger.assignment.create({ data: left });
    expect((await readLeader(ledger, personId)).title).toBe('眼下没有由您负责的问题');
    await ledger.assignment.delete({ where: { id } });
  });

  test('follows the body for which he holds the role', async () => {
    const body = { id: `${round.roundId}-b02`, roundId: round.roundId, name: '大王村党总支' };
    await ledger.body.create({ data: body });
    const issue = { where: { id: round.idOf('LN-04') } };
    const { bodyId } = await ledger.issue.findUniqueOrThrow(issue);
    await ledger.issue.update({ ...issue, data: { bodyId: body.id } });
    const personId = await round.person('王支书', body.name);
    const { id } = await ledger.assignment.create({
      data: { roundId: round.roundId, bodyId: body.id, role: 'responsibleLeader', personId },
    });
    const his = await readLeader(ledger, personId);
    expect({ red: codes(his.red), roles: his.roles }).toEqual({
      red: ['LN-04'],
      roles: ['责任领导（岭南市城管局巡察整改，大王村党总支）'],
    });
    expect(codes((await readLeader(ledger, '分管副局长')).red)).toEqual(['LN-01']);
    await ledger.assignment.delete({ where: { id } });
    await ledger.issue.update({ ...issue, data: { bodyId } });
    await ledger.body.delete({ where: { id: body.id } });
  });

  test('is asked for in as many questions for one issue as for five', async () => {
    const asked = async (ref: string) => {
      let questions = 0;
      const counting = ledger.$extends({
        query: {
          $allOperations: ({ args, query }) => {
            questions += 1;
            return query(args);
          },
        },
      }) as unknown as Ledger;
      await readLeader(counting, ref);
      return questions;
    };
    const personId = await round.person('公园副局长', '局机关');
    const only = { roundId: round.roundId, issueId: round.idOf('LN-03'), role: 'groupHead', personId } as const;
    const five = await asked('整改组长');
    const { id } = await ledger.assignment.create({ data: only });
    const one = await asked(personId);
    await ledger.assignment.delete({ where: { id } });
    expect({ one, five }).toEqual({ one: five, five });
    expect(five).toBeLessThan(30);
  });
});

describe('while somebody stands in', () => {
  const standingIn = async (to: string, act: () => Promise<void>) => {
    const { id } = await ledger.delegation.create({
      data: {
        scope: round.clockId,
        fromPersonId: round.personId('分管副局长'),
        toPersonId: await round.person(to, '局机关'),
        fromAt: '2024-03-27T16:00:00.000Z',
        untilAt: '2024-04-12T16:00:00.000Z',
        reason: '外出学习',
      },
    });
    await act();
    await ledger.delegation.delete({ where: { id } });
  };

  test('he sees it marked with whose it is, and the other sees who and until when', () =>
    standingIn('代理副局长', async () => {
      const deputy = await readLeader(ledger, '代理副局长');
      expect(deputy.title).toBe('2项红灯，2件等您办理');
      expect(deputy.waiting.every(({ onBehalfOf }) => onBehalfOf === '分管副局长')).toBe(true);
      expect(deputy.red.every(({ onBehalfOf }) => onBehalfOf === '分管副局长')).toBe(true);
      expect(deputy.climbing[0]?.as).toBe('以责任领导身份，代分管副局长（委托）');
      const window = { fromOn: '2024-03-28', untilOn: '2024-04-12', state: 'running' };
      expect(deputy.standIns).toEqual([{ direction: 'for', name: '分管副局长', ...window }]);
      const away = await readLeader(ledger, '分管副局长');
      expect(away.standIns).toEqual([{ direction: 'by', name: '代理副局长', ...window }]);
      expect(away.waiting.map(({ onBehalfOf }) => onBehalfOf)).toEqual([null, null]);
      expect(away.climbing).toEqual([]);
    }));

  test('nobody judges his own work: who handles an issue is not shown it in the name of its leader', () =>
    standingIn('园林绿化科经办人', async () => {
      const { waiting, red } = await readLeader(ledger, '园林绿化科经办人');
      expect(waiting).toEqual([]);
      expect(codes(red)).toEqual(['LN-01', 'LN-04']);
    }));
});

describe('the list of leaders', () => {
  test('names heads of groups first, with what they lead and as many reds as their own pages', async () => {
    const { leaders } = await readLeaders(ledger);
    expect(leaders).toMatchObject([
      { name: '整改组长', roles: ['组长　全轮'], red: 3, standIn: null },
      { name: '分管副局长', roles: ['责任领导　全轮'], red: 2 },
      { name: '另一副局长', roles: ['责任领导　1项'], red: 1 },
    ]);
    for (const { personId, red } of leaders) expect((await readLeader(ledger, personId)).red).toHaveLength(red);
  });

  test('is empty for a clock without a round', async () => {
    expect((await readLeaders(ledger, { clockId: 'real' })).leaders).toEqual([]);
  });
});
