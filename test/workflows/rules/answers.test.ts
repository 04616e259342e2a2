import { describe, expect, it, test } from 'vitest';
import { answersTo } from '../../../workflows/rules/answers.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const wednesday = at('2024-03-13', '10:00');

function answers(fact: IssueFact, moment = wednesday) {
  const event = { ...fact, sequence: 7, at: moment, by: 'p-wang', source: 'page', requestId: 'r1' };
  return answersTo(ordinaryTerms(), 2, event);
}

const moved = { measures: [], moved: [] };
const told: readonly IssueFact[] = [
  { type: 'closureReturned', reason: '材料不足', measures: [2] },
  { type: 'closureApproved', outcome: 'done', stateHash: '', acceptedEvidence: [] },
  { type: 'rebounded', finding: '又发生', deadline: '2024-06-28' },
  { type: 'extensionGranted', deadline: '2024-06-28', days: 30, ...moved, reason: '同意' },
  { type: 'extensionRefused', reason: '理由不充分' },
  { type: 'disputeRejected', reason: '属实' },
  { type: 'withdrawn', reason: '不属实', because: 'disputeUpheld' },
  { type: 'mergedInto', issueId: 'issue-2', reason: '同一事项' },
  { type: 'evidenceJudged', accepted: ['e1'], returned: ['e2'], reason: '不清晰' },
  { type: 'itemsRechecked', left: ['k1'], back: ['k2'], finding: '现场未达标' },
];

describe('an answer', () => {
  test.each(told.map((fact) => [fact.type, fact] as const))('of %s goes to the handler at once', (about, fact) => {
    expect(answers(fact)).toMatchObject([
      { key: 'issue-1/2/answer-7/handler', role: 'handler', about, earliestAt: wednesday, plannedOn: '2024-03-13' },
    ]);
  });

  it('carries the reason or the finding', () => {
    expect(told.flatMap((fact) => answers(fact).map(({ reason }) => reason))).toEqual([
      '材料不足',
      '',
      '又发生',
      '同意',
      '理由不充分',
      '属实',
      '不属实',
      '同一事项',
      '不清晰',
      '现场未达标',
    ]);
  });

  it('of an accepted measure against people goes to the responsible leader as well', () => {
    const decided = { type: 'proposalDecided', proposalId: 'proposal-1', reason: '逾期较长' } as const;
    expect(answers({ ...decided, decision: 'accepted' }).map(({ role }) => role)).toEqual([
      'handler',
      'responsibleLeader',
    ]);
    expect(answers({ ...decided, decision: 'declined' })).toEqual([]);
  });

  it('of a step that was taken back goes to all who may have been told of it, and not to the office, which took it', () => {
    const undone = answers({ type: 'undone', undoneSequence: 6, reason: '点错了' });
    expect(undone.map(({ role }) => role)).toEqual(['handler', 'responsibleLeader', 'groupHead', 'reviewer']);
    expect(new Set(undone.map(({ reason }) => reason))).toEqual(new Set(['点错了']));
  });

  test.each<IssueFact>([
    { type: 'evidenceJudged', accepted: ['e1'], returned: [], reason: '' },
    { type: 'itemsRechecked', left: ['k1'], back: [], finding: '达标' },
    { type: 'closureLevelApproved', level: 1, stateHash: '', acceptedEvidence: [] },
    { type: 'progressReported', noteId: 'n1' },
    { type: 'attestationEndorsed' },
  ])('does not follow from $type that asks for nothing', (fact) => {
    expect(answers(fact)).toEqual([]);
  });

  it('of the evening waits for the sending hours of the next workday', () => {
    const friday = at('2024-03-15', '19:00');
    expect(answers({ type: 'extensionRefused', reason: '不同意' }, friday)).toMatchObject([
      { earliestAt: at('2024-03-18', '08:30'), plannedOn: '2024-03-18', latestAt: at('2024-03-18', '18:00') },
    ]);
  });
});
