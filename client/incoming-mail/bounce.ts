import type { OpenedMail } from './open-mail.ts';

/** What a bounce says of one recipient. */
export interface BouncedRecipient {
  /** Lower case. */
  readonly recipient: string;
  /** As in RFC 3463, `5.1.1`. */
  readonly status: string;
  /** Whether the address is gone: unknown user or host, moved, accepts no mail. */
  readonly permanent: boolean;
}

/** Bad address, unknown mailbox or system, moved, null MX, disabled mailbox (RFC 3463 §3.2, RFC 7505). */
const addressGone = /^5\.(1\.(1|2|3|6|10)|2\.1|4\.4)$/;

/** Whether it is a bounce: a delivery report (RFC 3464), or a mail system's own words for one. */
export function isBounce({ headers, fromAddress, subject }: OpenedMail): boolean {
  const type = headers.get('content-type') ?? '';
  if (/^\s*multipart\/report\b/i.test(type)) return /report-type\s*=\s*"?delivery-status/i.test(type);
  return (
    /^(mailer-daemon|postmaster)@/i.test(fromAddress) &&
    /undeliver|退信|(投递|发送)失败|delivery (status notification|failure|failed)|failure notice|returned mail/i.test(
      subject,
    )
  );
}

/** The recipients its delivery report (RFC 3464) names as failed; empty when it has none. */
export function bouncedRecipients({ files }: OpenedMail): BouncedRecipient[] {
  const report = files.find(({ mediaType }) => /^message\/(global-)?delivery-status$/.test(mediaType));
  if (!report) return [];
  const groups = Buffer.from(report.bytes)
    .toString('utf8')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  return groups.flatMap((group) => {
    const field = (name: string) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(group)?.[1]?.trim() ?? '';
    const recipient = field('(?:original|final)-recipient')
      .replace(/^[^;]*;/, '')
      .replace(/[<>\s]/g, '')
      .toLowerCase();
    const status = /^\d\.\d{1,3}\.\d{1,3}/.exec(field('status'))?.[0] ?? '';
    if (recipient === '' || !/^failed/i.test(field('action'))) return [];
    return [{ recipient, status, permanent: addressGone.test(status) }];
  });
}
