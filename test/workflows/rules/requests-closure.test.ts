import { describe, expect, test } from 'vitest';
import { closureStateOf } from '../../../workflows/rules/closure.ts';
import type { Policy } from '../../../workflows/rules/policy.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const twoLevels: Policy = {
  ...simplePolicy,
  closure: {
    levels: [
      { role: 'office', of: 'all' },
      { role: 'reviewer', of: 'all' },
    ],
    satisfaction: 'none',
  },
};
const withNotes: Policy = {
  ...simplePolicy,
  closure: { levels: [{ role: 'office', of: 'all' }], satisfaction: 'all' },
};

function complete(changes: Partial<IssueTerms> = {}): PlayedIssue {
  return new PlayedIssue(ordinaryTerms(changes)).happens(
    { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
    cast.chen,
  );
}

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });

function proposed(issue: PlayedIssue, request = {}): PlayedIssue {
  return issue.happens(requestRules.proposeClosure.fact(standing(issue), { by: cast.li, ...request }), cast.li);
}

function approval(issue: PlayedIssue, by: string, recordedBy?: string) {
  const stateHash = closureStateOf(issue.terms.issueId, issue.progress) ?? '';
  const decision = { kind: 'approved' as const, stateHash, acceptedEvidence: ['e1', 'e2'] };
  return { by, decision, ...(recordedBy !== undefined && { recordedBy }) };
}

function approved(issue: PlayedIssue, by: string): PlayedIssue {
  return issue.happens(requestRules.decideClosure.fact(standing(issue), approval(issue, by)), by);
}

const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);
const proposalCodes = (issue: PlayedIssue, request = {}) =>
  codes(requestRules.proposeClosure.refusals(standing(issue), { by: cast.chen, ...request }));
const decisionCodes = (issue: PlayedIssue, by: string, recordedBy?: string) =>
  codes(requestRules.decideClosure.refusals(standing(issue), approval(issue, by, recordedBy)));

describe('an application for closure', () => {
  test('is refused while evidence is missing, naming each measure', () => {
    const refusals = requestRules.proposeClosure.refusals(standing(new PlayedIssue(ordinaryTerms())), {
      by: cast.chen,
    });
    expect(refusals.map(({ message }) => message)).toEqual(['措施1还没有佐证材料', '措施2还没有佐证材料']);
  });

  test('is refused while an item is in, also one that has asked to leave: asked is not left', () => {
    const issue = complete().happens({ type: 'itemsEntered', itemIds: ['h1'] }, cast.chen);
    expect(proposalCodes(issue)).toEqual(['ItemsIn']);
    issue.happens({ type: 'itemsMoved', itemIds: ['h1'], to: 'askedToLeave' }, cast.chen);
    expect(proposalCodes(issue)).toEqual(['ItemsIn']);
    issue.happens({ type: 'itemsRechecked', left: ['h1'], back: [], finding: '已整治' }, cast.wang);
    expect(proposalCodes(issue)).toEqual([]);
  });

  test('is refused while the finding is disputed, and while the clock stands still', () => {
    expect(proposalCodes(complete().happens({ type: 'disputed', reason: '不属实' }, cast.chen))).toEqual([
      'DisputeOpen',
    ]);
    const suspended = complete().happens(
      { type: 'suspended', kind: 'disaster', authority: '', reason: '洪水' },
      cast.wang,
    );
    expect(proposalCodes(suspended)).toEqual(['Suspended']);
  });

  test('is refused where the people concerned have not been asked, or are not satisfied', () => {
    const issue = complete({ policy: withNotes });
    expect(proposalCodes(issue)).toEqual(['SatisfactionMissing']);
    issue.happens({ type: 'satisfactionNoted', satisfaction: 'unsatisfied', noteId: 'n' }, cast.wang);
    expect(proposalCodes(issue)).toEqual(['Unsatisfied']);
    issue.happens({ type: 'satisfactionNoted', satisfaction: 'basicallySatisfied', noteId: 'n' }, cast.wang);
    expect(proposalCodes(issue)).toEqual([]);
  });

  test.each([
    {
      why: 'a remainder of what is done',
      request: { outcome: 'done', remainder: [{ measure: 1, deadline: '2024-06-28' }] },
    },
    { why: 'nothing left over of what is basically done', request: { outcome: 'basicallyDone' } },
    {
      why: 'everything left over',
      request: {
        outcome: 'basicallyDone',
        remainder: [
          { measure: 1, deadline: '2024-06-28' },
          { measure: 2, deadline: '2024-06-28' },
        ],
      },
    },
    {
      why: 'a measure that there is not',
      request: { outcome: 'basicallyDone', remainder: [{ measure: 9, deadline: '2024-06-28' }] },
    },
    {
      why: 'a day that is not still to come',
      request: { outcome: 'basicallyDone', remainder: [{ measure: 2, deadline: '2024-01-08' }] },
    },
  ])('is refused with $why', ({ request }) => {
    expect(proposalCodes(complete(), request)).toEqual(['RemainderUnfit']);
  });

  test('as basically done needs no evidence of what is left over', () => {
    const issue = new PlayedIssue(ordinaryTerms()).happens(
      { type: 'evidenceReceived', evidence: [{ evidenceId: 'e1', measure: 1 }] },
      cast.chen,
    );
    const request = { outcome: 'basicallyDone', remainder: [{ measure: 2, deadline: '2024-06-28' }] };
    expect(proposalCodes(issue, request)).toEqual([]);
  });
});

describe('a decision on a closure', () => {
  test.each([
    { why: 'who applied for it', by: cast.li, recordedBy: undefined },
    { why: 'who handed the evidence in', by: cast.chen, recordedBy: undefined },
    { why: 'another, entered by who applied for it', by: cast.wang, recordedBy: cast.li },
  ])('is refused to $why', ({ by, recordedBy }) => {
    expect(decisionCodes(proposed(complete()), by, recordedBy)).toEqual(['SamePerson']);
  });

  test('of the second level is refused to who approved on the first', () => {
    const issue = approved(proposed(complete({ policy: twoLevels })), cast.wang);
    expect(issue.progress.phase).toBe('closureReview');
    expect(decisionCodes(issue, cast.wang)).toEqual(['SamePerson']);
    expect(decisionCodes(issue, cast.zhao)).toEqual([]);
    expect(approved(issue, cast.zhao).progress).toMatchObject({
      phase: 'lookBack',
      closed: { approvers: [cast.wang, cast.zhao] },
    });
  });

  test('is asked again of a level that has approved when evidence comes', () => {
    const issue = approved(proposed(complete({ policy: twoLevels })), cast.wang);
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e3', measure: 1 }] }, cast.chen);
    expect(issue.progress.closure?.approvals).toBeUndefined();
    expect(issue.progress.obligations).toMatchObject([{ kind: 'closureDecision', role: 'office' }]);
    expect(decisionCodes(issue, cast.wang)).toEqual([]);
  });

  test('is refused for a state that is not the present one', () => {
    const issue = proposed(complete());
    const before = approval(issue, cast.wang);
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e3', measure: 1 }] }, cast.chen);
    expect(codes(requestRules.decideClosure.refusals(standing(issue), before))).toEqual(['StateChanged']);
  });

  test('is refused where the people concerned turn out not to be satisfied during the review', () => {
    const issue = complete({ policy: withNotes });
    proposed(issue.happens({ type: 'satisfactionNoted', satisfaction: 'satisfied', noteId: 'n' }, cast.wang));
    issue.happens({ type: 'satisfactionNoted', satisfaction: 'unsatisfied', noteId: 'n2' }, cast.wang);
    expect(decisionCodes(issue, cast.wang)).toEqual(['Unsatisfied']);
    const returned = { by: cast.wang, decision: { kind: 'returned' as const, reason: '群众不满意', measures: [1] } };
    expect(requestRules.decideClosure.refusals(standing(issue), returned)).toEqual([]);
  });
});

describe('what was applied for', () => {
  test('is taken back only by who applied, with a reason', () => {
    const issue = proposed(complete());
    const refusals = (by: string, reason: string) =>
      codes(requestRules.withdrawProposal.refusals(standing(issue), { by, reason }));
    expect(refusals(cast.wang, '再补')).toEqual(['NotYours']);
    expect(refusals(cast.li, ' ')).toEqual(['ReasonMissing']);
    expect(refusals(cast.li, '再补')).toEqual([]);
  });
});
