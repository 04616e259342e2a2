import type { MailToCompose } from '../../../activities/mail/compose.ts';
import { mailIdentity } from '../../../activities/mail/keys.ts';
import { mailThread } from '../../../activities/mail/thread.ts';
import { at } from '../../../workflows/rules/instants.ts';

/** A reminder with two lines to 陈, ready to be composed. */
export const mailToCompose: MailToCompose = {
  identity: mailIdentity('secret', 'huitoukan.example', 'p-chen/2024-03-29'),
  kind: 'reminder',
  from: { name: '岭南市城管局巡察整改督办办公室', address: 'duban@huitoukan.example' },
  to: { name: '陈办事员', address: 'chen@unit.example' },
  thread: mailThread('secret', 'huitoukan.example', 'person/p-chen'),
  sentAt: at('2024-03-29', '09:00'),
  subject: '【整改督办】2项待办,1项已逾期 — 岭南市城管局巡察整改(LN-33 等)',
  text: '陈办事员：\n\n您有待办2项。\n',
  html: '<p>陈办事员：</p>',
  lines: [
    { rowKey: 'issue-33/1/evidence-1-1/after-3/handler/2024-03-29', code: 'LN-33' },
    { rowKey: 'issue-3/1/check-in-1/on-day/handler/2024-03-29', code: '岭南-03' },
  ],
};
