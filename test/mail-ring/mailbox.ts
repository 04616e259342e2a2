import { ImapFlow } from 'imapflow';
import type { Dovecot } from './dovecot.ts';

/** All mails in the inbox of this address, as they are stored, oldest first. */
export async function inboxOf({ imapPort, password }: Dovecot, address: string): Promise<Buffer[]> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: imapPort,
    secure: false,
    auth: { user: address, pass: password },
    logger: false,
  });
  await client.connect();
  try {
    const lock = await client.getMailboxLock('INBOX');
    try {
      const found: Buffer[] = [];
      if (client.mailbox !== false && client.mailbox.exists > 0)
        for await (const { source } of client.fetch('1:*', { source: true })) if (source) found.push(source);
      return found;
    } finally {
      lock.release();
    }
  } finally {
    await client.logout();
  }
}
