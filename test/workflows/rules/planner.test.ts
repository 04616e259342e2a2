import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closureStateHash } from '../../../workflows/rules/closure.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { isWorkday } from '../../../workflows/rules/calendar.ts';
import { addDays, at, dayOf } from '../../../workflows/rules/instants.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const evidenceFor = (...measures: number[]): IssueFact => ({
  type: 'evidenceReceived',
  evidence: measures.map((measure) => ({ evidenceId: `e${String(measure)}`, measure })),
});

function proposed(issue: PlayedIssue): PlayedIssue {
  const stateHash = closureStateHash(issue.terms.issueId, issue.progress, 'done');
  return issue.happens({ type: 'closureProposed', outcome: 'done', stateHash }, cast.chen);
}

function approved(issue: PlayedIssue): PlayedIssue {
  const acceptedEvidence = issue.progress.measures.flatMap(({ evidence }) =>
    evidence.map(({ evidenceId }) => evidenceId),
  );
  const { stateHash, outcome } = issue.progress.closure!;
  return issue.happens({ type: 'closureApproved', outcome, stateHash, acceptedEvidence }, cast.wang);
}

describe('what is owed from the launch on', () => {
  test('the launch opens the acknowledgement, the evidence of each measure and the first check-in', () => {
    const issue = new PlayedIssue(ordinaryTerms());
    expect(issue.openObligations).toEqual(['acknowledgement-1', 'evidence-1-1', 'evidence-2-1', 'check-in-1']);
    expect(issue.progress.obligations.map(({ dueOn }) => dueOn)).toEqual([
      '2024-01-11',
      '2024-02-29',
      '2024-03-29',
      '2024-01-22',
    ]);
  });

  test('an issue without measures owes one evidence of its own', () => {
    const issue = new PlayedIssue(ordinaryTerms({ measures: [{ number: 0, deadline: '2024-03-29' }] }));
    expect(issue.openObligations).toContain('evidence-0-1');
  });

  test('an issue to be put right at once (立行立改) is not asked for check-ins', () => {
    const issue = new PlayedIssue(ordinaryTerms({ kind: 'immediate' }));
    expect(issue.openObligations).not.toContain('check-in-1');
  });

  test('an assignment launched before nine leaves at nine, one launched in the afternoon at once, one in the evening next workday', () => {
    const leavesAt = (launchedAt: string) =>
      new PlayedIssue(ordinaryTerms({ launchedAt })).plan.lines.find(({ rungId }) => rungId === 'assigned')?.earliestAt;
    expect(leavesAt(at('2024-01-08', '08:00'))).toBe(at('2024-01-08', '09:00'));
    expect(leavesAt(at('2024-01-08', '14:00'))).toBe(at('2024-01-08', '14:00'));
    expect(leavesAt(at('2024-01-12', '20:00'))).toBe(at('2024-01-15', '09:00'));
  });

  test('an assignment that the office sends off now leaves on a Sunday night', () => {
    const { plan } = new PlayedIssue(ordinaryTerms({ firstMail: 'now', launchedAt: at('2024-01-07', '22:00') }));
    expect(plan.lines.find(({ rungId }) => rungId === 'assigned')?.earliestAt).toBe(at('2024-01-07', '22:00'));
  });

  test.each([
    ['a Sunday', '2024-01-07'],
    ['a workday', '2024-01-08'],
  ])(
    'an assignment that the office sends off now, on %s that is a quiet day, waits for the first day that is none',
    (_, day) => {
      const policy = { ...simplePolicy, quietDays: [{ from: '2024-01-06', to: '2024-01-09' }] };
      const { plan } = new PlayedIssue(ordinaryTerms({ policy, firstMail: 'now', launchedAt: at(day, '10:00') }));
      const assigned = plan.lines.filter(({ rungId }) => rungId === 'assigned');
      expect(assigned.map(({ earliestAt }) => earliestAt)).toEqual([at('2024-01-10', '09:00')]);
    },
  );
});

describe('silence', () => {
  test('climbs from the handler over the responsible leader to the head of the group', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-01-18', '12:00'));
    expect(issue.sentLines).toEqual([
      '2024-01-08 acknowledgement-1 assigned handler',
      '2024-01-11 acknowledgement-1 on-day handler',
      '2024-01-12 acknowledgement-1 after-1 handler',
      '2024-01-12 acknowledgement-1 after-1 responsibleLeader',
      '2024-01-16 acknowledgement-1 after-3 responsibleLeader',
      '2024-01-16 acknowledgement-1 after-3 groupHead',
      '2024-01-18 acknowledgement-1 after-5 handler',
      '2024-01-18 acknowledgement-1 after-5 responsibleLeader',
    ]);
  });

  test('becomes overdue the day after the deadline, and asks the office to decide on a talk after ten workdays', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-03-14', '12:00'));
    expect(issue.events).toContainEqual(
      expect.objectContaining({
        type: 'obligationOverdue',
        obligationId: 'evidence-1-1',
        at: at('2024-03-01', '00:00'),
      }),
    );
    expect(issue.events).toContainEqual(
      expect.objectContaining({ type: 'proposalRaised', obligationId: 'evidence-1-1', at: at('2024-03-14', '00:00') }),
    );
    expect(issue.openObligations).toContain('proposal-decision-1');
  });

  test('lets an unanswered check-in give way to the next one, in time to remind of that the workday before', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-02-05', '12:00'));
    expect(issue.openObligations).toContain('check-in-2');
    expect(issue.openObligations).not.toContain('check-in-1');
    // It is due on 4 February 2024, a Sunday that is worked (调休上班).
    expect(issue.sentLines).toContain('2024-02-02 check-in-2 before-1 handler');
  });

  test('is chased for half a year and longer: repeats are written ahead again before they run out', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2025-06-30', '12:00'));
    expect(issue.sentLines.filter((line) => line.startsWith('2025-06') && line.includes('evidence-1-1'))).not.toEqual(
      [],
    );
  });
});

describe('a deadline on a day off', () => {
  test.each([
    { rung: 'before-3', day: '2024-03-26' },
    { rung: 'on-day', day: '2024-03-29' }, // the last workday before it: Monday would be too late
    { rung: 'after-1', day: '2024-04-01' },
    { rung: 'after-3', day: '2024-04-03' },
    { rung: 'after-5', day: '2024-04-08' }, // 清明节 from the 4th, and Sunday the 7th is worked
  ])('puts the rung $rung on $day', ({ rung, day }) => {
    const { plan } = new PlayedIssue(ordinaryTerms({ measures: [{ number: 1, deadline: '2024-03-31' }] }));
    expect(
      plan.lines.find(({ rungId, obligationId }) => rungId === rung && obligationId === 'evidence-1-1')?.plannedOn,
    ).toBe(day);
  });
});

describe('a round launched after a deadline', () => {
  test('proposes no talk with people before they have had the ladder’s workdays since they were told', () => {
    const issue = new PlayedIssue(ordinaryTerms({ measures: [{ number: 1, deadline: '2023-12-01' }] }));
    expect(issue.progress.proposals).toEqual([]);
    issue.until(at('2024-01-21', '12:00'));
    expect(issue.progress.proposals).toEqual([]);
    issue.until(at('2024-01-22', '12:00'));
    expect(issue.progress.proposals).toMatchObject([{ obligationId: 'evidence-1-1' }]);
  });
});

describe('an answer', () => {
  test('that reports progress meets the check-in and the acknowledgement, and the next check-in is counted from it', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-01-10', '10:00'));
    issue.happens({ type: 'progressReported', noteId: 'n1' }, cast.chen);
    expect(issue.openObligations).toEqual(['evidence-1-1', 'evidence-2-1', 'check-in-2']);
    expect(issue.progress.obligations.at(-1)?.dueOn).toBe('2024-01-24');
    expect(issue.progress.phase).toBe('rectification');
  });

  test('takes the pending reminders of what it meets away, and leaves the others alone', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-01-10', '10:00'));
    issue.happens(evidenceFor(1), cast.chen);
    expect(issue.plan.lines.filter(({ obligationId }) => obligationId === 'evidence-1-1')).toEqual([]);
    expect(issue.plan.lines.filter(({ obligationId }) => obligationId === 'evidence-2-1')).not.toEqual([]);
  });

  test('with evidence that names no measure meets no evidence obligation', () => {
    const issue = new PlayedIssue(ordinaryTerms()).happens(
      { type: 'evidenceReceived', evidence: [{ evidenceId: 'e1' }] },
      cast.chen,
    );
    expect(issue.openObligations).toContain('evidence-1-1');
  });

  test('with the last evidence asks for the closure proposal, by the deadline', () => {
    const issue = new PlayedIssue(ordinaryTerms()).happens(evidenceFor(1, 2), cast.chen);
    expect(issue.openObligations).toEqual(['closure-proposal-1']);
    expect(issue.progress.obligations[0]?.dueOn).toBe('2024-03-29');
  });

  test('takes the proposal about it away, and the duty to decide it', () => {
    const issue = new PlayedIssue(ordinaryTerms()).until(at('2024-03-15', '10:00'));
    expect(issue.progress.proposals).toHaveLength(1);
    issue.happens(evidenceFor(1), cast.chen);
    expect(issue.progress.proposals).toEqual([]);
    expect(issue.openObligations).not.toContain('proposal-decision-1');
  });
});

describe('closure', () => {
  const complete = () =>
    new PlayedIssue(ordinaryTerms()).until(at('2024-01-10', '10:00')).happens(evidenceFor(1, 2), cast.chen);

  test('once proposed is owed by the office within five workdays, and the handler owes nothing', () => {
    const issue = proposed(complete());
    expect(issue.progress.obligations).toMatchObject([
      { id: 'closure-decision-1', role: 'office', dueOn: '2024-01-17' },
    ]);
  });

  test('returned with a reason opens the evidence of what was returned again, under a new ordinal', () => {
    const issue = proposed(complete()).happens({ type: 'closureReturned', reason: '缺签字', measures: [2] }, cast.wang);
    expect(issue.openObligations).toEqual(['evidence-2-2', 'check-in-2']);
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e2b', measure: 2 }] }, cast.chen);
    expect(issue.openObligations).toEqual(['closure-proposal-2']);
  });

  test('approved plans a look-back three months later, of which nobody is told before its time', () => {
    const issue = approved(proposed(complete()));
    expect(issue.progress.phase).toBe('lookBack');
    expect(issue.plan.lines).toEqual([]);
    issue.until(at('2024-04-10', '12:00'));
    expect(issue.sentLines.filter((line) => line.includes('look-back'))).toEqual([
      '2024-04-02 look-back-1 asked reviewer',
      '2024-04-10 look-back-1 on-day reviewer',
    ]);
  });

  test('evidence that comes after closure does not bring the look-back forward', () => {
    const issue = approved(proposed(complete()));
    const before = issue.plan.lookAgainAt;
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'late', measure: 1 }] }, cast.chen);
    expect(issue.plan).toMatchObject({ lookAgainAt: before, lines: [] });
  });

  test('stays as it is: evidence that comes after closure is no proof of the closed cycle', () => {
    const issue = approved(proposed(complete()));
    const { measures } = issue.progress;
    issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'late', measure: 1 }] }, cast.chen);
    expect(issue.progress.measures).toEqual(measures);
  });

  test('as long-term asks the handler for an attestation every three months', () => {
    const issue = complete();
    const stateHash = closureStateHash(issue.terms.issueId, issue.progress, 'longTerm');
    issue.happens({ type: 'closureProposed', outcome: 'longTerm', stateHash }, cast.chen);
    approved(issue).until(at('2024-04-10', '12:00'));
    expect(issue.sentLines.filter((line) => line.includes('attestation'))).toEqual([
      '2024-04-02 attestation-1 asked handler',
      '2024-04-10 attestation-1 on-day handler',
    ]);
    issue.happens({ type: 'progressReported', noteId: 'n' }, cast.chen);
    expect(issue.openObligations).toEqual([]);
  });
});

describe('a look-back', () => {
  const lookedAt = () => {
    const issue = new PlayedIssue(ordinaryTerms()).happens(evidenceFor(1, 2), cast.chen);
    return approved(proposed(issue)).until(at('2024-04-09', '10:00'));
  };

  test('that holds archives the issue, and nothing follows', () => {
    const issue = lookedAt().happens({ type: 'lookBackHeld', finding: '保持' }, cast.zhao);
    expect(issue.plan).toMatchObject({ facts: [], lines: [], lookAgainAt: undefined });
  });

  test('that fails opens the next cycle with its own deadline: every measure owes evidence anew, and nothing escalates the same day', () => {
    const issue = lookedAt().happens({ type: 'rebounded', finding: '又发生', deadline: '2024-06-28' }, cast.zhao);
    expect(issue.progress).toMatchObject({ cycle: 2, phase: 'rectification', deadline: '2024-06-28' });
    expect(issue.openObligations).toEqual(['evidence-1-1', 'evidence-2-1', 'check-in-1']);
    issue.until(at('2024-04-12', '12:00'));
    expect(issue.sentLines.filter((line) => line > '2024-04-09 l' && !line.includes('look-back'))).toEqual([]);
    expect(issue.plan.lines.every(({ key }) => key.startsWith('issue-1/2/'))).toBe(true);
  });

  test('that fails lets the ladder start higher: what the handler alone read, his leader reads as well', () => {
    const issue = lookedAt().happens({ type: 'rebounded', finding: '又发生', deadline: '2024-06-28' }, cast.zhao);
    const roles = issue.plan.lines.filter(
      ({ rungId, obligationId }) => rungId === 'before-10' && obligationId === 'evidence-1-1',
    );
    expect(roles.map(({ role }) => role)).toEqual(['handler', 'responsibleLeader']);
  });
});

describe('what always holds', () => {
  /** What people may do at any time, in an order and on days that chance decides. */
  const acts = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom('acknowledge', 'report', 'e1', 'e2', 'propose', 'return', 'approve', 'hold', 'rebound', 'decide'),
    ),
    { maxLength: 25 },
  );

  function play(steps: [number, string][]): PlayedIssue {
    const issue = new PlayedIssue(ordinaryTerms());
    for (const [days, act] of steps) {
      if (issue.progress.phase === 'archived') break;
      issue.until(at(addDays(dayOf(issue.now), days), '10:30'));
      const { phase, proposals } = issue.progress;
      if (act === 'acknowledge') issue.happens({ type: 'acknowledged' }, cast.chen);
      if (act === 'report') issue.happens({ type: 'progressReported', noteId: 'n' }, cast.chen);
      if (act === 'e1' || act === 'e2') {
        const evidenceId = `${act}-${String(issue.progress.sequence)}`;
        issue.happens(
          { type: 'evidenceReceived', evidence: [{ evidenceId, measure: act === 'e1' ? 1 : 2 }] },
          cast.chen,
        );
      }
      if (act === 'propose' && (phase === 'rectification' || phase === 'assignment')) {
        if (issue.progress.measures.every(({ evidence }) => evidence.some(({ state }) => state !== 'returned')))
          proposed(issue);
      }
      if (act === 'return' && phase === 'closureReview')
        issue.happens({ type: 'closureReturned', reason: '补', measures: [1] }, cast.wang);
      if (act === 'approve' && phase === 'closureReview') approved(issue);
      if (act === 'hold' && phase === 'lookBack') issue.happens({ type: 'lookBackHeld', finding: '' }, cast.zhao);
      if (act === 'rebound' && phase === 'lookBack') {
        issue.happens({ type: 'rebounded', finding: '', deadline: addDays(dayOf(issue.now), 60) }, cast.zhao);
      }
      const [proposal] = proposals;
      if (act === 'decide' && proposal) {
        issue.happens(
          { type: 'proposalDecided', proposalId: proposal.id, decision: 'declined', reason: '' },
          cast.wang,
        );
      }
    }
    return issue;
  }

  test('an issue that is not archived has a next look, later than now and never later than what its policy plans next', () => {
    fc.assert(
      fc.property(acts, (steps) => {
        const { plan, progress, now } = play(steps);
        if (progress.phase === 'archived') return plan.lookAgainAt === undefined;
        return plan.lookAgainAt !== undefined && plan.lookAgainAt > now;
      }),
      { numRuns: 150 },
    );
  });

  test('looking again without news records nothing and takes no line away; no line has a day off or stands twice', () => {
    fc.assert(
      fc.property(acts, (steps) => {
        const { plan, progress, now, terms } = play(steps);
        const again = planned(terms, progress, now);
        const keys = new Set(again.lines.map(({ key }) => key));
        expect(again.facts).toEqual([]);
        expect(plan.lines.filter(({ key }) => !keys.has(key))).toEqual([]);
        expect(keys.size).toBe(again.lines.length);
        expect(again.lines.filter(({ plannedOn }) => !isWorkday(terms.calendar, plannedOn))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('events of a closed cycle stay as they are: each event belongs to the cycle in which it was recorded, and cycles only rise', () => {
    fc.assert(
      fc.property(acts, (steps) => {
        const { events } = play(steps);
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      }),
      { numRuns: 50 },
    );
  });
});
