import type { ImapAccount } from './account.ts';

/** How long to wait before the next try: a second, doubling, five minutes at most. */
export function backOffMs(failures: number): number {
  return Math.min(1000 * 2 ** Math.max(0, failures - 1), 300_000);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: '没有程序在这个端口应答，请核对 IMAP_URL 的主机和端口',
  ENOTFOUND: '找不到这台主机，请核对 IMAP_URL',
  EAI_AGAIN: '暂时查不到这台主机的地址',
  ETIMEDOUT: '连接超时',
  ETIMEOUT: '服务器长时间没有应答',
  ECONNRESET: '连接被对方断开',
  EPIPE: '连接被对方断开',
  NoConnection: '连接断开了',
  CERT_HAS_EXPIRED: '服务器证书已过期',
  DEPTH_ZERO_SELF_SIGNED_CERT: '服务器证书不是可信机构签发的',
  SELF_SIGNED_CERT_IN_CHAIN: '服务器证书不是可信机构签发的',
  ERR_TLS_CERT_ALTNAME_INVALID: '服务器证书与主机名不符，请核对 IMAP_URL 的主机',
};

/** What went wrong with the mailbox, as a clause for the office and the log; never with the password in it. */
export function failureWords(error: unknown, { password, folder }: ImapAccount): string {
  const { code, authenticationFailed, responseText, mailboxMissing, message } = (
    typeof error === 'object' && error !== null ? error : { message: String(error) }
  ) as Partial<Record<'code' | 'authenticationFailed' | 'responseText' | 'mailboxMissing' | 'message', unknown>>;
  const said = [responseText, message].find((one) => typeof one === 'string' && one !== '') as string | undefined;
  const words = (said ?? '')
    .split(password === '' ? '\0' : password)
    .join('***')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
  if (authenticationFailed === true)
    return `登录被拒（${words}），请核对 IMAP_URL 里的用户和密码（有的邮箱要用授权码），并确认邮箱开通了 IMAP`;
  if (mailboxMissing === true) return `没有文件夹“${folder}”，请核对 IMAP_URL`;
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return reason ?? (words === '' ? '取信失败' : `取信失败（${words}）`);
}
