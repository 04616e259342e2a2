import { describe, expect, test } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });
const codes = (issue: PlayedIssue, by: string) =>
  requestRules.undoLastStep.refusals(standing(issue), { by, reason: '误操作' }).map(({ code }) => code);

const reviewed = () =>
  new PlayedIssue(ordinaryTerms())
    .happens(
      { type: 'evidenceReceived', evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })) },
      cast.chen,
    )
    .happens({ type: 'closureProposed', outcome: 'done', stateHash: '' }, cast.li);
const returned: IssueFact = { type: 'closureReturned', reason: '缺签字', measures: [1] };
const undone = (issue: PlayedIssue): PlayedIssue =>
  issue.happens(requestRules.undoLastStep.fact(standing(issue), { by: cast.wang, reason: '误操作' }), cast.wang);

describe('the last step is taken back', () => {
  test('by who took it, with a reason, and by nobody else', () => {
    const issue = reviewed().happens(returned, cast.wang);
    expect(codes(issue, cast.wang)).toEqual([]);
    expect(codes(issue, cast.qian)).toEqual(['NotYours']);
    const silent = requestRules.undoLastStep.refusals(standing(issue), { by: cast.wang, reason: '' });
    expect(silent.map(({ code }) => code)).toEqual(['ReasonMissing']);
  });

  test('and things stand as before it', () => {
    const issue = reviewed();
    const { phase, measures, closure } = issue.progress;
    undone(issue.happens(returned, cast.wang));
    expect(issue.progress).toMatchObject({ phase, measures, closure });
    expect(issue.openObligations).toEqual(['closure-decision-1']);
  });

  test('but no ordinal is given twice: a line that was cancelled does not come back under another duty', () => {
    const issue = undone(reviewed().happens(returned, cast.wang));
    issue.happens({ type: 'closureReturned', reason: '缺签字', measures: [1] }, cast.wang);
    expect(issue.openObligations).toContain('evidence-1-3');
  });

  test('also after time has brought something about, and not after a person has acted', () => {
    const issue = reviewed().happens(returned, cast.wang).until(at('2024-02-20', '10:30'));
    expect(codes(issue, cast.wang)).toEqual([]);
    issue.happens({ type: 'acknowledged' }, cast.chen);
    expect(codes(issue, cast.wang)).toEqual(['NothingToUndo']);
  });

  test('and what time has brought about meanwhile stands: the office is not asked a second time', () => {
    const issue = new PlayedIssue(ordinaryTerms())
      .until(at('2024-03-13', '12:00'))
      .happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e2', measure: 2 }] }, cast.chen)
      .happens({ type: 'evidenceJudged', accepted: ['e2'], returned: [], reason: '' }, cast.wang)
      .until(at('2024-03-14', '12:00'));
    const asked = issue.progress.proposals;
    expect(asked).toHaveLength(1);

    undone(issue).until(at('2024-03-20', '12:00'));

    expect(issue.progress.proposals).toEqual(asked);
    expect(issue.openObligations.filter((id) => id.startsWith('proposal-decision'))).toEqual(['proposal-decision-1']);
    expect(issue.events.filter(({ type }) => type === 'proposalRaised')).toHaveLength(1);
    expect(new Set(issue.sentLines).size).toBe(issue.sentLines.length);
  });

  test('once: taking back is no step to be taken back', () => {
    expect(codes(undone(reviewed().happens(returned, cast.wang)), cast.wang)).toEqual(['NothingToUndo']);
  });

  test.each([
    { what: 'a closure', fact: { type: 'closureApproved', outcome: 'done', stateHash: '', acceptedEvidence: [] } },
    { what: 'a withdrawal', fact: { type: 'withdrawn', reason: '重复', because: 'office' } },
    {
      what: 'a handover',
      fact: { type: 'handedOver', role: 'handler', from: [cast.chen], to: [cast.li], reason: '调动' },
    },
    { what: 'an adopted calendar', fact: { type: 'calendarAdopted', version: 2 } },
  ] satisfies { what: string; fact: IssueFact }[])('never where it was $what', ({ fact }) => {
    expect(codes(reviewed().happens(fact, cast.wang), cast.wang)).toEqual(['NothingToUndo']);
  });
});
