import { describe, expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

function closed(outcome: 'done' | 'longTerm', changes: Partial<IssueTerms> = {}): PlayedIssue {
  return new PlayedIssue(ordinaryTerms(changes))
    .happens({ type: 'closureProposed', outcome, stateHash: '' }, cast.li)
    .happens({ type: 'closureApproved', outcome, stateHash: '', acceptedEvidence: [] }, cast.wang);
}

const openedOf = (issue: PlayedIssue, kind: string) =>
  issue.events.flatMap((event) => (event.type === 'obligationOpened' && event.kind === kind ? [event.dueOn] : []));

describe('a look-back is due', () => {
  const lookBack = { share: 0.2, drawWithinWorkdays: 10, againAfterMonths: 3 };
  test.each([
    { why: 'three months after the closure', changes: {}, dueOn: '2024-04-08' },
    {
      why: 'so many workdays later where a draw may still leave it out',
      changes: { policy: { ...simplePolicy, lookBack } },
      dueOn: '2024-04-22',
    },
    {
      why: 'on the usual day for a major issue, draw or not',
      changes: { policy: { ...simplePolicy, lookBack }, weight: 'major' as const },
      dueOn: '2024-04-08',
    },
  ])('$why', ({ changes, dueOn }) => {
    expect(openedOf(closed('done', changes).until(at('2024-04-22', '12:00')), 'lookBack')).toEqual([dueOn]);
  });

  test('again on the day that was named, when it held in part', () => {
    const issue = closed('done').until(at('2024-04-08', '12:00'));
    issue.happens({ type: 'lookBackPartlyHeld', finding: '部分保持', againOn: '2024-07-06' }, cast.zhao);
    expect(openedOf(issue.until(at('2024-07-05', '12:00')), 'lookBack')).toEqual(['2024-04-08', '2024-07-08']);
  });
});

describe('what is kept up for long', () => {
  test('is confirmed by the handler, and after him by whom the policy names', () => {
    const policy = {
      ...simplePolicy,
      attestation: { endorsedBy: 'responsibleLeader' as const, endorseWithinWorkdays: 5 },
    };
    const issue = closed('longTerm', { policy }).until(at('2024-04-08', '12:00'));
    expect(issue.openObligations).toEqual(['attestation-1']);
    issue.happens({ type: 'progressReported', noteId: 'n' }, cast.chen);
    expect(issue.progress.obligations).toMatchObject([{ kind: 'attestationEndorsement', dueOn: '2024-04-15' }]);
    issue.happens({ type: 'attestationEndorsed' }, cast.li);
    expect(issue.openObligations).toEqual([]);
  });

  test('counts what was missed in a row, until it is confirmed again', () => {
    const issue = closed('longTerm').until(at('2024-10-10', '12:00'));
    expect(issue.progress.missedAttestations).toBe(2);
    issue.happens({ type: 'progressReported', noteId: 'n' }, cast.chen);
    expect(issue.progress.missedAttestations).toBe(0);
  });

  test('comes to a look-back when it is ended, and to nothing else', () => {
    const issue = closed('longTerm').happens({ type: 'longTermEnded', reason: '已稳定' }, cast.wang);
    expect(issue.progress.phase).toBe('lookBack');
    expect(openedOf(issue.until(at('2024-04-10', '12:00')), 'lookBack')).toEqual(['2024-04-08']);
  });
});
