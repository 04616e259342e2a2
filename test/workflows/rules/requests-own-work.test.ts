import { describe, expect, test } from 'vitest';
import { closureStateOf } from '../../../workflows/rules/closure.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });
const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);
const pieces = [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure }));

/** 陈's evidence for both measures, entered for him by 钱 of the office. */
function recorded(): PlayedIssue {
  const received = { type: 'evidenceReceived', evidence: pieces, recordedBy: cast.qian } as const;
  return new PlayedIssue(ordinaryTerms()).happens(received, cast.chen);
}

function proposed(issue: PlayedIssue): PlayedIssue {
  return issue.happens(requestRules.proposeClosure.fact(standing(issue), { by: cast.chen }), cast.chen);
}

function decisionCodes(issue: PlayedIssue, by: string, acceptedEvidence: readonly string[]): string[] {
  const stateHash = closureStateOf(issue.terms.issueId, issue.progress) ?? '';
  const decision = { kind: 'approved' as const, stateHash, acceptedEvidence };
  return codes(requestRules.decideClosure.refusals(standing(issue), { by, decision }));
}

describe('nobody judges his own work', () => {
  test('who entered a piece for somebody neither accepts it nor approves the closure, whatever pieces he names', () => {
    const issue = recorded();
    const judge = (by: string) =>
      codes(requestRules.judgeEvidence.refusals(standing(issue), { by, accepted: ['e1'], returned: [], reason: '' }));
    expect(judge(cast.qian)).toEqual(['SamePerson']);
    expect(judge(cast.wang)).toEqual([]);
    issue.happens({ type: 'evidenceJudged', accepted: ['e1', 'e2'], returned: [], reason: '' }, cast.wang);
    proposed(issue);
    expect(decisionCodes(issue, cast.qian, [])).toEqual(['SamePerson']);
    expect(decisionCodes(issue, cast.wang, [])).toEqual([]);
  });

  test('whoever had it handed in by his stand-in does not accept it either', () => {
    const issue = new PlayedIssue(ordinaryTerms());
    const received = { type: 'evidenceReceived', evidence: pieces, onBehalfOf: cast.qian } as const;
    issue.happens(received, cast.zhou);
    const judge = (by: string) =>
      codes(requestRules.judgeEvidence.refusals(standing(issue), { by, accepted: ['e1'], returned: [], reason: '' }));
    expect(judge(cast.qian)).toEqual(['SamePerson']);
    expect(judge(cast.wang)).toEqual([]);
  });

  test('who handed a piece in does not accept it in a closure after it has been returned', () => {
    const issue = new PlayedIssue(ordinaryTerms());
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'own', measure: 1 }] }, cast.qian);
    issue.happens({ type: 'evidenceJudged', accepted: [], returned: ['own'], reason: '不清' }, cast.wang);
    issue.happens({ type: 'evidenceReceived', evidence: pieces }, cast.chen);
    proposed(issue);
    expect(decisionCodes(issue, cast.qian, ['e1', 'e2', 'own'])).toEqual(['SamePerson']);
    expect(decisionCodes(issue, cast.qian, ['e1', 'e2'])).toEqual([]);
  });

  test('an approval that names a piece the issue does not have is refused', () => {
    const issue = proposed(recorded());
    expect(decisionCodes(issue, cast.wang, ['e1', 'e2', 'none'])).toEqual(['UnknownEvidence']);
  });

  test('who entered the evidence does not look back on it', () => {
    const issue = proposed(recorded());
    const stateHash = closureStateOf(issue.terms.issueId, issue.progress)!;
    const decision = { kind: 'approved' as const, stateHash, acceptedEvidence: ['e1', 'e2'] };
    issue.happens(requestRules.decideClosure.fact(standing(issue), { by: cast.wang, decision }), cast.wang);
    issue.until(at('2024-06-30', '10:00'));
    const refusals = (by: string) =>
      codes(requestRules.recordLookBack.refusals(standing(issue), { by, finding: '保持' }));
    expect(refusals(cast.qian)).toEqual(['SamePerson']);
    expect(refusals(cast.zhao)).toEqual([]);
  });
});

describe('a piece of evidence that nobody handed in', () => {
  const correction = { evidenceId: 'never', measure: 1, reason: '归错了' };

  test('cannot be placed, so no measure is proven by it', () => {
    const refusals = requestRules.correctEvidence.refusals(standing(recorded()), { by: cast.wang, ...correction });
    expect(codes(refusals)).toEqual(['UnknownEvidence']);
  });

  test('is told from one that had counted for no measure, which stays the work of who handed it in', () => {
    const issue = new PlayedIssue(ordinaryTerms());
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'loose' }] }, cast.chen);
    const request = { by: cast.wang, ...correction, evidenceId: 'loose', handedIn: { by: cast.chen } };
    expect(requestRules.correctEvidence.refusals(standing(issue), request)).toEqual([]);
    issue.happens(requestRules.correctEvidence.fact(standing(issue), request), cast.wang);
    expect(issue.progress.measures[0]?.evidence).toEqual([{ evidenceId: 'loose', by: cast.chen, state: 'received' }]);
  });
});

describe('a closed issue', () => {
  function closed(): PlayedIssue {
    const issue = proposed(recorded());
    const stateHash = closureStateOf(issue.terms.issueId, issue.progress)!;
    const decision = { kind: 'approved' as const, stateHash, acceptedEvidence: ['e1', 'e2'] };
    return issue.happens(requestRules.decideClosure.fact(standing(issue), { by: cast.wang, decision }), cast.wang);
  }
  const lookBackCodes = (issue: PlayedIssue, request: object) =>
    codes(requestRules.recordLookBack.refusals(standing(issue), { by: cast.zhao, finding: '看过', ...request }));

  test('is not found to hold before its look-back is due, while a rebound may be reported on any day', () => {
    const issue = closed();
    expect(lookBackCodes(issue, {})).toEqual(['LookBackTooEarly']);
    expect(lookBackCodes(issue, { partly: 'partly' })).toEqual(['LookBackTooEarly']);
    expect(lookBackCodes(issue, { rebound: { deadline: '2024-09-30' } })).toEqual([]);
    expect(lookBackCodes(issue.until(at('2024-06-30', '10:00')), {})).toEqual([]);
  });

  test('is not looked back at while its clock stands still', () => {
    const issue = closed().until(at('2024-06-30', '10:00'));
    issue.happens({ type: 'suspended', kind: 'litigation', authority: '', reason: '诉讼' }, cast.wang);
    expect(lookBackCodes(issue, {})).toEqual(['Suspended']);
  });
});

test('a closure is not decided while the clock stands still', () => {
  const issue = proposed(recorded());
  issue.happens({ type: 'suspended', kind: 'litigation', authority: '', reason: '诉讼' }, cast.wang);
  expect(decisionCodes(issue, cast.wang, ['e1', 'e2'])).toEqual(['Suspended']);
});
