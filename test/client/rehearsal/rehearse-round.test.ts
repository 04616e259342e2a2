import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Holding } from '../../../client/rehearsal/addressees.ts';
import { keyOf } from '../../../client/rehearsal/gather-mails.ts';
import type { RehearsalInput } from '../../../client/rehearsal/rehearsal-input.ts';
import { rehearseRound } from '../../../client/rehearsal/rehearse-round.ts';
import { addDays, addMonths, at, startOfDay } from '../../../workflows/rules/instants.ts';
import type { Policy, Role } from '../../../workflows/rules/policy.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import type { BodyTerms, IssueTerms } from '../../../workflows/rules/terms.ts';
import { dutiesOfRound, roundPolicy } from '../../support/round-terms.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { silentOutbox } from './silent-outbox.ts';

const { calendar, launchedAt } = ordinaryTerms();
const { plan, evaluation } = dutiesOfRound;
const everybody = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies Role[];

function holding(role: Role, personId: string, changes: Partial<Holding> = {}): Holding {
  return { issueId: null, measure: null, role, personId, fromAt: null, untilAt: null, ...changes };
}

/** A round of these issues in which each role is held by a person of its name. */
function roundOf(issues: readonly IssueTerms[], changes: Partial<RehearsalInput> = {}): RehearsalInput {
  const [{ policy, launchedAt: moment, firstMail }] = issues as [IssueTerms];
  return {
    round: {
      ...{ roundId: 'round-1', policy, calendar, clock: { kind: 'real' }, launchedAt: moment },
      ...{ feedbackOn: '2024-01-05', concentratedEndsOn: '2024-07-05' },
    },
    ...{ codePrefix: 'GM', firstMail, delegations: [] },
    until: startOfDay(addMonths(moment.slice(0, 10), 14)),
    issues: issues.map((terms, index) => ({ code: `GM-${String(index + 1)}`, terms })),
    people: everybody.map((role) => ({ id: role, name: role, reach: 'mail' })),
    holdings: everybody.map((role) => holding(role, role)),
    ...changes,
  };
}

/** `person day` with the keys of that day's mail. */
function mailsOf(input: RehearsalInput): Map<string, string[]> {
  const { mails } = rehearseRound(input);
  const named = mails.map(({ personId, on, copies }) => [`${personId} ${on}`, copies.map(keyOf).sort()] as const);
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  return new Map(named);
}

const issues = fc
  .record({
    launchAfterDays: fc.integer({ min: 0, max: 300 }),
    launchHour: fc.integer({ min: 0, max: 23 }),
    kind: fc.constantFrom('ordinary', 'immediate', 'longTerm'),
    weight: fc.constantFrom('ordinary', 'major'),
    measureDays: fc.array(fc.integer({ min: -10, max: 150 }), { minLength: 1, maxLength: 4 }),
    repeats: fc.boolean(),
    firstMail: fc.constantFrom('inHours', 'now'),
    quietAfterDays: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ launchAfterDays, launchHour, kind, weight, measureDays, repeats, firstMail, quietAfterDays }) => {
    const day = addDays('2024-01-08', launchAfterDays);
    const measures = measureDays.map((days, index) => ({ number: index + 1, deadline: addDays(day, days) }));
    const quietFrom = addDays(day, quietAfterDays);
    return ordinaryTerms({
      ...{ kind, weight, measures, firstMail },
      launchedAt: at(day, `${String(launchHour).padStart(2, '0')}:30`),
      deadline: measures.map(({ deadline }) => deadline).reduce((one, other) => (one > other ? one : other)),
      policy: { ...simplePolicy, quietDays: [{ from: quietFrom, to: addDays(quietFrom, 9) }] },
      ...(repeats && { recurrenceOf: 'earlier' }),
    });
  });

describe('a rehearsal of a round in which nobody acts', () => {
  it('has exactly the lines that leave the outbox of its issues, each once to whom it names', () => {
    fc.assert(
      fc.property(issues, (terms) => {
        const input = roundOf([terms]);
        const lines = [...mailsOf(input).values()].flat();
        // What falls due after the day's mail has left may be collapsed into the next line that says the same.
        const left = silentOutbox(terms, input.until);
        if (terms.firstMail === 'inHours') expect(lines.sort()).toEqual(left);
        else expect(left).toEqual(expect.arrayContaining(lines));
        for (const key of left.filter((one) => !lines.includes(one))) expect(key).toMatch(/\/(before-\d+|on-day)\//u);
      }),
      { numRuns: 60 },
    );
  });

  it('gives issues of the same days the same lines under their own names, and plays them once', () => {
    const terms = [ordinaryTerms({ issueId: 'one' }), ordinaryTerms({ issueId: 'other' })];
    const { mails, shapes } = rehearseRound(roundOf(terms));
    const keys = mails.flatMap(({ copies }) => copies.map(keyOf));
    const ofOne = keys.filter((key) => key.startsWith('one/')).map((key) => key.slice(3));
    expect(ofOne.length).toBeGreaterThan(50);
    expect(keys.filter((key) => key.startsWith('other/')).map((key) => key.slice(5))).toEqual(ofOne);
    expect(shapes).toBe(1);
  });

  it('counts one mail a person and day, names the peaks and whom it is escalated to from when', () => {
    const { rehearsal, mails } = rehearseRound(roundOf([ordinaryTerms()]));
    expect(rehearsal.mails).toBe(mails.length);
    expect(rehearsal.lines).toBe(mails.reduce((sum, { copies }) => sum + copies.length, 0));
    expect(rehearsal.perDay.reduce((sum, { lines }) => sum + lines, 0)).toBe(rehearsal.lines);
    expect(rehearsal.peaks[0]!.lines).toBe(Math.max(...rehearsal.perDay.map(({ lines }) => lines)));
    expect(rehearsal.people.find(({ name }) => name === 'handler')).toMatchObject({ firstOn: '2024-01-08' });
    expect(rehearsal.escalations.map(({ role }) => role).sort()).toEqual(['groupHead', 'office', 'responsibleLeader']);
    // The acknowledgement is due on 11 January, and three workdays after that it goes up.
    expect(rehearsal.escalations.find(({ role }) => role === 'groupHead')).toMatchObject({
      ifNobodyAnswersFrom: '2024-01-16',
    });
    expect(rehearsal.proposals).toEqual([
      { day: '2024-03-14', issue: 'GM-1', measure: 'talk' },
      { day: '2024-04-15', issue: 'GM-1', measure: 'talk' },
    ]);
    expect(rehearsal.daysOffRespected).toEqual({ checked: rehearsal.mails, violations: 0 });
    expect(rehearsal).toMatchObject({ unresolved: [], provisional: [], from: launchedAt });
  });

  it('asks each of several bodies for its own plan, of its own people, and has it evaluated by the round’s', () => {
    const [town, village] = ['town', 'village'].map((id) => ({ id, name: id })) as [BodyTerms, BodyTerms];
    const of = (issueId: string) => ordinaryTerms({ issueId, policy: roundPolicy([plan, evaluation]) });
    const base = roundOf([of('one'), of('other')]);
    const bodies = [town, village];
    const input: RehearsalInput = {
      ...base,
      round: { ...base.round, bodies },
      bodies,
      issues: base.issues.map((issue, index) => ({ ...issue, bodyId: bodies[index]!.id })),
      holdings: [...base.holdings, holding('office', 'clerk', { bodyId: village.id })],
      people: [...base.people, { id: 'clerk', name: 'clerk', reach: 'mail' }],
    };
    const { mails, rehearsal } = rehearseRound(input);
    const readers = new Map<string, Set<string>>();
    for (const { personId, copies } of mails) {
      for (const { owned, step } of copies) {
        if (owned.issueId !== null || step.role !== 'office') continue;
        readers.set(owned.code, (readers.get(owned.code) ?? new Set()).add(personId));
      }
    }
    expect([...readers].map(([code, who]) => [code, [...who]])).toEqual([
      ['GM-单位1方案1', ['office']],
      ['GM-单位2方案1', ['clerk']],
      ['GM-单位1评估1', ['office']],
      ['GM-单位2评估1', ['office']],
    ]);
    const alone = rehearseRound({ ...input, round: base.round }).rehearsal.bodies[1]!.lines;
    expect(rehearsal.bodies[1]!.lines).toBeGreaterThan(alone); // what it owes itself is counted as its own
  });

  it('names a role that nobody holds, with the issues it is missing for, and goes on', () => {
    const input = roundOf([ordinaryTerms()], { holdings: [holding('handler', 'handler')] });
    const { rehearsal } = rehearseRound(input);
    expect(rehearsal.unresolved).toEqual([
      { role: 'responsibleLeader', codes: ['GM-1'] },
      { role: 'groupHead', codes: ['GM-1'] },
      { role: 'office', codes: ['GM-1'] },
    ]);
    expect(rehearsal.people.map(({ name }) => name)).toEqual(['handler']);
  });

  it('says which days may still move because no days off are published for them', () => {
    const late = ordinaryTerms({ measures: [{ number: 1, deadline: '2026-12-01' }], deadline: '2026-12-01' });
    const { rehearsal } = rehearseRound(roundOf([late], { until: startOfDay('2027-03-01') }));
    expect(rehearsal.provisional.length).toBeGreaterThan(3);
    expect(rehearsal.provisional.every(({ day }) => day > '2026-12-31')).toBe(true);
  });
});

describe('who gets the mails', () => {
  const terms = ordinaryTerms();

  it('is each person once where he holds two of a rung’s roles, under the one that stands first', () => {
    const holdings = [holding('handler', 'li'), holding('responsibleLeader', 'li'), holding('groupHead', 'wang')];
    const lines = [...mailsOf(roundOf([terms], { holdings })).entries()].filter(([name]) => name.startsWith('li '));
    const urged = lines.find(([name]) => name === 'li 2024-01-12')![1];
    expect(urged).toEqual(['issue-1/1/acknowledgement-1/after-1/handler/2024-01-12']);
  });

  it('is a measure’s own handler where it has one, for its evidence alone', () => {
    const own = holding('handler', 'chen', { issueId: 'issue-1', measure: 2 });
    const ofIssue = holding('handler', 'handler', { issueId: 'issue-1' });
    const holdings = [...everybody.map((role) => holding(role, role)), own, ofIssue];
    const mails = mailsOf(roundOf([terms], { holdings }));
    const keys = [...mails].filter(([name]) => name.startsWith('chen ')).flatMap(([, lines]) => lines);
    expect(keys.length).toBeGreaterThan(3);
    expect(keys.every((key) => key.startsWith('issue-1/1/evidence-2-1/'))).toBe(true);
    const others = [...mails].filter(([name]) => name.startsWith('handler ')).flatMap(([, lines]) => lines);
    expect(others.some((key) => key.startsWith('issue-1/1/evidence-2-1/'))).toBe(false);
  });

  it('is who stands in for an absent person while he is away, but never one who would judge his own work', () => {
    const away = { fromAt: at('2024-01-12', '00:00'), untilAt: at('2024-01-15', '00:00') };
    const delegations = [{ from: 'handler', to: 'office', ...away }];
    const days = (input: RehearsalInput, person: string) =>
      [...mailsOf(input).keys()].filter((name) => name.startsWith(`${person} 2024-01-1`));
    expect(days(roundOf([terms], { delegations }), 'handler')).not.toContain('handler 2024-01-12');
    expect(days(roundOf([terms], { delegations }), 'office')).toContain('office 2024-01-12');
    const own = [{ from: 'office', to: 'handler', fromAt: launchedAt, untilAt: at('2026-01-01', '00:00') }];
    expect([...mailsOf(roundOf([terms], { delegations: own })).keys()].some((name) => name.startsWith('office '))).toBe(
      true,
    );
  });

  it('is whoever holds the role on the day, when it changes hands', () => {
    const holdings = [
      ...everybody.filter((role) => role !== 'handler').map((role) => holding(role, role)),
      holding('handler', 'before', { untilAt: at('2024-02-01', '00:00') }),
      holding('handler', 'after', { fromAt: at('2024-02-01', '00:00') }),
    ];
    const { rehearsal } = rehearseRound(roundOf([terms], { holdings }));
    const lastOn = rehearsal.people.find(({ personId }) => personId === 'before')!.lastOn;
    const { firstOn } = rehearsal.people.find(({ personId }) => personId === 'after')!;
    expect(lastOn < '2024-02-01' && firstOn >= '2024-02-01').toBe(true);
  });

  it('waits for the next workday with what falls due after the day’s one mail has left', () => {
    const early = ordinaryTerms({
      ...{ firstMail: 'now', launchedAt: at('2024-01-08', '06:00') },
      ...{ measures: [{ number: 1, deadline: '2024-01-08' }], deadline: '2024-01-08' },
    });
    const mails = mailsOf(roundOf([early]));
    expect(mails.get('handler 2024-01-08')).toEqual(['issue-1/1/acknowledgement-1/assigned/handler/2024-01-08']);
    // The reminder of the day itself says the same as the urge of the day after, and is collapsed into it.
    expect(mails.get('handler 2024-01-09')).toEqual(['issue-1/1/evidence-1-1/after-1/handler/2024-01-09']);
  });
});

describe('what is owed about the round as a whole', () => {
  it('is rehearsed with it, in the same one mail a day', () => {
    const policy: Policy = {
      ...simplePolicy,
      duties: [
        {
          ...{ id: 'weekly', kind: 'weeklyCheck', title: '周检查', role: 'office', until: 'concentratedPeriod' },
          cadence: { every: 'week', weekday: 5 },
        },
      ],
      ladders: {
        ...simplePolicy.ladders,
        weeklyCheck: [
          { id: 'on-day', from: 'due', workdays: 0, to: ['office'], letter: 'reminder', missed: 'collapse' },
        ],
      },
    };
    const mails = mailsOf(roundOf([ordinaryTerms({ policy })]));
    const weekly = [...mails.values()].flat().filter((key) => key.startsWith('round-1/1/weekly-check-1-'));
    expect(weekly.length).toBeGreaterThan(20);
    expect(weekly[0]).toBe('round-1/1/weekly-check-1-1/on-day/office/2024-01-12');
    expect(weekly.every((key) => key.slice(-10) <= '2024-07-05')).toBe(true);
  });
});
