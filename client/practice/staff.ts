import { addDays, at, daysBetween, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { PracticeAct, ReplyItem } from './acts.ts';
import { chance, chosen } from './chance.ts';
import { decisionUpon } from './decisions.ts';
import { type Duty, dutyOf } from './duties.ts';
import { about, asksForTime, isTimeFor, paceMinutes, promiseUpon, type Staffing } from './habits.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import { officeMoment } from './practice-hours.ts';
import { extensionItem, promisedDay, promiseItem, replyItem } from './reply-items.ts';

const quoteStyles = ['qq', 'netease', 'foxmail', 'outlook', 'apple'] as const;

/**
 * What the reader of a mail will do about it. It follows from the drill's seed and from the mail alone, so it is the
 * same however often it is asked: no chance, no clock, no memory. All that a handler has to say goes into one reply;
 * whoever promises a day and keeps it writes once more before it.
 */
export function practiceActs(mail: OutgoingMail, staffing: Staffing): PracticeAct[] {
  const { sentAt, to } = mail;
  if (mail.kind !== 'reminder' || sentAt === null) return [];
  const { seed } = staffing;
  const when = (...what: readonly (string | number)[]): Pick<PracticeAct, 'answerAt'> => {
    const pace = chance(seed, 'pace', to, sentAt, ...what);
    return { answerAt: officeMoment(sentAt, paceMinutes(pace, staffing), chance(seed, 'jitter', to, sentAt, ...what)) };
  };
  const quoteStyle = chosen(quoteStyles, chance(seed, 'quote', to));
  const naming = mail.lines.length === 1 ? 'alone' : 'amongOthers';

  const duties = mail.lines.flatMap((line) => dutyOf(line, staffing.policy) ?? []);
  const acts: PracticeAct[] = [];
  const items = duties.flatMap((duty) => saidOf(duty, staffing, sentAt, naming) ?? []);
  if (items.length > 0) acts.push({ kind: 'reply', items, quoteStyle, ...when('reply') });
  for (const duty of duties) {
    const act = isTimeFor(duty, staffing) ? decisionUpon(duty, staffing, sentAt) : undefined;
    if (act) acts.push({ ...act, ...when(...about(duty)) });
    if (promiseUpon(duty, staffing) === 'kept') {
      const kept = replyItem(duty, staffing, sentAt, naming);
      acts.push({ kind: 'reply', items: [kept], quoteStyle, answerAt: beforePromised(duty, seed, sentAt) });
    }
  }
  return acts;
}

/** What the reader says about a duty upon this mail: what is asked for, another day, a promise, or nothing. */
function saidOf(
  duty: Duty,
  staffing: Staffing,
  sentAt: IsoInstant,
  naming: 'alone' | 'amongOthers',
): ReplyItem | undefined {
  if (asksForTime(duty, staffing, sentAt) === 'asks') return extensionItem(duty, staffing);
  if (isTimeFor(duty, staffing)) {
    return isWritten(duty.kind) ? replyItem(duty, staffing, sentAt, naming) : undefined;
  }
  return promiseUpon(duty, staffing) === 'none' ? undefined : promiseItem(duty, staffing, sentAt);
}

/** Two days before the promised one, in office hours. */
function beforePromised(duty: Duty, seed: string, sentAt: IsoInstant): IsoInstant {
  const day = addDays(promisedDay(duty, seed, sentAt), -2);
  const minutes = daysBetween(dayOf(sentAt), day) * 24 * 60;
  return officeMoment(at(dayOf(sentAt), '10:00'), minutes, chance(seed, 'kept', ...about(duty)));
}

const decided: ReadonlySet<Duty['kind']> = new Set([
  'closureDecision',
  'proposalDecision',
  'lookBack',
  'evidenceReview',
  'extensionDecision',
  'disputeDecision',
  'suspensionReview',
  'itemRecheck',
  'planApproval',
  'evaluation',
  'publicComment',
  'lookBackDraw',
]);

function isWritten(kind: Duty['kind']): boolean {
  return !decided.has(kind);
}
