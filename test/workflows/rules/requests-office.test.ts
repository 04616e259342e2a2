import { describe, expect, test } from 'vitest';
import { addDays, at, dayOf } from '../../../workflows/rules/instants.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });
const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);
const launched = (changes: Partial<IssueTerms> = {}) => new PlayedIssue(ordinaryTerms(changes));

/** Handed in by 陈, applied for by 李, approved by 王. */
const closed = (changes: Partial<IssueTerms> = {}) =>
  launched(changes)
    .happens(
      { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
      cast.chen,
    )
    .happens({ type: 'closureProposed', outcome: 'done', stateHash: '' }, cast.li)
    .happens({ type: 'closureApproved', outcome: 'done', stateHash: '', acceptedEvidence: ['e1', 'e2'] }, cast.wang);

const merging = { by: cast.wang, issueId: 'issue-2', reason: '同类' };
/** Both measures are taken on by the first of the other issue. */
const both = [
  { measure: 1, into: 1 },
  { measure: 2, into: 1 },
];

describe('a dispute', () => {
  test('is decided by another than who disputes, with reasons', () => {
    const issue = launched().happens({ type: 'disputed', reason: '不属实' }, cast.chen);
    const refusals = (by: string, reason: string) =>
      codes(requestRules.decideDispute.refusals(standing(issue), { by, decision: 'rejected', reason }));
    expect(refusals(cast.chen, '属实')).toEqual(['SamePerson']);
    expect(refusals(cast.wang, '')).toEqual(['ReasonMissing']);
    expect(refusals(cast.wang, '属实')).toEqual([]);
    expect(codes(requestRules.disputeFinding.refusals(standing(issue), { by: cast.chen, reason: '再议' }))).toEqual([
      'DisputeOpen',
    ]);
  });

  test('upheld withdraws the issue, rejected lets rectification go on', () => {
    const issue = launched().happens({ type: 'disputed', reason: '不属实' }, cast.chen);
    const fact = (decision: 'upheld' | 'rejected') =>
      requestRules.decideDispute.fact(standing(issue), { by: cast.wang, decision, reason: '核实' });
    expect(fact('upheld')).toMatchObject({ type: 'withdrawn', because: 'disputeUpheld' });
    expect(issue.happens(fact('rejected'), cast.wang).progress).toMatchObject({ phase: 'rectification' });
    expect(issue.openObligations).not.toContain('dispute-decision-1');
  });

  test('makes no handler late while it is checked', () => {
    const issue = launched()
      .happens({ type: 'disputed', reason: '不属实' }, cast.chen)
      .until(at('2024-03-05', '10:30'));
    expect(issue.progress.obligations.find(({ id }) => id === 'evidence-1-1')?.overdue).toBe('no');
    expect(issue.progress.obligations.find(({ kind }) => kind === 'disputeDecision')?.overdue).toBe('recorded');
  });
});

describe('a proposal against people', () => {
  test('is decided once, and is gone with what it was about', () => {
    const issue = launched().until(at('2024-03-15', '10:30'));
    const proposalId = issue.progress.proposals[0]!.id;
    const request = { by: cast.wang, proposalId, decision: 'declined' as const, reason: '已谈话' };
    expect(requestRules.decideProposal.refusals(standing(issue), request)).toEqual([]);
    issue.happens(requestRules.decideProposal.fact(standing(issue), request), cast.wang);
    expect(codes(requestRules.decideProposal.refusals(standing(issue), request))).toEqual(['NoSuchProposal']);
  });

  test('is never one about a decision on a proposal', () => {
    const ask = {
      id: 'after-1',
      from: 'due',
      workdays: 1,
      to: ['office'],
      letter: 'escalation',
      missed: 'sendLate',
      proposal: 'talk',
    } as const;
    const policy = { ...simplePolicy, ladders: { ...simplePolicy.ladders, proposalDecision: [ask] } };
    const issue = launched({ policy }).until(at('2024-05-30', '10:30'));
    expect(issue.progress.proposals.map(({ obligationId }) => obligationId)).not.toContain('proposal-decision-1');
  });
});

describe('a look-back', () => {
  test.each([
    { why: 'approved the closure', by: cast.wang, recordedBy: undefined },
    { why: 'applied for it', by: cast.li, recordedBy: undefined },
    { why: 'handed evidence in', by: cast.chen, recordedBy: undefined },
    { why: 'enters another’s finding and approved the closure', by: cast.zhao, recordedBy: cast.wang },
  ])('is refused to who $why', ({ by, recordedBy }) => {
    const request = { by, finding: '保持', ...(recordedBy !== undefined && { recordedBy }) };
    expect(codes(requestRules.recordLookBack.refusals(standing(closed()), request))).toEqual(['SamePerson']);
  });

  test.each([
    { why: 'today', days: 0, code: ['DeadlineUnfit'] },
    { why: 'tomorrow', days: 1, code: [] },
    { why: 'in four years', days: 4 * 365, code: ['DeadlineUnfit'] },
  ])('that finds a rebound gives a deadline to come: $why', ({ days, code }) => {
    const issue = closed();
    const request = { by: cast.zhao, finding: '反弹', rebound: { deadline: addDays(dayOf(issue.now), days) } };
    expect(codes(requestRules.recordLookBack.refusals(standing(issue), request))).toEqual(code);
  });

  test('that finds something left over holds in part, and is made again once that is due', () => {
    const issue = closed();
    const progress = {
      ...issue.progress,
      remainder: [{ number: 2, deadline: '2024-09-30', evidence: [] }],
    };
    const request = { by: cast.zhao, finding: '保持' };
    expect(requestRules.recordLookBack.fact({ ...standing(issue), progress }, request)).toMatchObject({
      type: 'lookBackPartlyHeld',
      againOn: '2024-09-30',
    });
  });

  const drawn = { ...simplePolicy, lookBack: { share: 0.5, drawWithinWorkdays: 10, againAfterMonths: 3 } };
  test.each([
    { why: 'may be left out by a draw of a share', changes: { policy: drawn }, code: [] },
    {
      why: 'of a major issue is never left out',
      changes: { policy: drawn, weight: 'major' as const },
      code: ['LookBackSure'],
    },
    { why: 'is never left out where the policy looks at all', changes: {}, code: ['LookBackSure'] },
  ])('$why', ({ changes, code }) => {
    const request = { by: cast.zhao, drawId: 'd1', outcome: 'leftOut' as const };
    expect(codes(requestRules.settleLookBackDraw.refusals(standing(closed(changes)), request))).toEqual(code);
  });
});

describe('a question how things stand', () => {
  test('is asked once until it is answered, and any words of the handler answer it', () => {
    const issue = launched().happens({ type: 'statusAsked', noteId: 'q' }, cast.li);
    expect(issue.openObligations).toContain('status-answer-1');
    expect(codes(requestRules.askStatus.refusals(standing(issue), { by: cast.li, noteId: 'q2' }))).toEqual([
      'AlreadyAsked',
    ]);
    issue.happens({ type: 'progressReported', noteId: 'n' }, cast.chen);
    expect(issue.openObligations).not.toContain('status-answer-1');
    expect(requestRules.askStatus.refusals(standing(issue), { by: cast.li, noteId: 'q2' })).toEqual([]);
  });
});

describe('a policy that is adopted', () => {
  test('must be newer than the one in force', () => {
    const refusals = (version: number) =>
      codes(
        requestRules.adoptPolicy.refusals(standing(launched()), {
          by: cast.wang,
          policy: { ...simplePolicy, version },
        }),
      );
    expect(refusals(1)).toEqual(['PolicyNotNewer']);
    expect(refusals(2)).toEqual([]);
  });

  test('asks for nothing that its rungs would have asked for before', () => {
    const issue = launched().until(at('2024-03-05', '10:30'));
    const ask = {
      id: 'after-1',
      from: 'due',
      workdays: 1,
      to: ['office'],
      letter: 'escalation',
      missed: 'sendLate',
      proposal: 'talk',
    } as const;
    const policy = { ...simplePolicy, version: 2, ladders: { ...simplePolicy.ladders, evidence: [ask] } };
    expect(requestRules.adoptPolicy.fact(standing(issue), { by: cast.wang, policy })).toMatchObject({
      version: 2,
      passed: [{ obligationId: 'evidence-1-1', rungIds: ['after-1'] }],
    });
  });
});

describe('what ends an issue', () => {
  test.each([
    {
      why: 'merging it into itself',
      refusals: () =>
        requestRules.mergeInto.refusals(standing(launched()), { ...merging, issueId: 'issue-1', carried: both }),
      code: ['SameIssue'],
    },
    {
      why: 'merging it with measures that nobody takes on',
      refusals: () => requestRules.mergeInto.refusals(standing(launched()), { ...merging, carried: [both[0]!] }),
      code: ['MeasuresLeft'],
    },
    {
      why: 'merging it with a measure that it has not',
      refusals: () =>
        requestRules.mergeInto.refusals(standing(launched()), {
          ...merging,
          carried: [...both, { measure: 9, into: 1 }],
        }),
      code: ['UnknownMeasure'],
    },
    {
      why: 'merging it once it is closed',
      refusals: () => requestRules.mergeInto.refusals(standing(closed()), merging),
      code: ['WrongPhase'],
    },
    {
      why: 'withdrawing it without a reason',
      refusals: () => requestRules.withdrawIssue.refusals(standing(launched()), { by: cast.wang, reason: '' }),
      code: ['ReasonMissing'],
    },
    {
      why: 'ending what is not kept up',
      refusals: () => requestRules.endLongTerm.refusals(standing(launched()), { by: cast.wang, reason: '已稳定' }),
      code: ['WrongPhase'],
    },
  ])('$why is refused', ({ refusals, code }) => {
    expect(codes(refusals())).toEqual(code);
  });
});
