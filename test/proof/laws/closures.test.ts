import { expect, test } from 'vitest';
import type { IssueEvent, IssueFact } from '../../../workflows/rules/events.ts';
import { openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import { cast } from '../../support/cast.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import type { Folded } from '../history.ts';
import { closures } from './closures.ts';

const accepted = { stateHash: 'seen', acceptedEvidence: ['e1', 'e2'] };
const received: IssueFact = {
  type: 'evidenceReceived',
  evidence: [1, 2].map((measure) => ({ evidenceId: `e${String(measure)}`, measure })),
};
const applied: IssueFact = { type: 'closureProposed', outcome: 'done', stateHash: 'seen' };
const level = (number: number): IssueFact => ({ type: 'closureLevelApproved', level: number, ...accepted });
const closed: IssueFact = { type: 'closureApproved', outcome: 'done', ...accepted };

/** An issue whose closure the office, the reviewer and the responsible leader approve, as these events have it. */
function played(...said: readonly (readonly [fact: IssueFact, by: string])[]): { readonly folded: Folded[] } {
  const levels = (['office', 'reviewer', 'responsibleLeader'] as const).map((role) => ({ role, of: 'all' as const }));
  const plain = ordinaryTerms();
  const terms = { ...plain, policy: { ...plain.policy, closure: { levels, satisfaction: 'none' as const } } };
  let progress = openIssue(terms, terms.launchedAt);
  const folded = said.map(([fact, by], index): Folded => {
    const head = {
      sequence: index + 1,
      at: terms.launchedAt,
      by,
      source: 'page',
      requestId: `request-${String(index)}`,
    };
    const event: IssueEvent = { ...head, ...fact };
    const before = progress;
    progress = record(before, event);
    return { before, event, after: progress, terms, message: undefined };
  });
  return { folded };
}

const { chen, qian, wang, li } = cast;
const taken: IssueFact = { type: 'undone', undoneSequence: 4, reason: '点错' };

test('a level that is taken back and given again by the same person is one approval', () => {
  const once = played([received, chen], [applied, chen], [level(1), qian], [level(2), wang], [taken, wang]);
  expect(once.folded.at(-1)?.after.closure?.approvals?.map(({ by }) => by)).toEqual([qian]);
  const approved = played(
    ...([
      [received, chen],
      [applied, chen],
      [level(1), qian],
      [level(2), wang],
      [taken, wang],
      [level(2), wang],
      [closed, li],
    ] as const),
  );
  expect(closures(approved)).toEqual([]);
});

test('a person who approves two levels is one person too few', () => {
  const found = closures(played([received, chen], [applied, chen], [level(1), wang], [level(2), wang], [closed, li]));
  expect(found.map(({ what }) => what)).toEqual(['closure 5: 3 different people']);
});
