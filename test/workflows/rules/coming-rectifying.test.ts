import { describe, expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const complete = () =>
  new PlayedIssue(ordinaryTerms()).happens(
    { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
    cast.chen,
  );

describe('a check-in', () => {
  test('is not asked for by a day that has passed, when evidence is returned after a long time', () => {
    const issue = complete().until(at('2024-03-04', '10:30'));
    issue.happens({ type: 'evidenceJudged', accepted: [], returned: ['e1'], reason: '看不清' }, cast.wang);
    const checkIns = issue.progress.obligations.filter(({ kind }) => kind === 'checkIn');
    expect(checkIns).toMatchObject([{ overdue: 'no' }]);
    expect(checkIns[0]!.dueOn >= '2024-03-04').toBe(true);
  });

  test('is asked for again when the deadline is moved, from then on and for no day before', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-04-15', '10:30'));
    expect(issue.progress.obligations.some(({ kind }) => kind === 'checkIn')).toBe(false);
    const measures = [{ measure: 2, deadline: '2024-06-28' }];
    const moved = [{ obligationId: 'evidence-2-1', dueOn: '2024-06-28' }];
    issue.happens({ type: 'deadlineCorrected', deadline: '2024-06-28', measures, moved, reason: '录错' }, cast.wang);
    expect(issue.progress.obligations.find(({ kind }) => kind === 'checkIn')?.dueOn).toBe('2024-04-19');
  });
});

describe('the application for closure', () => {
  test('is not asked for while an item is in, and is as soon as the last has left', () => {
    const issue = new PlayedIssue(ordinaryTerms()).happens({ type: 'itemsEntered', itemIds: ['h1'] }, cast.chen);
    issue.happens(
      { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
      cast.chen,
    );
    expect(issue.openObligations).not.toContain('closure-proposal-1');
    issue.happens({ type: 'itemsMoved', itemIds: ['h1'], to: 'askedToLeave' }, cast.chen);
    issue.happens({ type: 'itemsRechecked', left: ['h1'], back: [], finding: '已清' }, cast.wang);
    expect(issue.openObligations).toContain('closure-proposal-1');
  });
});
