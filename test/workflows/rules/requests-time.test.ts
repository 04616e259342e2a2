import { describe, expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });
const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);
const early = (changes: Partial<IssueTerms> = {}) =>
  new PlayedIssue(ordinaryTerms(changes)).until(at('2024-01-10', '10:30'));

/** Measure 1 is due on 29 February, measure 2 and the issue on 29 March. */
const extension = { by: cast.chen, until: '2024-03-20', measures: [1], reason: '材料未到', progress: '已完成一半' };

function asked(issue: PlayedIssue, request = extension): PlayedIssue {
  return issue.happens(requestRules.requestExtension.fact(standing(issue), request), cast.chen);
}

function granted(issue: PlayedIssue): PlayedIssue {
  const decision = { by: cast.li, decision: 'granted' as const, reason: '同意' };
  return issue.happens(requestRules.decideExtension.fact(standing(issue), decision), cast.li);
}

describe('an extension', () => {
  test.each([
    { why: 'without a reason', changes: { reason: '' }, code: 'ReasonMissing' },
    { why: 'without the progress so far', changes: { progress: ' ' }, code: 'ProgressMissing' },
    { why: 'that is none', changes: { until: '2024-02-29' }, code: 'ExtensionUnfit' },
    { why: 'of a measure that there is not', changes: { measures: [9], until: '2024-04-20' }, code: 'UnknownMeasure' },
    { why: 'beyond the cap', changes: { until: '2024-12-31' }, code: 'ExtensionTooLong' },
  ])('$why is refused', ({ changes, code }) => {
    const request = { ...extension, ...changes };
    expect(codes(requestRules.requestExtension.refusals(standing(early()), request))).toEqual([code]);
  });

  test('asked for by the handler means that he has taken the issue on', () => {
    const issue = asked(early());
    expect(issue.progress.phase).toBe('rectification');
    expect(issue.progress.obligations.map(({ kind }) => kind)).not.toContain('acknowledgement');
  });

  test('is refused after expiry, and not on the last day', () => {
    const on = (day: string) => new PlayedIssue(ordinaryTerms()).until(at(day, '10:30'));
    expect(codes(requestRules.requestExtension.refusals(standing(on('2024-02-29')), extension))).toEqual([]);
    expect(codes(requestRules.requestExtension.refusals(standing(on('2024-03-01')), extension))).toEqual([
      'ExtensionTooLate',
    ]);
  });

  test('for the issue as a whole moves nothing that had expired when it was asked for', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-03-15', '10:30'));
    const whole = { ...extension, measures: [], until: '2024-05-31' };
    expect(codes(requestRules.requestExtension.refusals(standing(issue), whole))).toEqual([]);
    const decision = { by: cast.li, decision: 'granted' as const, reason: '同意' };
    asked(issue, whole);
    expect(requestRules.decideExtension.fact(standing(issue), decision)).toMatchObject({
      days: 63,
      measures: [{ measure: 2, deadline: '2024-05-31' }],
    });
  });

  test('is refused while one is pending, and once as many have been granted as the policy knows deciders', () => {
    const policy = {
      ...simplePolicy,
      extension: { decidedBy: ['office' as const], decideWithinWorkdays: 3, atMostDays: 90 },
    };
    const issue = asked(early({ policy }));
    expect(codes(requestRules.requestExtension.refusals(standing(issue), extension))).toEqual(['ExtensionPending']);
    const again = { ...extension, until: '2024-04-10' };
    expect(codes(requestRules.requestExtension.refusals(standing(granted(issue)), again))).toEqual([
      'ExtensionsUsedUp',
    ]);
  });

  test('is decided by the policy’s first decider, the next by the second', () => {
    const issue = asked(early());
    expect(issue.progress.obligations.at(-1)).toMatchObject({ kind: 'extensionDecision', role: 'office' });
    asked(granted(issue), { ...extension, until: '2024-04-10' });
    expect(issue.progress.obligations.at(-1)).toMatchObject({ kind: 'extensionDecision', role: 'groupHead' });
  });

  test('granted moves the measures it was asked for with their evidence, and nothing else', () => {
    const issue = granted(asked(early()));
    expect(issue.progress.measures.map(({ deadline }) => deadline)).toEqual(['2024-03-20', '2024-03-29']);
    expect(issue.progress.deadline).toBe('2024-03-29');
    expect(issue.progress.obligations.find(({ id }) => id === 'evidence-1-1')?.dueOn).toBe('2024-03-20');
    expect(issue.progress.extensions).toEqual({ granted: 1, days: 20 });
  });

  test('brings no measure nearer that has a later day already', () => {
    const issue = granted(asked(early(), { ...extension, measures: [1, 2], until: '2024-03-11' }));
    expect(issue.progress.measures.map(({ deadline }) => deadline)).toEqual(['2024-03-11', '2024-03-29']);
  });

  test('is not granted to who asked, nor without a reason, nor when the deadline has been corrected past it', () => {
    const issue = asked(early());
    const refusals = (by: string, reason: string) =>
      codes(requestRules.decideExtension.refusals(standing(issue), { by, decision: 'granted', reason }));
    expect(refusals(cast.chen, '同意')).toEqual(['SamePerson']);
    expect(refusals(cast.li, '')).toEqual(['ReasonMissing']);
    const measures = [{ measure: 1, deadline: '2024-03-29' }];
    issue.happens(
      requestRules.correctDeadline.fact(standing(issue), { by: cast.wang, measures, reason: '录错' }),
      cast.wang,
    );
    expect(refusals(cast.li, '同意')).toEqual(['ExtensionUnfit']);
  });
});

describe('a suspension', () => {
  const suspended = (issue: PlayedIssue) =>
    issue.happens({ type: 'suspended', kind: 'litigation', authority: '法院', reason: '诉讼' }, cast.wang);
  const resumed = (issue: PlayedIssue) =>
    issue.happens(requestRules.resumeIssue.fact(standing(issue), { by: cast.wang, reason: '已结案' }), cast.wang);

  test('moves every day still to come by the workdays that it lasted', () => {
    const issue = resumed(suspended(early()).until(at('2024-01-24', '10:30')));
    expect(issue.events.find(({ type }) => type === 'resumed')).toMatchObject({ workdays: 10 });
    // Ten workdays after 29 February; and after 29 March, with 清明节 and a worked Sunday between.
    expect(issue.progress.measures.map(({ deadline }) => deadline)).toEqual(['2024-03-14', '2024-04-15']);
    expect(issue.progress.suspendedWorkdays).toBe(10);
  });

  test('leaves a day alone that had passed when it began, and makes nobody late with the check-ins in it', () => {
    const issue = suspended(new PlayedIssue(ordinaryTerms()).until(at('2024-03-04', '10:30')));
    issue.until(at('2024-05-06', '10:30'));
    const before = issue.events.length;
    resumed(issue);
    expect(issue.progress.measures[0]?.deadline).toBe('2024-02-29');
    expect(issue.events.slice(before).filter(({ type }) => type === 'obligationOverdue')).toEqual([]);
    expect(issue.events.slice(before).filter(({ type }) => type === 'obligationLapsed')).toEqual([]);
  });

  test('of a closed cycle changes none of its days, and moves those of what is left over', () => {
    const issue = early().happens(
      { type: 'evidenceReceived', evidence: [{ evidenceId: 'e1', measure: 1 }] },
      cast.chen,
    );
    const remainder = [{ measure: 2, deadline: '2024-06-28' }];
    issue.happens({ type: 'closureProposed', outcome: 'basicallyDone', stateHash: '', remainder }, cast.li);
    issue.happens(
      { type: 'closureApproved', outcome: 'basicallyDone', stateHash: '', acceptedEvidence: ['e1'] },
      cast.wang,
    );
    const { measures, deadline } = issue.progress;
    resumed(suspended(issue).until(at('2024-01-24', '10:30')));
    expect(issue.progress).toMatchObject({ measures, deadline });
    expect(issue.progress.remainder?.[0]?.deadline).toBe('2024-07-12');
    expect(issue.progress.obligations.find(({ kind }) => kind === 'evidence')?.dueOn).toBe('2024-07-12');
  });

  test('is asked about by the office every month, and asked about again after the answer', () => {
    const issue = suspended(early()).until(at('2024-02-20', '10:30'));
    expect(issue.openObligations).toContain('suspension-review-1');
    issue.happens({ type: 'suspensionReviewed', finding: '尚未结案' }, cast.wang).until(at('2024-03-20', '10:30'));
    expect(issue.openObligations).toContain('suspension-review-2');
  });

  test('ends with the issue: nothing is asked after a withdrawal', () => {
    const issue = suspended(early()).happens({ type: 'withdrawn', reason: '重复', because: 'office' }, cast.wang);
    expect(issue.plan).toMatchObject({ facts: [], lines: [], lookAgainAt: undefined });
    expect(issue.events.at(-1)?.type).toBe('withdrawn');
  });

  test.each([
    {
      why: 'without a reason',
      request: { kind: 'disaster' as const, authority: '', reason: '' },
      code: 'ReasonMissing',
    },
    {
      why: 'for another authority that is not named',
      request: { kind: 'otherAuthority' as const, authority: ' ', reason: '待研定' },
      code: 'AuthorityMissing',
    },
  ])('$why is refused', ({ request, code }) => {
    expect(codes(requestRules.suspendIssue.refusals(standing(early()), { by: cast.wang, ...request }))).toEqual([code]);
  });
});

describe('a deadline that was entered wrongly', () => {
  test.each([
    { why: 'is corrected to a day to come', measures: [{ measure: 1, deadline: '2024-03-08' }], code: [] },
    {
      why: 'is not corrected to a day that has passed',
      measures: [{ measure: 1, deadline: '2024-01-09' }],
      code: ['DeadlineUnfit'],
    },
    {
      why: 'is not corrected to a day beyond all sense',
      measures: [{ measure: 1, deadline: '2036-12-15' }],
      code: ['DeadlineUnfit'],
    },
    {
      why: 'is not corrected for a measure that there is not',
      measures: [{ measure: 9, deadline: '2024-03-08' }],
      code: ['UnknownMeasure'],
    },
    { why: 'is not corrected for nothing', measures: [], code: ['MeasureMissing'] },
  ])('$why', ({ measures, code }) => {
    const request = { by: cast.wang, measures, reason: '录错' };
    expect(codes(requestRules.correctDeadline.refusals(standing(early()), request))).toEqual(code);
  });

  test('makes nobody late who has time again, and takes what was proposed about it away', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-03-15', '10:30'));
    expect(issue.progress.proposals).toHaveLength(1);
    const request = { by: cast.wang, measures: [{ measure: 1, deadline: '2024-03-29' }], reason: '录错' };
    issue.happens(requestRules.correctDeadline.fact(standing(issue), request), cast.wang);
    expect(issue.progress.proposals).toEqual([]);
    expect(issue.progress.obligations.find(({ id }) => id === 'evidence-1-1')).toMatchObject({ overdue: 'no' });
  });
});
