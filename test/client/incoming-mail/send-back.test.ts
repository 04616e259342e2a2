import { expect, onTestFinished, test } from 'vitest';
import { storeIncoming } from '../../../client/incoming-mail/store-incoming.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, mailDomain, MailWorld } from './mail-world.ts';

/** What a mail server gives back (RFC 3464) when it knows no such user. */
const report = (recipient: string, to: string) =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example.cn',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <dsn-1@mx.example.cn>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'The mail could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.cn',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such user',
      '--b--',
      '',
    ].join('\r\n'),
  );

test.each([
  {
    whose: 'the address that was written to',
    recipient: addressOf(cast.chen),
    effect: 'addressGone',
    state: 'refused',
  },
  { whose: 'somebody else', recipient: 'nobody@elsewhere.example', effect: 'noted', state: 'accepted' },
])('a bounce of $whose that comes to the reply address is $effect', async ({ recipient, effect, state }) => {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const token = await world.mailAbout([await world.issue(1)]);
  await world.ledger.mail.updateMany({ data: { state: 'accepted' } });
  const envelopeTo = `reply+${token}@${mailDomain}`;
  for (const time of ['first', 'second']) {
    const bytes = report(recipient, envelopeTo);
    const id = await storeIncoming(world.ledger, { bytes, envelopeFrom: '', envelopeTo });
    await world.inbox.handle(id);
    expect({ time, verdict: await world.verdict(id) }).toMatchObject({ time, verdict: { kind: 'bounce', effect } });
  }
  expect(await world.ledger.mail.findMany({ select: { state: true } })).toEqual([{ state }]);
  const chen = await world.ledger.person.findUniqueOrThrow({ where: { id: cast.chen } });
  expect(chen.unreachable === null).toBe(effect === 'noted');
  expect(world.issues.calls).toEqual([]);
  expect(await world.ledger.outboxRow.count({ where: { kind: 'acknowledgement' } })).toBe(0);
});
