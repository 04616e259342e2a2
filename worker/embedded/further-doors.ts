import { startInboundDoor } from '../../client/incoming-mail/door.ts';
import { imapAccountOf } from '../../client/incoming-mail/imap/account.ts';
import { startImapDoor, watchedAre } from '../../client/incoming-mail/imap/imap-door.ts';
import type { Config } from '../../config.ts';
import type { Ledger } from '../../prisma/client.ts';
import { choosePort } from './free-port.ts';

interface Surroundings {
  readonly ledger: Ledger;
  readonly onStored: (incomingId: string) => Promise<void> | void;
  readonly log: (line: string) => void;
  readonly say: (line: string) => void;
}

/**
 * Opens the doors for answers that are configured beside the SMTP door: LMTP behind a mail server on this machine, and a
 * mailbox that is watched by IMAP. A mailbox that cannot be reached now is tried again and holds up nothing.
 *
 * @throws Error when the LMTP port is taken
 */
export async function openFurtherDoors(
  { lmtpPort, imapUrl, imapMoveTo, mailDomain }: Config,
  { ledger, onStored, log, say }: Surroundings,
): Promise<{ close(): Promise<void> }[]> {
  const doors: { close(): Promise<void> }[] = [];
  if (lmtpPort !== undefined) {
    const port = await choosePort(lmtpPort, { purpose: 'LMTP 收信', explicit: lmtpPort, log: say });
    doors.push(await startInboundDoor({ port, ledger, mailDomain, protocol: 'lmtp', onStored }));
  }
  const account = imapUrl === undefined ? undefined : imapAccountOf(imapUrl, imapMoveTo);
  await watchedAre(ledger, account === undefined ? [] : [account.id]);
  if (account !== undefined) {
    doors.push(startImapDoor({ account, ledger, mailDomain, onStored, log }));
    say(`从 ${account.host} 的邮箱取信`);
  }
  return doors;
}
