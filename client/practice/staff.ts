import { addMonths, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { chance, chosen } from './chance.ts';
import { type Duty, dutyOf } from './duties.ts';
import {
  about,
  closureDecisionOf,
  isTimeFor,
  lookBackOf,
  paceMinutes,
  proposalDecisionOf,
  type Staffing,
} from './habits.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import { officeMoment } from './practice-hours.ts';
import {
  acknowledgements,
  attestations,
  deliveries,
  evidenceBodies,
  findings,
  progresses,
  returnReasons,
  talkReasons,
} from './words.ts';

/** What an answer is about, so that nobody answers what has been settled meanwhile. */
export interface DutyReference {
  readonly issueId: string;
  readonly cycle: number;
  readonly obligationId: string;
}

/** One line of a reply: what is said about one duty, and the files that go with it. */
export interface ReplyItem {
  readonly duty: DutyReference;
  readonly text: string;
  readonly attachments: readonly { readonly fileName: string; readonly text: string }[];
}

interface When {
  readonly answerAt: IsoInstant;
}

/** What a practice person does about one mail. */
export type PracticeAct = When &
  (
    | { readonly kind: 'reply'; readonly items: readonly ReplyItem[]; readonly quoteStyle: QuoteStyle }
    | { readonly kind: 'decideClosure'; readonly duty: DutyReference; readonly decision: 'approved' }
    | {
        readonly kind: 'decideClosure';
        readonly duty: DutyReference;
        readonly decision: 'returned';
        readonly reason: string;
        /** 0 to 1: which of the issue's measures lacks something. */
        readonly measurePick: number;
      }
    | {
        readonly kind: 'decideProposal';
        readonly duty: DutyReference;
        readonly decision: 'accepted' | 'declined';
        readonly reason: string;
      }
    | {
        readonly kind: 'recordLookBack';
        readonly duty: DutyReference;
        readonly finding: string;
        readonly outcome: 'held';
      }
    | {
        readonly kind: 'recordLookBack';
        readonly duty: DutyReference;
        readonly finding: string;
        readonly outcome: 'rebound';
        readonly deadline: IsoDate;
      }
  );

/** How the writer's mail program puts the original below the answer. */
export type QuoteStyle = 'qq' | 'netease' | 'foxmail' | 'outlook' | 'apple';

const quoteStyles = ['qq', 'netease', 'foxmail', 'outlook', 'apple'] as const;
const reboundMonths = 2;

/**
 * What the reader of a mail will do about it. It follows from the drill's seed and from the mail alone, so it is the
 * same however often it is asked: no chance, no clock, no memory. All that a handler has to say goes into one reply.
 */
export function practiceActs(mail: OutgoingMail, staffing: Staffing): PracticeAct[] {
  const { sentAt, to } = mail;
  if (mail.kind !== 'reminder' || sentAt === null) return [];
  const { seed } = staffing;
  const duties = mail.lines.flatMap((line) => dutyOf(line) ?? []).filter((duty) => isTimeFor(duty, staffing));
  const when = (...what: readonly (string | number)[]): When => {
    const pace = chance(seed, 'pace', to, sentAt, ...what);
    return { answerAt: officeMoment(sentAt, paceMinutes(pace, staffing), chance(seed, 'jitter', to, sentAt, ...what)) };
  };

  const acts: PracticeAct[] = [];
  const written = duties.filter(({ kind }) => isWritten(kind));
  if (written.length > 0) {
    const naming = mail.lines.length === 1 ? 'alone' : 'amongOthers';
    const items = written.map((duty) => replyItem(duty, seed, naming));
    const quoteStyle = chosen(quoteStyles, chance(seed, 'quote', to));
    acts.push({ kind: 'reply', items, quoteStyle, ...when('reply') });
  }
  for (const duty of duties) {
    const act = decision(duty, staffing, sentAt);
    if (act) acts.push({ ...act, ...when(...about(duty)) });
  }
  return acts;
}

function isWritten(kind: Duty['kind']): boolean {
  return kind !== 'closureDecision' && kind !== 'proposalDecision' && kind !== 'lookBack';
}

type Decision<Act = PracticeAct> = Act extends PracticeAct ? Omit<Act, 'answerAt'> : never;

function decision(duty: Duty, staffing: Staffing, sentAt: IsoInstant): Decision | undefined {
  const { seed } = staffing;
  const words = (list: readonly [string, ...string[]]) => chosen(list, chance(seed, 'words', ...about(duty)));
  switch (duty.kind) {
    case 'closureDecision': {
      const kind = 'decideClosure';
      if (closureDecisionOf(duty, staffing) === 'approved') {
        return { kind, duty: referenceTo(duty), decision: 'approved' };
      }
      const measurePick = chance(seed, 'measure', ...about(duty));
      return { kind, duty: referenceTo(duty), decision: 'returned', reason: words(returnReasons), measurePick };
    }
    case 'proposalDecision': {
      const decided = proposalDecisionOf(duty, staffing);
      return {
        kind: 'decideProposal',
        duty: referenceTo(duty),
        decision: decided,
        reason: words(talkReasons[decided]),
      };
    }
    case 'lookBack': {
      const kind = 'recordLookBack';
      const outcome = lookBackOf(duty, staffing);
      const found = { kind, duty: referenceTo(duty), finding: words(findings[outcome]) } as const;
      if (outcome === 'held') return { ...found, outcome };
      return { ...found, outcome, deadline: addMonths(dayOf(sentAt), reboundMonths) };
    }
    default:
      return undefined;
  }
}

/** To a mail about one thing the answer needs no code; among several, each line begins with its own. */
function replyItem(duty: Duty, seed: string, naming: 'alone' | 'amongOthers'): ReplyItem {
  const { code, kind, measure, cycle, ordinal } = duty;
  const number = chance(seed, 'words', ...about(duty));
  const named = (text: string) => (naming === 'alone' ? text : `${code} ${text}`);
  const item = (text: string, attachments: ReplyItem['attachments'] = []): ReplyItem => ({
    duty: referenceTo(duty),
    text,
    attachments,
  });
  switch (kind) {
    case 'acknowledgement':
      return item(named(chosen(acknowledgements, number)));
    case 'attestation':
      return item(named(chosen(attestations, number)));
    case 'closureProposal':
      return item(`${code} 申请销号`);
    case 'evidence': {
      const what = measure ? `${code} 措施${String(measure)}` : code;
      const again = ordinal > 1 ? `（第${String(ordinal)}次报送）` : '';
      const title = `${what} 佐证材料${again}`;
      const text = `${title}\r\n第${String(cycle)}轮整改\r\n\r\n${chosen(evidenceBodies, number)}\r\n`;
      const said = chosen(deliveries, chance(seed, 'delivery', ...about(duty)));
      return item(`${what} ${said}`, [{ fileName: `${title}.txt`, text }]);
    }
    default:
      return item(named(chosen(progresses, number)));
  }
}

function referenceTo({ issueId, cycle, obligationId }: Duty): DutyReference {
  return { issueId, cycle, obligationId };
}
