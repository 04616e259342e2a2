import { afterAll, beforeAll, expect, it } from 'vitest';
import { at } from '../../workflows/rules/instants.ts';
import { MailRoom } from './mail/mail-room.ts';

const friday = '2024-03-29';
const monday = '2024-04-01';
const people = 30;

let room: MailRoom;
beforeAll(async () => {
  room = await MailRoom.open();
  for (let number = 1; number <= people; number += 1) {
    await room.person(`p${String(number)}`, `经办人${String(number)}`);
    await room.issue(number, '规范公务用车管理', ['补登用车记录。']);
    await room.assign(`p${String(number)}`, 'handler', { issueId: `issue-${String(number)}` });
    await room.owes(`issue-${String(number)}`, 'evidence-1-1', 'evidence', friday, { measure: 1 });
    await room.row({ issueId: `issue-${String(number)}`, obligationId: 'evidence-1-1', on: friday });
  }
});
afterAll(() => room.close());

it('a run that begins before the end of the hours sends nothing after it; what is left leaves on the next day, once', async () => {
  let looks = 0;
  // The hours end while the mails leave, one after the other.
  const realNow = () => ((looks += 1) < 15 ? at(friday, '16:59') : at(friday, '18:00'));
  await room.deliver(at(friday, '16:59'), { realNow });
  const sentOnFriday = room.server.taken.length;
  expect(sentOnFriday).toBeGreaterThan(0);
  expect(sentOnFriday).toBeLessThan(15);

  await room.deliver(at(friday, '18:30'));
  expect(room.server.taken).toHaveLength(sentOnFriday);

  await room.deliver(at(monday, '09:00'));
  expect(new Set(room.server.taken.map(({ to }) => to)).size).toBe(people);
  expect(room.server.taken).toHaveLength(people);
});
