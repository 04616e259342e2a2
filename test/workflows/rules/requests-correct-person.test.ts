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

/** Evidence for both measures that 钱 entered in the name of 陈, though it was 周's. */
function recorded(): PlayedIssue {
  const received = { type: 'evidenceReceived', evidence: pieces, recordedBy: cast.qian } as const;
  return new PlayedIssue(ordinaryTerms()).happens(received, cast.chen);
}

const correction = {
  ...{
    corrected: [1],
    evidenceIds: ['e1', 'e2'],
    from: cast.chen as string,
    to: cast.zhou as string,
    reason: '写错了人',
  },
  by: cast.li as string,
};

const refused = (issue: PlayedIssue, changes: Partial<typeof correction> = {}) =>
  codes(requestRules.correctPerson.refusals(standing(issue), { ...correction, ...changes }));

function corrected(issue: PlayedIssue, changes: Partial<typeof correction> = {}): PlayedIssue {
  const request = { ...correction, ...changes };
  return issue.happens(requestRules.correctPerson.fact(standing(issue), request), request.by);
}

const judged = (issue: PlayedIssue, by: string) =>
  codes(requestRules.judgeEvidence.refusals(standing(issue), { by, accepted: ['e1'], returned: [], reason: '' }));

function proposed(issue: PlayedIssue): PlayedIssue {
  return issue.happens(requestRules.proposeClosure.fact(standing(issue), { by: cast.li }), cast.li);
}

function closed(issue: PlayedIssue): PlayedIssue {
  const stateHash = closureStateOf(issue.terms.issueId, issue.progress)!;
  const decision = { kind: 'approved' as const, stateHash, acceptedEvidence: ['e1', 'e2'] };
  return issue.happens(requestRules.decideClosure.fact(standing(issue), { by: cast.wang, decision }), cast.wang);
}

describe('whose a recorded piece is, is corrected', () => {
  test('and he may not judge it from then on, nor who entered it, nor who corrected it; who was named wrongly may', () => {
    const issue = recorded();
    expect(judged(issue, cast.zhou)).toEqual([]);
    corrected(issue);
    for (const by of [cast.zhou, cast.qian, cast.li]) expect(judged(issue, by)).toEqual(['SamePerson']);
    for (const by of [cast.chen, cast.wang]) expect(judged(issue, by)).toEqual([]);
  });

  test('twice, and whoever corrected it first still may not judge it', () => {
    const issue = corrected(corrected(recorded()), { from: cast.zhou, to: cast.chen, by: cast.wang });
    for (const by of [cast.chen, cast.qian, cast.li, cast.wang]) expect(judged(issue, by)).toEqual(['SamePerson']);
    expect(judged(issue, cast.zhou)).toEqual([]);
  });

  test('and what he himself had accepted of it is not accepted any more', () => {
    const issue = recorded();
    issue.happens({ type: 'evidenceJudged', accepted: ['e1'], returned: [], reason: '' }, cast.zhou);
    expect(issue.progress.measures[0]?.evidence[0]).toMatchObject({ state: 'accepted' });
    corrected(issue);
    expect(issue.events.at(-1)).toMatchObject({ type: 'personCorrected', judgedAnew: ['e1'] });
    expect(issue.progress.measures[0]?.evidence[0]).toMatchObject({ by: cast.zhou, state: 'received' });
  });

  test('but what was returned stays returned', () => {
    const issue = recorded();
    issue.happens({ type: 'evidenceJudged', accepted: [], returned: ['e2'], reason: '不清' }, cast.wang);
    corrected(issue);
    expect(issue.progress.measures[1]?.evidence[0]).toMatchObject({ by: cast.zhou, state: 'returned' });
  });

  test('and a closure under review is approved of its new state only', () => {
    const issue = proposed(recorded());
    const before = closureStateOf(issue.terms.issueId, issue.progress)!;
    corrected(issue);
    const decision = (stateHash: string) => ({ kind: 'approved' as const, stateHash, acceptedEvidence: ['e1', 'e2'] });
    const decide = (by: string, stateHash: string) =>
      codes(requestRules.decideClosure.refusals(standing(issue), { by, decision: decision(stateHash) }));
    const after = closureStateOf(issue.terms.issueId, issue.progress)!;
    expect(decide(cast.wang, before)).toEqual(['StateChanged']);
    expect(decide(cast.wang, after)).toEqual([]);
    expect(decide(cast.zhou, after)).toEqual(['SamePerson']);
  });

  test('not without a reason, not to the same name, not over a correction made meanwhile', () => {
    expect(refused(recorded())).toEqual([]);
    expect(refused(recorded(), { reason: ' ' })).toEqual(['ReasonMissing']);
    expect(refused(recorded(), { to: cast.chen })).toEqual(['NothingToCorrect']);
    expect(refused(corrected(recorded()), { to: cast.li })).toEqual(['StateChanged']);
  });

  test('not once its cycle is closed; words without files are, as long as the issue is followed', () => {
    const issue = closed(proposed(recorded()));
    expect(issue.progress.phase).toBe('lookBack');
    expect(refused(issue)).toEqual(['CycleClosed']);
    expect(refused(issue, { evidenceIds: [] })).toEqual([]);
    issue.until(at('2024-06-30', '10:00')).happens({ type: 'lookBackHeld', finding: '保持' }, cast.zhao);
    expect(refused(issue, { evidenceIds: [] })).toEqual(['WrongPhase']);
  });
});

test('a correction of whose words they were asks nobody for anything: what is owed stays as it is', () => {
  const said = { type: 'acknowledged', recordedBy: cast.qian } as const;
  const issue = new PlayedIssue(ordinaryTerms()).happens(said, cast.chen);
  const { progress } = issue;
  corrected(issue, { evidenceIds: [] });
  expect({ ...issue.progress, sequence: 0 }).toEqual({ ...progress, sequence: 0 });
});
