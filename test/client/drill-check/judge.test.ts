import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrillFacts } from '../../../client/drill-check/facts.ts';
import { judge } from '../../../client/drill-check/judge.ts';
import type { AcceptedMail } from '../../../client/practice/accepted-file.ts';
import { type Drawn, drillOf, drills } from './drills.ts';
import { addressOf } from './simulated-drill.ts';

const sorted = (kinds: readonly { readonly kind: string }[]) => [...new Set(kinds.map(({ kind }) => kind))].sort();
const someMail = (accepted: readonly AcceptedMail[], pick: number) => Math.floor(pick * accepted.length);
const picks = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('a drill in which the rules were kept', () => {
  it('has nothing lost, doubled or unowed, whatever people did and when', () => {
    fc.assert(
      fc.property(drills, ({ facts, accepted }) => {
        expect(judge(facts, accepted)).toEqual([]);
        expect(accepted.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  const usual: Drawn = {
    ...{ seed: '', startsAfterDays: 0, startHour: 0, measureDays: [30], kind: 'ordinary', firstMail: 'inHours' },
    ...{ weight: 'ordinary', repeats: false, endorsed: false, quietAfterDays: 120 },
  };
  const onSunday: Partial<Drawn> = { startsAfterDays: 559, startHour: 4, firstMail: 'now', quietAfterDays: 0 };

  it.each<[string, Partial<Drawn>]>([
    ['the assignment told to leave now waits for the end of the quiet days', { ...onSunday, seed: 'sunday' }],
    [
      'days off are adopted between the old day of a reminder and its new one',
      {
        seed: 'tlah',
        startsAfterDays: 692,
        startHour: 22,
        measureDays: [133, 34, 138],
        kind: 'immediate',
        weight: 'major',
        repeats: true,
        endorsed: true,
        quietAfterDays: 1,
      },
    ],
    [
      'days off are adopted after the reminder of a decision has left',
      {
        seed: '@kM"yW#+R',
        startsAfterDays: 589,
        startHour: 19,
        measureDays: [74],
        kind: 'immediate',
        firstMail: 'now',
        weight: 'major',
        quietAfterDays: 21,
      },
    ],
    [
      'a check-in was missed before the clock stood still',
      {
        seed: ';16$5KZ(0',
        startsAfterDays: 500,
        startHour: 4,
        measureDays: [196, 103],
        kind: 'longTerm',
        firstMail: 'now',
        weight: 'major',
        repeats: true,
        endorsed: true,
        quietAfterDays: 98,
      },
    ],
    [
      'an attestation was missed before the clock stood still',
      {
        seed: 'C&+',
        startsAfterDays: 336,
        startHour: 3,
        measureDays: [180, 61, 98],
        kind: 'longTerm',
        firstMail: 'now',
        repeats: true,
        quietAfterDays: 60,
      },
    ],
  ])('has nothing lost, doubled or unowed when %s', (_, drawn) => {
    const { facts, accepted } = drillOf({ ...usual, ...drawn });
    expect(judge(facts, accepted)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(0);
  });
});

describe('a fault planted in a drill', () => {
  it('is found as lost, every line of it, when a mail did not arrive', () => {
    fc.assert(
      fc.property(drills, picks, ({ facts, accepted }, pick) => {
        const missing = someMail(accepted, pick);
        const findings = judge(facts, accepted.toSpliced(missing, 1));
        const { lines, to, date } = accepted[missing]!;
        // Whether what somebody did at the very same moment came first cannot be told from the facts.
        const crossed = facts.issues[0]!.events.some(({ at, by }) => at === date && by !== null);
        if (!crossed)
          expect(findings.map(({ kind, line, address }) => [kind, line, address]).sort()).toEqual(
            lines.map((line) => ['lost', line, to]).sort(),
          );
        expect(findings.every(({ kind }) => kind === 'lost')).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('is found as doubled when a mail came twice, unless the ledger counts the resend as uncertain', () => {
    fc.assert(
      fc.property(drills, picks, ({ facts, accepted }, pick) => {
        const mail = accepted[someMail(accepted, pick)]!;
        const twice = [...accepted, mail];
        expect(judge(facts, twice).map(({ kind, line }) => [kind, line])).toEqual(
          mail.lines.map((line) => ['doubled', line]),
        );
        const counted: DrillFacts = { ...facts, mails: new Map([...facts.mails, [mail.messageId, { uncertain: 1 }]]) };
        expect(judge(counted, twice)).toEqual([]);
        expect(sorted(judge(counted, [...twice, mail]))).toEqual(['doubled']);
      }),
      { numRuns: 8 },
    );
  });

  it('is found as doubled when a line came again in another mail', () => {
    fc.assert(
      fc.property(drills, picks, ({ facts, accepted }, pick) => {
        const mail = accepted[someMail(accepted, pick)]!;
        const other = { ...mail, messageId: 'other@mail.test', lines: mail.lines.slice(0, 1) };
        const known: DrillFacts = { ...facts, mails: new Map([...facts.mails, ['other@mail.test', { uncertain: 3 }]]) };
        expect(judge(known, [...accepted, other])).toMatchObject([
          { kind: 'doubled', line: mail.lines[0], address: mail.to },
        ]);
      }),
      { numRuns: 8 },
    );
  });

  it.each<[string, (mail: AcceptedMail) => AcceptedMail]>([
    ['on a day off', (mail) => ({ ...mail, date: '2023-10-01T02:00:00.000Z' })],
    ['in the night', (mail) => ({ ...mail, date: `${mail.date!.slice(0, 11)}13:00:00.000Z` })],
    ['to somebody who holds no role', (mail) => ({ ...mail, to: 'stranger@practice.invalid' })],
    [
      'about a line that no rule asks for',
      (mail) => ({
        ...mail,
        lines: mail.lines.map((line) =>
          line.replace(/\d{4}-\d\d-\d\d$/, '2022-01-04').replace(/answer-\d+/, 'answer-9999'),
        ),
      }),
    ],
    ['without a row in the ledger', (mail) => ({ ...mail, messageId: 'stray@mail.test' })],
  ])('is found as unowed when a mail left %s', (_, spoil) => {
    fc.assert(
      fc.property(drills, picks, ({ facts, accepted }, pick) => {
        const index = someMail(accepted, pick);
        const spoilt = spoil(accepted[index]!);
        const findings = judge(facts, accepted.toSpliced(index, 1, spoilt));
        const unowed = findings.filter(({ kind }) => kind === 'unowed').map(({ line }) => line);
        expect(unowed).toEqual(spoilt.lines);
      }),
      { numRuns: 8 },
    );
  });

  it('is found as unowed when a line was claimed after its duty had been met', () => {
    fc.assert(
      fc.property(drills, ({ facts, accepted }) => {
        const cancelled = [...facts.rows].find(([, { kind, state }]) => kind === 'reminder' && state === 'cancelled');
        fc.pre(cancelled !== undefined && cancelled[1].earliestAt <= facts.now);
        const [line, row] = cancelled;
        const to = addressOf(
          ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'].find((role) =>
            line.includes(`/${role}/`),
          ) as 'handler',
        );
        const late: AcceptedMail = {
          messageId: 'late@mail.test',
          kind: 'reminder',
          to,
          lines: [line],
          date: row.earliestAt,
          acceptedAt: row.earliestAt,
        };
        const known: DrillFacts = { ...facts, mails: new Map([...facts.mails, ['late@mail.test', { uncertain: 0 }]]) };
        expect(judge(known, [...accepted, late])).toMatchObject([{ kind: 'unowed', line }]);
      }),
      { numRuns: 8 },
    );
  });
});

describe('what was not sent', () => {
  it.each(['collapsed', 'skipped'] as const)('with a reason on record, because it was %s, is not lost', (state) => {
    fc.assert(
      fc.property(drills, picks, ({ facts, accepted }, pick) => {
        const index = someMail(accepted, pick);
        const rows = new Map(facts.rows);
        for (const line of accepted[index]!.lines)
          rows.set(line, { ...rows.get(line)!, state, stateReason: '错过发送时间' });
        expect(judge({ ...facts, rows }, accepted.toSpliced(index, 1))).toEqual([]);
        for (const line of accepted[index]!.lines) rows.set(line, { ...rows.get(line)!, stateReason: null });
        expect(sorted(judge({ ...facts, rows }, accepted.toSpliced(index, 1))).join()).toMatch(/^(lost)?$/);
      }),
      { numRuns: 8 },
    );
  });

  it('at the moment that a running drill has just opened is not lost yet', () => {
    fc.assert(
      fc.property(drills, ({ facts, accepted }) => {
        const first = accepted[0]!;
        const running: DrillFacts = { ...facts, now: first.date!, state: 'running' };
        const events = facts.issues[0]!.events.filter(({ at }) => at <= first.date!);
        fc.pre(first.kind === 'reminder' && !events.some(({ at, by }) => at === first.date && by !== null));
        const rows = new Map(
          [...facts.rows].map(([key, row]) => [key, { ...row, state: 'planned' as const, claimedAt: null }]),
        );
        const early: DrillFacts = { ...running, rows, issues: [{ ...facts.issues[0]!, events }] };
        expect(judge(early, [])).toEqual([]);
        expect(judge({ ...early, state: 'ended' }, []).length).toBeGreaterThan(0);
      }),
      { numRuns: 8 },
    );
  });
});

describe('what the record does not say', () => {
  const some = fc.sample(drills, { numRuns: 60, seed: 7 });

  it.each([
    ...['committed', 'commitmentBroken', 'suspended', 'resumed', 'disputed', 'disputeRejected', 'undone'],
    ...['extensionGranted', 'deadlineCorrected', 'policyAdopted', 'calendarAdopted', 'recurrenceConfirmed'],
    ...['closureLevelApproved', 'evidenceJudged', 'itemsRechecked', 'rebounded', 'closureApproved', 'withdrawn'],
  ])('is found out, as when the event %s that explains the mails is missing', (type) => {
    const found = some.some(({ facts, accepted }) => {
      const [issue] = facts.issues;
      const events = issue!.events.filter((event) => event.type !== type);
      if (events.length === issue!.events.length) return false;
      return judge({ ...facts, issues: [{ ...issue!, events }] }, accepted).length > 0;
    });
    expect(found).toBe(true);
  });

  it('is found out when an issue that repeats an earlier one is taken for a new one', () => {
    const found = some.filter(({ facts, accepted }) => {
      const [issue] = facts.issues;
      return (
        issue!.repeats === 'yes' && judge({ ...facts, issues: [{ ...issue!, repeats: 'no' }] }, accepted).length > 0
      );
    });
    expect(found.length).toBeGreaterThan(5);
  });
});
