import { describe, expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

describe('the sheet of the sub-ledger', () => {
  const entered = (day: string, reportEveryMonths = 1) => {
    const policy = {
      ...simplePolicy,
      subLedger: { reportEveryMonths, recheckedBy: 'office' as const, recheckWithinWorkdays: 5 },
    };
    const issue = new PlayedIssue(ordinaryTerms({ policy })).until(at(day, '10:30'));
    return issue.happens({ type: 'itemsEntered', itemIds: ['h1'] }, cast.chen);
  };
  const reportOf = (issue: PlayedIssue) => issue.progress.obligations.find(({ kind }) => kind === 'itemReport');

  test.each([
    { why: 'is due at the month’s last workday', day: '2024-03-12', dueOn: '2024-03-29' },
    { why: 'is due a month later for what came in less than ten days before', day: '2024-03-25', dueOn: '2024-04-30' },
  ])('$why', ({ day, dueOn }) => {
    expect(reportOf(entered(day).until(at('2024-04-24', '10:30')))?.dueOn).toSatisfy(
      (due: string) => due === dueOn || due === '2024-04-30',
    );
    const opened = entered(day)
      .until(at('2024-04-24', '10:30'))
      .events.find((event) => event.type === 'obligationOpened' && event.kind === 'itemReport');
    expect(opened).toMatchObject({ dueOn });
  });

  test('is owed of what the notice lists from the launch on, and it enters but once', () => {
    const issue = new PlayedIssue(ordinaryTerms({ itemIds: ['h1', 'h2'] })).until(at('2024-02-20', '10:30'));
    expect(issue.events.filter(({ type }) => type === 'itemsEntered')).toMatchObject([
      { itemIds: ['h1', 'h2'], by: null, at: issue.terms.launchedAt },
    ]);
    expect(issue.progress.items).toMatchObject([{ state: 'entered' }, { state: 'entered' }]);
    expect(issue.events.some((event) => event.type === 'obligationOpened' && event.kind === 'itemReport')).toBe(true);
  });

  test('gives way to the next month’s when it never came', () => {
    const issue = entered('2024-03-12').until(at('2024-04-24', '10:30'));
    expect(issue.openObligations).toContain('item-report-2');
    expect(issue.openObligations).not.toContain('item-report-1');
  });

  test('is asked for no month before a policy that asks more often was adopted', () => {
    const issue = entered('2024-03-12', 6).until(at('2024-07-10', '10:30'));
    const version = { type: 'policyAdopted', version: 2, passed: [] } as const;
    const terms = { ...issue.terms, policy: { ...simplePolicy, version: 2 } };
    const adopted = Object.assign(issue, { terms }).happens(version, cast.wang).until(at('2024-07-24', '12:00'));
    const dues = adopted.events.flatMap((event) =>
      event.type === 'obligationOpened' && event.kind === 'itemReport' ? [event.dueOn] : [],
    );
    expect(dues).toEqual(['2024-03-29', '2024-07-31']);
  });

  test('is due a month later where all that is left of the month is off when the items come in', () => {
    const closed = Array.from({ length: 20 }, (_, day) => `2024-03-${String(day + 12).padStart(2, '0')}`);
    const { calendar } = ordinaryTerms();
    const off = { ...calendar, daysOff: [...calendar.daysOff, ...closed], makeUpDays: [] };
    const issue = new PlayedIssue(ordinaryTerms({ calendar: off })).until(at('2024-03-13', '10:30'));
    issue.happens({ type: 'itemsEntered', itemIds: ['h1'] }, cast.chen).until(at('2024-04-24', '10:30'));
    expect(reportOf(issue)?.dueOn).toBe('2024-04-30');
    expect(issue.openObligations).toContain('item-report-1');
  });

  test('is counted anew after a suspension: nobody is late with one that he could not give', () => {
    const issue = entered('2024-03-12').happens(
      { type: 'suspended', kind: 'disaster', authority: '', reason: '洪水' },
      cast.wang,
    );
    issue.until(at('2024-06-12', '10:30'));
    const before = issue.events.length;
    issue.happens(
      { type: 'resumed', workdays: 61, deadline: '2024-06-28', measures: [], moved: [], reason: '水退' },
      cast.wang,
    );
    issue.until(at('2024-06-24', '10:30'));
    expect(reportOf(issue)?.dueOn).toBe('2024-06-28');
    expect(issue.events.slice(before).some(({ type }) => type === 'obligationLapsed')).toBe(false);
  });
});
