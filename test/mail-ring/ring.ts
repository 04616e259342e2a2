import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../client/commands/free-ports.ts';
import { huitoukan } from '../ci/command-line.ts';
import { OwnInstance } from '../kill/own-instance.ts';
import type { DnsRecord } from './dkim-judge.ts';
import { type Dovecot, listening, startDovecot } from './dovecot.ts';
import { type Postfix, startPostfix } from './postfix.ts';

/** The program with real mail servers around it: it sends by Postfix, people read by IMAP, answers come back by SMTP. */
export interface Ring {
  readonly own: OwnInstance;
  readonly postfix: Postfix;
  readonly dovecot: Dovecot;
  /** By which the signature of its mails is verified. */
  readonly dkimRecord: DnsRecord;
  /** Ends all of it and removes its folder. */
  close(): Promise<void>;
}

export const ringDomain = 'huitoukan.test';
/** Nobody has a mailbox there: the server it leads to refuses every address, after Postfix has taken the mail. */
export const goneDomain = 'gone.test';

export async function startRing(): Promise<Ring> {
  const folder = mkdtempSync(join(tmpdir(), 'huitoukan-ring-'));
  chmodSync(folder, 0o755); // Postfix and Dovecot run as users of their own
  const started: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of started.reverse()) await end();
  };
  try {
    const [smtpPort, lmtpPort, imapPort] = (await freePorts(3)).map(Number) as [number, number, number];
    const dovecot = await startDovecot({ folder: join(folder, 'dovecot'), lmtpPort, imapPort });
    started.push(() => dovecot.stop());
    const own = new OwnInstance(join(folder, 'instance'), {
      variables: {
        SMTP_URL: `smtp://127.0.0.1:${String(smtpPort)}`,
        MAIL_DOMAIN: ringDomain,
        MAIL_DKIM_KEY: join(folder, 'dkim/huitoukan.private.pem'),
      },
    });
    started.push(() => own.stop());
    const makeKey = ['mail', 'dkim-key', join(folder, 'dkim'), '--domain', ringDomain];
    const { record: dkimRecord } = await huitoukan<{ record: DnsRecord }>(own, ...makeKey);
    await own.start();
    await own.serving();
    const toDoor = `smtp:[127.0.0.1]:${String(doorPortOf(own))}`;
    // Our own door is also the server that knows no mailbox of the domain that is gone.
    const routes = { [ringDomain]: toDoor, [goneDomain]: toDoor };
    const postfix = await startPostfix({
      folder: join(folder, 'postfix'),
      port: smtpPort,
      routes,
      mailboxesPort: lmtpPort,
    });
    started.push(() => postfix.close());
    await listening(smtpPort);
    return { own, postfix, dovecot, dkimRecord, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function doorPortOf({ folder }: OwnInstance): number {
  return (JSON.parse(readFileSync(join(folder, 'instance.json'), 'utf8')) as { smtpPort: number }).smtpPort;
}
