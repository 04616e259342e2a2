import { beforeAll, describe, expect, test } from 'vitest';
import { readIssue, whyIssue, whyPerson, whyRound } from '../../../client/reading/index.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from './builder.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [
    { title: '公务用车管理不规范', measures: ['补登台账。', '建立制度。'] },
    { title: '学习不够深入', measures: ['集中学习。'] },
    { title: '专项经费使用不规范', measures: ['清理。'] },
  ]);
  await round.until('2024-06-03T02:00:00.000Z');
});

describe('why a mail was not sent', () => {
  test('names the promise, to which day, and what is owed stays owed', async () => {
    const { obligations } = round.progressOf('LN-01');
    const until = '2024-06-27';
    const covered = obligations.filter(({ kind }) => kind === 'evidence').map(({ id }) => id);
    await round.tell('LN-01', '办公室经办人', { type: 'committed', until, obligations: covered });
    const { lines } = await whyIssue(ledger, 'LN-01');
    const rested = lines.filter(({ stateReason }) => stateReason?.includes('承诺到'));
    expect(rested.length).toBeGreaterThan(0);
    expect(rested.every(({ state, owed }) => state === 'cancelled' && owed?.includes('佐证'))).toBe(true);
    expect(rested[0]?.stateReason).toMatch(
      /^6月3日\(周一\) 10:00“承诺于2024年6月27日.+前办结”（事件\d+）：承诺到.+此前不催$/,
    );
    expect((await readIssue(ledger, 'LN-01')).commitment).toMatchObject({ until, covers: ['措施1佐证', '措施2佐证'] });
  });

  test('names the suspension, and the issue is lit by nothing while the clock stands still', async () => {
    const fact = { type: 'suspended', kind: 'litigation', authority: '', reason: '行政复议' } as const;
    await round.tell('LN-02', '督办专责', fact);
    const { lines } = await whyIssue(ledger, 'LN-02');
    expect(lines.some(({ state }) => state === 'planned')).toBe(false);
    expect(lines.find(({ state }) => state === 'cancelled')?.stateReason).toContain('中止期间计时停止，不催');
    await round.until('2024-06-19T02:00:00.000Z');
    const issue = await readIssue(ledger, 'LN-02');
    expect(issue.light).toMatchObject({ colour: 'none', reason: '中止中' });
    expect(issue.clock).toMatchObject({ suspended: 11 });
    expect(issue.clock?.words).toMatch(/^已用11\d个工作日，其中中止11个$/);
    expect(issue.remarks[0]).toContain('2024年6月3日(周一)起中止（诉讼、复议），不催办');
  });

  test('names the dispute, and who raised it stands in the issue', async () => {
    await round.tell('LN-03', '办公室经办人', { type: 'disputed', reason: '经费已按程序报批' });
    const { lines } = await whyIssue(ledger, 'LN-03');
    const rested = lines.filter(({ stateReason }) => stateReason?.includes('异议核实期间不催责任人'));
    expect(rested.length).toBeGreaterThan(0);
    expect(await readIssue(ledger, 'LN-03')).toMatchObject({ dispute: { by: '办公室经办人', on: '2024-06-19' } });
  });
});

describe('why to this person', () => {
  test('is told with the role, the measure, and who stands in for whom', async () => {
    const { id } = await ledger.delegation.create({
      data: {
        scope: round.clockId,
        fromPersonId: round.personId('分管副局长'),
        toPersonId: round.personId('整改组长'),
        fromAt: '2024-01-01T00:00:00.000Z',
        untilAt: '2025-01-01T00:00:00.000Z',
        reason: '外出学习',
      },
    });
    const { lines } = await whyIssue(ledger, 'LN-01');
    const planned = lines.filter(({ state }) => state === 'planned');
    const leader = planned.find(({ role }) => role === '责任领导');
    expect(leader?.toWhom).toEqual([
      {
        person: '整改组长',
        onBehalfOf: '分管副局长',
        why: expect.stringMatching(/^以责任领导身份.*，代分管副局长（委托）$/) as string,
      },
    ]);
    const his = await whyPerson(ledger, round.personId('整改组长'));
    expect(his.lines.some(({ toWhom }) => toWhom.some(({ onBehalfOf }) => onBehalfOf === '分管副局长'))).toBe(true);
    await ledger.delegation.delete({ where: { id } });
  });

  test('tells of a handover since when it is his', async () => {
    const old = await ledger.assignment.findFirstOrThrow({ where: { issueId: round.idOf('LN-01'), role: 'handler' } });
    const personId = await round.person('接手经办人', '办公室');
    await ledger.assignment.update({ where: { id: old.id }, data: { untilAt: round.now } });
    await ledger.assignment.create({ data: { ...old, id: `handed-${old.id}`, personId, fromAt: round.now } });
    const { lines } = await whyIssue(ledger, 'LN-01');
    const planned = lines.find(({ state, role }) => state === 'planned' && role === '责任人');
    expect(planned?.toWhom[0]).toMatchObject({ person: '接手经办人' });
    expect(planned?.toWhom[0]?.why).toContain('2024年6月19日(周三)起接手');
  });
});

describe('why of a round', () => {
  test('tells of its own duties by their title, and why one was not chased', async () => {
    const { roundId } = round;
    const duty = { roundId, id: 'weekly-check-1-1', kind: 'weeklyCheck' as const, role: 'office' as const };
    await ledger.roundObligation.create({
      data: {
        ...duty,
        title: '第1次周检查',
        openedAt: round.now,
        dueOn: new Date('2024-01-26'),
        closedAt: round.now,
        closedBy: 3,
      },
    });
    const because = {
      rule: 'weeklyCheck/due',
      kind: 'weeklyCheck',
      from: 'due',
      workdays: 0,
      dueOn: '2024-01-26',
      openedAt: round.now,
      workdaysFromDue: 0,
      calendar: 'provisional',
    };
    await ledger.outboxRow.create({
      data: {
        key: `${roundId}/0/weekly-check-1-1/due/office/2024-01-26`,
        clockId: round.clockId,
        kind: 'reminder',
        roundId,
        obligationId: duty.id,
        rungId: 'due',
        role: 'office',
        plannedOn: new Date('2024-01-26'),
        earliestAt: '2024-01-26T01:00:00.000Z',
        latestAt: '2024-01-26T09:00:00.000Z',
        state: 'cancelled',
        stateReason: '第3号事件后不再需要',
        policyVersion: 1,
        calendarVersion: 1,
        because,
      },
    });
    const { lines } = await whyRound(ledger, roundId);
    expect(lines).toMatchObject([
      {
        code: null,
        owed: '第1次周检查',
        rule: '第1次周检查到期当日，提醒',
        calendar: 'provisional',
        stateReason: expect.stringContaining('“第1次周检查”办结之后不再需要') as string,
      },
    ]);
  });
});
