import { createMailActivities, expireLeases } from '../../../activities/deliver-due.ts';
import { postfixTransport } from '../../../activities/mail/postfix/transport.ts';
import { openLedger } from '../../../prisma/client.ts';
import type { SenderRun } from './sender-run.ts';

/** Delivers what is due, as the post-office has it done. */
export async function sendOurs({ databaseUrl, smtpUrl, postfix, leaseOwner, now }: SenderRun): Promise<void> {
  const ledger = openLedger(databaseUrl);
  const transport = postfixTransport(smtpUrl, postfix);
  try {
    // As an instance does that starts alone: whoever held a lease before is dead.
    await expireLeases(ledger, leaseOwner);
    const activities = createMailActivities({
      ledger,
      transportFor: () => transport,
      ...{ secret: 'ring-secret', mailDomain: 'huitoukan.example', publicUrl: 'https://huitoukan.example' },
      ...{ leaseOwner, realNow: () => now },
    });
    await activities.deliverDue({ clockId: 'real', now });
  } finally {
    transport.close();
    await ledger.$disconnect().catch(() => undefined);
  }
}
