import type { Access } from '../access/access.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Drills } from '../drills.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Inbox } from '../incoming-mail/inbox.ts';
import type { RowsPlanned } from '../incoming-mail/plan-letter.ts';
import type { Issues } from '../issues.ts';
import type { KeptReadings } from '../live/kept-readings.ts';
import type { Watchers } from '../live/watchers.ts';
import type { Uploads } from '../links/uploads.ts';
import type { readNoticeWhole } from '../mechanism/read-notice-whole.ts';
import type { PracticeMailReading } from '../practice/mailbox-reading.ts';
import type { Practice } from '../practice/practice.ts';
import type { RoundDuties } from '../round-duties.ts';
import type { Rounds } from '../rounds.ts';

/** What the pages need of the rest: they read the ledger, and ask for everything else. */
export interface PagesDependencies {
  readonly ledger: Ledger;
  readonly rounds: Pick<
    Rounds,
    'createFromReading' | 'importPeople' | 'assign' | 'missingForLaunch' | 'notesForLaunch' | 'launch' | 'discard'
  >;
  readonly drills: Pick<Drills, 'start' | 'progress'>;
  readonly issues: Pick<
    Issues,
    | 'decideClosure'
    | 'decideProposal'
    | 'recordLookBack'
    | 'ask'
    | 'acknowledge'
    | 'reportProgress'
    | 'submitEvidence'
    | 'proposeClosure'
  >;
  /** Records draws of look-backs, and what the public says. */
  readonly duties: Pick<
    RoundDuties,
    'ask' | 'receiveComment' | 'answerComment' | 'adoptRoundPolicy' | 'adoptRoundCalendar'
  >;
  /** Handles an answer anew when the office has said whose it is. */
  readonly inbox: Pick<Inbox, 'handleStored'>;
  /** Calls the post-office for a letter that somebody asked for. */
  readonly rowsPlanned: RowsPlanned;
  /** Keeps evidence, and the notices that rounds are made of. */
  readonly files: EvidenceStore;
  /** Takes files by links while people fill in the rest; left out, the form alone carries them. */
  readonly uploads?: Uploads | undefined;
  /** @throws UnreadableNotice */
  readonly readNoticeWhole: typeof readNoticeWhole;
  /** Left out where a mail server of the organisation's own delivers. */
  readonly practice?: {
    read(messageId: string): Promise<PracticeMailReading>;
    readonly replyAs: Practice['replyAs'];
  };
  /** Tells open pages that there is something new; left out where nobody does. */
  readonly watchers?: Watchers | undefined;
  /** Keeps figures of which nothing has changed; left out where nobody tells of changes. */
  readonly kept?: KeptReadings | undefined;
  /** Left out only where the pages stand alone, as in a test: then nobody signs in, and whoever reaches them may use them. */
  readonly access?: Access | undefined;
  /** Gets every defect whole; the reader of the page gets one sentence. */
  readonly log: (error: unknown) => void;
  /** The folder with the sample notices; the project's own by default. */
  readonly samplesFolder?: string;
}
