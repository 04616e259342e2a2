import type { Said } from '../../workflows/messages.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { RowsPlanned } from './plan-letter.ts';
import type { Keeping } from './keep-answer.ts';

/** As much of the issues as answers by mail ask for. */
export type AnswerableIssues = Pick<
  Issues,
  'acknowledge' | 'submitEvidence' | 'reportProgress' | 'proposeClosure' | 'commit' | 'ask'
>;

/** What settling an item needs to know and to reach. */
export interface Settling extends Keeping {
  readonly issues: AnswerableIssues;
  readonly rowsPlanned: RowsPlanned;
  readonly clockId: string;
}

/** The place of each request in the id by which its second delivery is recognised: the same in every run. */
const places = {
  acknowledge: 1,
  report: 2,
  proposeClosure: 3,
  promise: 4,
  extension: 5,
  dispute: 6,
  askToLeave: 7,
  endorse: 8,
  beginWork: 9,
} as const;

/** Asks for something and notes what came of it, for the acknowledgement. */
export type Ask = (request: () => Promise<void>, done: string, failed: string) => Promise<'done' | 'refused'>;

/** What is told of an item while it is settled. */
export interface Telling {
  readonly understood: string[];
  readonly refused: string[];
  readonly questions: string[];
  readonly ask: Ask;
  readonly said: (place: keyof typeof places) => Said;
}

/** Every id follows from the incoming mail's. */
export function newTelling({ incomingId, personId, recordedBy }: Settling, issueId: string): Telling {
  const understood: string[] = [];
  const refused: string[] = [];
  return {
    understood,
    refused,
    questions: [],
    said: (place) => ({
      requestId: `${incomingId}/${issueId}/${String(places[place])}`,
      by: personId,
      source: incomingId,
      ...(recordedBy !== undefined && { recordedBy }),
    }),
    ask: async (request, done, failed) => {
      try {
        await request();
        understood.push(done);
        return 'done';
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refused.push(`${failed}：${error.message}。`);
        return 'refused';
      }
    },
  };
}
