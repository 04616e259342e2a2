import { resolve } from 'node:path';
import { z } from 'zod';
import { readSendingRates, type SendingRates } from './workflows/rules/sending-rate.ts';

/** The project's folder: the default data folder stands in it, wherever a command is called from. */
const projectFolder = import.meta.dirname;

const port = z.coerce
  .number('应是 1 到 65535 之间的整数')
  .int('应是 1 到 65535 之间的整数')
  .min(1, '应是 1 到 65535 之间的整数')
  .max(65_535, '应是 1 到 65535 之间的整数');

const address = (protocols: readonly string[], example: string): z.ZodType<string> =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `应是 ${example} 之类的地址`);

const webAddress = (example: string): z.ZodType<string> => address(['http:', 'https:'], example);

/** Every environment variable that this program reads. One that is empty counts as not set. */
const variables = z.object({
  /** The data folder of this instance: ledger, Temporal's state, evidence, logs. Relative to the current folder. */
  HUITOUKAN_DATA: z.string().optional(),
  /** Port of the pages and the JSON API; a busy default moves, a busy port given here is an error, as for the next four. */
  HUITOUKAN_PORT: port.optional(),
  /** Port of the inbound SMTP door, where replies arrive. */
  HUITOUKAN_SMTP_PORT: port.optional(),
  /** Port of the practice mailbox's SMTP server. */
  HUITOUKAN_PRACTICE_PORT: port.optional(),
  /** Port of the embedded PostgreSQL. */
  HUITOUKAN_PG_PORT: port.optional(),
  /** Port of the embedded Temporal server; at most 64,535, for its pages are 1,000 above where that is free. */
  HUITOUKAN_TEMPORAL_PORT: port.max(64_535, '应是 1 到 64535 之间的整数').optional(),
  /** Port of a second door that speaks LMTP, for a mail server on this machine; none unless it is set. */
  HUITOUKAN_LMTP_PORT: port.optional(),
  /** The instance that the command line talks to, when it is not the one of the data folder. */
  HUITOUKAN_URL: webAddress('http://127.0.0.1:8080').optional(),
  /** The personal token with which the command line does so. */
  HUITOUKAN_TOKEN: z.string().optional(),
  /** A Temporal server of your own, HOST:PORT, instead of the embedded one. */
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i, '应是 主机:端口，例如 temporal.example.org:7233')
    .optional(),
  /** The namespace there; it must exist and know the search attributes. */
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** The Temporal command line (1.5 or later) to run instead of the one that set-up provides. */
  TEMPORAL_CLI_PATH: z.string().optional(),
  /** A PostgreSQL database of your own (16 or later) instead of the embedded one. */
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgresql://用户:密码@主机:5432/库').optional(),
  /** The mail server that delivers for us, instead of the practice mailbox. */
  SMTP_URL: address(['smtp:', 'smtps:'], 'smtps://用户:密码@主机:465').optional(),
  /** A mailbox from which answers are fetched as well, when the mail server cannot bring them to a door of ours. */
  IMAP_URL: address(['imap:', 'imaps:'], 'imaps://用户:密码@主机:993/INBOX')
    .refine((url) => new URL(url).username !== '' && new URL(url).password !== '', '要写明用户和密码')
    .optional(),
  /** The folder to which a mail goes that was taken there; it is marked as read where it is unless this is set. */
  IMAP_MOVE_TO: z.string().optional(),
  /** The log of the Postfix that SMTP_URL leads to, where it runs on this machine: it is asked before a mail goes again. */
  POSTFIX_LOG: z.string().startsWith('/', '应是绝对路径，例如 /var/log/mail.log').optional(),
  /** Where that Postfix has its main.cf. */
  POSTFIX_CONFIG: z.string().startsWith('/', '应是绝对路径，例如 /etc/postfix').default('/etc/postfix'),
  /** The domain of our own mail addresses. */
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, '应是域名，例如 huitoukan.example.org')
    .default('huitoukan.localhost'),
  /** The file with the private key by which our mails are signed (DKIM), RSA in PEM; they are not signed unless it is set. */
  MAIL_DKIM_KEY: z.string().optional(),
  /** The selector under which the public key stands in DNS. */
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/i, '只能用字母、数字和连字符')
    .default('huitoukan'),
  /** How many mails a minute may leave for a mail domain, as in `*=60,qq.com=20,corp.example=unlimited`. */
  MAIL_RATE_PER_DOMAIN: z
    .string()
    .default('')
    .refine(
      (text) => readSendingRates(text) !== undefined,
      '应是 域名=每分钟封数，例如 *=60,qq.com=20，不限的写 unlimited',
    ),
  /** Where people reach the pages; links in mails begin with it. */
  PUBLIC_URL: webAddress('https://huitoukan.example.org').optional(),
});

export interface Config {
  /** Absolute. */
  dataDir: string;
  port: number | undefined;
  smtpPort: number | undefined;
  lmtpPort: number | undefined;
  practicePort: number | undefined;
  pgPort: number | undefined;
  temporalPort: number | undefined;
  /** Without a slash at its end, as is `publicUrl`. */
  url: string | undefined;
  token: string | undefined;
  temporalAddress: string | undefined;
  temporalNamespace: string;
  temporalCliPath: string | undefined;
  databaseUrl: string | undefined;
  smtpUrl: string | undefined;
  imapUrl: string | undefined;
  imapMoveTo: string | undefined;
  /** Undefined where the mail server cannot be asked what became of a mail. */
  postfix: { readonly configFolder: string; readonly logFile: string } | undefined;
  /** In lower case. */
  mailDomain: string;
  /** Undefined where mails are not signed; the file's path is absolute. */
  dkim: { readonly keyFile: string; readonly selector: string } | undefined;
  mailRates: SendingRates;
  publicUrl: string | undefined;
}

/**
 * Reads the environment; this file alone does. An undefined port means: the default, or a free one.
 *
 * @throws Error with one sentence for people that names each variable with a bad value (but not the value itself:
 * it may be a password)
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new Error(`环境变量有误：${problems.join('；')}`);
  }
  const found = parsed.data;
  return {
    dataDir: found.HUITOUKAN_DATA === undefined ? resolve(projectFolder, 'data') : resolve(found.HUITOUKAN_DATA),
    port: found.HUITOUKAN_PORT,
    smtpPort: found.HUITOUKAN_SMTP_PORT,
    lmtpPort: found.HUITOUKAN_LMTP_PORT,
    practicePort: found.HUITOUKAN_PRACTICE_PORT,
    pgPort: found.HUITOUKAN_PG_PORT,
    temporalPort: found.HUITOUKAN_TEMPORAL_PORT,
    url: found.HUITOUKAN_URL?.replace(/\/+$/, ''),
    token: found.HUITOUKAN_TOKEN,
    temporalAddress: found.TEMPORAL_ADDRESS,
    temporalNamespace: found.TEMPORAL_NAMESPACE,
    temporalCliPath: found.TEMPORAL_CLI_PATH,
    databaseUrl: found.DATABASE_URL,
    smtpUrl: found.SMTP_URL,
    imapUrl: found.IMAP_URL,
    imapMoveTo: found.IMAP_MOVE_TO?.trim(),
    postfix:
      found.POSTFIX_LOG === undefined ? undefined : { configFolder: found.POSTFIX_CONFIG, logFile: found.POSTFIX_LOG },
    mailDomain: found.MAIL_DOMAIN.toLowerCase(),
    dkim:
      found.MAIL_DKIM_KEY === undefined
        ? undefined
        : { keyFile: resolve(found.MAIL_DKIM_KEY), selector: found.MAIL_DKIM_SELECTOR },
    mailRates: readSendingRates(found.MAIL_RATE_PER_DOMAIN)!,
    publicUrl: found.PUBLIC_URL?.replace(/\/+$/, ''),
  };
}

/** The environment of a child of ours: this process's own, with changes; undefined takes a variable away. */
export function environmentWith(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
