import { beforeEach, describe, expect, it } from 'vitest';
import { writeDown } from '../../../activities/ledger/write-down.ts';
import { answersTo } from '../../../workflows/rules/answers.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { at, type IsoInstant } from '../../../workflows/rules/instants.ts';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { mailRoom } from '../mail/mail-room.ts';

const room = await mailRoom();
let issue: PlayedIssue;
let steps: number;
const day = '2024-02-20';

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.person('zhang', '张组长', 'groupHead');
  await room.issue(1);
  issue = new PlayedIssue(ordinaryTerms({ roundId: 'round' }));
  issue
    .happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e1', measure: 1 }] }, cast.chen)
    .until(at(day, '00:00'));
  issue.happens({
    type: 'proposalRaised',
    proposalId: 'p1',
    measure: 'talk',
    obligationId: issue.openObligations[0]!,
    rungId: 'after-10',
  });
  steps = 0;
  await writesDown(0);
});

/** One step with the events from this place on, and the answers to them. */
async function writesDown(from: number): Promise<void> {
  const events = issue.events.slice(from);
  const answers = from === 0 ? [] : events.flatMap((event) => answersTo(issue.terms, issue.progress.cycle, event));
  const lines = { linesAdded: [], linesCancelled: [], lookAgainAt: null };
  const number = (steps += 1);
  await writeDown(room.ledger, async () => {}, { issueId: 'issue-1', number, events, answers, ...lines });
}

async function happens(fact: IssueFact, moment: IsoInstant): Promise<void> {
  const before = issue.events.length;
  issue.until(moment).happens(fact, cast.wang);
  await writesDown(before);
}

async function undoes(moment: IsoInstant): Promise<void> {
  issue.until(moment);
  const { terms, progress, now } = issue;
  await happens(requestRules.undoLastStep.fact({ terms, progress, now }, { by: cast.wang, reason: '点错了' }), moment);
}

/** Who was told what, in order of their names. */
async function told(): Promise<string[]> {
  const mails = await room.server.mails();
  return mails
    .filter(({ subject }) => !subject?.includes('1项'))
    .map(({ to, subject }) => `${to![0]!.name} ${/撤回|退回|约谈/.exec(subject ?? '')?.[0] ?? String(subject)}`)
    .sort();
}

const returned: IssueFact = { type: 'evidenceJudged', accepted: [], returned: ['e1'], reason: '不清晰' };
const accepted: IssueFact = { type: 'evidenceJudged', accepted: ['e1'], returned: [], reason: '' };
const talk: IssueFact = { type: 'proposalDecided', proposalId: 'p1', decision: 'accepted', reason: '逾期' };
const morning = at(day, '10:00');
const evening = at(day, '19:00');
const nextDay = at('2024-02-21', '09:00');

describe('a step that is taken back', () => {
  it.each([
    ['returned evidence, after he was told', returned, morning, ['陈办事员 退回', '陈办事员 撤回']],
    ['returned evidence, before the letter left', returned, evening, []],
    ['accepted evidence, of which nobody was told', accepted, morning, []],
    ['a talk, after both were told', talk, morning, ['李局长 撤回', '李局长 约谈', '陈办事员 撤回', '陈办事员 约谈']],
    ['a talk, before the letters left', talk, evening, []],
  ] as const)('(%s) is told to whom it had been told, and to nobody else', async (_, step, moment, expected) => {
    await happens(step, moment);
    await room.deliver(moment);
    await undoes(moment);
    await room.deliver(moment);
    await room.deliver(nextDay);
    expect(await told()).toEqual([...expected].sort());
    const left = await room.ledger.outboxRow.count({ where: { state: { in: ['planned', 'claimed'] } } });
    expect(left).toBe(0);
  });

  it('is told to who has had a reminder of the issue since, though the step itself told nobody', async () => {
    await happens(accepted, at(day, '08:00'));
    await room.owes('issue-1', 'evidence-9-1', 'evidence', day);
    await room.row({ obligationId: 'evidence-9-1', role: 'responsibleLeader', on: day });
    await room.deliver(at(day, '09:00'));
    await undoes(morning);
    await room.deliver(morning);
    expect((await told()).filter((one) => one.endsWith('撤回'))).toEqual(['李局长 撤回']);
  });

  it('in the very step that it was taken in tells nobody of either', async () => {
    const before = issue.events.length;
    issue.until(morning).happens(returned, cast.wang);
    const { terms, progress, now } = issue;
    issue.happens(
      requestRules.undoLastStep.fact({ terms, progress, now }, { by: cast.wang, reason: '点错了' }),
      cast.wang,
    );
    await writesDown(before);
    expect(await room.ledger.outboxRow.count()).toBe(0);
  });
});
