import { expect, it } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { mailRoom } from './mail-room.ts';

const saturday = '2024-03-30';

it('an acknowledgement leaves within the hours of the issue that it names, not within those of no issue', async () => {
  const room = await mailRoom();
  await room.person('chen', '陈办事员', 'handler');
  const { calendar } = ordinaryTerms();
  await room.issue(1);
  await room.issue(2);
  // The office of the second works on this Saturday, by a calendar that the bundled one knows nothing of.
  const makeUpDays = [...calendar.makeUpDays, saturday];
  await room.adopts('issue-2', { calendar: { ...calendar, makeUpDays } });
  const acknowledges = (issueId: string) =>
    room.row({
      ...{ key: `ack/${issueId}`, kind: 'acknowledgement', personId: 'chen', on: saturday },
      content: { subject: 'Re: 整改督办', text: '来信已收到。', issueIds: [issueId] },
    });
  const [first, second] = [await acknowledges('issue-1'), await acknowledges('issue-2')];
  const { nextAt } = await room.deliver(at(saturday, '10:00'));
  expect([await room.state(first), await room.state(second)]).toEqual(['planned', 'sent']);
  expect(nextAt).toBe(at('2024-04-01', '08:30'));
});
