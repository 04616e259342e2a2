import type { BatchLine } from './batches.ts';
import type { Moment } from './moments.ts';
import type { Victim } from './points.ts';
import type { SenderName } from './sender-run.ts';

/** What was done at one point, and to whom mails were owed. */
export interface Played {
  readonly sender: SenderName;
  readonly victim: Victim;
  readonly moment: Moment;
  readonly reached: boolean;
  readonly lines: readonly BatchLine[];
}

/** What one line came to. */
export interface LineFate {
  /** Of the copies in the mailbox, the queue ids under which Postfix accepted them. */
  readonly queueIds: readonly string[];
  /** How often our ledger says that it was sent again after an unknown outcome. */
  readonly uncertain: number;
  readonly foundByAsking: boolean;
}

export interface Tally {
  points: number;
  notReached: number;
  mails: number;
  lost: number;
  doubled: number;
  /** Resends after an unknown outcome, as the ledger counts them. */
  uncertain: number;
  /** How many of these reached the mailbox beside the first. */
  uncertainTwice: number;
  /** Copies of one acceptance: what Postfix delivered again. */
  byPostfix: number;
  foundByAsking: number;
}

export interface Explained {
  readonly tally: Tally;
  /** One sentence for each line that did not arrive exactly once, and for each uncertain resend. */
  readonly sentences: readonly string[];
}

export function tallied(played: readonly Played[], fateOf: (line: BatchLine) => LineFate): Explained {
  const tally: Tally = {
    ...{ points: 0, notReached: 0, mails: 0, lost: 0, doubled: 0 },
    ...{ uncertain: 0, uncertainTwice: 0, byPostfix: 0, foundByAsking: 0 },
  };
  const sentences: string[] = [];
  for (const { sender, victim, moment, reached, lines } of played) {
    if (reached) tally.points += 1;
    else tally.notReached += 1;
    const where = `${sender}, ${victim} killed ${moment.when} ${moment.verb} ${String(moment.nth)}`;
    for (const line of lines) {
      const { queueIds, uncertain, foundByAsking } = fateOf(line);
      const acceptances = new Set(queueIds).size;
      const extra = Math.max(0, acceptances - 1);
      const uncertainTwice = Math.min(extra, uncertain);
      tally.mails += 1;
      if (acceptances === 0) tally.lost += 1;
      tally.doubled += extra - uncertainTwice;
      tally.uncertain += uncertain;
      tally.uncertainTwice += uncertainTwice;
      tally.byPostfix += queueIds.length - acceptances;
      if (foundByAsking) tally.foundByAsking += 1;
      if (queueIds.length !== 1 || uncertain > 0)
        sentences.push(
          `${where}: ${line.key} arrived as ${queueIds.join(', ') || 'nothing'}; uncertain ${String(uncertain)}`,
        );
    }
  }
  return { tally, sentences };
}

/** The queue id of the topmost Received that our Postfix wrote (RFC 5321 §4.4). */
export function queueIdOf(mail: string): string {
  return /\(Postfix\) with E?SMTP id (\w+)/.exec(mail)?.[1] ?? 'unknown';
}
