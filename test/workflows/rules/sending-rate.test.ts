import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, at, type IsoInstant } from '../../../workflows/rules/instants.ts';
import {
  type Departure,
  inTurn,
  type Lane,
  type QueuedMail,
  readSendingRates,
  type SendingRates,
} from '../../../workflows/rules/sending-rate.ts';
import '../../support/fast-check.ts';

const nine = at('2024-03-29', '09:00');
const after = (seconds: number) => addMs(nine, seconds * 1_000);
const always = (moment: IsoInstant) => moment;

interface Named extends QueuedMail {
  readonly id: string;
}
const mail = (id: string, changes: Partial<QueuedMail> = {}): Named => ({
  ...{ id, domain: 'unit.example', lane: 'reminders', leavesAt: nine, leavesFrom: always },
  ...changes,
});
const many = (count: number, changes: Partial<QueuedMail> = {}) =>
  Array.from({ length: count }, (_, index) => mail(`${changes.lane ?? 'r'}${String(index + 1)}`, changes));
const rates = (text: string): SendingRates => readSendingRates(text)!;
const left = (seconds: number, count = 1, domain = 'unit.example'): Departure[] =>
  Array.from({ length: count }, () => ({ domain, at: after(seconds) }));

/** `r1 +0s`, in the order in which they leave. */
function shown(mails: readonly Named[]): string[] {
  return mails.map(({ id, leavesAt }) => `${id} +${String((Date.parse(leavesAt) - Date.parse(nine)) / 1_000)}s`);
}

describe('the moments at which mails leave', () => {
  it.each<[string, Named[], Departure[], string, string[]]>([
    ['are their own while the rate is not used up', many(3), left(-30), '*=4', ['r1 +0s', 'r2 +0s', 'r3 +0s']],
    [
      'are a minute later for those beyond it',
      many(5),
      [],
      '*=2',
      ['r1 +0s', 'r2 +0s', 'r3 +60s', 'r4 +60s', 'r5 +120s'],
    ],
    ['count what left in the minute before', many(3), left(-40, 2), '*=3', ['r1 +0s', 'r2 +20s', 'r3 +20s']],
    ['do not count what left a minute ago', many(2), left(-60, 2), '*=2', ['r1 +0s', 'r2 +0s']],
    [
      'come in steps of five seconds, so that a batch leaves at once',
      many(2),
      [...left(-58), ...left(-56)],
      '*=2',
      ['r1 +5s', 'r2 +5s'],
    ],
    [
      'are told apart by domain',
      [mail('r1'), mail('r2'), mail('q1', { domain: 'qq.com' })],
      [],
      '*=1',
      ['r1 +0s', 'q1 +0s', 'r2 +60s'],
    ],
    [
      'are shared by all domains below one that is named',
      [mail('r1', { domain: 'a.gov.cn' }), mail('r2', { domain: 'b.gov.cn' })],
      [],
      'gov.cn=1',
      ['r1 +0s', 'r2 +60s'],
    ],
    [
      'are their own where the domain has no limit',
      many(3),
      left(-1, 9),
      'unit.example=unlimited',
      ['r1 +0s', 'r2 +0s', 'r3 +0s'],
    ],
    ['let answers go first', [mail('r1'), mail('a1', { lane: 'answers' })], [], '*=1', ['a1 +0s', 'r1 +60s']],
    [
      'keep a fifth of the rate for answers that come meanwhile',
      many(5),
      [],
      '*=5',
      ['r1 +0s', 'r2 +0s', 'r3 +0s', 'r4 +0s', 'r5 +60s'],
    ],
    [
      'give that fifth to answers',
      [...many(1), mail('a1', { lane: 'answers' })],
      left(-10, 4),
      '*=5',
      ['a1 +0s', 'r1 +50s'],
    ],
    [
      'never come before their own',
      [mail('r1', { leavesAt: after(30) }), mail('r2')],
      [],
      '*=1',
      ['r2 +0s', 'r1 +60s'],
    ],
    [
      'do not wait for an answer that is tried again later',
      [mail('a1', { lane: 'answers', leavesAt: after(600) }), mail('r1')],
      [],
      '*=1',
      ['r1 +0s', 'a1 +600s'],
    ],
  ])('%s', (_, mails, departures, text, expected) => {
    expect(shown(inTurn(mails, departures, rates(text)))).toEqual(expected);
  });

  it('are within the hours: what the rate keeps past their end leaves when they begin again', () => {
    const closing = after(60);
    const morning = at('2024-04-01', '08:30');
    const leavesFrom = (moment: IsoInstant) => (moment < closing || moment >= morning ? moment : morning);
    const turns = inTurn(many(3, { leavesFrom }), [], rates('*=1'));
    expect(turns.map(({ leavesAt }) => leavesAt)).toEqual([nine, morning, addMs(morning, 60_000)]);
    const others = [...many(2, { leavesFrom }), mail('late', { leavesFrom: always })];
    expect(shown(inTurn(others, [], rates('*=1')))).toContain('late +60s');
  });

  it('never are more in a minute than the rate, whatever waits and whenever it is asked, and everything leaves', () => {
    const some = fc.record({
      domain: fc.constantFrom('unit.example', 'a.gov.cn', 'b.gov.cn'),
      lane: fc.constantFrom<Lane>('answers', 'reminders'),
      waitsSeconds: fc.nat(200),
    });
    const property = fc.property(
      fc.array(some, { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (waiting, perMinute) => {
        const limits = rates(`*=${String(perMinute)},gov.cn=${String(perMinute)}`);
        let mails = waiting.map(({ waitsSeconds, ...one }, index) =>
          mail(String(index), { ...one, leavesAt: after(waitsSeconds) }),
        );
        const departures: (Departure & { lane: Lane; share: string; id: string })[] = [];
        // The post-office looks, sends what may leave, and sleeps until the next moment.
        for (let now = nine; mails.length > 0;) {
          const queue = inTurn(
            mails.map((one) => (one.leavesAt < now ? { ...one, leavesAt: now } : one)),
            departures.filter((departure) => departure.at > addMs(now, -60_000)),
            limits,
          );
          for (const { id, domain, lane, leavesAt } of queue) {
            if (leavesAt > now) continue;
            const share = domain!.endsWith('gov.cn') ? 'gov.cn' : domain!;
            departures.push({ domain, at: now, lane, share, id });
          }
          const gone = new Set(departures.map(({ id }) => id));
          mails = mails.filter(({ id }) => !gone.has(id));
          const next = queue.find(({ id }) => !gone.has(id))?.leavesAt;
          if (next !== undefined) expect(next > now).toBe(true);
          now = next ?? now;
        }
        expect(departures).toHaveLength(waiting.length);
        for (const { at: moment, share } of departures) {
          const within = departures.filter(
            (one) => one.share === share && one.at > addMs(moment, -60_000) && one.at <= moment,
          );
          expect(within.length).toBeLessThanOrEqual(perMinute);
        }
      },
    );
    fc.assert(property);
  });
});

describe('the sending rates that are configured', () => {
  it.each([
    ['*=60', [['*', 60]]],
    [
      'qq.com=20, 163.com = 30',
      [
        ['*', 60],
        ['qq.com', 20],
        ['163.com', 30],
      ],
    ],
    [
      '*=不限，Corp.Example.=5',
      [
        ['*', Infinity],
        ['corp.example', 5],
      ],
    ],
    [
      'qq.com=unlimited',
      [
        ['*', 60],
        ['qq.com', Infinity],
      ],
    ],
  ] as const)('%s', (text, expected) => {
    expect([...readSendingRates(text)!]).toEqual(expected);
  });

  it.each(['60', 'qq.com', 'qq.com=', 'qq.com=0', '*=-1', '*=1.5', 'a@qq.com=5', 'qq=5', 'qq.com=fast'])(
    '%s is refused',
    (text) => {
      expect(readSendingRates(text)).toBeUndefined();
    },
  );
});
