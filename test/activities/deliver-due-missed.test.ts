import { cancelLines } from '../../activities/ledger/outbox-lines.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { at, type IsoDate } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { MailTransport } from '../../activities/mail/transport.ts';
import { mailRoom } from './mail/mail-room.ts';

const room = await mailRoom();

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.issue(1);
  await room.owes('issue-1', 'evidence-1-1', 'evidence', '2024-04-30', { measure: 1 });
});

describe('a machine that was down from 30 April to 6 May 2024, with 劳动节 between', () => {
  it('sends late what is worth sending late', async () => {
    const row = await room.row({ on: '2024-04-30', missed: 'sendLate' });
    await room.deliver(at('2024-05-06', '09:00'));
    expect(await room.state(row)).toBe('sent');
    expect(await room.reason(row)).toBe('错过2024-04-30发送时间，2024-05-06补发');
  });

  it('collapses older lines of the same duty into the latest, and leaves another role’s alone', async () => {
    await room.person('li', '李局长', 'responsibleLeader');
    const older = await room.row({ rungId: 'before-3', on: '2024-04-25', missed: 'collapse' });
    const old = await room.row({ rungId: 'on-day', on: '2024-04-30', missed: 'collapse' });
    const today = await room.row({ rungId: 'after-1', on: '2024-05-06' });
    const leaders = await room.row({
      rungId: 'on-day',
      role: 'responsibleLeader',
      on: '2024-04-30',
      missed: 'collapse',
    });
    await room.deliver(at('2024-05-06', '09:00'));
    expect([await room.state(older), await room.state(old)]).toEqual(['collapsed', 'collapsed']);
    expect(await room.reason(older)).toBe('错过2024-04-25发送时间，并入2024-05-06的提醒');
    expect([await room.state(today), await room.state(leaders)]).toEqual(['sent', 'sent']);
    expect(await room.reason(leaders)).toBe('错过2024-04-30发送时间，2024-05-06补发');
  });

  it('does not lose an old line by collapsing it into one that is skipped', async () => {
    const old = await room.row({ rungId: 'before-3', on: '2024-04-25', missed: 'collapse' });
    const skipped = await room.row({ rungId: 'on-day', on: '2024-04-30', missed: 'skip' });
    await room.deliver(at('2024-05-06', '09:00'));
    expect([await room.state(old), await room.state(skipped)]).toEqual(['sent', 'skipped']);
    expect(await room.reason(skipped)).toBe('错过2024-04-30发送时间，按规则不再补发');
  });

  it('waits until the send time of the next workday when it comes back on a holiday, a night or before 09:00', async () => {
    const row = await room.row({ on: '2024-04-30' });
    for (const moment of [at('2024-05-03', '10:00'), at('2024-05-05', '23:00'), at('2024-05-06', '08:45')]) {
      const { nextAt } = await room.deliver(moment);
      expect(nextAt).toBe(at('2024-05-06', '09:00'));
    }
    expect(room.server.taken).toEqual([]);
    expect(await room.state(row)).toBe('planned');
    await room.deliver(at('2024-05-06', '09:00'));
    expect(await room.state(row)).toBe('sent');
  });

  it('collapses what waited over the holidays into the line of the day on which it may go', async () => {
    const old = await room.row({ rungId: 'before-3', on: '2024-04-30', missed: 'collapse' });
    const monday = await room.row({ rungId: 'on-day', on: '2024-05-06' });
    await room.deliver(at('2024-05-03', '10:00'));
    expect(await room.state(old)).toBe('planned');
    await room.deliver(at('2024-05-06', '09:00'));
    expect([await room.state(old), await room.state(monday)]).toEqual(['collapsed', 'sent']);
  });
});

describe('a call that was made on a workday and reaches a worker on a holiday', () => {
  it('mails nobody on the holiday', async () => {
    const row = await room.row({ on: '2024-04-30' });
    const { nextAt } = await room.deliver(at('2024-05-01', '10:00'), { calledAt: at('2024-04-30', '09:00') });
    expect(nextAt).toBe(at('2024-05-06', '09:00'));
    expect(room.server.taken).toEqual([]);
    expect(await room.state(row)).toBe('planned');
  });
});

describe('a mail that is left over', () => {
  it('does not leave on a day off or outside the hours', async () => {
    await room.row({ on: '2024-04-30' });
    room.server.onRecipient = () => ({ code: 451, text: '4.3.2 not now' });
    await room.deliver(at('2024-04-30', '17:59'));
    room.server.onRecipient = () => undefined;
    await room.ledger.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`;
    const { delivered, nextAt } = await room.deliver(at('2024-05-01', '10:00'));
    expect({ delivered, nextAt }).toEqual({ delivered: 0, nextAt: at('2024-05-06', '09:00') });
    expect(room.server.taken).toEqual([]);
    await room.deliver(at('2024-05-06', '09:00'));
    expect(room.server.taken).toHaveLength(1);
  });

  it('does not leave on a day that has become a day off or a quiet day since', async () => {
    await room.row({ on: '2024-04-30' });
    room.server.onRecipient = () => ({ code: 451, text: '4.3.2 not now' });
    await room.deliver(at('2024-04-30', '10:00'));
    room.server.onRecipient = () => undefined;
    await room.retriesNow();
    const quietDays = [{ from: '2024-05-06', to: '2024-05-06' }];
    await room.adopts('issue-1', { calendar: dayOff('2024-04-30'), policy: { ...simplePolicy, quietDays } });
    // As it was written it might leave at 08:30; its day has passed by then, and its line goes with that day's mail.
    for (const [moment, opens] of [
      [at('2024-04-30', '10:01'), '08:30'],
      [at('2024-05-06', '10:00'), '09:00'],
    ] as const) {
      expect(await room.deliver(moment)).toEqual({ delivered: 0, nextAt: at('2024-05-07', opens) });
    }
    expect(room.server.taken).toEqual([]);
    expect(await room.deliver(at('2024-05-07', '09:00'))).toMatchObject({ delivered: 1 });
  });

  it('and may have arrived keeps the hours of each of its lines', async () => {
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', '2024-04-30');
    await room.row({ on: '2024-04-30' });
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: '2024-04-30' });
    await room.deliver(at('2024-04-30', '17:59'), { transport: losingSight() });
    await room.retriesNow();
    for (const [issueId, day] of [
      ['issue-1', '2024-05-06'],
      ['issue-2', '2024-05-07'],
    ] as const) {
      await room.adopts(issueId, { policy: { ...simplePolicy, quietDays: [{ from: day, to: day }] } });
    }
    const { nextAt } = await room.deliver(at('2024-05-06', '10:00'));
    expect(nextAt).toBe(at('2024-05-08', '08:30'));
    expect(room.server.taken).toEqual([]);
  });
});

describe('a mail server that was away for a day', () => {
  const [monday, tuesday] = ['2024-05-06', '2024-05-07'] as const;
  const away = () => {
    room.server.onRecipient = () => ({ code: 451, text: '4.3.2 not now' });
  };
  const back = async () => {
    room.server.onRecipient = () => undefined;
    await room.retriesNow();
  };
  const lettersOf = async () => (await room.server.lines()).map((lines) => [...lines].sort());

  beforeEach(async () => {
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', '2024-05-31');
  });

  it('has one mail a person go when it is back, with what holds by then', async () => {
    const collapses = await room.row({ rungId: 'on-day', on: monday, missed: 'collapse' });
    const late = await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: monday });
    away();
    for (const time of ['09:00', '10:00', '17:00']) await room.deliver(at(monday, time));
    const today = await room.row({ rungId: 'after-1', on: tuesday });
    await room.deliver(at(tuesday, '09:00'));
    await back();
    await room.deliver(at(tuesday, '10:00'));
    await room.deliver(at(tuesday, '11:00'));
    expect(await lettersOf()).toEqual([[late, today].sort()]);
    expect(await room.state(collapses)).toBe('collapsed');
    expect(await room.reason(late)).toBe('错过2024-05-06发送时间，2024-05-07补发');
  });

  it('does not remind of what was done meanwhile, on the same day either', async () => {
    const done = await room.row({ on: monday });
    const owed = await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: monday });
    away();
    await room.deliver(at(monday, '09:00'));
    await room.meets('issue-1', 'evidence-1-1');
    await back();
    await room.deliver(at(monday, '09:30'));
    expect(await lettersOf()).toEqual([[owed]]);
    expect([await room.state(done), await room.reason(done)]).toEqual(['cancelled', '发信前已办结']);
  });

  it('reminds whoever holds the role by then', async () => {
    const row = await room.row({ on: monday });
    away();
    await room.deliver(at(monday, '09:00'));
    await room.ledger.assignment.updateMany({ data: { untilAt: at(monday, '12:00') } });
    await room.person('zhou', '周办事员');
    await room.assign('zhou', 'handler', { fromAt: at(monday, '12:00') });
    await back();
    await room.deliver(at(tuesday, '09:00'));
    expect(room.server.taken.map(({ to }) => to)).toEqual(['zhou@unit.example']);
    expect(await room.state(row)).toBe('sent');
  });

  it('reminds whoever holds the second role by then of a line that had ended because one person held both', async () => {
    await room.person('li', '李副局长');
    await room.assign('chen', 'responsibleLeader', { untilAt: at(monday, '12:00') });
    await room.assign('li', 'responsibleLeader', { fromAt: at(monday, '12:00') });
    const asHandler = await room.row({ on: monday });
    const asLeader = await room.row({ on: monday, role: 'responsibleLeader' });
    away();
    await room.deliver(at(monday, '09:00'));
    expect(await room.state(asLeader)).toBe('collapsed');
    await back();
    await room.deliver(at(tuesday, '09:00'));
    const got = (await room.server.lines()).map((lines, index) => [room.server.taken[index]!.to, ...lines]).sort();
    expect(got).toEqual([
      ['chen@unit.example', asHandler],
      ['li@unit.example', asLeader],
    ]);
  });

  it('tells a person with two roles once all the same', async () => {
    await room.assign('chen', 'responsibleLeader');
    const asHandler = await room.row({ on: monday });
    const asLeader = await room.row({ on: monday, role: 'responsibleLeader' });
    away();
    await room.deliver(at(monday, '09:00'));
    await back();
    await room.deliver(at(tuesday, '09:00'));
    expect(await lettersOf()).toEqual([[asHandler]]);
    expect([await room.state(asHandler), await room.state(asLeader)]).toEqual(['sent', 'collapsed']);
  });

  it('has a mail go as it is that may have arrived', async () => {
    const row = await room.row({ on: monday });
    await room.deliver(at(monday, '09:00'), { transport: losingSight() });
    await room.meets('issue-1', 'evidence-1-1');
    await back();
    await room.deliver(at(tuesday, '09:00'));
    expect(await lettersOf()).toEqual([[row]]);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 1 });
  });

  it('has a line that another reader has had go to the one who still lacks it', async () => {
    await room.person('zhou', '周办事员', 'handler');
    const row = await room.row({ on: monday });
    room.server.onRecipient = (address) => (address.startsWith('zhou') ? { code: 451, text: '4.3.2' } : undefined);
    await room.deliver(at(monday, '09:00'));
    await back();
    await room.deliver(at(tuesday, '09:00'));
    expect(room.server.taken.map(({ to }) => to)).toEqual(['chen@unit.example', 'zhou@unit.example']);
    expect(await room.state(row)).toBe('sent');
  });

  it.each([
    { had: 'nobody', others: [], then: 'planned' },
    { had: 'one of three', others: ['sun'], then: 'claimed' },
  ])(
    'has everybody get a line once that $had had when it was done, and that is owed again',
    async ({ others, then }) => {
      for (const id of ['zhou', ...others]) await room.person(id, id, 'handler');
      await room.assign('zhou', 'handler', { issueId: 'issue-2' });
      await room.row({ on: monday, issueId: 'issue-2', obligationId: 'check-in-1' });
      await room.deliver(at(monday, '09:00'));
      // 周 has had his mail of the day, 陈's does not leave; then the line is suspended, done, and owed again.
      const row = await room.row({ on: monday });
      room.server.onRecipient = (address) => (address.startsWith('chen') ? { code: 451, text: '4.3.2' } : undefined);
      await room.deliver(at(monday, '10:00'));
      const suspended = { linesCancelled: [row], events: [{ type: 'suspended', sequence: 7 }] };
      await room.ledger.$transaction((tx) => cancelLines(tx, suspended));
      await room.meets('issue-1', 'evidence-1-1');
      await back();
      await room.deliver(at(monday, '11:00'));
      await room.owesAgain('issue-1', 'evidence-1-1');
      await room.plansAgain(row);
      expect(await room.state(row)).toBe(then);
      await room.deliver(at(tuesday, '09:00'));
      const lines = await room.server.lines();
      const got = lines.flatMap((keys, index) =>
        keys.includes(row) ? [room.server.taken[index]!.to.split('@')[0]!] : [],
      );
      expect(got.sort()).toEqual(['chen', ...others, 'zhou']);
      expect(await room.state(row)).toBe('sent');
    },
  );
});

describe('a line that was moved to a day that a calendar adopted meanwhile makes a day off', () => {
  it.each(['sendLate', 'skip'] as const)('leaves on the next workday, whatever its rule (%s)', async (missed) => {
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', '2024-04-30');
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: '2024-04-30' });
    await room.deliver(at('2024-04-30', '09:00'));
    const late = await room.row({ on: '2024-04-30', missed });
    expect((await room.deliver(at('2024-04-30', '14:00'))).nextAt).toBe(at('2024-05-06', '09:00'));
    await room.adopts('issue-1', { calendar: dayOff('2024-05-06') });

    expect((await room.deliver(at('2024-05-06', '09:00'))).nextAt).toBe(at('2024-05-07', '09:00'));
    expect(room.server.taken).toHaveLength(1);
    expect([await room.state(late), await room.reason(late)]).toEqual([
      'planned',
      '2024-05-06此时不发信，等到2024-05-07发出',
    ]);
    await room.deliver(at('2024-05-07', '09:00'));
    expect(await room.state(late)).toBe('sent');
  });
});

/** The line breaks off before the mail server's answer. */
function losingSight(): MailTransport {
  return { ...room.transport, send: () => Promise.resolve({ kind: 'unknown', response: 'connection closed' }) };
}

/** The bundled calendar with one more day off. */
function dayOff(day: IsoDate): Calendar {
  return { ...bundledCalendar, daysOff: [...bundledCalendar.daysOff, day] };
}
