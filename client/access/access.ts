import type { Ledger } from '../../prisma/client.ts';
import { createAttemptLimits } from './attempt-limits.ts';
import { createAuth } from './auth.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { createSecondStep, type SecondStep } from './second-step.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** Signing in, as the pages use it. */
export interface Access {
  readonly sessions: Sessions;
  readonly secondStep: SecondStep;
  readonly passkeys: Passkeys;
  /** Proves, at the first visit, that who makes the office's account has started the program. */
  readonly setUpToken: string;
  /** Where people reach the pages, without a slash at its end. */
  readonly publicUrl: string;
}

export function createAccess(given: { ledger: Ledger; secret: string; publicUrl: string; setUpToken: string }): Access {
  const { ledger, secret, setUpToken } = given;
  const { ask, openSession } = createAuth(given);
  const limits = createAttemptLimits();
  const passkeys = createPasskeys({ ...given, openSession });
  const sessions = createSessions({ ledger, ask, limits });
  const { origin: publicUrl } = new URL(given.publicUrl);
  return { sessions, secondStep: createSecondStep({ ledger, secret, ask, limits }), passkeys, setUpToken, publicUrl };
}
