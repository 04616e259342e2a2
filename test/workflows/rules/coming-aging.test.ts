import { expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

test('each proposal is owed a decision of its own, one after the other', () => {
  const measures = [1, 2].map((number) => ({ number, deadline: '2024-02-29' }));
  const issue = new PlayedIssue(ordinaryTerms({ measures })).until(at('2024-03-14', '12:00'));
  expect(issue.progress.proposals.map(({ obligationId }) => obligationId)).toEqual(['evidence-1-1', 'evidence-2-1']);
  expect(issue.openObligations.slice(-2)).toEqual(['proposal-decision-1', 'proposal-decision-2']);
});

test('nothing grows old while the clock stands still, but the office’s own duty to ask', () => {
  const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-02-20', '10:30'));
  issue.happens({ type: 'suspended', kind: 'litigation', authority: '法院', reason: '诉讼' }, cast.wang);
  const before = issue.events.length;
  issue.until(at('2024-05-20', '10:30'));
  expect(
    issue.events.slice(before).map((event) => ('obligationId' in event ? event.obligationId : event.type)),
  ).toEqual(['suspension-review-1', 'suspension-review-1']);
});
