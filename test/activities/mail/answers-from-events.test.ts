import { beforeEach, describe, expect, it } from 'vitest';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('wang', '王主任', 'office');
  await room.issue(1, '规范公务用车管理', ['补登用车记录。']);
});

/** The text of the answer to the last of these events, the first of which has number 1. */
async function answerTo(...facts: readonly IssueFact[]): Promise<string> {
  for (const [index, { type, ...detail }] of facts.entries()) {
    const by = type === 'proposalRaised' ? null : 'wang';
    const event = { issueId: 'issue-1', cycle: 1, sequence: index + 1, at: at('2024-03-28', '10:00'), by };
    await room.ledger.issueEvent.create({
      data: { ...event, type, detail: JSON.parse(JSON.stringify(detail)) as object },
    });
  }
  const key = `issue-1/1/answer-${String(facts.length)}/handler`;
  const content = { about: facts.at(-1)?.type ?? '', reason: '理由一' };
  await room.row({ key, kind: 'answer', on: friday, content });
  await room.deliver(nine);
  const [mail] = await room.server.mails();
  return mail?.text ?? '';
}

describe('an answer tells from its event', () => {
  it('which measures were returned', async () => {
    const text = await answerTo({ type: 'closureReturned', reason: '理由一', measures: [2, 3] });
    expect(text).toContain('退回的措施：2、3');
  });

  it('which measure against people was decided', async () => {
    const proposal = {
      proposalId: 'proposal-1',
      measure: 'notice',
      obligationId: 'evidence-1-1',
      rungId: 'r',
    } as const;
    const text = await answerTo(
      { type: 'proposalRaised', ...proposal },
      { type: 'proposalDecided', proposalId: 'proposal-1', decision: 'accepted', reason: '理由一' },
    );
    expect(text).toContain('决定予以通报');
  });

  it('which step was taken back', async () => {
    const text = await answerTo(
      { type: 'extensionRefused', reason: '不同意' },
      { type: 'undone', undoneSequence: 1, reason: '理由一' },
    );
    expect(text).toContain('“不同意延期”，已由作出的人撤回');
  });

  it('what is left of an issue that was closed as basically done', async () => {
    const remainder = [{ measure: 1, deadline: '2024-12-31' }];
    const text = await answerTo(
      { type: 'closureProposed', outcome: 'basicallyDone', stateHash: '', remainder },
      { type: 'closureApproved', outcome: 'basicallyDone', stateHash: '', acceptedEvidence: [] },
    );
    expect(text).toContain('余下的措施：措施1（应于2024年12月31日(周二)）');
  });
});
