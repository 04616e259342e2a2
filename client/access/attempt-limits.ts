import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RefusedError } from '../refused-error.ts';

/** How often one account may be tried in vain, wherever from. */
export interface AttemptLimits {
  /** @throws RefusedError `TooManyTries` */
  require(account: string): Promise<void>;
  failed(account: string): Promise<void>;
  succeeded(account: string): Promise<void>;
}

const perQuarterHour = 10;
const quarterHourSeconds = 900;

/**
 * Ten wrong passwords in a quarter of an hour, then the account waits until it is over: guessing would take centuries, and whoever
 * shuts somebody out does so for minutes. Kept in memory: who can start the process anew needs no password.
 */
export function createAttemptLimits(): AttemptLimits {
  const limiter = new RateLimiterMemory({ points: perQuarterHour, duration: quarterHourSeconds });
  return {
    async require(account) {
      const used = await limiter.get(account);
      if (used !== null && used.consumedPoints >= perQuarterHour)
        throw new RefusedError(
          'TooManyTries',
          `这个账户连着输错密码，请过${String(Math.ceil(used.msBeforeNext / 60_000))}分钟再试。`,
        );
    },
    async failed(account) {
      try {
        await limiter.consume(account);
      } catch (spent) {
        if (!(spent instanceof RateLimiterRes)) throw spent;
      }
    },
    async succeeded(account) {
      await limiter.delete(account);
    },
  };
}
