import type { Ledger } from '../../prisma/client.ts';
import type { IssueReading } from '../reading/issue.ts';
import type { EventEntry } from '../reading/event-entries.ts';
import type { Timeline, TimelineEntry } from '../reading/timeline.ts';
import { secretMeasures } from './secret-measures.ts';
import { issuesInSight, type Sight } from './sight.ts';

/** What stands for a measure whose words are not for the reader. */
const hiddenWords = '追责问责措施，内容不在您的查看范围内。';

/**
 * An issue as somebody may read it: of a measure whose words are not for him he sees that there is one, until when, and how it
 * stands; of other issues, only such as he sees. What is said of files that were handed in elsewhere too goes without their codes.
 */
export async function seenIssue(ledger: Ledger, sight: Sight, issue: IssueReading): Promise<IssueReading> {
  if (sight.real === 'all' || issue.clockId !== 'real') return issue;
  const [secret, seen] = await Promise.all([
    secretMeasures(ledger, sight, issue.id, issue.now),
    ledger.issue.findMany({
      where: {
        AND: [{ id: { in: issue.recurrences.map(({ earlierIssueId }) => earlierIssueId) } }, issuesInSight(sight)],
      },
      select: { id: true },
    }),
  ]);
  const seenIds = new Set(seen.map(({ id }) => id));
  const own = { ...issue, recurrences: issue.recurrences.filter(({ earlierIssueId }) => seenIds.has(earlierIssueId)) };
  return secret.size === 0 ? own : withoutSecret(own, secret);
}

function withoutSecret(issue: IssueReading, secret: ReadonlySet<number>): IssueReading {
  return {
    ...issue,
    outcomes: [],
    measures: issue.measures.map((measure) =>
      secret.has(measure.number) ? { ...measure, text: hiddenWords, deadlinePhrase: '', evidence: [] } : measure,
    ),
    // It may prove the secret measure.
    unassigned: [],
    letters: [],
    timeline: issue.timeline && timelineWithout(issue.timeline, secret),
  };
}

function timelineWithout({ coming, cycles }: Timeline, secret: ReadonlySet<number>): Timeline {
  const entriesOf = (entries: readonly TimelineEntry[]) =>
    entries.map((entry) => (entry.kind === 'event' ? eventWithout(entry, secret) : entry));
  return { coming, cycles: cycles.map((cycle) => ({ ...cycle, entries: entriesOf(cycle.entries) })) };
}

/** What is said with a file may tell what is in it. */
function eventWithout(event: EventEntry, secret: ReadonlySet<number>): EventEntry {
  const files = event.files.filter(({ measure }) => measure !== null && !secret.has(measure));
  return files.length === event.files.length ? event : { ...event, files, said: null, why: [] };
}
