/** A mailbox from which answers are fetched, and what is done to a mail that was taken. */
export interface ImapAccount {
  /** As the ledger and people know it: user, host and folder, without the password. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** `whenOffered` is for this machine only: elsewhere nobody's password goes over a line that is not encrypted. */
  readonly encryption: 'tls' | 'startTls' | 'whenOffered';
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** A folder to which a mail that was taken is moved; undefined marks it as read where it is. */
  readonly moveTo: string | undefined;
}

const thisMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads `imaps://user:password@host:993/folder`; the folder is INBOX unless it is said. What stands in the address's
 * parts is percent-encoded, as in every address.
 */
export function imapAccountOf(url: string, moveTo?: string): ImapAccount {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const usesTls = protocol === 'imaps:';
  const user = decodeURIComponent(username);
  const folder = decodeURIComponent(pathname.replace(/^\//, '')) || 'INBOX';
  return {
    id: `${user}@${hostname}/${folder}`,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (usesTls ? 993 : 143) : Number(port),
    encryption: usesTls ? 'tls' : thisMachine.test(hostname) ? 'whenOffered' : 'startTls',
    user,
    password: decodeURIComponent(password),
    folder,
    moveTo,
  };
}
