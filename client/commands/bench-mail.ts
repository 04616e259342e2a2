import { countOf, measuredBy } from './bench-process.ts';
import { columns, type Output } from './output.ts';

/** What `worker/bench/mail.ts` found. */
interface Measured {
  /** `twice` and `missing` count lines, `unrecorded` mails that the ledger does not know to be accepted. */
  readonly ours: {
    readonly seconds: number;
    readonly twice: number;
    readonly missing: number;
    readonly unrecorded: number;
  };
  readonly smtpSource: { readonly seconds: number; readonly missing: number };
  readonly smtpSourceAbreast: { readonly seconds: number; readonly missing: number };
  /** Of a mail, on an average. */
  readonly bytes: number;
  readonly connections: number;
}

interface Rate {
  readonly mailsPerSecond: number;
}

/** The answer of `bench mail`. */
interface MailBench {
  readonly ours: Rate & Omit<Measured['ours'], 'seconds'>;
  /** Postfix's `smtp-source -d`: as many mails of the same size, in the same run, over the one connection it has by itself. */
  readonly smtpSource: Rate & Omit<Measured['smtpSource'], 'seconds'>;
  /** The same over as many connections as ours. */
  readonly smtpSourceAbreast: Rate & Omit<Measured['smtpSource'], 'seconds'>;
  /** Which part of the other's rate ours reaches. */
  readonly ratio: number;
  readonly ratioAbreast: number;
  readonly mails: number;
  readonly bytes: number;
  readonly connections: number;
}

export interface MailOptions {
  readonly mails: string;
}

/**
 * `bench mail`: hands mails that are written already over to a mail server on this machine, each under a lease and with
 * its outcome written down, beside `smtp-source`; on a PostgreSQL of its own that is thrown away.
 *
 * @throws RefusedError `NotMeasured` with the last thing that was said
 */
export async function benchMail(output: Output, options: MailOptions): Promise<void> {
  const mails = countOf('--mails', options.mails);
  const { ours, smtpSource, smtpSourceAbreast, bytes, connections } = await measuredBy<Measured>(output, 'mail', [
    mails,
  ]);
  const bench: MailBench = {
    ours: rated(ours, mails),
    smtpSource: rated(smtpSource, mails),
    smtpSourceAbreast: rated(smtpSourceAbreast, mails),
    ratio: partOf(ours, smtpSource),
    ratioAbreast: partOf(ours, smtpSourceAbreast),
    ...{ mails, bytes, connections },
  };
  output.answer(bench, () => words(bench));
}

function partOf(ours: { readonly seconds: number }, peer: { readonly seconds: number }): number {
  return Math.round((peer.seconds / ours.seconds) * 1_000) / 1_000;
}

function rated<Counts>({ seconds, ...counts }: Counts & { readonly seconds: number }, mails: number) {
  return { mailsPerSecond: Math.round(mails / seconds), ...counts };
}

function words(bench: MailBench): string {
  const { ours, smtpSource, smtpSourceAbreast, ratio, ratioAbreast, mails, bytes, connections } = bench;
  return [
    `${String(mails)} 封写好的信，平均 ${String(bytes)} 字节：`,
    columns([
      ['', '每秒封数', '没发'],
      [`回头看，${String(connections)} 路连接`, String(ours.mailsPerSecond), String(ours.missing)],
      ['smtp-source -d，1 路连接', String(smtpSource.mailsPerSecond), String(smtpSource.missing)],
      [
        `smtp-source -d，${String(connections)} 路连接`,
        String(smtpSourceAbreast.mailsPerSecond),
        String(smtpSourceAbreast.missing),
      ],
    ]),
    `是 smtp-source -d 的 ${String(ratio)} 倍，同样连接数的 ${String(ratioAbreast)} 倍（它只发信，不占用、不留底）；重复 ${String(ours.twice)} 行，发了没记上 ${String(ours.unrecorded)} 封`,
  ].join('\n');
}
