import { type Moment, tried, type Verb } from './moments.ts';

/** Who is killed with -9. */
export type Victim = 'worker' | 'postgres' | 'postfix' | 'temporal';

const smtpVerbs: readonly Verb[] = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'end of data', 'reply', 'end of session'];
/** At the first of the six mails, and at the fourth, when others are under way. */
const nthMails = [1, 4];
/** How often our sender commits for a batch when nothing disturbs it. */
const commitsOfBatch = 24;

/** Before and after every SMTP verb and every commit. */
const everyMoment: readonly Moment[] = (['before', 'after'] as const).flatMap((when) => [
  ...smtpVerbs.flatMap((verb) => nthMails.map((nth) => ({ verb, when, nth }))),
  ...Array.from({ length: commitsOfBatch }, (_, index) => ({ verb: 'commit' as const, when, nth: index + 1 })),
]);

export const moments = tried(everyMoment);

/** The same moment for a sender that commits but once a mail. */
export function naiveMoment({ verb, when, nth }: Moment): Moment {
  return { verb, when, nth: verb === 'commit' ? Math.ceil(nth / 4) : nth };
}
