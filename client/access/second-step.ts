import { symmetricDecrypt } from 'better-auth/crypto';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import type { AskAuth, Visitor } from './auth.ts';
import type { Signed, Viewer } from './sessions.ts';
import { totpStep } from './totp-step.ts';

/** What an authenticator is given, once. */
export interface NewSecondStep {
  /** `otpauth://totp/…` (Key Uri Format), for the authenticator to read. */
  readonly uri: string;
  /** The secret in it, to be typed where no picture can be read. */
  readonly secret: string;
  /** Each good once, when the authenticator is lost. */
  readonly backupCodes: readonly string[];
}

/** A second step of signing in: a code by the time (动态口令, RFC 6238), or one of the codes kept for its loss (备用码). */
export interface SecondStep {
  /** Ends a sign-in that waits for its code; each code is good once. @throws RefusedError `CodeRefused` */
  confirm(visitor: Visitor, code: string): Promise<Signed>;
  /** Prepares it; it is in force once a first code has been given. @throws RefusedError `PasswordWrong`, `TooManyTries`, `SecondStepKnown` */
  prepare(visitor: Visitor, viewer: Viewer, password: string): Promise<NewSecondStep>;
  /** @throws RefusedError `CodeRefused` */
  begin(visitor: Visitor, code: string): Promise<Signed>;
  /** @throws RefusedError `PasswordWrong`, `TooManyTries` */
  end(visitor: Visitor, viewer: Viewer, password: string): Promise<Signed>;
}

const prepared = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
const refusal = z.object({ code: z.string() });

const confirmed = z.object({ token: z.string(), user: z.object({ id: z.string() }) });

export function createSecondStep({
  ledger,
  secret,
  ask,
  limits,
}: {
  readonly ledger: Ledger;
  /** Of the signing in: it encrypts what an authenticator is given. */
  readonly secret: string;
  readonly ask: AskAuth;
  readonly limits: AttemptLimits;
}): SecondStep {
  const withPassword = async (visitor: Visitor, { email }: Viewer, path: string, password: string) => {
    await limits.require(email);
    const answer = await ask(visitor, path, { password });
    if (answer.status === 200) return answer;
    const { code = '' } = refusal.safeParse(answer.body).data ?? {};
    if (code === 'TOTP_ALREADY_ENABLED') throw new RefusedError('SecondStepKnown', '已经启用了动态口令。');
    await limits.failed(email);
    throw new RefusedError('PasswordWrong', '密码不对。');
  };
  const withCode = async (visitor: Visitor, path: string, code: string) => {
    const { status, body, cookies } = await ask(visitor, path, { code });
    if (status !== 200)
      throw new RefusedError(
        'CodeRefused',
        '口令不对或已过时，请照手机上最新的重新填写；登录超过10分钟的，请重新登录。',
      );
    return { cookies, body };
  };
  /** Of two that show the same code at once one is the first: whether it was taken before is asked and noted in one statement. */
  const isFirst = async (userId: string, code: string) => {
    const kept = await ledger.accountTotp.findFirst({ where: { userId }, select: { id: true, secret: true } });
    if (kept === null) return 'no';
    const step = totpStep(await symmetricDecrypt({ key: secret, data: kept.secret }), code, Date.now());
    if (step === undefined) return 'no';
    const { count } = await ledger.accountTotp.updateMany({
      where: { id: kept.id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
      data: { lastStep: step },
    });
    return count === 1 ? 'yes' : 'no';
  };
  const withTotp = async (visitor: Visitor, code: string, session: 'waiting' | 'there') => {
    const { cookies, body } = await withCode(visitor, '/two-factor/verify-totp', code);
    const { token, user } = confirmed.parse(body);
    if ((await isFirst(user.id, code)) === 'yes') return { cookies };
    // The session that was made for it was given to nobody yet.
    if (session === 'waiting') await ledger.accountSession.deleteMany({ where: { token, userId: user.id } });
    throw new RefusedError('CodeRefused', '这个口令已经用过，请等手机上换出下一个再填写，然后重新登录。');
  };
  return {
    async confirm(visitor, typed) {
      const code = typed.replace(/\s/g, '');
      const { cookies } = await (/^\d{6}$/.test(code)
        ? withTotp(visitor, code, 'waiting')
        : withCode(visitor, '/two-factor/verify-backup-code', code));
      return { cookies };
    },
    async prepare(visitor, viewer, password) {
      const { body } = await withPassword(visitor, viewer, '/two-factor/enable', password);
      const { totpURI: uri, backupCodes } = prepared.parse(body);
      return { uri, backupCodes, secret: new URL(uri).searchParams.get('secret') ?? '' };
    },
    begin: (visitor, code) => withTotp(visitor, code.replace(/\s/g, ''), 'there'),
    async end(visitor, viewer, password) {
      const { cookies } = await withPassword(visitor, viewer, '/two-factor/disable', password);
      return { cookies };
    },
  };
}
